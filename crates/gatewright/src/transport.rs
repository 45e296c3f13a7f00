//! The default transport: hyper-util and rustls, HTTP/1.1 and HTTP/2, pooled. [`https`] makes it, [`builder`] makes one with other
//! settings.
//!
//! ```no_run
//! use gatewright::layers::ApiKeyLayer;
//! use tower::ServiceBuilder;
//!
//! let service = ServiceBuilder::new()
//!     .layer(ApiKeyLayer::new("a-key-of-at-least-20-characters")?)
//!     .service(gatewright::transport::https());
//! # Ok::<(), gatewright::BoxError>(())
//! ```
//!
//! [`Stack::build`](crate::stack::Stack::build) puts a stack on it, and
//! [`Stack::build_on`](crate::stack::Stack::build_on) on one from the builder:
//!
//! ```
//! use gatewright::{client::BaseUrl, transport};
//!
//! # fn main() -> Result<(), gatewright::BoxError> {
//! let base: BaseUrl = "https://api.example.com/prod".parse()?;
//! let transport = transport::builder().http1_only().build()?;
//! let service = gatewright::stack(&base).build_on(transport);
//! # let _ = service;
//! # Ok(()) }
//! ```
//!
//! # The default transport
//!
//! | setting | default | method of [`Builder`] |
//! | --- | --- | --- |
//! | versions | HTTP/2 (feature `http2`) or HTTP/1.1, as the server chooses | [`http1_only`](Builder::http1_only) |
//! | root certificates | the system's | [`root_certificate_pem`](Builder::root_certificate_pem), [`only_given_roots`](Builder::only_given_roots), `webpki_roots` |
//! | client certificate | none | [`client_certificate_pem`](Builder::client_certificate_pem) |
//! | proxy | of the environment | [`proxy`](Builder::proxy), [`no_proxy`](Builder::no_proxy) |
//! | limit of a connection | 10 s | [`connect_timeout`](Builder::connect_timeout) |
//! | data is sent at once (`TCP_NODELAY`) | yes | [`tcp_nodelay`](Builder::tcp_nodelay) |
//! | probes (`SO_KEEPALIVE`) | after 15 s without traffic, the third without a reply ends the connection | [`tcp_keepalive`](Builder::tcp_keepalive) |
//! | data without acknowledgement (`TCP_USER_TIMEOUT`, on Linux) | ends the connection after 30 s | [`tcp_user_timeout`](Builder::tcp_user_timeout) |
//! | idle connections | all, for 90 s | [`pool_idle_timeout`](Builder::pool_idle_timeout), [`pool_max_idle_per_host`](Builder::pool_max_idle_per_host) |
//!
//! There are no `PING` frames of HTTP/2: the two limits of TCP notice a dead connection, and a server may end a connection
//! that sends pings nobody asked for (`ENHANCE_YOUR_CALM`, RFC 9113, section 7).
//!
//! # HTTP/1.1
//!
//! ```
//! let transport = gatewright::transport::builder().http1_only().build()?;
//! # let _ = transport;
//! # Ok::<(), gatewright::BoxError>(())
//! ```
//!
//! The feature `http2` is on by default. Without it no code of HTTP/2 is compiled for the transport.
//!
//! # Root certificates
//!
//! The roots of the system are read once in a process, at the first `https` request of its first transport. That takes some
//! milliseconds, in which the thread of that call does nothing else. They come from the
//! files of the system, or from `SSL_CERT_FILE` and `SSL_CERT_DIR` if these are set. On a machine without any, `https` is refused
//! and `http` to loopback still works. A private API behind a company's own authority needs that root as well:
//!
//! ```no_run
//! let company = std::fs::read("company-root.pem")?;
//! let transport = gatewright::transport::builder()
//!     .root_certificate_pem(company)
//!     .only_given_roots() // leave this out to trust the system's roots too
//!     .build()?;
//! # let _ = transport;
//! # Ok::<(), gatewright::BoxError>(())
//! ```
//!
//! The feature `webpki-roots` compiles Mozilla's roots into the program. They are used on a machine without roots (an empty
//! container), and instead of the system's after `Builder::webpki_roots`. They are as old as the program.
//!
//! # Mutual TLS
//!
//! A custom domain name can ask for a client certificate ("Mutual TLS authentication", API Gateway developer guide). Turn the
//! API's default endpoint off in that case, because it asks for none.
//!
//! ```no_run
//! let transport = gatewright::transport::builder()
//!     .client_certificate_pem(std::fs::read("client.pem")?, std::fs::read("client.key")?)
//!     .build()?;
//! # let _ = transport;
//! # Ok::<(), gatewright::BoxError>(())
//! ```
//!
//! Without one, the error is [`ClientCertificateRequired`](TransportErrorKind::ClientCertificateRequired), if the server ends the
//! connection with the alert of TLS 1.3 of that name. Some servers just close it.
//!
//! # Proxies
//!
//! By default `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` (and their names in lower case) decide, as in curl, reqwest,
//! botocore and the AWS CLI: in a network that has no other way out, they are set and everything honours them. The AWS SDK
//! for Rust reads them only when asked to; [`no_proxy`](Builder::no_proxy) does the same here. They are read when the transport is
//! made. A value that is no URL is ignored. In a CGI program (`REQUEST_METHOD` is set) all of them are ignored, because a
//! client chooses `HTTP_PROXY` there.
//!
//! ```no_run
//! use gatewright::transport::{self, Proxy};
//!
//! let proxy = Proxy::new("http://proxy.example:3128")?
//!     .credentials("user", &std::env::var("PROXY_PASSWORD")?)?
//!     .bypass("10.0.0.0/8, .internal.example");
//! let transport = transport::builder().proxy(proxy).build()?;
//! # let _ = transport;
//! # Ok::<(), gatewright::BoxError>(())
//! ```
//!
//! - An `https` request goes through a tunnel: the proxy sees the host and no more. TLS and HTTP/2 are those of the server.
//! - **Loopback is always reached directly**, whichever proxy is set. Credentials may go to `http://localhost` because nothing
//!   but this machine reads them; through a proxy that would not hold.
//! - Plain `http` to any other host is handed to the proxy as a whole. It carries credentials only if
//!   [`allow_insecure`](RequireAuth::allow_insecure) says so, with or without a proxy.
//! - A proxy that cannot be reached, refuses, or wants a password fails the call with a [`TransportError`]. None of them is
//!   retried without the proxy.
//!
//! # FIPS
//!
//! The feature `ring` is on by default and `aws-lc-rs` is not. If both are on, TLS runs on AWS-LC; features add up in a program, and
//! who turns `aws-lc-rs` on wants it. Without both, TLS runs on the provider that the program installed for rustls, and `https` is
//! refused if there is none.
//!
//! AWS-LC's validated module is a feature of rustls. It needs `cmake`, `go` and libclang to build:
//!
//! ```toml
//! [dependencies]
//! gatewright = { version = "0.1", features = ["aws-lc-rs"] }
//! rustls = { version = "0.23", default-features = false, features = ["fips"] }
//! ```
//!
//! ```
//! use gatewright::transport::{self, TransportErrorKind};
//!
//! match transport::builder().require_fips().build() {
//!     Ok(transport) => println!("TLS on a FIPS module: {transport:?}"),
//!     Err(error) => assert_eq!(error.kind(), TransportErrorKind::NotFips),
//! }
//! ```
//!
//! That is TLS alone: signatures (HMAC and SHA-256) are computed by the crates `hmac` and `sha2`, which are no FIPS module.
//!
//! # What the encoder of HTTP/2 gets
//!
//! The layers mark credentials as sensitive, and a header with that mark is never indexed by HPACK: it is encoded and sent in full
//! with each request. For `x-amz-security-token`, some 900 bytes that stay the same for an hour, that is most of what a signed
//! request costs. The transport therefore takes that mark off this header, as the last step before an `https` request goes to
//! hyper. The second request on a connection then names the token by its index. RFC 7541, section 7.1.3, says what the mark is for: a value that can
//! be guessed by trying. A session token cannot. `authorization` and API keys keep their marks. `h2` never indexes `authorization`
//! anyway, and it differs for each request. Nothing below logs a header's value at any level; a test records everything.

