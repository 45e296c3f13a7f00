//! The HTTP clients of the transport, and the choice between them for a request.

use std::sync::{Arc, OnceLock};

use http::header::HOST;
use http::uri::{Authority, Scheme};
use http::{Request, Uri};
use hyper_rustls::HttpsConnector;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::Connect;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::ClientConfig;

use super::ResponseFuture;
use crate::{Body, Origin};

const HTTP_1: &[u8] = b"http/1.1";
const HTTP_2: &[u8] = b"h2";

/// Clients over connections that `C` makes. Clones share them.
pub(super) struct Clients<C>(Arc<Shared<C>>);

struct Shared<C> {
    connector: C,
    tls: ClientConfig,
    has_roots: bool,
    /// The server chooses the version: HTTP/2 if it can.
    any: Client<HttpsConnector<C>, Body>,
    /// Few programs need it, so it is made at its first request.
    http1: OnceLock<Client<HttpsConnector<C>, Body>>,
}

impl<C> Clone for Clients<C> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<C> Clients<C>
where
    HttpsConnector<C>: Connect,
    C: Clone + Send + Sync + 'static,
{
    pub(super) fn new(connector: C, tls: ClientConfig) -> Self {
        Self::with(connector, tls, true)
    }

    /// Clients that trust no server, and so refuse `https`.
    pub(super) fn without_roots(connector: C, tls: ClientConfig) -> Self {
        Self::with(connector, tls, false)
    }

    fn with(connector: C, tls: ClientConfig, has_roots: bool) -> Self {
        let any = client(&connector, &tls, &[HTTP_2, HTTP_1]);
        Self(Arc::new(Shared {
            connector,
            tls,
            has_roots,
            any,
            http1: OnceLock::new(),
        }))
    }

    pub(super) fn has_roots(&self) -> bool {
        self.0.has_roots
    }

    /// Sends a request to its URI, as the `http` crate and other programs read it.
    pub(super) fn send(&self, mut request: Request<Body>) -> ResponseFuture {
        if let Err(reason) = check_target(&mut request) {
            return ResponseFuture::refused(format!("nothing was sent: the target {reason}"));
        }
        if !self.0.has_roots && is_https(request.uri()) {
            return ResponseFuture::refused(NO_ROOTS);
        }
        let client = if has_other_host(&request) {
            self.0.http1()
        } else {
            &self.0.any
        };
        ResponseFuture::sent(client.request(request))
    }
}

impl<C> Shared<C>
where
    HttpsConnector<C>: Connect,
    C: Clone,
{
    fn http1(&self) -> &Client<HttpsConnector<C>, Body> {
        let make = || client(&self.connector, &self.tls, &[HTTP_1]);
        self.http1.get_or_init(make)
    }
}

/// A client that offers these protocols to a server (ALPN, RFC 7301).
fn client<C>(
    connector: &C,
    tls: &ClientConfig,
    protocols: &[&[u8]],
) -> Client<HttpsConnector<C>, Body>
where
    HttpsConnector<C>: Connect,
    C: Clone,
{
    let mut tls = tls.clone();
    tls.alpn_protocols = protocols.iter().map(|name| name.to_vec()).collect();
    Client::builder(TokioExecutor::new())
        .pool_timer(TokioTimer::new())
        .build(HttpsConnector::from((connector.clone(), tls)))
}

/// Refuses a target that other programs would read as another one. Where the client has stated this origin, that was done
/// before.
fn check_target(request: &mut Request<Body>) -> Result<(), &'static str> {
    let stated: Option<&Origin> = request.extensions().get();
    if stated.is_some_and(|origin| origin.is_written_as(request.uri())) {
        return Ok(());
    }
    without_user(request.uri_mut());
    let origin = Origin::of(request.uri());
    origin.map(drop).map_err(|fault| fault.reason())
}

/// Whether the caller names a host that HTTP/2 would not send: its `:authority` is the host of the URI (RFC 9113, section
/// 8.3.1), and servers use that. Without TLS it is always HTTP/1.1.
fn has_other_host(request: &Request<Body>) -> bool {
    let authority = request.uri().authority().map_or("", Authority::as_str);
    let mut hosts = request.headers().get_all(HOST).iter();
    is_https(request.uri()) && hosts.any(|host| host != authority)
}

fn is_https(target: &Uri) -> bool {
    target.scheme() == Some(&Scheme::HTTPS)
}

/// Removes user name and password, which HTTP/2 would send in `:authority`.
fn without_user(target: &mut Uri) {
    let authority = target.authority().map_or("", Authority::as_str);
    let Some((_, plain)) = authority.rsplit_once('@') else {
        return;
    };
    let plain = plain.parse().ok();
    let mut parts = std::mem::take(target).into_parts();
    parts.authority = plain;
    // Without these parts, a valid URI stays valid.
    *target = Uri::from_parts(parts).unwrap_or_default();
}

const NO_ROOTS: &str = "this machine has no root certificates, so no server can be trusted over https; \
     install them (Debian: `ca-certificates`) or set SSL_CERT_FILE";
