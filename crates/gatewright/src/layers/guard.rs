//! What all layers with credentials ask first: does the request want one, and may it carry one?

use std::borrow::Cow;
use std::fmt;
use std::net::IpAddr;

use http::{Extensions, HeaderName, Request, Uri};

use super::origins::Origins;
use crate::operation::wanted_auth;
use crate::{Auth, AuthorizeError, AuthorizeErrorKind, Origin};

/// Whether a layer acts: on every request that does not say what it asks for, otherwise if it `wants` the layer's
/// credential.
pub(super) fn acts<B>(request: &Request<B>, wants: impl FnOnce(Auth) -> bool) -> bool {
    wanted_auth(request.extensions()).is_none_or(wants)
}

/// A place of a request that can hold a credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Spot {
    Header(HeaderName),
    Query(Cow<'static, str>),
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Header(name) => write!(f, "the header `{name}`"),
            Self::Query(name) => write!(f, "the query parameter `{name}`"),
        }
    }
}

/// In the extensions of a request: the places that a layer fills and may send without TLS. Its user has said so on that
/// layer, and the last check before the network does not ask again.
#[derive(Clone, Debug, Default)]
struct AllowedInClear(Vec<Spot>);

impl AllowedInClear {
    fn has(extensions: &Extensions, spot: &Spot) -> bool {
        let allowed: Option<&Self> = extensions.get();
        allowed.is_some_and(|allowed| allowed.0.contains(spot))
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
    /// credential, and `spots` are the places that the layer fills with it.
    pub(super) fn admit<B>(
        &self,
        request: &mut Request<B>,
        what: &str,
        spots: impl IntoIterator<Item = Spot>,
    ) -> Result<(), AuthorizeError> {
        self.check(request, what)?;
        if self.insecure_allowed && !is_private(request.uri()) {
            let allowed: &mut AllowedInClear = request.extensions_mut().get_or_insert_default();
            allowed.0.extend(spots);
        }
        Ok(())
    }

    fn check<B>(&self, request: &Request<B>, what: &str) -> Result<(), AuthorizeError> {
        if !self.insecure_allowed && !is_private(request.uri()) {
            return Err(insecure(request.uri(), &what, "the layer"));
        }
        self.origins.check(request, what)
    }

    /// The same of a credential that is on the request already, whoever put it there. It remembers nothing, since many
    /// clients share a transport.
    pub(super) fn check_carried<B>(
        &self,
        request: &Request<B>,
        spot: &Spot,
    ) -> Result<(), AuthorizeError> {
        let is_fine = self.insecure_allowed || is_private(request.uri());
        if !is_fine && !AllowedInClear::has(request.extensions(), spot) {
            return Err(insecure(request.uri(), spot, REQUIRE_AUTH));
        }
        self.origins.check_stated(request, spot)
    }
}

/// Where a user allows what the last check refuses.
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

/// Whether nobody else can read what goes there.
fn is_private(target: &Uri) -> bool {
    is_https(target) || is_loopback(target)
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
        let mut request = Request::get(target).body(()).unwrap();
        guard.admit(&mut request, "an API key", [])
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
    fn what_a_layer_may_send_in_the_clear_is_not_refused_further_in() {
        let spot = |name| Spot::Header(HeaderName::from_static(name));
        let mut request = Request::get("http://api.test/").body(()).unwrap();
        let guard = Guard::default().allow_insecure();
        guard
            .admit(&mut request, "an API key", [spot("x-api-key")])
            .unwrap();

        let last = Guard::default();
        assert!(last.check_carried(&request, &spot("x-api-key")).is_ok());
        let error = last.check_carried(&request, &spot("cookie")).unwrap_err();
        assert_eq!(
            error.to_string(),
            "did not send the header `cookie` to `http://api.test`, which is not encrypted: use `https`, or \
             `allow_insecure()` on `RequireAuthLayer`, on the transport or on the stack if you trust the network"
        );
    }

    #[test]
    fn a_request_over_tls_carries_no_permission_to_another_place() {
        let mut request = Request::get("https://api.test/").body(()).unwrap();
        let spot = Spot::Query("token".into());
        let guard = Guard::default().allow_insecure();
        guard
            .admit(&mut request, "a token", [spot.clone()])
            .unwrap();
        *request.uri_mut() = Uri::from_static("http://api.test/");
        assert!(Guard::default().check_carried(&request, &spot).is_err());
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
