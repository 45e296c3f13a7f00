//! Proxies: where they are, and which targets go through them.

use std::env;
use std::fmt;

use gatewright_core::kit::loopback::is_loopback;
use http::uri::{Authority, Scheme};
use http::{HeaderValue, Uri};
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::error::{TransportError, TransportErrorKind};
use crate::Secret;

/// A proxy for all targets, for [`Builder::proxy`](super::Builder::proxy).
///
/// Targets on this machine (`localhost`, `127.0.0.0/8`, `::1`) are always reached directly: credentials may go to them
/// in the clear, because nothing but this machine reads them.
///
/// ```
/// use gatewright::transport::Proxy;
///
/// # fn main() -> Result<(), gatewright::BoxError> {
/// let proxy = Proxy::new("http://proxy.example:3128")?
///     .credentials("user", "password")?
///     .bypass("10.0.0.0/8, .internal.example");
/// assert!(!format!("{proxy:?}").contains("password"));
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
pub struct Proxy {
    scheme: String,
    /// Host and port.
    authority: Authority,
    /// User name and password, as a URL spells them.
    user: Option<Secret>,
    bypass: String,
}

impl Proxy {
    /// A proxy at `url`:
    ///
    /// | scheme | how it is used |
    /// | --- | --- |
    /// | `http`, or none | `CONNECT` for `https` targets (RFC 9110, section 9.3.6); a plain `http` request is handed to it as a whole |
    /// | `https` | the same, over TLS to the proxy, which so hides user name and password of the proxy from the network |
    /// | `socks5`, `socks5h` | SOCKS 5 (RFC 1928); for both, the proxy looks up the names of targets |
    ///
    /// Default ports: 80, 443 and 1080. A user name and a password may stand in the URL, percent-encoded.
    ///
    /// # Errors
    ///
    /// [`InvalidProxy`](TransportErrorKind::InvalidProxy) for a text that is no such URL. The error does not quote it.
    pub fn new(url: &str) -> Result<Self, TransportError> {
        let wrong = || invalid("the address of the proxy is not of the form `http://HOST:PORT`");
        let url: Uri = url.parse().map_err(|_| wrong())?;
        let scheme = url.scheme_str().unwrap_or("http").to_ascii_lowercase();
        if !matches!(&*scheme, "http" | "https" | "socks5" | "socks5h") {
            return Err(invalid(
                "a proxy is at `http://`, `https://`, `socks5://` or `socks5h://`",
            ));
        }
        let authority = url.authority().ok_or_else(wrong)?.as_str();
        let (user, place) = match authority.rsplit_once('@') {
            Some((user, place)) => (Some(Secret::from(user)), place),
            None => (None, authority),
        };
        let place: Authority = place.parse().map_err(|_| wrong())?;
        let is_port_wrong =
            place.port_u16().is_none_or(|port| port == 0) && place.as_str() != place.host();
        if place.host().is_empty() || is_port_wrong || !matches!(url.path(), "" | "/") {
            return Err(wrong());
        }
        Ok(Self {
            scheme,
            authority: place,
            user,
            bypass: String::new(),
        })
    }

    /// User name and password of the proxy: `Proxy-Authorization: Basic` (RFC 7617), or those of SOCKS (RFC 1929).
    ///
    /// To a proxy at `http://` or `socks5://` they go in the clear.
    ///
    /// # Errors
    ///
    /// [`InvalidProxy`](TransportErrorKind::InvalidProxy) for a user name with a colon, or one of both with a control character
    /// or longer than 255 bytes.
    pub fn credentials(mut self, user: &str, password: &str) -> Result<Self, TransportError> {
        let is_wrong = |text: &str| text.len() > 255 || text.contains(char::is_control);
        if user.contains(':') || is_wrong(user) || is_wrong(password) {
            return Err(invalid(
                "a user name or password for a proxy has a control character or over 255 bytes, or the name has a colon",
            ));
        }
        let encoded = |text| utf8_percent_encode(text, NON_ALPHANUMERIC);
        self.user = Some(Secret::from(format!(
            "{}:{}",
            encoded(user),
            encoded(password)
        )));
        Ok(self)
    }

    /// Reaches these hosts without the proxy. They are separated by commas, as in `NO_PROXY`: a domain stands for all names below
    /// it too, an address (or a network, such as `10.0.0.0/8`) for itself, and `*` for all.
    #[must_use]
    pub fn bypass(mut self, hosts: &str) -> Self {
        hosts.clone_into(&mut self.bypass);
        self
    }

    fn url(&self) -> String {
        let user = self.user.as_ref().map_or("", Secret::expose);
        let at = if self.user.is_some() { "@" } else { "" };
        format!("{}://{user}{at}{}", self.scheme, self.authority)
    }
}

/// Which targets go through which proxy.
pub(super) struct Rules(Matcher);

impl Rules {
    /// What the environment says, as curl reads it; or nothing.
    pub(super) fn of_environment() -> Option<Self> {
        let names = [
            "HTTPS_PROXY",
            "https_proxy",
            "HTTP_PROXY",
            "http_proxy",
            "ALL_PROXY",
            "all_proxy",
        ];
        let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
        names
            .into_iter()
            .any(is_set)
            .then(|| Self(Matcher::from_env()))
    }

    pub(super) fn of(proxy: &Proxy) -> Self {
        Self(
            Matcher::builder()
                .all(proxy.url())
                .no(proxy.bypass.clone())
                .build(),
        )
    }

    /// The proxy for `target`. There is none for loopback, whatever the rules say: what may go there in the clear because it
    /// stays on this machine must not go to a proxy.
    pub(super) fn proxy_of(&self, target: &Uri) -> Option<Intercept> {
        if target.host().is_none_or(is_loopback) {
            return None;
        }
        self.0.intercept(target)
    }

    /// What a plain `http` request needs for a proxy that reads it.
    pub(super) fn authorization_of(&self, target: &Uri) -> Option<HeaderValue> {
        if target.scheme() != Some(&Scheme::HTTP) {
            return None;
        }
        self.proxy_of(target)?.basic_auth().cloned()
    }
}

impl fmt::Debug for Rules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

fn invalid(message: &'static str) -> TransportError {
    TransportError::new(TransportErrorKind::InvalidProxy, message)
}
