//! Passwords and tokens go over TLS, or to this machine.

use std::net::IpAddr;

use gatewright::BaseUrl;
use http::Uri;
use http::uri::Scheme;

use crate::{Error, ErrorKind};

/// The URL for calls to `endpoint`.
pub(super) fn target(endpoint: &BaseUrl) -> Result<Uri, Error> {
    let host = endpoint.authority().host();
    if *endpoint.scheme() != Scheme::HTTPS && !is_loopback(host) {
        let message = format!(
            "the endpoint `http://{host}` of Cognito is not encrypted: use `https` (plain `http` is for loopback only)"
        );
        return Err(Error::new(ErrorKind::Configuration, message));
    }
    let target = format!("{endpoint}/").parse();
    target.map_err(|source: http::uri::InvalidUri| {
        Error::because(
            ErrorKind::Configuration,
            "the endpoint is not a URL",
            source,
        )
    })
}

/// `localhost`, `127.0.0.0/8` or `::1`.
fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let address = bare.parse::<IpAddr>();
    host.eq_ignore_ascii_case("localhost")
        || address.is_ok_and(|it| it.to_canonical().is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target_of(endpoint: &str) -> Result<String, Error> {
        target(&endpoint.parse().unwrap()).map(|target| target.to_string())
    }

    #[test]
    fn tls_and_loopback_may_carry_credentials() {
        for (endpoint, target) in [
            ("https://cognito.test", "https://cognito.test/"),
            ("http://localhost:4566/", "http://localhost:4566/"),
            ("http://LOCALHOST", "http://LOCALHOST/"),
            ("http://127.8.8.8:1", "http://127.8.8.8:1/"),
            ("http://[::1]:9/idp", "http://[::1]:9/idp/"),
        ] {
            assert_eq!(target_of(endpoint).unwrap(), target);
        }
    }

    #[test]
    fn plain_http_to_anywhere_else_is_refused() {
        for endpoint in [
            "http://cognito.test",
            "http://localhost.test",
            "http://127.0.0.1.test",
            "http://10.0.0.1",
            "http://[::2]",
        ] {
            let error = target_of(endpoint).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Configuration, "{endpoint}");
            assert!(error.to_string().contains("use `https`"), "{error}");
        }
    }
}
