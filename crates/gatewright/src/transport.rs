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

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use http::uri::Scheme;
use http::{Request, Response};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::{self as client, Client};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tower_service::Service;

use crate::layers::RequireAuth;
use crate::{Body, BoxError};

/// A transport for `https` and, where nothing else is asked for, `http` (the layers keep credentials off plain
/// `http` unless it is loopback).
///
/// It is innermost in the stack and refuses a request that lacks what its operation asks for. Redirects are not
/// followed, because credentials would go along. Connections are pooled and shared by all clones.
pub fn https() -> Https {
    RequireAuth::new(Pooled::new())
}

/// What [`https`] returns.
pub type Https = RequireAuth<Pooled>;

/// The pooled connections, without the check for credentials.
#[derive(Clone)]
pub struct Pooled {
    client: Client<HttpsConnector<HttpConnector>, Body>,
    has_roots: bool,
}

impl Pooled {
    pub(crate) fn new() -> Self {
        let (connector, has_roots) = connector();
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .build(connector);
        Self { client, has_roots }
    }
}

/// A connector with the system's root certificates, and whether there were any. A machine without them (a bare
/// container) can still reach a gateway on loopback.
fn connector() -> (HttpsConnector<HttpConnector>, bool) {
    let provider = rustls::crypto::ring::default_provider;
    match HttpsConnectorBuilder::new().with_provider_and_native_roots(provider()) {
        Ok(builder) => (builder.https_or_http().enable_all_versions().build(), true),
        Err(_) => (without_roots(provider()), false),
    }
}

fn without_roots(provider: rustls::crypto::CryptoProvider) -> HttpsConnector<HttpConnector> {
    let config = rustls::ClientConfig::builder_with_provider(provider.into())
        .with_safe_default_protocol_versions()
        .expect("ring serves the default protocol versions")
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    HttpsConnectorBuilder::new()
        .with_tls_config(config)
        .https_or_http()
        .enable_all_versions()
        .build()
}

impl fmt::Debug for Pooled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pooled")
            .field("has_roots", &self.has_roots)
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
        let is_tls = request.uri().scheme() == Some(&Scheme::HTTPS);
        ResponseFuture((self.has_roots || !is_tls).then(|| self.client.request(request)))
    }
}

/// The response of [`https`], to come.
pub struct ResponseFuture(Option<client::ResponseFuture>);

impl Future for ResponseFuture {
    type Output = Result<Response<Body>, BoxError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut self.0 {
            Some(future) => Pin::new(future)
                .poll(cx)
                .map_ok(|r| r.map(Body::new))
                .map_err(Into::into),
            None => Poll::Ready(Err(NO_ROOTS.into())),
        }
    }
}

const NO_ROOTS: &str = "this machine has no root certificates, so no server can be trusted over https; \
     install them (Debian: `ca-certificates`) or set SSL_CERT_FILE";

impl fmt::Debug for ResponseFuture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture").finish_non_exhaustive()
    }
}
