//! The response of [`BearerToken`](super::BearerToken): first the token, then the inner service.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use http::Request;
use pin_project_lite::pin_project;
use tower_service::Service;

use super::Settings;
use crate::token::Token;
use crate::{AuthorizeError, BoxError};

/// Boxed, since the future of a provider has no name.
type Fetch = Pin<Box<dyn Future<Output = Result<Token, AuthorizeError>> + Send>>;

pin_project! {
    /// The response of [`BearerToken`](super::BearerToken).
    pub struct ResponseFuture<S, B>
    where
        S: Service<Request<B>>,
    {
        #[pin]
        state: State<S, B>,
    }
}

pin_project! {
    #[project = StateProj]
    enum State<S, B>
    where
        S: Service<Request<B>>,
    {
        Fetching { fetch: Fetch, pending: Option<Pending<S, B>> },
        Calling { #[pin] call: S::Future },
        Refused { error: Option<AuthorizeError> },
    }
}

/// What waits for the token.
pub(super) struct Pending<S, B> {
    pub(super) settings: Settings,
    pub(super) request: Request<B>,
    pub(super) inner: S,
}

impl<S: Service<Request<B>>, B> ResponseFuture<S, B> {
    pub(super) fn fetching(fetch: Fetch, pending: Pending<S, B>) -> Self {
        Self {
            state: State::Fetching {
                fetch,
                pending: Some(pending),
            },
        }
    }

    pub(super) fn calling(call: S::Future) -> Self {
        Self {
            state: State::Calling { call },
        }
    }

    pub(super) fn refused(error: AuthorizeError) -> Self {
        Self {
            state: State::Refused { error: Some(error) },
        }
    }
}

impl<S: Service<Request<B>>, B> Pending<S, B> {
    fn authorized_by(mut self, token: Result<Token, AuthorizeError>) -> State<S, B> {
        match token.and_then(|token| self.settings.put(&token, &mut self.request)) {
            Ok(()) => State::Calling {
                call: self.inner.call(self.request),
            },
            Err(error) => State::Refused { error: Some(error) },
        }
    }
}

impl<S, B> Future for ResponseFuture<S, B>
where
    S: Service<Request<B>>,
    S::Error: Into<BoxError>,
{
    type Output = Result<S::Response, BoxError>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut state = self.project().state;
        loop {
            let next = match state.as_mut().project() {
                StateProj::Fetching { fetch, pending } => {
                    let token = ready!(fetch.as_mut().poll(cx));
                    pending
                        .take()
                        .expect("a token is fetched once")
                        .authorized_by(token)
                }
                StateProj::Calling { call } => return call.poll(cx).map_err(Into::into),
                StateProj::Refused { error } => {
                    let error = error
                        .take()
                        .expect("a future is not polled after it is done");
                    return Poll::Ready(Err(error.into()));
                }
            };
            state.set(next);
        }
    }
}

impl<S: Service<Request<B>>, B> fmt::Debug for ResponseFuture<S, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResponseFuture")
    }
}
