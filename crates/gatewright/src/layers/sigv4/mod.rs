//! AWS Signature Version 4, for operations with `AWS_IAM` authorization.
//!
//! The layer takes any [`ProvideCredentials`], such as those of `aws-config`, and the region of the API. It signs
//! what is sent: before it signs, it brings the URI into one canonical form, and it refuses what cannot be signed
//! truthfully instead of letting API Gateway report a signature mismatch.
//!
//! ```
//! use aws_credential_types::Credentials;
//! use bytes::Bytes;
//! use gatewright::layers::SigV4Layer;
//! use http::{Request, Response};
//! use http_body_util::Full;
//! use tower::{ServiceBuilder, ServiceExt, service_fn};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
//! let credentials = Credentials::new("AKIDEXAMPLE", "secret", None, None, "example");
//! let signer = SigV4Layer::new("eu-central-1", credentials);
//!
//! let echo = service_fn(async |request: Request<Full<Bytes>>| Ok::<_, std::convert::Infallible>(Response::new(request)));
//! let request = Request::get("https://api.test/pets?name=Rex+II").body(Full::default())?;
//! let sent = ServiceBuilder::new().layer(signer).service(echo).oneshot(request).await?.into_body();
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
//! `transfer-encoding`, `traceparent` and the like) and those named with
//! [`unsigned_header`](SigV4Layer::unsigned_header). Values with tabs or that are not UTF-8 are refused. The headers of
//! another signature that the request brings along are replaced, so that a retry outside of this layer signs anew;
//! [`on_conflict`](SigV4Layer::on_conflict) says otherwise.
//!
//! # The host
//!
//! Signed is the `host` header that the request has, or else the host of its URI. A custom domain needs nothing but the
//! region that its API is in. A private API behind the name of a VPC endpoint is named in a header `x-apigw-api-id` of the
//! request, or with [`signing_host`](SigV4Layer::signing_host).
//!
//! HTTP/2 has no `host` header: it sends the host of the URI. A request whose version is HTTP/2 and whose `host` is another
//! one is therefore refused. The version on a request says what its sender wants, though, not what a transport will agree
//! on with the server; send requests with a `host` of their own through a transport that speaks HTTP/1.1 alone.
//!
//! # The body
//!
//! API Gateway wants the body's hash in the signature, so a body is read to its end before it is sent: bytes in memory
//! without a copy, a stream up to [`body_limit`](SigV4Layer::body_limit). It comes out as the type that went in. A body is
//! not read if its hash is in the request's extensions as a [`PayloadHash`], or if the service takes a signature that does
//! not cover the body ([VPC Lattice](SigV4Layer::vpc_lattice)).
//!
//! # The clock
//!
//! A signature is valid for five minutes to either side of AWS's time. How far this machine's clock is off is learned from
//! the `Date` of every response, held against the middle between sending and receiving, and corrected for all clones of the
//! layer. Left out are responses with an `Age`, those that took more than 15 minutes, and a `Date` that is 24 hours or more
//! away from this machine's time: no time zone explains that. [`without_clock_correction`] turns this off.
//!
//! # The second attempt
//!
//! A request is signed and sent once more, and never a third time, if its body was read and the response says in
//! `x-amzn-errortype` that
//!
//! - the signature does not match or is of another time (`InvalidSignatureException`, `SignatureDoesNotMatch`,
//!   `RequestTimeTooSkewed`, `AuthFailure`, `AccessDeniedException`), and it was made with a time more than four minutes
//!   off;
//! - the credentials are expired or unknown (`ExpiredTokenException`, `UnrecognizedClientException`), and the provider then
//!   gives others.
//!
//! Any other response, and the second one, is the caller's.
//!
//! # What it costs
//!
//! With cached credentials and a body in memory, the request is signed and handed on within `call`; the signing key of the
//! day is kept. Header values with blanks to be collapsed take a longer way through `aws-sigv4`, which is kept from logging
//! them.
//!
//! [`without_clock_correction`]: SigV4Layer::without_clock_correction

mod aws_sigv4;
mod canonical;
mod credential;
mod credentials;
mod date;
#[cfg(feature = "aws-config")]
mod default_chain;
mod headers;
mod key;
mod key_cache;
mod layer;
mod payload;
mod sign;
mod skew;
#[cfg(test)]
mod tests;

// For the ready-made stack, which names no AWS crate itself.
#[cfg(any(doc, feature = "client"))]
pub use aws_credential_types::provider::ProvideCredentials;

pub use self::credential::SigV4Credential;
pub use self::credentials::{CachedCredentials, SigningCredentials};
#[cfg(feature = "aws-config")]
pub use self::default_chain::default_chain;
pub use self::layer::SigV4Layer;
pub use self::payload::PayloadHash;
use super::credential::Authorized;
pub use super::credential::ResponseFuture;

/// The service of [`SigV4Layer`]. An error is that of the inner service, or an
/// [`AuthorizeError`](crate::AuthorizeError).
pub type SigV4<S, P> = Authorized<S, SigV4Credential<P>>;
