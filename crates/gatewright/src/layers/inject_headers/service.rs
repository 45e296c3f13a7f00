//! The service of [`InjectHeadersLayer`].

use std::task::{Context, Poll};

use http::Request;
use tower_service::Service;

use super::InjectHeadersLayer;
use crate::BoxError;
use crate::layers::prepared::ResponseFuture;

/// The service of [`InjectHeadersLayer`]. An error is that of the inner service, or an
/// [`AuthorizeError`](crate::AuthorizeError) if a value could not be had.
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
        ResponseFuture::new(&mut self.inner, request, |parts| headers.prepare(parts))
    }
}
