//! Where credentials may go: scheme, host and port.
//!
//! A credential is for one API. A request that goes elsewhere (because of a redirect, or a base URL from another person's
//! configuration) must not carry it. A client binds its requests to the origin of its base URL; without a client, use
//! `only_to` on a layer.
//!
//! ```
//! use gatewright_core::Origin;
//!
//! let origin: Origin = "https://api.example.com".parse()?;
//! assert!(origin.is_of(&"https://API.example.com:443/prod/pets".parse()?));
//! assert!(!origin.is_of(&"https://api.example.com.evil.test/prod/pets".parse()?));
//! assert!(!origin.is_of(&"http://api.example.com/prod/pets".parse()?));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;
use std::sync::Arc;

use http::Uri;
use http::uri::{Authority, Scheme};

/// The origin of a URI (RFC 6454): its scheme, host and port.
///
/// The case of the host does not matter, and a missing port is the default port of the scheme.
///
/// A text that programs read in different ways is refused: a user name, a fragment, a backslash, blanks, a host that is
/// neither a name in ASCII nor an IP address, a port that is not between 1 and 65535.
///
/// In the extensions of a request it says that the request's credentials are for this origin only. A client puts it
/// there; see [`AuthorizeErrorKind::ForeignOrigin`](crate::AuthorizeErrorKind::ForeignOrigin).
///
/// A clone costs a count, since each request has one.
#[derive(Clone)]
pub struct Origin(Arc<Place>);

struct Place {
    scheme: Scheme,
    authority: Authority,
}

impl Origin {
    /// The origin of `uri`. Its path and query do not matter.
    ///
    /// # Errors
    ///
    /// When the URI has no scheme `http` or `https`, no valid host, a user name, or a port that is not between 1 and
    /// 65535. The `http` crate has already dropped a fragment: parse a text from another source as an `Origin` or a
    /// `BaseUrl` instead.
    ///
    /// ```
    /// use gatewright_core::Origin;
    ///
    /// let origin = Origin::of(&"https://api.example.com:8443/prod/pets".parse()?)?;
    /// assert_eq!(origin.to_string(), "https://api.example.com:8443");
    /// assert!(Origin::of(&"https://api.example.com:99999/".parse()?).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(uri: &Uri) -> Result<Self, InvalidOrigin> {
        let (Some(scheme), Some(authority)) = (uri.scheme(), uri.authority()) else {
            return Err(InvalidOrigin(
                "needs a scheme and a host, such as `https://api.example.com`",
            ));
        };
        Self::at(scheme, authority)
    }

    /// [`of`](Self::of) for the parts of a URI.
    ///
    /// # Errors
    ///
    /// As [`of`](Self::of).
    #[doc(hidden)]
    pub fn at(scheme: &Scheme, authority: &Authority) -> Result<Self, InvalidOrigin> {
        if *scheme != Scheme::HTTP && *scheme != Scheme::HTTPS {
            return Err(InvalidOrigin("must begin with `https://` or `http://`"));
        }
        match authority_fault(authority.as_str()) {
            Some(fault) => Err(InvalidOrigin(fault)),
            None => Ok(Self(Arc::new(Place {
                scheme: scheme.clone(),
                authority: authority.clone(),
            }))),
        }
    }

    /// `http` or `https`.
    pub fn scheme(&self) -> &Scheme {
        &self.0.scheme
    }

    /// The host, and the port if one is given.
    pub fn authority(&self) -> &Authority {
        &self.0.authority
    }

    /// Whether `target` is at this origin. False for a target without scheme or host, and for one whose port is not a number
    /// up to 65535.
    pub fn is_of(&self, target: &Uri) -> bool {
        let (Some(scheme), Some(authority)) = (target.scheme(), target.authority()) else {
            return false;
        };
        self.is_same(scheme, authority)
    }

    /// Whether `target` has this scheme, host and port, written in the same way. Nothing is parsed.
    #[doc(hidden)]
    pub fn is_written_as(&self, target: &Uri) -> bool {
        target.authority().map(Authority::as_str) == Some(self.0.authority.as_str())
            && target.scheme() == Some(&self.0.scheme)
    }

    /// [`is_of`](Self::is_of) for the parts of a URI.
    #[doc(hidden)]
    pub fn is_same(&self, scheme: &Scheme, authority: &Authority) -> bool {
        // Nearly always they are written alike. An origin is valid, so what is equal to it is.
        let here = &*self.0;
        if here.authority.as_str() == authority.as_str() && here.scheme == *scheme {
            return true;
        }
        let port_here = port(&here.scheme, &here.authority);
        here.scheme == *scheme
            && is_same_host(here.authority.host(), authority.host())
            && port_here.is_some_and(|here| port(scheme, authority) == Some(here))
    }
}

