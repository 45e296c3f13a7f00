//! The addresses of a provider, checked before a secret goes there.

use std::fmt;

use gatewright::Origin;
use gatewright_core::kit::loopback::is_private;
use http::Uri;
use oauth2::url::Url;

use crate::error::{Error, ErrorKind};

/// A URL that secrets may be sent to: `https`, or `http` on loopback.
#[derive(Clone)]
pub(crate) struct Endpoint {
    url: Url,
    /// The same address as the transport will read it.
    uri: Uri,
}

impl Endpoint {
    /// `what` names the address in errors, which do not repeat the text: it may hold a password.
    pub(crate) fn parse(what: &str, text: &str) -> Result<Self, Error> {
        let invalid = |why: &str| Error::new(ErrorKind::InvalidUrl, format!("the {what} {why}"));
        // `Url` skips them, as browsers do.
        if text.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return Err(invalid("must not have blanks or control characters"));
        }
        let url = Url::parse(text).map_err(|_| invalid("is not a URL"))?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(invalid("must not hold a user name or password"));
        }
        // RFC 6749, sections 3.1 and 3.2.
        if url.fragment().is_some() {
            return Err(invalid("must not have a fragment"));
        }
        let uri: Uri = url.as_str().parse().map_err(|_| invalid("is not a URL"))?;
        let endpoint = Self { url, uri };
        if !is_private(&endpoint.uri) {
            let message = format!("the {what} must begin with `https://`: secrets go there");
            return Err(Error::new(ErrorKind::InsecureUrl, message));
        }
        // The transport has to read the same host and port.
        Origin::of(&endpoint.uri).map_err(|fault| invalid(fault.reason()))?;
        Ok(endpoint)
    }

    pub(crate) fn url(&self) -> &Url {
        &self.url
    }

    pub(crate) fn is_of_same_origin_as(&self, other: &Self) -> bool {
        self.url.origin() == other.url.origin()
    }

    pub(crate) fn is_at(&self, origin: &Origin) -> bool {
        origin.is_of(&self.uri)
    }

    /// The same origin with another path and no query.
    pub(crate) fn with_path(&self, path: &str) -> Result<Uri, Error> {
        let mut url = self.url.clone();
        url.set_path(path);
        url.set_query(None);
        let invalid = |_| {
            Error::new(
                ErrorKind::InvalidUrl,
                format!("{self} has an unusable path"),
            )
        };
        url.as_str().parse().map_err(invalid)
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Place(&self.uri).fmt(f)
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Endpoint({self})")
    }
}

/// Writes an address without its query, which may hold a secret.
pub(crate) struct Place<'a>(pub(crate) &'a Uri);

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (scheme, host) = (self.0.scheme_str(), self.0.authority());
        match (scheme, host) {
            (Some(scheme), Some(host)) => write!(f, "{scheme}://{host}{}", self.0.path()),
            _ => f.write_str(self.0.path()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Endpoint, ErrorKind> {
        Endpoint::parse("token endpoint", text).map_err(|error| {
            assert!(!error.to_string().contains("hunter2"), "{error}");
            error.kind()
        })
    }

    #[test]
    fn https_and_loopback_take_secrets() {
        for text in [
            "https://login.test/token?tenant=a",
            "HTTPS://login.test",
            "http://localhost:9701/token",
            "http://127.0.0.1:9701/token",
            "http://[::1]/token",
        ] {
            assert!(parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn the_open_network_does_not() {
        for text in [
            "http://login.test/token",
            "http://127.0.0.1.evil.test/token",
            "http://localhost.evil.test/token",
            "http://169.254.169.254/token",
            "ws://login.test/token",
            "ftp://login.test/token",
        ] {
            assert_eq!(parse(text).unwrap_err(), ErrorKind::InsecureUrl, "{text}");
        }
    }

    #[test]
    fn what_is_no_endpoint_is_refused_without_being_repeated() {
        for text in [
            "",
            "login.test/hunter2",
            "/token",
            "https://",
            "https://me:hunter2@login.test/token",
            "https://login.test/token#hunter2",
        ] {
            assert_eq!(parse(text).unwrap_err(), ErrorKind::InvalidUrl, "{text}");
        }
    }

    #[test]
    fn what_the_transport_would_read_as_another_place_is_refused() {
        for text in [
            "https://login.test:99999/token",
            "https://login.test:0/token",
            "https://[fe80::1%25eth0]/token",
            "https://login.test:+443/token",
            "https://lo\tgin.test/token",
            "https://login.test/to\nken",
            " https://login.test/token",
        ] {
            assert_eq!(parse(text).unwrap_err(), ErrorKind::InvalidUrl, "{text:?}");
        }
    }

    #[test]
    fn an_address_is_named_without_its_query() {
        let endpoint = parse("https://login.test:443/token?key=hunter2").unwrap();
        assert_eq!(
            format!("{endpoint:?}"),
            "Endpoint(https://login.test/token)"
        );
    }

    #[test]
    fn origins_differ_by_scheme_host_and_port() {
        let issuer = parse("https://login.test/realm").unwrap();
        let same = |text: &str| issuer.is_of_same_origin_as(&parse(text).unwrap());
        assert!(same("https://LOGIN.test:443/token"));
        assert!(!same("https://login.test:8443/token"));
        assert!(!same("https://a.login.test/token"));
        assert!(!same("https://login.test.evil.test/token"));
        assert!(!same("http://localhost/token"));
        // The URL standard reads a backslash as a slash, so this is a path and no other host.
        assert!(same("https://login.test\\@evil.test/token"));
    }
}
