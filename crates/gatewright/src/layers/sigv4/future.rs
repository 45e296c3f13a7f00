//! The response of [`SigV4`](super::SigV4), to come: what it waits for.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use aws_credential_types::provider::ProvideCredentials;
use bytes::Bytes;
use http::request::Parts;
use http::{Request, Response};
use http_body::Body;
use pin_project_lite::pin_project;
use tower_service::Service;

use super::collect::Collect;
use super::credentials::Cached;
use super::exchange::Exchange;
use super::repeat::{Again, Sent};
use super::unsigned::{Copy, Unsigned};
use crate::expiring::Wait;
use crate::{AuthorizeError, BoxError};

pin_project! {
    /// The response of [`SigV4`](super::SigV4).
    pub struct ResponseFuture<S, P, B>
    where
        S: Service<Request<B>>,
    {
        #[pin]
        state: State<S, P, B>,
    }
}

/// What goes on after a wait. Boxed, so that the future stays small: it is moved more often than it waits.
type Waiting<T> = Option<Box<T>>;

pin_project! {
    /// What a request waits for, and what goes on then.
    #[project = StateProj]
    pub(super) enum State<S, P, B>
    where
        S: Service<Request<B>>,
    {
        Reading { body: Collect<B>, waiting: Waiting<(Exchange<S, P>, Parts)> },
        Fetching { fetch: Wait<Cached>, waiting: Waiting<(Exchange<S, P>, Unsigned<B>)> },
        // Nothing was sent that the signer knows of, if it does not act on the request.
        Calling { #[pin] call: S::Future, sent: Waiting<(Exchange<S, P>, Sent)> },
        Renewing { fetch: Wait<Cached>, waiting: Waiting<(Exchange<S, P>, Again, S::Response)> },
        // For the service to be ready again.
        Repeating { waiting: Waiting<(Exchange<S, P>, Copy, Arc<Cached>)> },
        Answered { outcome: Option<Result<S::Response, BoxError>> },
    }
}

impl<S: Service<Request<B>>, P, B> State<S, P, B> {
    pub(super) fn refused(error: AuthorizeError) -> Self {
        Self::Answered {
            outcome: Some(Err(error.into())),
        }
    }

    pub(super) fn answered(answer: S::Response) -> Self {
        Self::Answered {
            outcome: Some(Ok(answer)),
        }
    }
}

impl<S: Service<Request<B>>, P, B> ResponseFuture<S, P, B> {
    pub(super) fn passing(call: S::Future) -> Self {
        Self {
            state: State::Calling { call, sent: None },
        }
    }

    pub(super) fn in_state(state: State<S, P, B>) -> Self {
        Self { state }
    }
}

const ONCE: &str = "a state is left when what it waits for has come";

impl<S, P, B, R> Future for ResponseFuture<S, P, B>
where
    S: Service<Request<B>, Response = Response<R>>,
    S::Error: Into<BoxError>,
    P: ProvideCredentials + 'static,
    B: Body + From<Bytes> + Unpin,
    B::Error: Into<BoxError>,
{
    type Output = Result<S::Response, BoxError>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut state = self.project().state;
        loop {
            let next = match state.as_mut().project() {
                StateProj::Reading { body, waiting } => {
                    let body = ready!(body.poll(cx));
                    let (exchange, parts) = *waiting.take().expect(ONCE);
                    exchange.with_body(parts, body)
                }
                StateProj::Fetching { fetch, waiting } => {
                    let cached = ready!(fetch.as_mut().poll(cx));
                    let (exchange, request) = *waiting.take().expect(ONCE);
                    exchange.with_credentials(request, cached)
                }
                StateProj::Calling { call, sent } => {
                    let answer = ready!(call.poll(cx)).map_err(Into::into)?;
                    let Some(sent) = sent.take() else {
                        return Poll::Ready(Ok(answer));
                    };
                    let Some(refusal) = sent.1.judge(&sent.0, &answer) else {
                        return Poll::Ready(Ok(answer));
                    };
                    let (exchange, sent) = *sent;
                    exchange.renew(sent, refusal, answer)
                }
                StateProj::Renewing { fetch, waiting } => {
                    let cached = ready!(fetch.as_mut().poll(cx));
                    let (exchange, again, answer) = *waiting.take().expect(ONCE);
                    exchange.decide(again, cached, answer)
                }
                StateProj::Repeating { waiting } => {
                    let (exchange, ..) = &mut **waiting.as_mut().expect(ONCE);
                    ready!(exchange.inner.poll_ready(cx)).map_err(Into::into)?;
                    let (exchange, copy, cached) = *waiting.take().expect(ONCE);
                    exchange.call_again(copy, cached)
                }
                StateProj::Answered { outcome } => return Poll::Ready(outcome.take().expect(ONCE)),
            };
            state.set(next);
        }
    }
}

impl<S: Service<Request<B>>, P, B> fmt::Debug for ResponseFuture<S, P, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResponseFuture")
    }
}