mod builder;
mod clients;
mod connector;
mod error;
mod link;
mod proxy;
mod roots;
mod route;
mod tcp;
#[cfg(test)]
mod tests;
mod tls;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use http::{Request, Response};
use hyper_util::client::legacy as client;
use hyper_util::client::legacy::connect::HttpConnector;
use tower_service::Service;

pub use self::builder::Builder;
pub use self::error::{TransportError, TransportErrorKind};
pub use self::proxy::Proxy;

use self::clients::Clients;
use crate::layers::RequireAuth;
use crate::{Body, BoxError};

/// A transport for `https`, and for `http`: there it sends credentials to loopback only, unless
/// [`allow_insecure`](RequireAuth::allow_insecure) is called on it.
///
/// It is innermost in the stack and refuses a request without the credentials that its operation asks for. It does not
/// follow redirects, because they would forward credentials. Connections are pooled and shared by all clones.
///
/// HTTP/2 sends the host of the URI and no other `host`. A request whose `host` header is another one (for example that of a
/// private API behind a VPC endpoint) goes over HTTP/1.1, so that the server sees what was signed. A user name in
/// the URI is not sent (RFC 9110, section 4.2.4).
///
/// A connection that is not made within 10 s fails. **There is no other limit here**: a call to a server that accepts the connection and
/// stays silent never ends, a response may be of any size, and failed calls are not retried. The ready-made
/// [`stack`](crate::stack()) has limits and retries; without it add a
/// [`LimitsLayer`](crate::layers::LimitsLayer), or give a call a [`timeout`](crate::Call::timeout).
pub fn https() -> Https {
    RequireAuth::new(Pooled::new())
}

