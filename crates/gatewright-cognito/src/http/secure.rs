//! Passwords and tokens go over TLS, or to this machine.

use gatewright::BaseUrl;
use gatewright_core::kit::loopback::is_private;
use http::Uri;
use http::uri::InvalidUri;

use crate::{Error, ErrorKind};

/// The URL for calls to `endpoint`.
pub(super) fn target(endpoint: &BaseUrl) -> Result<Uri, Error> {
    let target: Uri = format!("{endpoint}/").parse().map_err(invalid)?;
    if is_private(&target) {
        return Ok(target);
    }
    let host = endpoint.authority().host();
    let message = format!(
        "the endpoint `http://{host}` of Cognito is not encrypted: use `https` (plain `http` is for loopback only)"
    );
    Err(Error::new(ErrorKind::Configuration, message))
}

fn invalid(source: InvalidUri) -> Error {
    let message = "the endpoint is not a URL";
    Error::because(ErrorKind::Configuration, message, source)
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
