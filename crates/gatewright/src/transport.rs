//! The default transport: hyper-util and rustls (ring, the system's root certificates), HTTP/1.1 and 2, pooled.
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

mod clients;
#[cfg(test)]
mod tests;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use http::{Request, Response};
use hyper_rustls::ConfigBuilderExt;
use hyper_util::client::legacy as client;
use hyper_util::client::legacy::connect::HttpConnector;
use rustls::ClientConfig;
use tower_service::Service;

use self::clients::Clients;
use crate::layers::RequireAuth;
use crate::{Body, BoxError};

/// The time limit of a TCP connection, over all addresses of a host.
const CONNECT_LIMIT: Duration = Duration::from_secs(10);

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
/// A TCP connection fails after 10 s. **There is no other limit here**: a call to a server that accepts the connection and
/// stays silent never ends, a response may be of any size, and failed calls are not retried. The ready-made
/// [`stack`](crate::stack()) has limits and retries; without it add a
/// [`LimitsLayer`](crate::layers::LimitsLayer), or give a call a [`timeout`](crate::Call::timeout).
pub fn https() -> Https {
    RequireAuth::new(Pooled::new())
}

/// What [`https`] returns.
pub type Https = RequireAuth<Pooled>;

/// The pooled connections, without the check for credentials.
#[derive(Clone)]
pub struct Pooled(Clients<HttpConnector>);

impl Pooled {
    pub(crate) fn new() -> Self {
        let mut connector = HttpConnector::new();
        connector.enforce_http(false);
        connector.set_connect_timeout(Some(CONNECT_LIMIT));
        Self(match with_native_roots() {
            Ok(tls) => Clients::new(connector, tls),
            Err(_) => Clients::without_roots(connector, tls(rustls::RootCertStore::empty())),
        })
    }
}

/// TLS with the system's root certificates. A machine without them (a bare container) can still reach a gateway on
/// loopback.
fn with_native_roots() -> std::io::Result<ClientConfig> {
    Ok(versions().with_native_roots()?.with_no_client_auth())
}

fn tls(roots: rustls::RootCertStore) -> ClientConfig {
    versions()
        .with_root_certificates(roots)
        .with_no_client_auth()
}

fn versions() -> rustls::ConfigBuilder<ClientConfig, rustls::WantsVerifier> {
    let provider = rustls::crypto::ring::default_provider();
    ClientConfig::builder_with_provider(provider.into())
        .with_safe_default_protocol_versions()
        .expect("ring serves the default protocol versions")
}

impl fmt::Debug for Pooled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pooled")
            .field("has_roots", &self.0.has_roots())
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
                .map_err(Into::into),
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
