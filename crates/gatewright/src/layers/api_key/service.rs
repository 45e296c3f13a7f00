//! The service of [`ApiKeyLayer`].

use std::task::{Context, Poll};

use http::Request;
use tower_service::Service;

use super::ApiKeyLayer;
use crate::layers::guard::{Spot, acts};
use crate::layers::prepared::{Prepared, ResponseFuture};
use crate::{AuthorizeError, BoxError};

/// The service of [`ApiKeyLayer`]. An error is that of the inner service, or an [`AuthorizeError`].
#[derive(Clone, Debug)]
pub struct ApiKey<S> {
    inner: S,
    config: ApiKeyLayer,
}

impl<S> ApiKey<S> {
    /// Puts the key of a layer on the requests to `inner`.
    pub fn new(inner: S, config: ApiKeyLayer) -> Self {
        Self { inner, config }
    }

    inner_accessors!();
}

impl<S, B> Service<Request<B>> for ApiKey<S>
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

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        let acts = self.config.acts_on(&mut request);
        ResponseFuture::new(&mut self.inner, request, |parts| match acts {
            Ok(true) => self.config.prepare(parts),
            Ok(false) => Prepared::Now(Ok(parts)),
            Err(error) => Prepared::Now(Err(error)),
        })
    }
}

impl ApiKeyLayer {
    fn acts_on<B>(&self, request: &mut Request<B>) -> Result<bool, AuthorizeError> {
        let has_key = request.headers().contains_key(&self.header);
        if !acts(request, |auth| self.is_wanted(auth)) || self.keeps(has_key)? {
            return Ok(false);
        }
        let spot = Spot::Header(self.header.clone());
        self.guard.admit(request, "an API key", [spot])?;
        Ok(true)
    }
}
