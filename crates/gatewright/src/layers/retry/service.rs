//! The service of [`RetryLayer`].

use std::fmt;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::{Request, Response};
use tower_layer::Layer;
use tower_service::Service;

use super::future::{Repeats, ResponseFuture};
use super::layer::RetryLayer;
use super::takes::RetryService;
use crate::layers::attempt::Attempt;
use crate::{Body, BoxError};

/// The service of [`RetryLayer`]. An error is that of the inner service.
#[derive(Clone)]
pub struct Retry<S> {
    inner: S,
    config: Arc<RetryLayer>,
}

impl<S> Retry<S> {
    /// Retries the failed calls of `inner`.
    pub fn new(inner: S, config: RetryLayer) -> Self {
        let config = Arc::new(config);
        Self { inner, config }
    }

    inner_accessors!();
}

impl<S, R> Service<Request<Body>> for Retry<S>
where
    S: Service<Request<Body>, Response = Response<R>> + Clone,
    S::Error: Into<BoxError>,
{
    type Response = Response<R>;
    type Error = BoxError;
    type Future = ResponseFuture<S>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.inner.poll_ready(cx).map_err(Into::into)
    }

    #[inline]
    fn call(&mut self, mut request: Request<Body>) -> Self::Future {
        Attempt::FIRST.put(request.extensions_mut());
        let repeats = Repeats::of(&mut request, &self.config, &self.inner);
        ResponseFuture::new(self.inner.call(request), repeats)
    }
}

impl<S: RetryService> Layer<S> for RetryLayer {
    type Service = Retry<S>;

    fn layer(&self, inner: S) -> Self::Service {
        Retry::new(inner, self.clone())
    }
}

impl<S: fmt::Debug> fmt::Debug for Retry<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Retry")
            .field("inner", &self.inner)
            .field("config", &self.config)
            .finish()
    }
}
