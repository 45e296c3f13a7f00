//! The service of [`SigV4Layer`].

use std::fmt;
use std::mem;
use std::task::{Context, Poll};

use aws_credential_types::provider::ProvideCredentials;
use bytes::Bytes;
use http::Request;
use http_body::Body;
use tower_service::Service;

use super::SigV4Layer;
use super::future::ResponseFuture;
use crate::BoxError;
use crate::layers::guard::acts;

/// The service of [`SigV4Layer`]. An error is that of the inner service, or an
/// [`AuthorizeError`](crate::AuthorizeError).
pub struct SigV4<S, P> {
    inner: S,
    config: SigV4Layer<P>,
}

impl<S, P> SigV4<S, P> {
    /// Signs the requests to `inner` with the settings of a layer.
    pub fn new(inner: S, config: SigV4Layer<P>) -> Self {
        Self { inner, config }
    }

    inner_accessors!();
}

impl<S: Clone, P> Clone for SigV4<S, P> {
    fn clone(&self) -> Self {
        Self {
            inner: self.inner.clone(),
            config: self.config.clone(),
        }
    }
}

impl<S: fmt::Debug, P> fmt::Debug for SigV4<S, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigV4")
            .field("inner", &self.inner)
            .field("config", &self.config)
            .finish()
    }
}

impl<S, P, B> Service<Request<B>> for SigV4<S, P>
where
    S: Service<Request<B>> + Clone,
    S::Error: Into<BoxError>,
    P: ProvideCredentials + 'static,
    B: Body + From<Bytes>,
    B::Error: Into<BoxError>,
{
    type Response = S::Response;
    type Error = BoxError;
    type Future = ResponseFuture<S, P, B>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx).map_err(Into::into)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        if !acts(&request, |auth| auth.wants_iam()) {
            return ResponseFuture::calling(self.inner.call(request));
        }
        if let Err(error) = self.config.guard.check(request.uri(), "a signature") {
            return ResponseFuture::refused(error);
        }
        // The service that was polled ready is the one to call later; its fresh clone is not ready.
        let clone = self.inner.clone();
        let inner = mem::replace(&mut self.inner, clone);
        ResponseFuture::signing(request, inner, self.config.clone())
    }
}