/// The port that a target is reached at; `None` if it names one that cannot be.
fn port(scheme: &Scheme, authority: &Authority) -> Option<u16> {
    match port_text(authority.as_str()) {
        // An empty port is the scheme's own: RFC 3986, section 3.2.3.
        None | Some("") => match scheme.as_str() {
            "https" => Some(443),
            "http" => Some(80),
            _ => None,
        },
        Some(text) => port_number(text),
    }
}

/// An address of version 6 has several forms.
fn is_same_host(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b) || ipv6(a).is_some_and(|address| ipv6(b) == Some(address))
}

/// What is wrong with host and port. The `http` crate takes more than a browser and the network do.
fn authority_fault(authority: &str) -> Option<&'static str> {
    if authority.contains('@') {
        return Some("must not hold a user name or password");
    }
    let (host, port) = split_port(authority);
    if ipv6(host).is_none() && !is_name(host) {
        return Some(
            "needs a host: a name in ASCII (`xn--` for other letters), or an IP address in its usual form, without a zone",
        );
    }
    let is_bad = port.is_some_and(|port| port_number(port).is_none());
    is_bad.then_some("must have a port from 1 to 65535, or none")
}

/// What is wrong with a text that is to be read as a URL. The `http` crate drops a fragment, and a browser reads a
/// backslash as a slash and skips tabs and line breaks (URL standard, "URL parsing"), so that each would go elsewhere.
fn text_fault(text: &str) -> Option<&'static str> {
    if text.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Some("must not have blanks or control characters");
    }
    if text.contains('\\') {
        return Some("must not have a backslash, which some programs read as a slash");
    }
    text.contains('#').then_some("must not have a fragment")
}

/// A name of labels. One whose last label is a number is an address of version 4 to a browser, which has to be written
/// as four numbers.
fn is_name(host: &str) -> bool {
    let name = host.strip_suffix('.').unwrap_or(host);
    let last = name.rsplit('.').next().unwrap_or(name);
    name.split('.').all(is_label) && (!is_number(last) || host.parse::<Ipv4Addr>().is_ok())
}

fn is_label(label: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    !label.is_empty() && label.bytes().all(is_letter)
}

fn is_number(label: &str) -> bool {
    let hex = label.strip_prefix("0x").or(label.strip_prefix("0X"));
    match hex {
        Some(digits) => digits.bytes().all(|byte| byte.is_ascii_hexdigit()),
        None => label.bytes().all(|byte| byte.is_ascii_digit()),
    }
}

fn ipv6(host: &str) -> Option<Ipv6Addr> {
    host.strip_prefix('[')?.strip_suffix(']')?.parse().ok()
}

/// The text after the host's colon. The colons inside brackets are those of an address.
fn port_text(authority: &str) -> Option<&str> {
    let host_and_port = authority.rsplit('@').next().unwrap_or(authority);
    split_port(host_and_port).1
}

fn split_port(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    }
}

/// The number of a port, which is written in digits and not 0.
fn port_number(text: &str) -> Option<u16> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|port| is_number && *port > 0)
}

impl PartialEq for Origin {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.is_same(other.scheme(), other.authority())
    }
}

impl Eq for Origin {}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme(), self.authority())
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Origin({self})")
    }
}

impl FromStr for Origin {
    type Err = InvalidOrigin;

    fn from_str(text: &str) -> Result<Self, InvalidOrigin> {
        if let Some(fault) = text_fault(text) {
            return Err(InvalidOrigin(fault));
        }
        let (_, rest) = text.split_once("://").unwrap_or_default();
        if rest
            .split(['/', '?'])
            .next()
            .is_some_and(|it| !it.is_ascii())
        {
            return Err(InvalidOrigin(
                "has letters in its host that are not ASCII: write the host as it is looked up (`xn--…`)",
            ));
        }
        let uri: Uri = text.parse().map_err(|_| InvalidOrigin("is not a URL"))?;
        if uri.path_and_query().is_some_and(|path| path != "/") {
            return Self::of(&uri).and(Err(InvalidOrigin("must end after host and port")));
        }
        Self::of(&uri)
    }
}

/// Why a text is not an origin. It does not repeat the text, which may hold a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidOrigin(&'static str);

impl InvalidOrigin {
    /// The fault, to follow the name of the text: "must not have a fragment".
    pub fn reason(&self) -> &'static str {
        self.0
    }
}

impl fmt::Display for InvalidOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the origin {}", self.0)
    }
}

