//! reqwest as a transport: for programs that already have its proxies, certificates and settings.
//!
//! ```
//! use gatewright::BaseUrl;
//! use gatewright::layers::ApiKeyLayer;
//!
//! # fn main() -> Result<(), gatewright::BoxError> {
//! let base: BaseUrl = "https://api.example.com/prod".parse()?;
//! let service = gatewright::stack(&base)
//!     .api_key(ApiKeyLayer::new("0123456789abcdefghij")?)
//!     .build_on(gatewright_reqwest::transport(reqwest::Client::builder())?);
//! # let _ = service; // goes into `Client::new(service, base)`
//! # Ok(()) }
//! ```
//!
//! It takes the builder and not the client, because **a reqwest client follows redirects and forwards `x-api-key` and
//! `x-amz-security-token` to wherever they lead**, and a client that is made cannot be asked what it does.
//! [`transport`] turns redirects off. [`Reqwest::from_client`] takes a client that you made.
//!
//! # What is sent is what was signed
//!
//! - reqwest parses URLs as browsers do. If that would change the path, the query or the host of a request, nothing is sent.
//! - Over HTTP/2, the server sees the host of the URL and no `host` header. A request over `https` whose `host` is another one
//!   (that of a private API behind a VPC endpoint) is refused, except by a client of [`Reqwest::http1_only`].
//! - Headers that reqwest adds, such as `accept`, `user-agent` or cookies, are not covered by a signature, which is harmless.
//!
//! # Limits
//!
//! reqwest has no time limit of its own. [`gatewright::stack()`] brings one for a whole call, with the response;
//! [`LimitsLayer`](gatewright::layers::LimitsLayer) is that layer. The pool, `TCP_NODELAY` (on), proxies and TLS are reqwest's.
//!
//! # Features
//!
//! | feature | default | what |
//! | --- | --- | --- |
//! | `v0_12` | no | the clients of reqwest 0.12 |
//! | `v0_13` | yes | the clients of reqwest 0.13 |
//!
//! They turn on no feature of reqwest: TLS and HTTP/2 come with the features of your own dependency on it.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod client;
mod faithful;
mod service;

pub use client::{Client, ClientBuilder};
pub use faithful::FollowedRedirect;
pub use service::{Reqwest, ResponseFuture};

use gatewright::layers::RequireAuth;

/// What [`transport`] returns.
pub type Transport<C> = RequireAuth<Reqwest<C>>;

/// A transport of a client that follows no redirects.
///
/// It sends credentials over TLS or to loopback only, and refuses a request that lacks the credentials of its operation, as
/// the default transport of gatewright does; [`Reqwest`] is the same without these checks. The
/// [module docs](crate) have an example.
///
/// # Errors
///
/// When reqwest cannot make a client of the builder.
pub fn transport<B: ClientBuilder>(builder: B) -> Result<Transport<B::Client>, B::Error> {
    Reqwest::new(builder).map(RequireAuth::new)
}