/// Begins a transport with other settings than [`https`]. The [module docs](self) have an example of each.
pub fn builder() -> Builder {
    Builder::new()
}

/// What [`https`] and [`Builder::build`] return.
pub type Https = RequireAuth<Pooled>;

/// The pooled connections, without the check for credentials.
#[derive(Clone)]
pub struct Pooled(Clients<HttpConnector>);

impl Pooled {
    pub(crate) fn new() -> Self {
        Builder::new().pooled()
    }
}

impl fmt::Debug for Pooled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pooled")
            .field("proxy", &self.0.connector().route.rules)
            .finish_non_exhaustive()
    }
}

impl Service<Request<Body>> for Pooled {
    type Response = Response<Body>;
    type Error = BoxError;
    type Future = ResponseFuture;

    fn poll_ready(&mut self, _cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> ResponseFuture {
        self.0.send(request)
    }
}

/// The future of a response of [`https`].
pub struct ResponseFuture(State);

enum State {
    Sent(client::ResponseFuture),
    Refused(Option<BoxError>),
}

impl ResponseFuture {
    fn sent(future: client::ResponseFuture) -> Self {
        Self(State::Sent(future))
    }

    /// Nothing was sent.
    fn refused(error: impl Into<BoxError>) -> Self {
        Self(State::Refused(Some(error.into())))
    }
}

impl Future for ResponseFuture {
    type Output = Result<Response<Body>, BoxError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut self.0 {
            State::Sent(future) => Pin::new(future)
                .poll(cx)
                .map_ok(|response| response.map(Body::new))
                .map_err(error::explained),
            State::Refused(error) => {
                let error = error.take();
                Poll::Ready(Err(error.expect("a future is not polled after it is done")))
            }
        }
    }
}

impl fmt::Debug for ResponseFuture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture").finish_non_exhaustive()
    }
}
