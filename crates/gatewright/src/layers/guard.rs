//! What all layers with credentials ask first: does the request want one, and may it carry one?

use std::net::IpAddr;

use http::{Request, Uri};

use super::origins::Origins;
use crate::operation::wanted_auth;
use crate::{Auth, AuthorizeError, AuthorizeErrorKind, Origin};

/// Whether a layer acts: on every request that does not say what it asks for, otherwise if it `wants` the layer's
/// credential.
pub(super) fn acts<B>(request: &Request<B>, wants: impl FnOnce(Auth) -> bool) -> bool {
    wanted_auth(request.extensions()).is_none_or(wants)
}

/// Keeps credentials off networks that others can read, and away from servers that they are not for.
#[derive(Clone, Debug, Default)]
pub(super) struct Guard {
    insecure_allowed: bool,
    origins: Origins,
}

impl Guard {
    #[must_use]
    pub(super) fn allow_insecure(self) -> Self {
        Self {
            insecure_allowed: true,
            ..self
        }
    }

    /// Lets the credential go to `origin`, and to others only if they are named as well.
    #[must_use]
    pub(super) fn only_to(self, origin: Origin) -> Self {
        let origins = self.origins.and(origin);
        Self { origins, ..self }
    }

    /// [`only_to`](Self::only_to), if no origin was named yet.
    #[cfg(feature = "client")]
    #[must_use]
    pub(super) fn or_only_to(self, origin: Origin) -> Self {
        if self.origins.are_named() {
            self
        } else {
            self.only_to(origin)
        }
    }

    /// Refuses a request to a foreign origin, or one that is reached neither over TLS nor over loopback. `what` is the
    /// credential.
    pub(super) fn check<B>(&self, request: &Request<B>, what: &str) -> Result<(), AuthorizeError> {
        self.check_connection(request.uri(), what)?;
        self.origins.check(request, what)
    }

    fn check_connection(&self, target: &Uri, what: &str) -> Result<(), AuthorizeError> {
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

    fn check(guard: &Guard, target: &str) -> Result<(), AuthorizeError> {
        guard.check(&Request::get(target).body(()).unwrap(), "an API key")
    }

    fn allowed(target: &str) -> bool {
        check(&Guard::default(), target).is_ok()
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
        let guard = Guard::default().allow_insecure();
        assert!(check(&guard, "http://api.test/").is_ok());
    }

    #[test]
    fn the_ways_of_a_credential_are_narrowed_in_any_order() {
        let origin: Origin = "http://api.test".parse().unwrap();
        let first = Guard::default().only_to(origin.clone()).allow_insecure();
        let last = Guard::default().allow_insecure().only_to(origin);
        for guard in [first, last] {
            assert!(check(&guard, "http://api.test/").is_ok());
            let error = check(&guard, "http://other.test/").unwrap_err();
            assert_eq!(error.kind(), AuthorizeErrorKind::ForeignOrigin);
        }
    }

    #[test]
    fn the_refusal_names_target_and_way_out_but_nothing_else_of_the_uri() {
        let error = check(&Guard::default(), "http://user:pw@api.test/path?token=t").unwrap_err();
        assert_eq!(
            error.to_string(),
            "did not send an API key to `http://api.test`, which is not encrypted: use `https`, or \
             `allow_insecure()` on the layer if you trust the network"
        );
    }
}
