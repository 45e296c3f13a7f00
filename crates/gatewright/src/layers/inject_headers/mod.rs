//! Headers on every request: fixed, made from the request, or fetched.
//!
//! ```
//! use gatewright::layers::{InjectHeadersLayer, InjectMode};
//! use http::header::HeaderName;
//! use http::{HeaderValue, Request};
//! use tower::{ServiceBuilder, ServiceExt, service_fn};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
//! const X_ROUTE: HeaderName = HeaderName::from_static("x-route");
//! const X_TENANT: HeaderName = HeaderName::from_static("x-tenant");
//!
//! let headers = InjectHeadersLayer::new()
//!     .try_overriding("x-tenant-id", "blue")?
//!     .try_if_not_present("accept", "application/json")?
//!     .from_request(InjectMode::Override, X_ROUTE, |request| {
//!         HeaderValue::from_str(request.uri.path()).ok()
//!     })
//!     .from_request_async(InjectMode::IfNotPresent, X_TENANT, |_request| async {
//!         Ok(Some(HeaderValue::from_static("looked-up")))
//!     });
//!
//! let echo = service_fn(async |request: Request<()>| Ok::<_, std::convert::Infallible>(request));
//! let request = Request::get("/pets").header("accept", "text/csv").body(())?;
//! let sent = ServiceBuilder::new().layer(headers).service(echo).oneshot(request).await?;
//!
//! assert_eq!(sent.headers()["x-tenant-id"], "blue");
//! assert_eq!(sent.headers()["accept"], "text/csv");
//! assert_eq!(sent.headers()["x-route"], "/pets");
//! assert_eq!(sent.headers()["x-tenant"], "looked-up");
//! # Ok(())
//! # }
//! ```

mod injection;
mod layer;
mod service;
#[cfg(test)]
mod tests;

pub use self::injection::InjectMode;
pub use self::layer::InjectHeadersLayer;
pub use self::service::{InjectHeaders, ResponseFuture};
