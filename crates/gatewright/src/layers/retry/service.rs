//! The service of [`RetryLayer`]: `tower::retry` around a service with boxed errors.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use http::{Request, Response};
use pin_project_lite::pin_project;
use tower::retry::{self, future};
use tower_layer::Layer;
use tower_service::Service;

use super::layer::RetryLayer;
use super::policy::RetryPolicy;
use super::takes::RetryService;
use crate::layers::{attempt::Attempt, checked_future, credential::SameUser};
use crate::{Body, BoxError};

/// The service of [`RetryLayer`]. An error is that of the inner service.
#[derive(Clone, Debug)]
pub struct Retry<S>(retry::Retry<RetryPolicy, Boxing<S>>);

impl<S> Retry<S> {
    /// Retries the failed calls of `inner`.
    pub fn new(inner: S, config: RetryLayer) -> Self {
        Self(retry::Retry::new(RetryPolicy::new(config), Boxing(inner)))
    }

    /// The service that this one wraps.
    pub fn get_ref(&self) -> &S {
        &self.0.get_ref().0
    }

    /// The service that this one wraps.
    pub fn get_mut(&mut self) -> &mut S {
        &mut self.0.get_mut().0
    }

    /// The service that this one wraps.
    pub fn into_inner(self) -> S {
        self.0.into_inner().0
    }
}

impl<S, R> Service<Request<Body>> for Retry<S>
where
    S: Service<Request<Body>, Response = Response<R>> + Clone,
    S::Error: Into<BoxError>,
{
    type Response = Response<R>;
    type Error = BoxError;
    type Future = ResponseFuture<S, R>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.0.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request<Body>) -> Self::Future {
        let extensions = request.extensions_mut();
        extensions.insert(Attempt::FIRST);
        extensions.get_or_insert_default::<SameUser>();
        ResponseFuture {
            call: self.0.call(request),
        }
    }
}

pin_project! {
    /// The response of [`Retry`]: that of the last attempt.
    pub struct ResponseFuture<S, R>
    where
        S: Service<Request<Body>, Response = Response<R>>,
        S::Error: Into<BoxError>,
    {
        #[pin]
        call: future::ResponseFuture<RetryPolicy, Boxing<S>, Request<Body>>,
    }
}

impl<S, R> Future for ResponseFuture<S, R>
where
    S: Service<Request<Body>, Response = Response<R>> + Clone,
    S::Error: Into<BoxError>,
{
    type Output = Result<Response<R>, BoxError>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.project().call.poll(cx)
    }
}

impl<S, R> fmt::Debug for ResponseFuture<S, R>
where
    S: Service<Request<Body>, Response = Response<R>>,
    S::Error: Into<BoxError>,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResponseFuture")
    }
}

/// A service whose errors are boxed, so that the policy can inspect them.
#[derive(Clone, Debug)]
pub(super) struct Boxing<S>(S);

impl<S> Service<Request<Body>> for Boxing<S>
where
    S: Service<Request<Body>>,
    S::Error: Into<BoxError>,
{
    type Response = S::Response;
    type Error = BoxError;
    type Future = checked_future::ResponseFuture<S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.0.poll_ready(cx).map_err(Into::into)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        checked_future::ResponseFuture::after(Ok(()), || self.0.call(request))
    }
}

impl<S: RetryService> Layer<S> for RetryLayer {
    type Service = Retry<S>;

    fn layer(&self, inner: S) -> Self::Service {
        Retry::new(inner, self.clone())
    }
}
