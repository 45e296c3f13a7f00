//! What all layers with credentials check first: does the request need one, and may it carry one?

use std::fmt;

use gatewright_core::kit::loopback::is_private;
use http::request::Parts;
use http::{Extensions, Request, Uri};

use super::location::Location;

use super::origins::Origins;
use crate::{Auth, AuthorizeError, AuthorizeErrorKind, Origin, operation::wanted_auth};

/// Whether a layer acts: on every request that does not say what it asks for, otherwise if it `wants` the layer's
/// credential.
pub(super) fn acts(extensions: &Extensions, wants: impl FnOnce(Auth) -> bool) -> bool {
    wanted_auth(extensions).is_none_or(wants)
}

/// In the extensions of a request: the locations that a layer fills and may send without TLS. The setting on that layer
/// allows it, so the last check before the network lets them pass.
#[derive(Clone, Debug, Default)]
struct AllowedInClear(Vec<Location>);

impl AllowedInClear {
    fn has(extensions: &Extensions, location: &Location) -> bool {
        let allowed: Option<&Self> = extensions.get();
        allowed.is_some_and(|allowed| allowed.0.contains(location))
    }
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

    /// Sends the credential to `origin`, and to other origins only if they are named as well.
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

    /// This one and `outer` around it, as one. `None` if that takes two.
    #[cfg(feature = "transport")]
    pub(super) fn within(&self, outer: &Self) -> Option<Self> {
        Some(Self {
            insecure_allowed: self.insecure_allowed && outer.insecure_allowed,
            origins: self.origins.within(&outer.origins)?,
        })
    }

    /// Refuses a request to a foreign origin, or one that is reached neither over TLS nor over loopback. `what` is the
    /// credential, and `fills` gives the locations that the layer fills with it.
    pub(super) fn admit(
        &self,
        request: &mut Parts,
        what: &str,
        fills: impl FnOnce() -> Vec<Location>,
    ) -> Result<(), AuthorizeError> {
        let is_private = is_private(&request.uri);
        if !self.insecure_allowed && !is_private {
            return Err(insecure(&request.uri, &what, "the layer"));
        }
        self.origins.check(request, what)?;
        if !is_private {
            let allowed: &mut AllowedInClear = request.extensions.get_or_insert_default();
            allowed.0.extend(fills());
        }
        Ok(())
    }

    /// The same check for credentials that are already on the request, at these locations. It remembers nothing, since many
    /// clients share a transport.
    pub(super) fn check_carried<B>(
        &self,
        request: &Request<B>,
        mut locations: impl Iterator<Item = Location>,
    ) -> Result<(), AuthorizeError> {
        let is_fine = self.insecure_allowed || is_private(request.uri());
        // Then it makes no difference where there are credentials.
        if is_fine && self.origins.admit_stated(request) {
            return Ok(());
        }
        locations.try_for_each(|location| {
            if !is_fine && !AllowedInClear::has(request.extensions(), &location) {
                return Err(insecure(request.uri(), &location, REQUIRE_AUTH));
            }
            self.origins.check_stated(request, &location)
        })
    }
}

/// Where to allow what the last check refuses.
const REQUIRE_AUTH: &str = "`RequireAuthLayer`, on the transport or on the stack";

fn insecure(target: &Uri, what: &dyn fmt::Display, place: &str) -> AuthorizeError {
    let message = match (target.scheme_str(), target.host()) {
        (Some(scheme), Some(host)) => format!(
            "did not send {what} to `{scheme}://{host}`, which is not encrypted: use `https`, or \
             `allow_insecure()` on {place} if you trust the network"
        ),
        _ => format!(
            "did not send {what}, since the request does not say whether its target is encrypted: give it an \
             absolute `https` URI, or `allow_insecure()` on {place} if you know the connection"
        ),
    };
    AuthorizeError::new(AuthorizeErrorKind::InsecureTarget, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(guard: &Guard, target: &str) -> Result<(), AuthorizeError> {
        let (mut request, ()) = Request::get(target).body(()).unwrap().into_parts();
        guard.admit(&mut request, "an API key", Vec::new)
    }

    fn allowed(target: &str) -> bool {
        check(&Guard::default(), target).is_ok()
    }

    #[test]
    fn https_and_loopback_may_carry_credentials() {
        for target in ["https://api.test/", "http://localhost:3000/x"] {
            assert!(allowed(target), "{target}");
        }
    }

    #[test]
    fn other_targets_may_not() {
        for target in [
            "http://api.test/",
            "http://localhost@api.test/",
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
    fn what_a_layer_may_send_in_the_clear_is_not_refused_further_in() {
        let location = |name| Location::Header(http::HeaderName::from_static(name));
        let request = Request::get("http://api.test/").body(()).unwrap();
        let guard = Guard::default().allow_insecure();
        let (mut parts, ()) = request.into_parts();
        guard
            .admit(&mut parts, "an API key", || vec![location("x-api-key")])
            .unwrap();
        let request = Request::from_parts(parts, ());

        let last = Guard::default();
        let check = |name| last.check_carried(&request, [location(name)].into_iter());
        assert!(check("x-api-key").is_ok());
        let error = check("cookie").unwrap_err();
        assert_eq!(
            error.to_string(),
            "did not send the header `cookie` to `http://api.test`, which is not encrypted: use `https`, or \
             `allow_insecure()` on `RequireAuthLayer`, on the transport or on the stack if you trust the network"
        );
    }

    #[test]
    fn a_request_over_tls_carries_no_permission_to_another_place() {
        let request = Request::get("https://api.test/").body(()).unwrap();
        let location = Location::Query("token".into());
        let (mut parts, ()) = request.into_parts();
        let guard = Guard::default().allow_insecure();
        guard
            .admit(&mut parts, "a token", || vec![location.clone()])
            .unwrap();
        parts.uri = Uri::from_static("http://api.test/");
        let request = Request::from_parts(parts, ());
        let carried = [location].into_iter();
        assert!(Guard::default().check_carried(&request, carried).is_err());
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
