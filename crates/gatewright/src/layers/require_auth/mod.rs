//! The last check before the network: a request has the credentials that its operation asks for.
//!
//! API Gateway answers a request without credentials with a 401 or 403 that does not tell which layer is missing
//! ("Missing Authentication Token", which is also its answer to an unknown route). This service tells it, and sends
//! nothing. It stands innermost; requests without an [`Operation`] pass.
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

use std::task::{Context, Poll};

use http::header::{AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION};
use http::{HeaderMap, HeaderName, HeaderValue, Request};
use tower_layer::Layer;
use tower_service::Service;

use super::api_key::{ApiKeyIn, X_API_KEY};
pub use super::checked::ResponseFuture;
use super::origins::Origins;
use crate::operation::wanted_auth;
use crate::uri::has_parameter;
use crate::{AuthorizeError, AuthorizeErrorKind, BoxError, Operation, Origin, Place, Scheme};

/// Refuses requests that lack a credential which their operation asks for, and requests that carry a credential to an
/// origin that it is not for.
///
/// The origin is the one that the request's client states, or the one named with [`only_to`](Self::only_to): name it
/// when a redirect layer stands between the layers with credentials and this one, since such a layer sends headers along.
///
/// See the [module docs](self) for an example.
#[derive(Clone, Debug, Default)]
pub struct RequireAuthLayer {
    origins: Origins,
}

impl RequireAuthLayer {
    /// A layer that demands what the operation asks for.
    pub fn new() -> Self {
        Self::default()
    }

    /// Refuses credentials to any other origin than this one, and others that are named as well: those in
    /// `authorization`, `proxy-authorization`, `cookie`, `x-api-key`, `x-amz-security-token`, and in any header whose
    /// value is marked sensitive. A request without them passes.
    #[must_use]
    pub fn only_to(mut self, origin: Origin) -> Self {
        self.origins = self.origins.and(origin);
        self
    }
}

impl<S> Layer<S> for RequireAuthLayer {
    type Service = RequireAuth<S>;

    fn layer(&self, inner: S) -> Self::Service {
        RequireAuth {
            inner,
            origins: self.origins.clone(),
        }
    }
}

/// The service of [`RequireAuthLayer`]. An error is that of the inner service, or an [`AuthorizeError`] of the kind
/// [`MissingCredential`](AuthorizeErrorKind::MissingCredential) or [`ForeignOrigin`](AuthorizeErrorKind::ForeignOrigin).
#[derive(Clone, Debug)]
pub struct RequireAuth<S> {
    inner: S,
    origins: Origins,
}

impl<S> RequireAuth<S> {
    /// Checks the requests to `inner`, without an origin of its own.
    pub fn new(inner: S) -> Self {
        RequireAuthLayer::new().layer(inner)
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
        let checked = check(&request, &self.origins);
        ResponseFuture::after(checked, || self.inner.call(request))
    }
}

fn check<B>(request: &Request<B>, origins: &Origins) -> Result<(), AuthorizeError> {
    if carries_credential(request.headers()) {
        origins.check_stated(request, "a credential")?;
    }
    let auth = wanted_auth(request.extensions()).unwrap_or_default();
    let mut schemes = auth.schemes().iter();
    match schemes.find(|scheme| !is_satisfied(request, scheme)) {
        Some(scheme) => Err(missing(request, scheme)),
        None => Ok(()),
    }
}

fn missing<B>(request: &Request<B>, scheme: &Scheme) -> AuthorizeError {
    let advice = advice(scheme);
    let message = match request.extensions().get::<Operation>() {
        Some(operation) => format!("operation `{}` needs {advice}", operation.id()),
        None => format!("the request needs {advice}"),
    };
    AuthorizeError::new(AuthorizeErrorKind::MissingCredential, message)
}

const CREDENTIALS: [HeaderName; 5] = [
    AUTHORIZATION,
    PROXY_AUTHORIZATION,
    COOKIE,
    X_API_KEY,
    HeaderName::from_static("x-amz-security-token"),
];

fn carries_credential(headers: &HeaderMap) -> bool {
    headers.values().any(HeaderValue::is_sensitive)
        || CREDENTIALS.iter().any(|name| headers.contains_key(name))
}

fn is_satisfied<B>(request: &Request<B>, scheme: &Scheme) -> bool {
    let headers = request.headers();
    match scheme {
        Scheme::Iam => headers
            .get(AUTHORIZATION)
            .is_some_and(|value| value.as_bytes().starts_with(b"AWS4-HMAC-SHA256 ")),
        Scheme::ApiKey => match request.extensions().get::<ApiKeyIn>() {
            Some(ApiKeyIn(header)) => headers.contains_key(header),
            None => headers.contains_key(X_API_KEY),
        },
        Scheme::Token {
            place: Place::Header(name),
            ..
        } => headers.contains_key(*name),
        Scheme::Token {
            place: Place::Query(name),
            ..
        } => has_parameter(request.uri(), name),
        _ => false,
    }
}

fn advice(scheme: &Scheme) -> String {
    match scheme {
        Scheme::Iam => "an AWS signature: add `SigV4Layer`".to_owned(),
        Scheme::ApiKey => "an API key: add `ApiKeyLayer`".to_owned(),
        Scheme::Token { scheme, place } => {
            let (place, setting) = match place {
                Place::Header(name) if name.eq_ignore_ascii_case("authorization") => {
                    (format!("header `{name}`"), "")
                }
                Place::Header(name) => (format!("header `{name}`"), " with `in_header`"),
                Place::Query(name) => (format!("query parameter `{name}`"), " with `in_query`"),
                _ => ("a place that is not known".to_owned(), ""),
            };
            format!("a token for `{scheme}` in {place}: add `BearerTokenLayer`{setting}")
        }
        _ => "a credential that this version of gatewright does not know".to_owned(),
    }
}

#[cfg(test)]
mod tests;
