//! The response of [`BearerToken`](super::BearerToken): the token, the inner service, and both again if the token is
//! refused.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use http::{Request, Response};
use pin_project_lite::pin_project;
use tower::ServiceExt;
use tower::util::Oneshot;
use tower_service::Service;

use super::BearerTokenLayer;
use super::ready::ReadyToken;
use super::refusal;
use crate::expiring::{Fetch, Wait};
use crate::token::ProvideToken;
use crate::{AuthorizeError, BoxError};

pin_project! {
    /// The response of [`BearerToken`](super::BearerToken).
    pub struct ResponseFuture<S, P, B>
    where
        S: Service<Request<B>>,
    {
        #[pin]
        state: State<S, P, B>,
    }
}

pin_project! {
    #[project = StateProj]
    enum State<S, P, B>
    where
        S: Service<Request<B>>,
    {
        Fetching { fetch: Wait<ReadyToken>, pending: Option<Pending<S, P, B>> },
        Calling { #[pin] call: S::Future, replay: Option<Replay<S, P, B>> },
        // After a refusal: for another token, with what to return if there is none.
        Refetching { fetch: Wait<ReadyToken>, replay: Option<Replay<S, P, B>>, refusal: Option<S::Response> },
        Replaying { #[pin] call: Oneshot<S, Request<B>> },
        Answered { response: Option<S::Response> },
        Refused { error: Option<AuthorizeError> },
    }
}

const POLLED_AGAIN: &str = "a future is not polled after it is done";

/// What waits for the token.
struct Pending<S, P, B> {
    request: Request<B>,
    inner: S,
    config: BearerTokenLayer<P>,
}

/// What a refusal of its token makes of a request.
struct Replay<S, P, B> {
    /// `None` if its body cannot be cloned.
    second: Option<(S, Request<B>)>,
    token: Arc<ReadyToken>,
    config: BearerTokenLayer<P>,
}

impl<S: Service<Request<B>>, P, B> ResponseFuture<S, P, B> {
    pub(super) fn calling(call: S::Future) -> Self {
        Self {
            state: State::Calling { call, replay: None },
        }
    }

    pub(super) fn refused(error: AuthorizeError) -> Self {
        Self {
            state: State::Refused { error: Some(error) },
        }
    }
}

impl<S: Service<Request<B>>, P, B> State<S, P, B> {
    fn answered(response: S::Response) -> Self {
        Self::Answered {
            response: Some(response),
        }
    }
}

impl<S, P, B> ResponseFuture<S, P, B>
where
    S: Service<Request<B>> + Clone,
    P: ProvideToken,
    B: 'static,
{
    /// `inner` is ready.
    pub(super) fn authorizing(request: Request<B>, inner: S, config: BearerTokenLayer<P>) -> Self {
        let fetch = config.tokens.get();
        let pending = Pending {
            request,
            inner,
            config,
        };
        let state = match fetch {
            Fetch::Ready(token) => pending.authorized_by(Ok(token)),
            Fetch::Wait(fetch) => State::Fetching {
                fetch,
                pending: Some(pending),
            },
        };
        Self { state }
    }
}

impl<S, P, B> Pending<S, P, B>
where
    S: Service<Request<B>> + Clone,
    B: 'static,
{
    fn authorized_by(mut self, token: Result<Arc<ReadyToken>, AuthorizeError>) -> State<S, P, B> {
        let settings = &self.config.settings;
        let second = settings.replay.try_clone(&self.request);
        let put = token.and_then(|token| {
            settings.put(&token, &mut self.request)?;
            Ok(token)
        });
        match put {
            Ok(token) => {
                let second = second.map(|request| (self.inner.clone(), request));
                State::Calling {
                    call: self.inner.call(self.request),
                    replay: Some(Replay {
                        second,
                        token,
                        config: self.config,
                    }),
                }
            }
            Err(error) => State::Refused { error: Some(error) },
        }
    }
}

impl<S, P, B> Replay<S, P, B>
where
    S: Service<Request<B>>,
    P: ProvideToken,
{
    /// The token was refused.
    fn refused(self, refusal: S::Response) -> State<S, P, B> {
        self.config.tokens.refuse(&self.token);
        if self.second.is_none() {
            return State::answered(refusal);
        }
        match self.config.tokens.get() {
            Fetch::Ready(token) => self.with_token(Ok(token), refusal),
            Fetch::Wait(fetch) => State::Refetching {
                fetch,
                replay: Some(self),
                refusal: Some(refusal),
            },
        }
    }

    /// Sends the request again with this token. If that is no other one, the refusal stands.
    fn with_token(
        self,
        token: Result<Arc<ReadyToken>, AuthorizeError>,
        refusal: S::Response,
    ) -> State<S, P, B> {
        let other = token.ok().filter(|token| token.is_other_than(&self.token));
        let (Some(token), Some((inner, mut request))) = (other, self.second) else {
            return State::answered(refusal);
        };
        match self.config.settings.put(&token, &mut request) {
            Ok(()) => State::Replaying {
                call: inner.oneshot(request),
            },
            Err(_) => State::answered(refusal),
        }
    }
}

impl<S, P, B, R> Future for ResponseFuture<S, P, B>
where
    S: Service<Request<B>, Response = Response<R>> + Clone,
    S::Error: Into<BoxError>,
    P: ProvideToken,
    B: 'static,
{
    type Output = Result<S::Response, BoxError>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut state = self.project().state;
        loop {
            let next = match state.as_mut().project() {
                StateProj::Fetching { fetch, pending } => {
                    let token = ready!(fetch.as_mut().poll(cx));
                    let pending = pending.take().expect("a token is fetched once");
                    pending.authorized_by(token)
                }
                StateProj::Calling { call, replay } => {
                    let response = ready!(call.poll(cx)).map_err(Into::into)?;
                    match replay.take().filter(|_| is_refusal(&response)) {
                        Some(replay) => replay.refused(response),
                        None => State::answered(response),
                    }
                }
                StateProj::Refetching {
                    fetch,
                    replay,
                    refusal,
                } => {
                    let token = ready!(fetch.as_mut().poll(cx));
                    let replay = replay.take().expect("another token is fetched once");
                    let refusal = refusal.take().expect("it is there until then");
                    replay.with_token(token, refusal)
                }
                StateProj::Replaying { call } => return call.poll(cx).map_err(Into::into),
                StateProj::Answered { response } => {
                    let response = response.take();
                    return Poll::Ready(Ok(response.expect(POLLED_AGAIN)));
                }
                StateProj::Refused { error } => {
                    let error = error.take().expect(POLLED_AGAIN);
                    return Poll::Ready(Err(error.into()));
                }
            };
            state.set(next);
        }
    }
}

fn is_refusal<R>(response: &Response<R>) -> bool {
    refusal::is_of_credential(response.status(), response.headers())
}

impl<S: Service<Request<B>>, P, B> fmt::Debug for ResponseFuture<S, P, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResponseFuture")
    }
}
