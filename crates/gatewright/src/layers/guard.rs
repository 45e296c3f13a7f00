//! What all layers with credentials ask first: does the request want one, and may it carry one?

use std::net::IpAddr;

use http::{Request, Uri};

use crate::{Auth, AuthorizeError, AuthorizeErrorKind, Operation};

/// Whether a layer acts: on every request without an [`Operation`], otherwise if the operation `wants` it.
pub(super) fn acts<B>(request: &Request<B>, wants: impl FnOnce(Auth) -> bool) -> bool {
    let operation = request.extensions().get::<Operation>();
    operation.is_none_or(|operation| wants(operation.auth()))
}

/// Keeps credentials off networks that others can read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Guard {
    insecure_allowed: bool,
}

impl Guard {
    pub(super) const INSECURE_ALLOWED: Self = Self {
        insecure_allowed: true,
    };

    /// Refuses a `target` that is reached neither over TLS nor over loopback. `what` is the credential.
    pub(super) fn check(self, target: &Uri, what: &str) -> Result<(), AuthorizeError> {
        if self.insecure_allowed || is_https(target) || is_loopback(target) {
            return Ok(());
        }
        let message = match (target.scheme_str(), target.host()) {
            (Some(scheme), Some(host)) => format!(
                "did not send {what} to `{scheme}://{host}`, which is not encrypted: use `https`, or \
                 `allow_insecure()` on the layer if you trust the network"
            ),
            _ => format!(
                "did not send {what}, since the request does not say whether its target is encrypted: give it an \
                 absolute `https` URI, or `allow_insecure()` on the layer if you know the connection"
            ),
        };
        Err(AuthorizeError::new(
            AuthorizeErrorKind::InsecureTarget,
            message,
        ))
    }
}

fn is_https(target: &Uri) -> bool {
    target.scheme() == Some(&http::uri::Scheme::HTTPS)
}

/// `http` to `localhost`, `127.0.0.0/8` or `::1`.
fn is_loopback(target: &Uri) -> bool {
    let (Some("http"), Some(host)) = (target.scheme_str(), target.host()) else {
        return false;
    };
    let address = host
        .trim_start_matches('[')
        .trim_end_matches(']')
        .parse::<IpAddr>();
    host.eq_ignore_ascii_case("localhost")
        || address.is_ok_and(|address| address.to_canonical().is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(target: &str) -> bool {
        Guard::default()
            .check(&target.parse().unwrap(), "a key")
            .is_ok()
    }

    #[test]
    fn https_and_loopback_may_carry_credentials() {
        for target in [
            "https://api.test/",
            "HTTPS://api.test/",
            "http://localhost:3000/x",
            "http://LocalHost/",
            "http://127.0.0.1/",
            "http://127.9.9.9:1/",
            "http://[::1]:3000/",
            "http://[::ffff:127.0.0.1]/",
        ] {
            assert!(allowed(target), "{target}");
        }
    }

    #[test]
    fn other_targets_may_not() {
        for target in [
            "http://api.test/",
            "http://localhost@api.test/",
            "http://localhost.api.test/",
            "http://127.0.0.1.api.test/",
            "http://10.0.0.1/",
            "http://[::2]/",
            "ftp://localhost/",
            "/pets",
            "localhost:80",
        ] {
            assert!(!allowed(target), "{target}");
        }
    }

    #[test]
    fn an_insecure_target_can_be_allowed() {
        let target = Uri::from_static("http://api.test/");
        assert!(Guard::INSECURE_ALLOWED.check(&target, "a key").is_ok());
    }

    #[test]
    fn the_refusal_names_target_and_way_out_but_nothing_else_of_the_uri() {
        let target = Uri::from_static("http://user:pw@api.test/path?token=t");
        let error = Guard::default().check(&target, "an API key").unwrap_err();
        assert_eq!(
            error.to_string(),
            "did not send an API key to `http://api.test`, which is not encrypted: use `https`, or \
             `allow_insecure()` on the layer if you trust the network"
        );
    }
}
