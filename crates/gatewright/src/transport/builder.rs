//! The settings of a transport.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use hyper_util::client::legacy::connect::HttpConnector;
use rustls::sign::CertifiedKey;

use super::clients::{Clients, Pool};
use super::connector::Connector;
use super::error::{TransportError, TransportErrorKind};
use super::proxy::{Proxy, Rules};
use super::roots::{Base, SYSTEM, Trust};
use super::route::Route;
use super::tcp::Tcp;
use super::tls::{self, Offer, Tls};
use super::{Https, Pooled};
use crate::layers::RequireAuth;

/// Settings of a default transport, from [`builder`](super::builder). The [module docs](super) have an example of each.
///
/// No method fails: the first fault is the result of [`build`](Self::build).
#[derive(Clone)]
#[must_use = "it does nothing before `build`"]
pub struct Builder {
    offer: Offer,
    trust: Trust,
    identity: Option<Arc<CertifiedKey>>,
    is_fips_required: bool,
    proxy: Choice,
    pub(super) tcp: Tcp,
    pub(super) connect_timeout: Option<Duration>,
    pool: Pool,
    fault: Option<TransportError>,
}

#[derive(Clone, Debug)]
enum Choice {
    Environment,
    Given(Proxy),
    Nothing,
}

impl Builder {
    pub(super) fn new() -> Self {
        Self {
            offer: Offer::Any,
            trust: Trust::new(Base::Shared(&SYSTEM)),
            identity: None,
            is_fips_required: false,
            proxy: Choice::Environment,
            tcp: Tcp::default(),
            connect_timeout: Some(Duration::from_secs(10)),
            pool: Pool {
                idle_timeout: Some(Duration::from_secs(90)),
                max_idle_per_host: usize::MAX,
            },
            fault: None,
        }
    }

    fn note(&mut self, result: Result<(), TransportError>) {
        self.fault = self.fault.take().or(result.err());
    }

    /// Speaks HTTP/1.1 to every server. By default the server chooses by ALPN (RFC 7301) between HTTP/2, if the feature `http2`
    /// is on, and HTTP/1.1.
    pub fn http1_only(mut self) -> Self {
        self.offer = Offer::Http1;
        self
    }

    /// Trusts servers with a certificate of these roots as well, from PEM: one or several sections `CERTIFICATE`
    /// (RFC 7468). By default only the roots of the system are trusted.
    ///
    /// The fault of a text without such a section, or with one that is no certificate, is
    /// [`InvalidRoot`](TransportErrorKind::InvalidRoot).
    pub fn root_certificate_pem(mut self, pem: impl AsRef<[u8]>) -> Self {
        let added = self.trust.add_pem(pem.as_ref());
        self.note(added);
        self
    }

    /// [`root_certificate_pem`](Self::root_certificate_pem), of one certificate in DER (X.690).
    pub fn root_certificate_der(mut self, der: impl AsRef<[u8]>) -> Self {
        let added = self.trust.add(der.as_ref().into());
        self.note(added);
        self
    }

    /// Trusts the given roots alone, and reads none of the system. Without a given one, [`build`](Self::build) fails with
    /// [`NoRoots`](TransportErrorKind::NoRoots).
    pub fn only_given_roots(mut self) -> Self {
        self.trust.set_base(Base::Nothing);
        self
    }

    /// Trusts Mozilla's roots, as they were when the program was compiled, instead of the system's.
    ///
    /// Without this call, the feature `webpki-roots` has an effect only on a machine that has no roots.
    #[cfg(feature = "webpki-roots")]
    pub fn webpki_roots(mut self) -> Self {
        self.trust.set_base(Base::Mozilla);
        self
    }

    /// Shows servers that ask for it this client certificate (mutual TLS of a custom domain), from PEM: the certificate
    /// first, then those up to the root, and its key (PKCS #8, PKCS #1 or SEC 1, not encrypted).
    ///
    /// No proxy gets it. The key stays in memory while the transport lives, and no `Debug` or error shows it. The bytes that
    /// you pass are not kept, and not overwritten either.
    ///
    /// The fault of a wrong one is [`InvalidClientCertificate`](TransportErrorKind::InvalidClientCertificate).
    pub fn client_certificate_pem(
        mut self,
        chain: impl AsRef<[u8]>,
        key: impl AsRef<[u8]>,
    ) -> Self {
        let identity = tls::identity_of_pem(chain.as_ref(), key.as_ref());
        self.set_identity(identity);
        self
    }

    /// [`client_certificate_pem`](Self::client_certificate_pem), in DER (X.690).
    pub fn client_certificate_der(
        mut self,
        chain: impl IntoIterator<Item = Vec<u8>>,
        key: Vec<u8>,
    ) -> Self {
        let identity = tls::identity_of_der(chain.into_iter().collect(), key);
        self.set_identity(identity);
        self
    }