impl std::error::Error for InvalidOrigin {}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(text: &str) -> Origin {
        text.parse().unwrap()
    }

    #[test]
    fn case_and_the_default_port_make_no_difference() {
        let api = origin("https://api.test/");
        assert_eq!(api, origin("HTTPS://API.test:443"));
        assert_eq!(origin("http://[::1]:80"), origin("http://[::1]"));
        assert!(api.is_of(&Uri::from_static("https://user:pw@Api.Test:443/x?y")));
    }

    #[test]
    fn scheme_host_and_port_each_make_another_origin() {
        let api = origin("https://api.test");
        for other in [
            "http://api.test/",
            "http://api.test:443/",
            "https://api.test:8443/",
            "https://api.test./",
            "https://a.api.test/",
            "https://api.test@evil.test/",
            "wss://api.test/",
            "/pets",
            "api.test:443",
        ] {
            assert!(!api.is_of(&other.parse().unwrap()), "{other}");
        }
    }

    #[test]
    fn a_port_that_cannot_be_reached_is_of_no_origin() {
        let api = origin("https://api.test");
        for port in ["99999", "65536", "+443", "0", "4294967739"] {
            let target = format!("https://api.test:{port}/pets").parse().unwrap();
            assert!(!api.is_of(&target), "{port}");
            assert!(Origin::of(&target).is_err(), "{port}");
        }
        let explicit = origin("https://api.test:8443");
        let target = Uri::from_static("https://api.test:99999/");
        assert!(!explicit.is_of(&target));
        assert!(api.is_of(&Uri::from_static("https://api.test:/")));
        assert!(api.is_of(&Uri::from_static("https://u:80@api.test/")));
    }

    #[test]
    fn an_address_of_version_6_is_one_origin_in_all_its_forms() {
        let api = origin("https://[::1]:8443");
        assert_eq!(api, origin("https://[0:0:0:0:0:0:0:1]:8443"));
        assert_ne!(api, origin("https://[::2]:8443"));
        assert!(!api.is_of(&Uri::from_static("https://[::1%25eth0]:8443/")));
    }

    #[track_caller]
    fn refused(text: &str, word: &str) {
        let reason = match text.parse::<Origin>() {
            Ok(_) => panic!("{text:?} is taken"),
            Err(error) => error.reason(),
        };
        assert!(reason.contains(word), "{text:?}: {reason}");
    }

    #[test]
    fn a_port_beyond_its_range_is_refused() {
        for port in ["99999", "65536", "0", "", "+443", "443x", "-1", "00000"] {
            refused(&format!("https://api.test:{port}"), "port");
            refused(&format!("http://[::1]:{port}"), "port");
        }
        assert_eq!(origin("https://api.test:00443"), origin("https://api.test"));
        assert_ne!(origin("https://api.test:65535"), origin("https://api.test"));
    }

    #[test]
    fn what_programs_read_differently_is_refused() {
        for (text, word) in [
            ("https://evil.test#@api.test", "fragment"),
            ("https://api.test#", "fragment"),
            ("https://api.test/#/x", "fragment"),
            ("https://evil.test\\@api.test", "backslash"),
            ("https:\\\\api.test", "backslash"),
            ("https://api.test?", "end after host"),
            ("https://api.test?@evil.test", "end after host"),
            ("https://me:pw@api.test", "user name"),
            ("https://@api.test", "user name"),
            ("https://me@api.test/x", "user name"),
            (" https://api.test", "blanks"),
            ("https://api.test\n", "blanks"),
            ("https://ap\ti.test", "blanks"),
            ("https://api.test\u{7f}", "control"),
            ("https://api.test\u{a0}", "blanks"),
        ] {
            refused(text, word);
        }
    }

    #[test]
    fn a_host_is_a_name_in_ascii_or_an_address() {
        for text in [
            "https://[fe80::1%25eth0]",
            "https://[fe80::1%eth0]",
            "https://[v1.x]",
            "https://[::g]",
            "https://x[::1]",
            "https://[::1]x",
            "https://münchen.test",
            "https://api。test",
            "https://a..test",
            "https://.test",
            "https://api.test..",
            "https://a'b.test",
            "https://a,b.test",
            "https://127.1",
            "https://2130706433",
            "https://0x7f.0.0.1",
            "https://127.0.0.01",
            "https://1.2.3.4.5",
            "https://:443",
        ] {
            assert!(text.parse::<Origin>().is_err(), "{text}");
        }
        for text in [
            "https://xn--mnchen-3ya.test",
            "https://api.test.",
            "https://my_host-1",
            "https://127.0.0.1:1",
            "https://[2001:db8::1]",
            "https://1.example",
        ] {
            assert!(text.parse::<Origin>().is_ok(), "{text}");
        }
    }

    #[test]
    fn what_is_no_origin_is_refused_without_being_repeated() {
        for bad in [
            "",
            "api.test",
            "ftp://api.test",
            "https://me:hunter2@api.test",
            "https://api.test/hunter2",
            "https://api.test/?hunter2",
        ] {
            let error = bad.parse::<Origin>().unwrap_err().to_string();
            assert!(error.starts_with("the origin "), "{bad}: {error}");
            assert!(!error.contains("hunter2"));
        }
    }
}
