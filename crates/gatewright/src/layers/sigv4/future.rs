//! The response of [`SigV4`](super::SigV4): the body, the credentials, then the inner service.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use aws_credential_types::Credentials;
use aws_credential_types::provider::ProvideCredentials;
use bytes::Bytes;
use http::Request;
use http::request::Parts;
use http_body::Body;
use pin_project_lite::pin_project;
use tower_service::Service;

use super::SigV4Layer;
use super::collect::Collect;
use super::credentials::FetchCredentials;
use super::sign::sign;
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

pin_project! {
    #[project = StateProj]
    enum State<S, P, B>
    where
        S: Service<Request<B>>,
    {
        Reading { #[pin] body: Collect<B>, pending: Option<Pending<S, P>> },
        Fetching { credentials: FetchCredentials, body: Bytes, pending: Option<Pending<S, P>> },
        Calling { #[pin] call: S::Future },
        Refused { error: Option<AuthorizeError> },
    }
}

/// What waits for the body and the credentials.
struct Pending<S, P> {
    parts: Parts,
    inner: S,
    config: SigV4Layer<P>,
}

impl<S: Service<Request<B>>, P, B> ResponseFuture<S, P, B>
where
    B: Body,
    B::Error: Into<BoxError>,
{
    pub(super) fn signing(request: Request<B>, inner: S, config: SigV4Layer<P>) -> Self {
        let (parts, body) = request.into_parts();
        let body = Collect::new(body, config.body_limit);
        Self {
            state: State::Reading {
                body,
                pending: Some(Pending {
                    parts,
                    inner,
                    config,
                }),
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

impl<S, P: ProvideCredentials + 'static> Pending<S, P> {
    fn with_body<B>(self, body: Result<Bytes, AuthorizeError>) -> State<S, P, B>
    where
        S: Service<Request<B>>,
    {
        match body {
            Ok(body) => {
                let credentials = self.config.credentials.fetch();
                State::Fetching {
                    credentials,
                    body,
                    pending: Some(self),
                }
            }
            Err(error) => State::Refused { error: Some(error) },
        }
    }

    fn signed_with<B>(
        mut self,
        credentials: Result<Credentials, AuthorizeError>,
        body: Bytes,
    ) -> State<S, P, B>
    where
        S: Service<Request<B>>,
        B: From<Bytes>,
    {
        match credentials.and_then(|credentials| self.sign(&body, &credentials)) {
            Ok(()) => {
                let request = Request::from_parts(self.parts, B::from(body));
                State::Calling {
                    call: self.inner.call(request),
                }
            }
            Err(error) => State::Refused { error: Some(error) },
        }
    }

    fn sign(&mut self, body: &[u8], credentials: &Credentials) -> Result<(), AuthorizeError> {
        let now = self.config.clock.now();
        sign(&mut self.parts, body, &self.config.scope, credentials, now)
    }
}

impl<S, P, B> Future for ResponseFuture<S, P, B>
where
    S: Service<Request<B>>,
    S::Error: Into<BoxError>,
    P: ProvideCredentials + 'static,
    B: Body + From<Bytes>,
    B::Error: Into<BoxError>,
{
    type Output = Result<S::Response, BoxError>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut state = self.project().state;
        loop {
            let next = match state.as_mut().project() {
                StateProj::Reading { body, pending } => {
                    let body = ready!(body.poll(cx));
                    pending.take().expect("a body is read once").with_body(body)
                }
                StateProj::Fetching {
                    credentials,
                    body,
                    pending,
                } => {
                    let credentials = ready!(credentials.as_mut().poll(cx));
                    let pending = pending.take().expect("credentials are fetched once");
                    pending.signed_with(credentials, std::mem::take(body))
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

impl<S: Service<Request<B>>, P, B> fmt::Debug for ResponseFuture<S, P, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResponseFuture")
    }
}