    fn set_identity(&mut self, identity: Result<Arc<CertifiedKey>, TransportError>) {
        let kept = identity.map(|identity| self.identity = Some(identity));
        self.note(kept);
    }

    /// Makes [`build`](Self::build) fail, with [`NotFips`](TransportErrorKind::NotFips), unless TLS runs on a FIPS module. See "FIPS"
    /// in the [module docs](super).
    pub fn require_fips(mut self) -> Self {
        self.is_fips_required = true;
        self
    }

    /// Goes through this proxy, and not through one of the environment.
    pub fn proxy(mut self, proxy: Proxy) -> Self {
        self.proxy = Choice::Given(proxy);
        self
    }

    /// Goes through no proxy, whatever the environment says. By default `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and
    /// `NO_PROXY` are read, when the transport is built.
    pub fn no_proxy(mut self) -> Self {
        self.proxy = Choice::Nothing;
        self
    }

    /// Sets the time limit of a connection: name lookup, TCP over all addresses of the host, proxy and TLS. Default: 10 s;
    /// `None` for no limit.
    ///
    /// The fault of one that is over is [`ConnectTimeout`](TransportErrorKind::ConnectTimeout).
    pub fn connect_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.connect_timeout = limit.into();
        self
    }

    /// Sets after which time without traffic a connection is probed (`SO_KEEPALIVE`), and the time between probes. The third one
    /// without a reply ends it. Default: 15 s; `None` for no probes.
    pub fn tcp_keepalive(mut self, time: impl Into<Option<Duration>>) -> Self {
        self.tcp.keepalive = time.into();
        self
    }

    /// Sets after which time a connection ends whose other side acknowledges no data (`TCP_USER_TIMEOUT`, RFC 5482). Default: 30 s;
    /// `None` for the kernel's own limit, some 15 minutes. Without effect on systems other than Linux, Android and Fuchsia.
    pub fn tcp_user_timeout(mut self, time: impl Into<Option<Duration>>) -> Self {
        self.tcp.user_timeout = time.into();
        self
    }

    /// Sets whether data is sent at once (`TCP_NODELAY`). Default: true. Otherwise a call beside a slow one on the same HTTP/2
    /// connection may wait 40 ms for the acknowledgement of the data before it.
    pub fn tcp_nodelay(mut self, is_sent_at_once: bool) -> Self {
        self.tcp.nodelay = is_sent_at_once;
        self
    }

    /// Sets how long a connection without a request is kept. Default: 90 s; `None` for as long as the server keeps it.
    pub fn pool_idle_timeout(mut self, time: impl Into<Option<Duration>>) -> Self {
        self.pool.idle_timeout = time.into();
        self
    }

    /// Sets how many connections without a request are kept for each host. Default: no limit. 0 keeps none.
    pub fn pool_max_idle_per_host(mut self, connections: usize) -> Self {
        self.pool.max_idle_per_host = connections;
        self
    }

    /// The transport. No root certificate of the system is read before the first `https` request.
    ///
    /// # Errors
    ///
    /// The first fault of what was given, see the methods.
    pub fn build(self) -> Result<Https, TransportError> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        if self.is_fips_required {
            tls::require_fips()?;
        }
        if self.trust.is_empty() {
            let message = "no root certificate was given, and those of the system are not used";
            return Err(TransportError::new(TransportErrorKind::NoRoots, message));
        }
        Ok(RequireAuth::new(self.pooled()))
    }

    /// The connections of settings that have no fault.
    pub(super) fn pooled(self) -> Pooled {
        let dial = self.tcp.connector(self.connect_timeout);
        Pooled(self.clients(dial))
    }

    fn clients(self, dial: HttpConnector) -> Clients<HttpConnector> {
        let rules = match &self.proxy {
            Choice::Environment => Rules::of_environment(),
            Choice::Given(proxy) => Some(Rules::of(proxy)),
            Choice::Nothing => None,
        };
        let route = Route {
            dial,
            rules: rules.map(Arc::new),
            tls: Arc::new(Tls::new(self.trust, self.identity)),
        };
        let connector = Connector {
            route,
            offer: self.offer,
            limit: self.connect_timeout,
        };
        Clients::new(connector, self.pool)
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("offer", &self.offer)
            .field("has_client_certificate", &self.identity.is_some())
            .field("is_fips_required", &self.is_fips_required)
            .field("proxy", &self.proxy)
            .field("tcp", &self.tcp)
            .field("connect_timeout", &self.connect_timeout)
            .field("pool", &self.pool)
            .field("fault", &self.fault)
            .finish_non_exhaustive()
    }
}
