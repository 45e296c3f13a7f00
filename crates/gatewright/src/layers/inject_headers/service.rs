//! The service of [`InjectHeadersLayer`], and its future: first the headers, at once or after a wait, then the call.

use std::fmt;
use std::future::Future;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use http::Request;
use http::request::Parts;
use pin_project_lite::pin_project;
use tower_layer::Layer;
use tower_service::Service;

use super::injection::{Preparation, Prepared};
use super::layer::InjectHeadersLayer;
use crate::{AuthorizeError, BoxError};

/// The service of [`InjectHeadersLayer`]. An error is that of the inner service, or an
/// [`AuthorizeError`](crate::AuthorizeError) if a value could not be fetched.
#[derive(Clone, Debug)]
pub struct InjectHeaders<S> {
    inner: S,
    headers: InjectHeadersLayer,
}

impl<S> InjectHeaders<S> {
    /// Puts the headers of a layer on the requests to `inner`.
    pub fn new(inner: S, headers: InjectHeadersLayer) -> Self {
        Self { inner, headers }
    }

    inner_accessors!();
}

impl<S, B> Service<Request<B>> for InjectHeaders<S>
where
    S: Service<Request<B>> + Clone,
    S::Error: Into<BoxError>,
{
    type Response = S::Response;
    type Error = BoxError;
    type Future = ResponseFuture<S, B>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx).map_err(Into::into)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let headers = &self.headers;
        if headers.is_empty() {
            return ResponseFuture::passing(self.inner.call(request));
        }
        ResponseFuture::new(&mut self.inner, request, |parts| headers.prepare(parts))
    }
}

pin_project! {
    /// The response: that of the inner service, or an [`AuthorizeError`] if the request was refused.
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
        Preparing { preparation: Preparation, pending: Option<(S, B)> },
        // For the service to be ready again.
        Readying { pending: Option<(S, Request<B>)> },
        Calling { #[pin] call: S::Future },
        Refused { error: Option<AuthorizeError> },
    }
}

impl<S: Service<Request<B>> + Clone, B> ResponseFuture<S, B> {
    /// Prepares the head of `request`, and then calls `inner`, which is ready.
    pub(super) fn new(
        inner: &mut S,
        request: Request<B>,
        prepare: impl FnOnce(Parts) -> Prepared,
    ) -> Self {
        let (parts, body) = request.into_parts();
        let state = match prepare(parts) {
            Prepared::Now(head) => State::with_head(head, inner, body),
            Prepared::Later(preparation) => {
                // The readiness is given up: what is waited for may come over the same service.
                let idle = inner.clone();
                drop(mem::replace(inner, idle));
                let pending = Some((inner.clone(), body));
                State::Preparing {
                    preparation,
                    pending,
                }
            }
        };
        Self { state }
    }
}

impl<S: Service<Request<B>>, B> ResponseFuture<S, B> {
    fn passing(call: S::Future) -> Self {
        let state = State::Calling { call };
        Self { state }
    }
}

impl<S: Service<Request<B>>, B> State<S, B> {
    fn with_head(head: Result<Parts, AuthorizeError>, inner: &mut S, body: B) -> Self {
        match head {
            Ok(parts) => State::Calling {
                call: inner.call(Request::from_parts(parts, body)),
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
                StateProj::Preparing {
                    preparation,
                    pending,
                } => {
                    let head = ready!(preparation.as_mut().poll(cx));
                    let (inner, body) = pending.take().expect("a head is prepared once");
                    match head {
                        Ok(parts) => State::Readying {
                            pending: Some((inner, Request::from_parts(parts, body))),
                        },
                        Err(error) => State::Refused { error: Some(error) },
                    }
                }
                StateProj::Readying { pending } => {
                    let (inner, _) = pending.as_mut().expect("a request is sent once");
                    ready!(inner.poll_ready(cx)).map_err(Into::into)?;
                    let (mut inner, request) = pending.take().expect("a request is sent once");
                    State::Calling {
                        call: inner.call(request),
                    }
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

impl<S> Layer<S> for InjectHeadersLayer {
    type Service = InjectHeaders<S>;

    fn layer(&self, inner: S) -> Self::Service {
        InjectHeaders::new(inner, self.clone())
    }
}
