//! The API key of a usage plan, in the header `x-api-key`.
//!
//! An API key tells API Gateway which usage plan to count a call against; it is no proof of identity ("API keys for
//! REST APIs", API Gateway developer guide). Every method that says "API key required" refuses calls without one.
//!
//! ```
//! use gatewright::layers::ApiKeyLayer;
//! use http::Request;
//! use tower::{ServiceBuilder, ServiceExt, service_fn};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
//! let key = ApiKeyLayer::new("0123456789abcdefghij")?;
//!
//! let echo = service_fn(async |request: Request<()>| Ok::<_, std::convert::Infallible>(request));
//! let request = Request::get("https://api.test/pets").body(())?;
//! let sent = ServiceBuilder::new().layer(key).service(echo).oneshot(request).await?;
//!
//! assert_eq!(sent.headers()["x-api-key"], "0123456789abcdefghij");
//! # Ok(())
//! # }
//! ```

use std::task::{Context, Poll};

use http::{HeaderName, HeaderValue, Request};
use tower_layer::Layer;
use tower_service::Service;

pub use super::checked::ResponseFuture;
use super::guard::{Guard, acts};
use super::secret::secret_value;
use crate::{Auth, AuthorizeError, BoxError};

pub(super) const X_API_KEY: HeaderName = HeaderName::from_static("x-api-key");

/// Puts an API key on the requests that ask for one, in place of one that is there.
///
/// See the [module docs](self) for an example.
#[derive(Clone, Debug)]
pub struct ApiKeyLayer {
    key: HeaderValue,
    guard: Guard,
}

impl ApiKeyLayer {
    /// A layer that sends `key`.
    ///
    /// # Errors
    ///
    /// [`InvalidSecret`](crate::AuthorizeErrorKind::InvalidSecret) when the key is empty, has blanks around it (a
    /// newline from a file, say), or anything but visible ASCII in it.
    pub fn new(key: impl AsRef<str>) -> Result<Self, AuthorizeError> {
        let key = secret_value("the API key", key.as_ref())?;
        Ok(Self {
            key,
            guard: Guard::default(),
        })
    }

    /// Sends the key to targets without TLS as well.
    #[must_use]
    pub fn allow_insecure(mut self) -> Self {
        self.guard = Guard::INSECURE_ALLOWED;
        self
    }
}

impl<S> Layer<S> for ApiKeyLayer {
    type Service = ApiKey<S>;

    fn layer(&self, inner: S) -> Self::Service {
        ApiKey::new(inner, self.clone())
    }
}

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
    S: Service<Request<B>>,
    S::Error: Into<BoxError>,
{
    type Response = S::Response;
    type Error = BoxError;
    type Future = ResponseFuture<S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx).map_err(Into::into)
    }

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        let authorized = self.config.authorize(&mut request);
        ResponseFuture::after(authorized, || self.inner.call(request))
    }
}

impl ApiKeyLayer {
    fn authorize<B>(&self, request: &mut Request<B>) -> Result<(), AuthorizeError> {
        if acts(request, |auth: Auth| auth.wants_api_key()) {
            self.guard.check(request.uri(), "an API key")?;
            request.headers_mut().insert(X_API_KEY, self.key.clone());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::AuthorizeErrorKind;
    use crate::layers::test_support::{TestRequest, echo, get, get_for, kind};
    use tower::ServiceExt;

    const HTTPS: &str = "https://api.test/pets";

    async fn send(request: TestRequest) -> Result<TestRequest, BoxError> {
        ApiKeyLayer::new("planted-key")
            .unwrap()
            .layer(echo())
            .oneshot(request)
            .await
    }

    #[tokio::test]
    async fn the_key_is_sent_if_wanted_or_if_there_is_no_operation() {
        for request in [get(HTTPS), get_for(Auth::API_KEY, HTTPS)] {
            let sent = send(request).await.unwrap();
            assert_eq!(sent.headers()[X_API_KEY], "planted-key");
            assert!(sent.headers()[X_API_KEY].is_sensitive());
        }
    }

    #[tokio::test]
    async fn an_operation_that_wants_no_key_passes_untouched() {
        let sent = send(get_for(Auth::IAM, "http://api.test/")).await.unwrap();
        assert!(sent.headers().is_empty());
    }

    #[tokio::test]
    async fn the_key_is_not_sent_in_the_clear() {
        let error = send(get("http://api.test/")).await.unwrap_err();
        assert_eq!(kind(&error), Some(AuthorizeErrorKind::InsecureTarget));
        let layer = ApiKeyLayer::new("planted-key").unwrap().allow_insecure();
        assert!(
            layer
                .layer(echo())
                .oneshot(get("http://api.test/"))
                .await
                .is_ok()
        );
    }

    #[test]
    fn debug_does_not_show_the_key() {
        let service = ApiKeyLayer::new("planted-key").unwrap().layer(());
        assert!(!format!("{service:?}").contains("planted"));
    }
}
