//! One call on its way through the retry layer: its attempts, and the waits between them.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use http::{Request, Response};
use pin_project_lite::pin_project;
use tower_service::Service;

use super::layer::RetryLayer;
use super::policy;
use crate::copy::HeadCopy;
use crate::layers::attempt::Attempt;
use crate::one_call::SameUser;
use crate::rt::{Sleep, sleep};
use crate::{Body, BoxError};

pin_project! {
    /// The response of [`Retry`](super::Retry): that of the last attempt.
    pub struct ResponseFuture<S>
    where
        S: Service<Request<Body>>,
    {
        #[pin]
        state: State<S::Future>,
        repeats: Option<Repeats<S>>,
    }
}

pin_project! {
    #[project = StateProj]
    enum State<F> {
        Calling { #[pin] call: F },
        // For the time of the next attempt.
        Waiting { #[pin] sleep: Sleep },
        // For the service to be ready again.
        Readying,
    }
}

/// What another attempt takes. There is none of a call that is sent once, whatever happens.
pub(super) struct Repeats<S> {
    /// Not ready. While a call waits it holds nothing of the service.
    inner: S,
    config: Arc<RetryLayer>,
    /// Without the number of its attempt.
    head: Arc<HeadCopy>,
    body: Body,
    record: SameUser,
    attempt: Attempt,
}

impl<S: Clone> Repeats<S> {
    /// `None` for a stream, which can be sent once only, and if nothing is repeated.
    pub(super) fn of(
        request: &mut Request<Body>,
        config: &Arc<RetryLayer>,
        inner: &S,
    ) -> Option<Self> {
        if config.attempts <= 1 {
            return None;
        }
        let body = request.body().try_clone()?;
        let record = SameUser::of(request.extensions_mut());
        let head = Arc::new(HeadCopy::of_request(request));
        record.begin_attempts();
        record.keep(&head);
        Some(Self {
            inner: inner.clone(),
            config: Arc::clone(config),
            head,
            body,
            record,
            attempt: Attempt::FIRST,
        })
    }
}

impl<S> Repeats<S> {
    fn request(&self) -> Request<Body> {
        self.record.keep(&self.head);
        let mut parts = self.head.to_parts();
        self.attempt.put(&mut parts.extensions);
        // It was cloned before, so it can be cloned again.
        let body = self.body.try_clone().unwrap_or_default();
        Request::from_parts(parts, body)
    }

    /// What comes after a result; `None` if that is the caller's.
    fn next<R, F>(&mut self, result: &Result<Response<R>, BoxError>) -> Option<State<F>> {
        // A credential was refused, and there is another one. After anything but a refusal a layer between has done more than
        // to pass it on, and its request may have had its effect.
        let is_refused = result
            .as_ref()
            .is_ok_and(|response| response.status().is_client_error());
        if self.record.is_asked() && is_refused {
            return Some(State::Readying);
        }
        let wait = policy::next_wait(&self.config, self.attempt, &self.head, &self.record, result)?;
        self.attempt = self.attempt.next();
        self.record.repeat();
        #[cfg(feature = "tracing")]
        tracing::debug!(
            attempt = self.attempt.number(),
            wait_ms = wait.as_millis() as u64,
            status = result.as_ref().ok().map(|it| it.status().as_u16()),
            "trying again"
        );
        Some(State::Waiting { sleep: sleep(wait) })
    }
}

impl<S: Service<Request<Body>>> ResponseFuture<S> {
    #[inline]
    pub(super) fn new(call: S::Future, repeats: Option<Repeats<S>>) -> Self {
        let state = State::Calling { call };
        Self { state, repeats }
    }
}

const REPEATS: &str = "only a call that can be repeated waits";

impl<S, R> Future for ResponseFuture<S>
where
    S: Service<Request<Body>, Response = Response<R>>,
    S::Error: Into<BoxError>,
{
    type Output = Result<Response<R>, BoxError>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        loop {
            let next = match this.state.as_mut().project() {
                StateProj::Calling { call } => {
                    let mut result = ready!(call.poll(cx)).map_err(Into::into);
                    let Some(repeats) = this.repeats else {
                        return Poll::Ready(result);
                    };
                    match repeats.next(&result) {
                        Some(next) => next,
                        None => {
                            state_attempts(repeats.attempt, &mut result);
                            return Poll::Ready(result);
                        }
                    }
                }
                StateProj::Waiting { sleep } => {
                    ready!(sleep.poll(cx));
                    State::Readying
                }
                StateProj::Readying => {
                    let repeats = this.repeats.as_mut().expect(REPEATS);
                    ready!(repeats.inner.poll_ready(cx)).map_err(Into::into)?;
                    State::Calling {
                        call: repeats.inner.call(repeats.request()),
                    }
                }
            };
            this.state.set(next);
        }
    }
}

fn state_attempts<R>(attempt: Attempt, result: &mut Result<Response<R>, BoxError>) {
    if let Ok(response) = result {
        attempt.put(response.extensions_mut());
    }
}

impl<S: Service<Request<Body>>> fmt::Debug for ResponseFuture<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResponseFuture")
    }
}
