//! Tower layers that authorize requests to API Gateway, repeat them, limit and trace them.
//!
//! [`stack()`](crate::stack()) puts them together in one go. Each is a plain [`tower_layer::Layer`] for any service of `http` requests and works alone:
//!
//! | layer | what it puts on a request | acts for an [`Operation`](crate::Operation) |
//! |---|---|---|
//! | [`InjectHeadersLayer`] | headers: fixed, made from the request, or fetched | always |
//! | [`ApiKeyLayer`] | `x-api-key` | that asks for an API key |
//! | [`BearerTokenLayer`] | a token, in `authorization` or elsewhere | that has an authorizer reading there |
//! | [`SigV4Layer`] | an AWS signature (feature `sigv4`) | with `AWS_IAM` |
//! | [`RequireAuthLayer`] | nothing: refuses a request that lacks a credential | always |
//! | [`RetryLayer`] | [`Attempt`]: repeats what failed for a passing reason (feature `retry`) | always |
//! | [`LimitsLayer`] | nothing: limits the time of a call and the size of its response (feature `client`) | always |
//! | [`TraceLayer`] | nothing: makes a `tracing` span (feature `tracing`) | always |
//!
//! A request without an `Operation` in its extensions is always acted on, so the layers need no generated client. An
//! [`AuthOverride`](crate::AuthOverride) in the extensions says otherwise for one request. A credential that the request
//! has already is replaced, unless [`OnConflict`] says otherwise.
//!
//! # Order
//!
//! From outside to inside: trace, limits, retry, headers, API key, token, layers of yours, signer, [`RequireAuth`],
//! transport. The signature covers the headers, so whatever changes headers stands outside the signer, and a retry
//! outside of all credentials: each attempt is then signed anew.
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
//! layer turns that off. [`RequireAuthLayer`], which the default transport and the ready-made stack have, holds whatever a
//! caller or [`InjectHeadersLayer`] brings to the same rule, with a setting of the same name.
//!
//! A credential is for one API. On the request of a [client](crate::client::RestClient) it goes only to the origin of the
//! client's base URL, and `only_to(origin)` on a layer binds it in plain tower use; another target fails with
//! [`AuthorizeErrorKind::ForeignOrigin`]. A request that states no origin, as a redirect layer makes it, is held to the
//! one that an earlier request through the same layer stated; name the origins with `only_to` where a layer serves several
//! APIs. Redirects are not followed by the default transport. A redirect layer of yours
//! belongs outside of the layers with credentials: each of its requests is then authorized anew, and refused if it leaves
//! the origin. Inside of them it sends headers along, and it takes a [`RequireAuthLayer`] with `only_to` below it (the
//! ready-made stack has one) to stop that.
//!
//! Headers with credentials are marked sensitive, so that `Debug` does not show them.
//!
//! [`AuthorizeErrorKind::InsecureTarget`]: crate::AuthorizeErrorKind::InsecureTarget
//! [`AuthorizeErrorKind::ForeignOrigin`]: crate::AuthorizeErrorKind::ForeignOrigin

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
#[cfg(any(feature = "retry", feature = "tracing"))]
mod attempt;
#[cfg(feature = "bearer")]
pub mod bearer;
mod checked_future;
mod conflict;
pub mod credential;
mod guard;
pub mod inject_headers;
#[cfg(feature = "client")]
pub mod limits;
mod origins;
pub mod require_auth;
#[cfg(feature = "retry")]
pub mod retry;
#[cfg(feature = "sigv4")]
pub mod sigv4;
#[cfg(test)]
mod test_support;
#[cfg(feature = "tracing")]
pub mod trace;

pub use api_key::{ApiKey, ApiKeyLayer};
#[cfg(any(feature = "retry", feature = "tracing"))]
pub use attempt::Attempt;
#[cfg(feature = "bearer")]
pub use bearer::{BearerToken, BearerTokenLayer};
pub use conflict::OnConflict;
pub use inject_headers::{InjectHeaders, InjectHeadersLayer, InjectMode};
#[cfg(feature = "client")]
pub use limits::{Limits, LimitsLayer};
pub use require_auth::{RequireAuth, RequireAuthLayer};
#[cfg(feature = "retry")]
pub use retry::{Retry, RetryLayer};
#[cfg(feature = "sigv4")]
pub use sigv4::{SigV4, SigV4Layer};
#[cfg(feature = "tracing")]
pub use trace::{Trace, TraceLayer};
