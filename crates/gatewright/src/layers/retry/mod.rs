//! Retries calls that failed for a passing reason, according to API Gateway's responses.
//!
//! | what happened | retried |
//! | --- | --- |
//! | throttled: `TooManyRequestsException`, or a 429 that names no type | any method: the API did not see the request |
//! | out of quota: `LimitExceededException` | never |
//! | 502, 503, 504, or no response | GET, HEAD, OPTIONS, TRACE, PUT, DELETE; others with an `idempotency-key` header, or with [`also_unsafe`](RetryLayer::also_unsafe) |
//! | the request could not be authorized | never; providers have their own pauses |
//! | the default transport lacks something: root certificates, a client certificate, the password of a proxy | never: somebody has to change its settings |
//!
//! The waits are random, from 0 to a limit that doubles each time ("Exponential Backoff And Jitter", AWS Architecture
//! Blog), and at least as long as the response's `Retry-After`. A budget keeps a client from multiplying the load of an API
//! that is down. A body that is a stream cannot be sent twice, so a request with a stream is not retried.
//!
//! It takes requests of [`Body`](crate::Body), because it has to know whether a body is in memory. Requests of another body
//! (axum's, tonic's) are converted above it, with `map_request` of `tower::ServiceBuilder`:
//! [on your own transport](crate::on_your_own_transport).
//!
//! Place the layer outside the layers with credentials, so that each attempt gets a new signature.
//!
//! ```
//! use gatewright::layers::{ApiKeyLayer, RetryLayer};
//! use gatewright::{Body, BoxError};
//! use http::{Request, Response, StatusCode};
//! use std::sync::atomic::{AtomicU32, Ordering};
//! use std::time::Duration;
//! use tower::{ServiceBuilder, ServiceExt, service_fn};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), BoxError> {
//! static CALLS: AtomicU32 = AtomicU32::new(0);
//! let throttles_once = service_fn(async |_: Request<Body>| {
//!     let mut response = Response::new(Body::empty());
//!     if CALLS.fetch_add(1, Ordering::Relaxed) == 0 {
//!         *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
//!     }
//!     Ok::<_, BoxError>(response)
//! });
//!
//! let service = ServiceBuilder::new()
//!     .layer(RetryLayer::new().backoff(Duration::from_millis(1), Duration::from_millis(2)))
//!     .layer(ApiKeyLayer::new("0123456789abcdefghij")?)
//!     .service(throttles_once);
//! let request = Request::get("https://api.test/pets").body(Body::empty())?;
//! assert_eq!(service.oneshot(request).await?.status(), StatusCode::OK);
//! assert_eq!(CALLS.load(Ordering::Relaxed), 2);
//! # Ok(())
//! # }
//! ```

mod backoff;
mod cause;
mod future;
mod layer;
mod policy;
mod service;
mod takes;
#[cfg(test)]
mod tests;

pub use self::future::ResponseFuture;
pub use self::layer::RetryLayer;
pub use self::service::Retry;
pub use self::takes::RetryService;
