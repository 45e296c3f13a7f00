//! The service of [`SigV4Layer`].

use std::fmt;
use std::mem;
use std::sync::Arc;
use std::task::{Context, Poll};

use aws_credential_types::provider::ProvideCredentials;
use bytes::Bytes;
use http::{Request, Response};
use http_body::Body;
use tower_service::Service;

use super::SigV4Layer;
use super::exchange::Exchange;
use super::future::{ResponseFuture, State};
use super::signer::Signer;
use crate::BoxError;

/// The service of [`SigV4Layer`]. An error is that of the inner service, or an
/// [`AuthorizeError`](crate::AuthorizeError).
///
/// Its clones share credentials, signing key and clock correction.
pub struct SigV4<S, P> {
    inner: S,
    signer: Arc<Signer<P>>,
}

impl<S, P> SigV4<S, P> {
    /// Signs the requests to `inner` with the settings of a layer.
    pub fn new(inner: S, layer: SigV4Layer<P>) -> Self {
        Self {
            inner,
            signer: Arc::new(layer.into_signer()),
        }
    }

    inner_accessors!();
}

impl<S: Clone, P> Clone for SigV4<S, P> {
    fn clone(&self) -> Self {
        Self {
            inner: self.inner.clone(),
            signer: Arc::clone(&self.signer),
        }
    }
}

impl<S: fmt::Debug, P> fmt::Debug for SigV4<S, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigV4")
            .field("inner", &self.inner)
            .field("settings", &self.signer.settings)
            .finish()
    }
}

impl<S, P, B, R> Service<Request<B>> for SigV4<S, P>
where
    S: Service<Request<B>, Response = Response<R>> + Clone,
    S::Error: Into<BoxError>,
    P: ProvideCredentials + 'static,
    B: Body + From<Bytes> + Unpin,
    B::Error: Into<BoxError>,
{
    type Response = Response<R>;
    type Error = BoxError;
    type Future = ResponseFuture<S, P, B>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx).map_err(Into::into)
    }

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        match self.signer.admits(&mut request) {
            Ok(true) => ResponseFuture::in_state(self.exchange().begin(request)),
            Ok(false) => ResponseFuture::passing(self.inner.call(request)),
            Err(error) => ResponseFuture::in_state(State::refused(error)),
        }
    }
}

impl<S: Clone, P> SigV4<S, P> {
    /// The service that was polled ready is the one to call; its fresh clone, which stays here, is not ready.
    fn exchange(&mut self) -> Exchange<S, P> {
        let clone = self.inner.clone();
        let inner = mem::replace(&mut self.inner, clone);
        Exchange {
            inner,
            signer: Arc::clone(&self.signer),
        }
    }
}
