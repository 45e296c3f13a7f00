//! The response of layers that decide at once: call the inner service, or refuse.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

use crate::{AuthorizeError, BoxError};

pin_project! {
    /// The response: that of the inner service, or an [`AuthorizeError`] if the request was refused.
    #[derive(Debug)]
    pub struct ResponseFuture<F> {
        #[pin]
        state: State<F>,
    }
}

pin_project! {
    #[derive(Debug)]
    #[project = StateProj]
    enum State<F> {
        Calling { #[pin] call: F },
        Refused { error: Option<AuthorizeError> },
    }
}

impl<F> ResponseFuture<F> {
    /// Makes the `call` if the check went well.
    pub(super) fn after(check: Result<(), AuthorizeError>, call: impl FnOnce() -> F) -> Self {
        let state = match check {
            Ok(()) => State::Calling { call: call() },
            Err(error) => State::Refused { error: Some(error) },
        };
        Self { state }
    }
}

impl<F, T, E> Future for ResponseFuture<F>
where
    F: Future<Output = Result<T, E>>,
    E: Into<BoxError>,
{
    type Output = Result<T, BoxError>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match self.project().state.project() {
            StateProj::Calling { call } => call.poll(cx).map_err(Into::into),
            StateProj::Refused { error } => {
                let error = error
                    .take()
                    .expect("a future is not polled after it is done");
                Poll::Ready(Err(error.into()))
            }
        }
    }
}
