//! AWS Signature Version 4, for operations with `AWS_IAM` authorization.
//!
//! The layer takes any [`ProvideCredentials`], such as those of `aws-config`, and the region of the API. It signs
//! what is sent: before it signs, it brings the URI into one canonical form, and it refuses what cannot be signed
//! truthfully instead of letting API Gateway answer with a signature mismatch.
//!
//! ```
//! use aws_credential_types::Credentials;
//! use bytes::Bytes;
//! use gatewright::layers::SigV4Layer;
//! use http::Request;
//! use http_body_util::Full;
//! use tower::{ServiceBuilder, ServiceExt, service_fn};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
//! let credentials = Credentials::new("AKIDEXAMPLE", "secret", None, None, "example");
//! let signer = SigV4Layer::new("eu-central-1", credentials);
//!
//! let echo = service_fn(async |request: Request<Full<Bytes>>| Ok::<_, std::convert::Infallible>(request));
//! let request = Request::get("https://api.test/pets?name=Rex+II").body(Full::default())?;
//! let sent = ServiceBuilder::new().layer(signer).service(echo).oneshot(request).await?;
//!
//! assert_eq!(sent.uri(), "https://api.test/pets?name=Rex%20II");
//! assert!(sent.headers()["authorization"].to_str()?.starts_with("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/"));
//! # Ok(())
//! # }
//! ```
//!
//! # The URI
//!
//! - In the query, names and values are decoded and encoded again as RFC 3986 says, all but unreserved characters
//!   escaped. `+` is read as a space, as AWS does, and sent as `%20`; write a literal plus sign as `%2B`. Empty pairs
//!   (`a=1&&b=2`) are dropped; the order stays.
//! - In the path, characters that a path cannot hold are escaped; escapes get upper-case digits and stay otherwise.
//!   Segments `.` and `..` and empty segments (`//`) are refused: servers resolve them before they verify.
//! - The host gets lower-case letters; the scheme's default port and user information are dropped.
//! - A `%` without two hex digits, and query escapes that are not UTF-8, are refused.
//!
//! # The headers
//!
//! All headers are signed except those that proxies and clients change on the way (`user-agent`, `connection`,
//! `transfer-encoding`, `traceparent` and the like). Values with tabs or that are not UTF-8 are refused.
//! `authorization`, `x-amz-date` and `x-amz-security-token` of the incoming request are replaced, so that a retry
//! outside of this layer signs anew. A `host` header that the request has is signed in place of the URI's host.
//!
//! # The body
//!
//! API Gateway wants the body's hash in the signature, so a body is read to its end before it is sent: bytes in memory
//! without a copy, a stream up to [`body_limit`](SigV4Layer::body_limit). It comes out as the type that went in.

mod collect;
mod credentials;
mod future;
mod layer;
mod service;
mod sign;
#[cfg(test)]
mod tests;

#[cfg(doc)]
use aws_credential_types::provider::ProvideCredentials;

pub use self::future::ResponseFuture;
pub use self::layer::SigV4Layer;
pub use self::service::SigV4;
