//! Tower layers that authorize requests to API Gateway.
//!
//! Each is a plain [`tower_layer::Layer`] for any service of `http` requests and works alone:
//!
//! | layer | what it puts on a request | acts for an [`Operation`](crate::Operation) |
//! |---|---|---|
//! | [`InjectHeadersLayer`] | headers with fixed values | always |
//! | [`ApiKeyLayer`] | `x-api-key` | that asks for an API key |
//! | [`BearerTokenLayer`] | a token, in `authorization` or elsewhere | that has an authorizer reading there |
//! | [`SigV4Layer`] | an AWS signature (feature `sigv4`) | with `AWS_IAM` |
//! | [`RequireAuthLayer`] | nothing: refuses a request that lacks a credential | always |
//!
//! A request without an `Operation` in its extensions is always acted on, so the layers need no generated client.
//!
//! # Order
//!
//! The signature covers the headers, so whatever changes headers stands outside the signer, and a retry outside of
//! all: each attempt is then signed anew.
//!
//! ```
//! use gatewright::layers::{ApiKeyLayer, InjectHeadersLayer};
//! use tower::ServiceBuilder;
//! # use http::{Request, HeaderName, HeaderValue};
//! # use tower::{Service, ServiceExt, service_fn};
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
//! # let client = service_fn(async |request: Request<()>| Ok::<_, std::convert::Infallible>(request));
//! let tenant = InjectHeadersLayer::new().try_overriding("x-tenant-id", "blue")?;
//! let stack = ServiceBuilder::new()
//!     .layer(tenant)
//!     .layer(ApiKeyLayer::new("0123456789abcdefghij")?)
//!     .service(client);
//! # let sent = stack.oneshot(Request::get("https://api.test/pets").body(())?).await?;
//! # assert_eq!(sent.headers()["x-tenant-id"], "blue");
//! # assert_eq!(sent.headers()["x-api-key"], "0123456789abcdefghij");
//! # Ok(())
//! # }
//! ```
//!
//! # Where credentials go
//!
//! A layer puts its credential only on a request to an `https` target, or to a loopback address; anything else, a
//! target without scheme included, fails with [`AuthorizeErrorKind::InsecureTarget`]. `allow_insecure()` on the
//! layer turns that off. Headers with credentials are marked sensitive, so that `Debug` does not show them.
//!
//! [`AuthorizeErrorKind::InsecureTarget`]: crate::AuthorizeErrorKind::InsecureTarget

/// `get_ref`, `get_mut` and `into_inner` of a service that wraps another one in its field `inner`.
macro_rules! inner_accessors {
    () => {
        /// The service that this one wraps.
        pub fn get_ref(&self) -> &S {
            &self.inner
        }

        /// The service that this one wraps.
        pub fn get_mut(&mut self) -> &mut S {
            &mut self.inner
        }

        /// The service that this one wraps.
        pub fn into_inner(self) -> S {
            self.inner
        }
    };
}

pub mod api_key;
pub mod bearer;
mod checked;
mod guard;
pub mod inject_headers;
pub mod require_auth;
mod secret;
#[cfg(feature = "sigv4")]
pub mod sigv4;
#[cfg(test)]
mod test_support;

pub use api_key::{ApiKey, ApiKeyLayer};
pub use bearer::{BearerToken, BearerTokenLayer};
pub use inject_headers::{InjectHeaders, InjectHeadersLayer};
pub use require_auth::{RequireAuth, RequireAuthLayer};
#[cfg(feature = "sigv4")]
pub use sigv4::{SigV4, SigV4Layer};
