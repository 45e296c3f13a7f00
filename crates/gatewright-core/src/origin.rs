//! Where credentials may go: scheme, host and port.
//!
//! A credential is for one API. Whatever turns a request away from it (a redirect, a base URL from a configuration that
//! somebody else writes) must not take the credential along. A client binds its requests to the origin of its base URL;
//! `only_to` on a layer does it by hand.
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
use std::str::FromStr;

use http::Uri;
use http::uri::{Authority, Scheme};

/// The origin of a URI (RFC 6454): its scheme, host and port.
///
/// Letters of the host are compared without case, and a port that is left out is the scheme's own.
///
/// In the extensions of a request it says that the request's credentials are for this origin only. A client puts it
/// there; see [`AuthorizeErrorKind::ForeignOrigin`](crate::AuthorizeErrorKind::ForeignOrigin).
#[derive(Clone)]
pub struct Origin {
    scheme: Scheme,
    authority: Authority,
}

impl Origin {
    /// The caller has made sure that the scheme is `http` or `https`.
    #[doc(hidden)]
    pub fn new(scheme: Scheme, authority: Authority) -> Self {
        Self { scheme, authority }
    }

    /// Whether `target` lies at this origin. A target without scheme or host lies at none.
    pub fn is_of(&self, target: &Uri) -> bool {
        let (Some(scheme), Some(authority)) = (target.scheme(), target.authority()) else {
            return false;
        };
        self.is_same(scheme, authority)
    }

    fn is_same(&self, scheme: &Scheme, authority: &Authority) -> bool {
        self.scheme == *scheme
            && self.authority.host().eq_ignore_ascii_case(authority.host())
            && port(&self.scheme, &self.authority) == port(scheme, authority)
    }
}

fn port(scheme: &Scheme, authority: &Authority) -> Option<u16> {
    let default = match scheme.as_str() {
        "https" => Some(443),
        "http" => Some(80),
        _ => None,
    };
    authority.port_u16().or(default)
}

impl PartialEq for Origin {
    fn eq(&self, other: &Self) -> bool {
        self.is_same(&other.scheme, &other.authority)
    }
}

impl Eq for Origin {}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme, self.authority)
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
        let uri: Uri = text.parse().map_err(|_| InvalidOrigin("is not a URL"))?;
        let parts = uri.into_parts();
        let (Some(scheme), Some(authority)) = (parts.scheme, parts.authority) else {
            return Err(InvalidOrigin(
                "needs a scheme and a host, such as `https://api.example.com`",
            ));
        };
        if scheme != Scheme::HTTP && scheme != Scheme::HTTPS {
            return Err(InvalidOrigin("must begin with `https://` or `http://`"));
        }
        if authority.as_str().contains('@') {
            return Err(InvalidOrigin("must not hold a user name or password"));
        }
        if parts.path_and_query.is_some_and(|path| path != "/") {
            return Err(InvalidOrigin("must end after host and port"));
        }
        Ok(Self { scheme, authority })
    }
}

/// Why a text is not an origin. It does not repeat the text, which may hold a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidOrigin(&'static str);

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
