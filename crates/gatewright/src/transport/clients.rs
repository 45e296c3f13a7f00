//! The HTTP clients of the transport, and the choice between them for a request.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use http::header::{HOST, HeaderName, PROXY_AUTHORIZATION};
use http::uri::{Authority, Scheme};
use http::{Request, Uri};
use hyper_util::client::legacy::Client;
use hyper_util::rt::{TokioExecutor, TokioTimer};

use super::ResponseFuture;
use super::connector::Connector;
use super::route::Dial;
use super::tls::Offer;
use crate::{Body, Origin};

const SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-amz-security-token");

/// Clients over connections that `D` makes. Clones share them.
pub(super) struct Clients<D: Dial>(Arc<Shared<D>>);

/// How many connections wait for the next request, and for how long.
#[derive(Clone, Debug)]
pub(super) struct Pool {
    pub(super) idle_timeout: Option<Duration>,
    pub(super) max_idle_per_host: usize,
}

struct Shared<D: Dial> {
    connector: Connector<D>,
    pool: Pool,
    /// With the versions that the transport was built for.
    any: Client<Connector<D>, Body>,
    /// Few programs need it, so it is made at its first request.
    http1: OnceLock<Client<Connector<D>, Body>>,
}

impl<D: Dial> Clone for Clients<D> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<D: Dial> Clients<D> {
    pub(super) fn new(connector: Connector<D>, pool: Pool) -> Self {
        let any = client(connector.clone(), &pool);
        Self(Arc::new(Shared {
            connector,
            pool,
            any,
            http1: OnceLock::new(),
        }))
    }

    pub(super) fn connector(&self) -> &Connector<D> {
        &self.0.connector
    }

    /// Sends a request to its URI, as the `http` crate and other programs read it.
    pub(super) fn send(&self, mut request: Request<Body>) -> ResponseFuture {
        if let Err(reason) = check_target(&mut request) {
            return ResponseFuture::refused(format!("nothing was sent: the target {reason}"));
        }
        if !is_https(request.uri()) {
            self.authorize_for_proxy(&mut request);
            return ResponseFuture::sent(self.0.any.request(request));
        }
        if let Err(error) = self.0.connector.route.tls.config(self.0.connector.offer) {
            return ResponseFuture::refused(error);
        }
        if self.0.connector.offer == Offer::Any {
            if has_other_host(&request) {
                return ResponseFuture::sent(self.0.http1().request(request));
            }
            let_hpack_index(&mut request);
        }
        ResponseFuture::sent(self.0.any.request(request))
    }

    /// A proxy that reads a plain request wants its password in that request.
    fn authorize_for_proxy(&self, request: &mut Request<Body>) {
        let Some(rules) = &self.0.connector.route.rules else {
            return;
        };
        if let Some(authorization) = rules.authorization_of(request.uri()) {
            request
                .headers_mut()
                .insert(PROXY_AUTHORIZATION, authorization);
        }
    }
}

impl<D: Dial> Shared<D> {
    fn http1(&self) -> &Client<Connector<D>, Body> {
        self.http1.get_or_init(|| {
            let connector = Connector {
                offer: Offer::Http1,
                ..self.connector.clone()
            };
            client(connector, &self.pool)
        })
    }
}

fn client<D: Dial>(connector: Connector<D>, pool: &Pool) -> Client<Connector<D>, Body> {
    Client::builder(TokioExecutor::new())
        .pool_timer(TokioTimer::new())
        .pool_idle_timeout(pool.idle_timeout)
        .pool_max_idle_per_host(pool.max_idle_per_host)
        .build(connector)
}

/// Lets the encoder of HTTP/2 keep the session token, so that each further request on a connection names it in two bytes
/// instead of some 900. See "What the encoder of HTTP/2 gets" of the module.
fn let_hpack_index(request: &mut Request<Body>) {
    if let Some(token) = request.headers_mut().get_mut(SECURITY_TOKEN) {
        token.set_sensitive(false);
    }
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
    hosts.any(|host| host != authority)
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
