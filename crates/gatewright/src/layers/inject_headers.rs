//! Headers with fixed values on every request.
//!
//! ```
//! use gatewright::layers::InjectHeadersLayer;
//! use http::Request;
//! use tower::{ServiceBuilder, ServiceExt, service_fn};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
//! let headers = InjectHeadersLayer::new()
//!     .try_overriding("x-tenant-id", "blue")?
//!     .try_if_not_present("accept", "application/json")?;
//!
//! let echo = service_fn(async |request: Request<()>| Ok::<_, std::convert::Infallible>(request));
//! let request = Request::get("/pets").header("accept", "text/csv").body(())?;
//! let sent = ServiceBuilder::new().layer(headers).service(echo).oneshot(request).await?;
//!
//! assert_eq!(sent.headers()["x-tenant-id"], "blue");
//! assert_eq!(sent.headers()["accept"], "text/csv");
//! # Ok(())
//! # }
//! ```

use std::fmt;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::{HeaderMap, HeaderName, HeaderValue, Request};
use tower_layer::Layer;
use tower_service::Service;

/// Puts fixed headers on every request, in the order in which they were added to the layer.
///
/// See the [module docs](self) for an example.
#[derive(Clone, Default)]
pub struct InjectHeadersLayer {
    injections: Arc<Vec<Injection>>,
}

#[derive(Clone)]
struct Injection {
    mode: Mode,
    name: HeaderName,
    value: HeaderValue,
}

#[derive(Clone, Copy)]
enum Mode {
    Override,
    IfNotPresent,
    Append,
}

impl InjectHeadersLayer {
    /// A layer without headers yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Replaces whatever values the request has for this header.
    #[must_use]
    pub fn overriding(self, name: HeaderName, value: HeaderValue) -> Self {
        self.with(Mode::Override, name, value)
    }

    /// Adds the header unless the request has one of this name.
    #[must_use]
    pub fn if_not_present(self, name: HeaderName, value: HeaderValue) -> Self {
        self.with(Mode::IfNotPresent, name, value)
    }

    /// Adds the header beside others of this name.
    #[must_use]
    pub fn appending(self, name: HeaderName, value: HeaderValue) -> Self {
        self.with(Mode::Append, name, value)
    }

    /// [`overriding`](Self::overriding) with a name and a value that are yet to be parsed.
    ///
    /// # Errors
    ///
    /// When the name or the value is not valid in a header.
    pub fn try_overriding(self, name: &str, value: &str) -> Result<Self, http::Error> {
        Ok(self.overriding(name.parse()?, value.parse()?))
    }

    /// [`if_not_present`](Self::if_not_present) with a name and a value that are yet to be parsed.
    ///
    /// # Errors
    ///
    /// When the name or the value is not valid in a header.
    pub fn try_if_not_present(self, name: &str, value: &str) -> Result<Self, http::Error> {
        Ok(self.if_not_present(name.parse()?, value.parse()?))
    }

    /// [`appending`](Self::appending) with a name and a value that are yet to be parsed.
    ///
    /// # Errors
    ///
    /// When the name or the value is not valid in a header.
    pub fn try_appending(self, name: &str, value: &str) -> Result<Self, http::Error> {
        Ok(self.appending(name.parse()?, value.parse()?))
    }

    fn with(mut self, mode: Mode, name: HeaderName, value: HeaderValue) -> Self {
        Arc::make_mut(&mut self.injections).push(Injection { mode, name, value });
        self
    }
}

impl fmt::Debug for InjectHeadersLayer {
    /// The names alone, since a value may be a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InjectHeadersLayer ")?;
        f.debug_list()
            .entries(self.injections.iter().map(|it| it.name.as_str()))
            .finish()
    }
}

impl<S> Layer<S> for InjectHeadersLayer {
    type Service = InjectHeaders<S>;

    fn layer(&self, inner: S) -> Self::Service {
        InjectHeaders::new(inner, self.clone())
    }
}

/// The service of [`InjectHeadersLayer`].
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
    S: Service<Request<B>>,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        for injection in self.headers.injections.iter() {
            injection.apply(request.headers_mut());
        }
        self.inner.call(request)
    }
}

impl Injection {
    fn apply(&self, headers: &mut HeaderMap) {
        match self.mode {
            Mode::Append => {
                headers.append(self.name.clone(), self.value.clone());
            }
            Mode::IfNotPresent if headers.contains_key(&self.name) => {}
            Mode::IfNotPresent | Mode::Override => {
                headers.insert(self.name.clone(), self.value.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layers::test_support::{echo, get};
    use tower::ServiceExt;

    async fn values(layer: InjectHeadersLayer) -> Vec<String> {
        let mut request = get("http://api.test/");
        request
            .headers_mut()
            .append("x-a", HeaderValue::from_static("1"));
        request
            .headers_mut()
            .append("x-a", HeaderValue::from_static("2"));
        let sent = layer.layer(echo()).oneshot(request).await.unwrap();
        sent.headers()
            .get_all("x-a")
            .iter()
            .map(|v| v.to_str().unwrap().to_owned())
            .collect()
    }

    #[tokio::test]
    async fn each_mode_treats_a_header_that_is_there_in_its_own_way() {
        let new = InjectHeadersLayer::new;
        assert_eq!(
            values(new().try_overriding("X-A", "9").unwrap()).await,
            ["9"]
        );
        assert_eq!(
            values(new().try_if_not_present("x-a", "9").unwrap()).await,
            ["1", "2"]
        );
        assert_eq!(
            values(new().try_appending("x-a", "9").unwrap()).await,
            ["1", "2", "9"]
        );
    }

    #[tokio::test]
    async fn an_absent_header_is_added_in_every_mode() {
        let layer = InjectHeadersLayer::new()
            .try_overriding("x-1", "a")
            .and_then(|layer| layer.try_if_not_present("x-2", "b"))
            .and_then(|layer| layer.try_appending("x-3", "c"))
            .unwrap();
        let sent = layer
            .layer(echo())
            .oneshot(get("http://api.test/"))
            .await
            .unwrap();
        assert_eq!(sent.headers()["x-1"], "a");
        assert_eq!(sent.headers()["x-2"], "b");
        assert_eq!(sent.headers()["x-3"], "c");
    }

    #[test]
    fn bad_names_and_values_are_errors() {
        assert!(
            InjectHeadersLayer::new()
                .try_overriding("x a", "1")
                .is_err()
        );
        assert!(
            InjectHeadersLayer::new()
                .try_overriding("x-a", "1\n2")
                .is_err()
        );
    }

    #[test]
    fn debug_shows_names_alone() {
        let layer = InjectHeadersLayer::new()
            .try_appending("x-a", "planted")
            .unwrap();
        assert_eq!(format!("{layer:?}"), "InjectHeadersLayer [\"x-a\"]");
    }
}
