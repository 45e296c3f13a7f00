//! What all layers with credentials ask first: does the request want one, and may it carry one?

use gatewright_core::kit::loopback::is_private;
use http::request::Parts;
use http::{Extensions, Uri};

use super::origins::Origins;
use crate::{Auth, AuthorizeError, AuthorizeErrorKind, Origin, operation::wanted_auth};

/// Whether a layer acts: on every request that does not say what it asks for, otherwise if it `wants` the layer's
/// credential.
pub(super) fn acts(extensions: &Extensions, wants: impl FnOnce(Auth) -> bool) -> bool {
    wanted_auth(extensions).is_none_or(wants)
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
    pub(super) fn check(&self, request: &Parts, what: &str) -> Result<(), AuthorizeError> {
        self.check_connection(&request.uri, what)?;
        self.origins.check(request, what)
    }

    fn check_connection(&self, target: &Uri, what: &str) -> Result<(), AuthorizeError> {
        if self.insecure_allowed || is_private(target) {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn check(guard: &Guard, target: &str) -> Result<(), AuthorizeError> {
        let request = http::Request::get(target).body(()).unwrap();
        guard.check(&request.into_parts().0, "an API key")
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
