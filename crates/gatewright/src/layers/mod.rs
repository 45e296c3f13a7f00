//! Tower layers that authorize, retry, limit and trace requests to API Gateway.
//!
//! [`stack()`](crate::stack()) combines them. Each is a plain [`tower_layer::Layer`] for any service of `http` requests
//! and works alone:
//!
//! | layer | what it puts on a request | acts for an [`Operation`](crate::Operation) |
//! |---|---|---|
//! | [`InjectHeadersLayer`] | headers: fixed, made from the request, or fetched | always |
//! | [`ApiKeyLayer`] | `x-api-key` | that asks for an API key |
//! | [`BearerTokenLayer`] | a token, in `authorization` or elsewhere | that has an authorizer reading there |
//! | [`SigV4Layer`] | an AWS signature (feature `sigv4`) | with `AWS_IAM` |
//! | [`RequireAuthLayer`] | nothing: refuses a request that lacks a credential | always |
//! | [`RetryLayer`] | [`Attempt`]: retries calls that failed for a passing reason (feature `retry`) | always |
//! | [`LimitsLayer`] | nothing: limits the time of a call and the size of its response (feature `client`) | always |
//! | [`TraceLayer`] | nothing: makes a `tracing` span (feature `tracing`) | always |
//!
//! A layer always acts on a request without an `Operation` in its extensions, so the layers need no generated client. An
//! [`AuthOverride`](crate::AuthOverride) in the extensions changes this for one request. The layer replaces a credential
//! that the request already has, unless [`OnConflict`] says otherwise.
//!
//! # Order
//!
//! From outside to inside: trace, limits, retry, headers, API key, token, your own layers, signer, [`RequireAuth`],
//! transport. The signature covers the headers, so place a layer that changes headers outside the signer. Place the
//! retry layer outside all layers with credentials, so that each attempt gets a new signature.
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
//! # Bodies
//!
//! [`RetryLayer`] takes requests of [`Body`](crate::Body), [`SigV4Layer`] those of any body that can be made of `Bytes` again, and the
//! other layers those of any body. `map_request` of `tower::ServiceBuilder` converts another one, such as axum's or tonic's:
//! [on your own transport](crate::on_your_own_transport).
//!
//! # Where credentials go
//!
//! A layer puts its credential only on a request to an `https` target, or to a loopback address. Any other request fails
//! with [`AuthorizeErrorKind::InsecureTarget`], also one whose target has no scheme. `allow_insecure()` on the layer turns
//! this off. [`RequireAuthLayer`], which the default transport and the ready-made stack contain, applies the same rule to
//! credentials from a caller or from [`InjectHeadersLayer`]. It has a setting of the same name.
//!
//! A credential is for one API. On the request of a [client](crate::client::RestClient) it goes only to the origin of the
//! client's base URL. In plain tower use, `only_to(origin)` on a layer binds it. Another target fails with
//! [`AuthorizeErrorKind::ForeignOrigin`]. A request without a stated origin, such as that of a redirect layer, may only go
//! to the origin that an earlier request through the same layer stated. If one layer serves several APIs, name their
//! origins with `only_to`.
//!
//! The default transport does not follow redirects. Place your own redirect layer outside the layers with credentials:
//! each of its requests is then authorized separately, and refused if it leaves the origin. Placed inside, it would forward
//! credential headers to the new host; add `RequireAuthLayer::only_to` below it to prevent that. The ready-made stack has
//! one.
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
mod location;
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
