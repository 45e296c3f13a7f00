//! AWS Signature Version 4, for operations with `AWS_IAM` authorization.
//!
//! The layer takes any [`ProvideCredentials`], such as those of `aws-config`, and the region of the API. The bytes that it
//! signs are the bytes that are sent: it first brings the URI into one canonical form. It refuses a request that it cannot
//! sign in this way, instead of letting API Gateway report a signature mismatch.
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
//! `traceparent` and the like) and those named with [`unsigned_header`](SigV4Layer::unsigned_header). Values with tabs or
//! that are not UTF-8 are refused. The headers of another signature on the request are replaced, so that each retry outside
//! this layer gets a new signature; [`on_conflict`](SigV4Layer::on_conflict) changes this.
//!
//! What would arrive as something else is mended or refused before it is sent:
//!
//! | on the request | what happens |
//! | --- | --- |
//! | `transfer-encoding` | it is taken off: the transport frames the body |
//! | a `content-length` that is not the length of the body | refused; for a stream of unknown length it is taken off |
//! | a header that `connection` names | refused: HTTP/2 and proxies take it off |
//! | `x-amz-content-sha256: UNSIGNED-PAYLOAD` | replaced by the hash, unless the service takes it |
//! | another `x-amz-content-sha256` than that of the body | refused |
//! | two lines of `host`, `content-length` or `x-amz-content-sha256` | refused |
//! | a stream of unknown length with GET, HEAD or CONNECT | refused: HTTP/1.1 does not send it |
//!
//! # The host
//!
//! The layer signs the `host` header of the request; without one, the host of its URI. For a custom domain, only the region
//! of its API is needed. For a private API behind the name of a VPC endpoint, name the API in a header `x-apigw-api-id` of
//! the request, or with [`signing_host`](SigV4Layer::signing_host).
//!
//! HTTP/2 has no `host` header: it sends the host of the URI. Therefore a request whose version is HTTP/2 and whose `host`
//! is another one is refused. The version of a request is only what its sender asks for; the transport and the server may
//! agree on another one. Send requests whose `host` is not that of the URI through a transport that speaks HTTP/1.1 only.
//!
//! # The body
//!
//! API Gateway requires the body's hash in the signature, so the layer reads a body to its end before it sends it: bytes in
//! memory without a copy, a stream up to [`body_limit`](SigV4Layer::body_limit). The type of the body stays the same. A body
//! is not read if its hash is in the request's extensions as a [`PayloadHash`], or if the service accepts a signature that
//! does not cover the body ([VPC Lattice](SigV4Layer::vpc_lattice)).
//!
//! # The clock
//!
//! A signature is valid for five minutes before and after AWS's time. The layer compares the `Date` of every response with
//! the time between sending and receiving, and so learns how far this machine's clock is off. The correction is kept for each
//! origin alone and shared by all clones of the layer.
//!
//! - A correction begins at more than four minutes, or at less if the service says `RequestTimeTooSkewed`. It ends when a
//!   response shows that the machine's clock is right.
//! - A correction never stops a request: it changes the time of the signature and nothing else. Credentials are used if they
//!   are valid by the machine's clock or by the corrected one. Credentials that have ended by both when they come are sent as
//!   well, and the service judges them.
//! - If the service refuses a signature although its `Date` agrees with the correction, that `Date` is false: the layer drops
//!   the correction, signs with the machine's time, and learns from refusals of that origin only.
//! - Ignored are responses with an `Age`, responses that took more than 15 minutes, and a `Date` that is 24 hours or more away
//!   from this machine's time: no time zone explains that.
//!
//! A false `Date` can therefore cost one refused attempt. It can also make the next signature valid up to 24 hours later than
//! it should be, for whoever reads it on its way. [`without_clock_correction`] turns all of this off.
//!
//! # The second attempt
//!
//! The layer signs and sends a request once more, and never a third time, if it has read the body and the response says in
//! `x-amzn-errortype` that
//!
//! - the signature does not match or is of another time (`InvalidSignatureException`, `SignatureDoesNotMatch`,
//!   `RequestTimeTooSkewed`, `AuthFailure`, `AccessDeniedException`), and its time was more than four minutes off, or more than
//!   a minute has passed since it was made: the process was stopped, perhaps, before the request was sent;
//! - the credentials are expired or unknown (`ExpiredTokenException`, `UnrecognizedClientException`), and the provider then
//!   gives others of the same user.
//!
//! The caller gets any other response, and the second one. A request is never repeated as another user: see
//! [`epoch`](crate::epoch).
//!
//! # What it costs
//!
//! With cached credentials and a body in memory, the layer signs the request and passes it on within `call`. It keeps the
//! signing key of the day. Requests with header values whose blanks must be collapsed are signed by `aws-sigv4`, which is
//! slower; the layer keeps it from logging them.
//!
//! [`without_clock_correction`]: SigV4Layer::without_clock_correction

mod aws_sigv4;
mod canonical;
mod credential;
mod credentials;
mod date;
#[cfg(feature = "aws-config")]
mod default_chain;
mod header_names;
mod headers;
mod inline_list;
mod key;
mod key_cache;
mod layer;
mod payload;
mod settings;
mod sign;
mod skew;
mod target;
#[cfg(test)]
mod tests;
mod unsignable;

// For the ready-made stack, which names no AWS crate.
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
