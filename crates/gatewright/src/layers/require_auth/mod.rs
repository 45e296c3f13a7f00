//! The last check before the network: a request has the credentials that its operation asks for.
//!
//! For a request without credentials, API Gateway sends a 401 or 403 that does not say which layer is missing
//! ("Missing Authentication Token", which it also sends for an unknown route). This service names the layer, and sends
//! nothing. Place it innermost. Requests without an [`Operation`](crate::Operation) pass.
//!
//! ```
//! use gatewright::layers::RequireAuthLayer;
//! use gatewright::{Auth, Operation};
//! use http::Request;
//! use tower::{ServiceBuilder, ServiceExt, service_fn};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
//! const GET_PET: Operation = Operation::new("getPet", "GET", "/pets/{petId}", Auth::API_KEY);
//!
//! let echo = service_fn(async |request: Request<()>| Ok::<_, std::convert::Infallible>(request));
//! let request = Request::get("https://api.test/pets/1").extension(GET_PET).body(())?;
//! let refused = ServiceBuilder::new().layer(RequireAuthLayer::new()).service(echo).oneshot(request).await;
//!
//! assert_eq!(refused.unwrap_err().to_string(), "operation `getPet` needs an API key: add `ApiKeyLayer`");
//! # Ok(())
//! # }
//! ```

mod carried;
mod satisfied;
#[cfg(test)]
mod tests;

use std::task::{Context, Poll};

use http::Request;
use tower_layer::Layer;
use tower_service::Service;

pub use super::checked_future::ResponseFuture;
use super::guard::Guard;
use crate::{AuthorizeError, BoxError, Origin};

/// Refuses requests that lack a credential which their operation asks for, and requests that carry a credential where it
/// must not go: to an origin that it is not for, or over a network without TLS.
///
/// The rule for networks is that of the layers with credentials: `https`, or `http` to loopback. Here it applies to
/// credentials from a caller or from an [`InjectHeadersLayer`](super::InjectHeadersLayer): `authorization`,
/// `proxy-authorization`, `cookie`, `x-api-key`, `x-amz-security-token`, every header whose value is marked sensitive,
/// and the places where the operation's authorizers read a token. A credential passes if the layer that sent it has
/// `allow_insecure()`.
///
/// An empty value is no credential, nor is `Bearer` without a token. A signature is no token, and a token no signature.
///
/// The origin is the one that the request's client states, or the one named with [`only_to`](Self::only_to). Name it if a
/// redirect layer is between the layers with credentials and this one, since a redirect layer forwards headers.
///
/// See the [module docs](self) for an example.
#[derive(Clone, Debug, Default)]
pub struct RequireAuthLayer {
    guard: Guard,
}

impl RequireAuthLayer {
    /// A layer that requires the credentials that the operation asks for.
    pub fn new() -> Self {
        Self::default()
    }

    /// Refuses credentials to any other origin than this one, and others that are named as well. A request without
    /// credentials passes.
    #[must_use]
    pub fn only_to(mut self, origin: Origin) -> Self {
        self.guard = self.guard.only_to(origin);
        self
    }

    /// Allows credentials to targets without TLS, also those from a caller. The layers with credentials have a setting of
    /// the same name for the credentials that they send.
    #[must_use]
    pub fn allow_insecure(mut self) -> Self {
        self.guard = self.guard.allow_insecure();
        self
    }
}

impl<S> Layer<S> for RequireAuthLayer {
    type Service = RequireAuth<S>;

    fn layer(&self, inner: S) -> Self::Service {
        let guard = self.guard.clone();
        RequireAuth { inner, guard }
    }
}

/// The service of [`RequireAuthLayer`]. An error is that of the inner service, or an [`AuthorizeError`] of the kind
/// [`MissingCredential`](crate::AuthorizeErrorKind::MissingCredential),
/// [`InsecureTarget`](crate::AuthorizeErrorKind::InsecureTarget) or
/// [`ForeignOrigin`](crate::AuthorizeErrorKind::ForeignOrigin).
#[derive(Clone, Debug)]
pub struct RequireAuth<S> {
    inner: S,
    guard: Guard,
}

impl<S> RequireAuth<S> {
    /// Checks the requests to `inner`, without a named origin.
    pub fn new(inner: S) -> Self {
        RequireAuthLayer::new().layer(inner)
    }

    #[cfg(feature = "client")]
    pub(crate) fn with(inner: S, layer: RequireAuthLayer) -> Self {
        let guard = layer.guard;
        Self { inner, guard }
    }

    /// This check and that of a layer around it, as one if that is possible.
    #[cfg(feature = "transport")]
    pub(crate) fn within(&self, outer: &RequireAuthLayer) -> Option<Self>
    where
        S: Clone,
    {
        let guard = self.guard.within(&outer.guard)?;
        let inner = self.inner.clone();
        Some(Self { inner, guard })
    }

    /// See [`RequireAuthLayer::allow_insecure`]. Use it on a transport that contains this service, such as
    /// `transport::https()`.
    #[must_use]
    pub fn allow_insecure(mut self) -> Self {
        self.guard = self.guard.allow_insecure();
        self
    }

    inner_accessors!();
}

impl<S, B> Service<Request<B>> for RequireAuth<S>
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

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let checked = check(&request, &self.guard);
        ResponseFuture::after(checked, || self.inner.call(request))
    }
}

fn check<B>(request: &Request<B>, guard: &Guard) -> Result<(), AuthorizeError> {
    guard.check_carried(request, carried::locations(request))?;
    satisfied::check(request)
}
