//! The service of [`BearerTokenLayer`].

use std::fmt;
use std::mem;
use std::task::{Context, Poll};

use http::{Request, Response};
use tower_service::Service;

use super::BearerTokenLayer;
use super::future::ResponseFuture;
use crate::BoxError;
use crate::token::ProvideToken;

/// The service of [`BearerTokenLayer`]. An error is that of the inner service, or an
/// [`AuthorizeError`](crate::AuthorizeError).
pub struct BearerToken<S, P> {
    inner: S,
    config: BearerTokenLayer<P>,
}

impl<S, P> BearerToken<S, P> {
    /// Puts the tokens of a layer on the requests to `inner`.
    pub fn new(inner: S, config: BearerTokenLayer<P>) -> Self {
        Self { inner, config }
    }

    inner_accessors!();
}

impl<S: Clone, P> Clone for BearerToken<S, P> {
    fn clone(&self) -> Self {
        Self {
            inner: self.inner.clone(),
            config: self.config.clone(),
        }
    }
}

impl<S: fmt::Debug, P> fmt::Debug for BearerToken<S, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BearerToken")
            .field("inner", &self.inner)
            .field("config", &self.config)
            .finish()
    }
}

impl<S, P, B, R> Service<Request<B>> for BearerToken<S, P>
where
    S: Service<Request<B>, Response = Response<R>> + Clone,
    S::Error: Into<BoxError>,
    P: ProvideToken,
    B: 'static,
{
    type Response = S::Response;
    type Error = BoxError;
    type Future = ResponseFuture<S, P, B>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx).map_err(Into::into)
    }

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        match self.config.settings.wants_token(&mut request) {
            Ok(true) => {}
            Ok(false) => return ResponseFuture::calling(self.inner.call(request)),
            Err(error) => return ResponseFuture::refused(error),
        }
        // The service that was polled ready is the one to call; its fresh clone is not ready.
        let clone = self.inner.clone();
        let inner = mem::replace(&mut self.inner, clone);
        ResponseFuture::authorizing(request, inner, self.config.clone())
    }
}
