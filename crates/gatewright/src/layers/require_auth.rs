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
//! let refused = ServiceBuilder::new().layer(RequireAuthLayer).service(echo).oneshot(request).await;
//!
//! assert_eq!(refused.unwrap_err().to_string(), "operation `getPet` needs an API key: add `ApiKeyLayer`");
//! # Ok(())
//! # }
//! ```

use std::task::{Context, Poll};

use http::Request;
use http::header::AUTHORIZATION;
use tower_layer::Layer;
use tower_service::Service;

use super::api_key::X_API_KEY;
pub use super::checked::ResponseFuture;
use crate::uri::has_parameter;
use crate::{AuthorizeError, AuthorizeErrorKind, BoxError, Operation, Place, Scheme};

/// Refuses requests that lack a credential which their operation asks for.
///
/// See the [module docs](self) for an example.
#[derive(Clone, Copy, Debug, Default)]
pub struct RequireAuthLayer;

impl<S> Layer<S> for RequireAuthLayer {
    type Service = RequireAuth<S>;

    fn layer(&self, inner: S) -> Self::Service {
        RequireAuth::new(inner)
    }
}

/// The service of [`RequireAuthLayer`]. An error is that of the inner service, or an [`AuthorizeError`] of the kind
/// [`MissingCredential`](AuthorizeErrorKind::MissingCredential).
#[derive(Clone, Debug)]
pub struct RequireAuth<S> {
    inner: S,
}

impl<S> RequireAuth<S> {
    /// Checks the requests to `inner`.
    pub fn new(inner: S) -> Self {
        Self { inner }
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
        ResponseFuture::after(check(&request), || self.inner.call(request))
    }
}

fn check<B>(request: &Request<B>) -> Result<(), AuthorizeError> {
    let Some(operation) = request.extensions().get::<Operation>() else {
        return Ok(());
    };
    let schemes = operation.auth().schemes();
    schemes
        .iter()
        .find(|scheme| !is_satisfied(request, scheme))
        .map_or(Ok(()), |scheme| {
            let message = format!("operation `{}` needs {}", operation.id(), advice(scheme));
            Err(AuthorizeError::new(
                AuthorizeErrorKind::MissingCredential,
                message,
            ))
        })
}

fn is_satisfied<B>(request: &Request<B>, scheme: &Scheme) -> bool {
    let headers = request.headers();
    match scheme {
        Scheme::Iam => headers
            .get(AUTHORIZATION)
            .is_some_and(|value| value.as_bytes().starts_with(b"AWS4-HMAC-SHA256 ")),
        Scheme::ApiKey => headers.contains_key(X_API_KEY),
        Scheme::Token {
            place: Place::Header(name),
            ..
        } => headers.contains_key(*name),
        Scheme::Token {
            place: Place::Query(name),
            ..
        } => has_parameter(request.uri(), name),
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
            };
            format!("a token for `{scheme}` in {place}: add `BearerTokenLayer`{setting}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Auth;
    use crate::layers::test_support::{echo, get, get_for, kind};
    use tower::ServiceExt;

    const ALL: Auth = Auth::of(&[
        Scheme::ApiKey,
        Scheme::Iam,
        Scheme::Token {
            scheme: "admins",
            place: Place::Header("X-Admin"),
        },
        Scheme::Token {
            scheme: "guests",
            place: Place::Query("guest"),
        },
    ]);

    async fn refusal(auth: Auth, uri: &str, headers: &[(&'static str, &str)]) -> Option<String> {
        let mut request = get_for(auth, uri);
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        let error = RequireAuth::new(echo()).oneshot(request).await.err()?;
        assert_eq!(kind(&error), Some(AuthorizeErrorKind::MissingCredential));
        Some(error.to_string())
    }

    #[tokio::test]
    async fn each_missing_scheme_is_named_with_its_layer() {
        let signed = ("authorization", "AWS4-HMAC-SHA256 Credential=..");
        let (key, admin) = (("x-api-key", "k"), ("x-admin", "t"));
        for (uri, headers, advice) in [
            ("/", vec![], "an API key: add `ApiKeyLayer`"),
            ("/", vec![key], "an AWS signature: add `SigV4Layer`"),
            (
                "/",
                vec![key, ("authorization", "Bearer t")],
                "an AWS signature: add `SigV4Layer`",
            ),
            (
                "/",
                vec![key, signed],
                "a token for `admins` in header `X-Admin`: add `BearerTokenLayer` with `in_header`",
            ),
            (
                "/?Guest=t",
                vec![key, signed, admin],
                "a token for `guests` in query parameter `guest`: add `BearerTokenLayer` with `in_query`",
            ),
        ] {
            let expected = format!("operation `getPet` needs {advice}");
            assert_eq!(refusal(ALL, uri, &headers).await, Some(expected));
        }
        assert_eq!(refusal(ALL, "/?guest=t", &[key, signed, admin]).await, None);
    }

    #[tokio::test]
    async fn requests_that_ask_for_nothing_pass() {
        assert_eq!(refusal(Auth::NONE, "/", &[]).await, None);
        assert!(RequireAuth::new(echo()).oneshot(get("/")).await.is_ok());
    }

    #[tokio::test]
    async fn a_bearer_token_in_its_usual_place_needs_no_setting() {
        let advice = refusal(Auth::BEARER, "/", &[]).await.unwrap();
        assert!(
            advice.ends_with("in header `authorization`: add `BearerTokenLayer`"),
            "{advice}"
        );
    }
}
