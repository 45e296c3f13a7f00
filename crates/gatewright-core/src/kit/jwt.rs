//! The claims of a token. Nothing is verified here: the service that accepts the token does that.

use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

/// The claims of a JSON Web Token (RFC 7519). They have no `Debug`, for they are personal.
#[allow(missing_debug_implementations, reason = "claims are personal")]
pub struct Claims(Map<String, Value>);

impl Claims {
    /// `None` if it is no signed JWT in its compact form.
    pub fn read(token: &str) -> Option<Self> {
        let mut parts = token.split('.');
        let (_header, claims, _signature) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        let json = URL_SAFE_NO_PAD.decode(claims).ok()?;
        serde_json::from_slice(&json).ok().map(Self)
    }

    /// The claim of this name, if it is a text.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }

    /// When a token that came at `now` expires, by the same clock as `now`.
    ///
    /// A token with `iat` says how long it lives, and that holds whatever the issuer's clock shows.
    pub fn expiry(&self, now: SystemTime) -> Option<SystemTime> {
        let expires = self.seconds("exp")?;
        match self.seconds("iat").and_then(|at| expires.checked_sub(at)) {
            Some(lifetime) if !lifetime.is_zero() => now.checked_add(lifetime),
            _ => SystemTime::UNIX_EPOCH.checked_add(expires),
        }
    }

    /// Whom the token is about: its issuer and its subject. `None` if it does not name both.
    pub fn subject(&self) -> Option<(&str, &str)> {
        Some((self.text("iss")?, self.text("sub")?))
    }

    /// Seconds since 1970.
    fn seconds(&self, name: &str) -> Option<Duration> {
        let seconds = self.0.get(name)?.as_f64()?;
        Duration::try_from_secs_f64(seconds.max(0.0)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_790_000_000;

    fn expiry(claims: &str) -> Option<u64> {
        let token = format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims));
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(NOW);
        let expiry = Claims::read(&token)?.expiry(now)?;
        let since = expiry.duration_since(SystemTime::UNIX_EPOCH);
        since.ok().map(|since| since.as_secs())
    }

    #[test]
    fn a_lifetime_counts_from_now_whatever_the_issuers_clock_says() {
        assert_eq!(expiry(r#"{"iat":100,"exp":400}"#), Some(NOW + 300));
        assert_eq!(
            expiry(r#"{"iat":1890000000,"exp":1890003600}"#),
            Some(NOW + 3600)
        );
    }

    #[test]
    fn without_an_issue_time_the_expiry_is_taken_as_it_is() {
        assert_eq!(expiry(r#"{"exp":1790000100}"#), Some(NOW + 100));
        assert_eq!(expiry(r#"{"exp":1790000100,"iat":"x"}"#), Some(NOW + 100));
        assert_eq!(
            expiry(r#"{"exp":1790000100,"iat":1790000100}"#),
            Some(NOW + 100)
        );
        assert_eq!(expiry(r#"{"exp":-5}"#), Some(0));
    }

    #[test]
    fn what_states_no_time_has_no_expiry() {
        for claims in [
            "{}",
            r#"{"exp":"1790000100"}"#,
            r#"{"exp":1e300}"#,
            "[]",
            "",
        ] {
            assert_eq!(expiry(claims), None, "{claims}");
        }
    }

    #[test]
    fn what_is_no_jwt_has_no_claims() {
        for token in ["", "opaque", "a.b", "a.b.c", "e30.e30.c.d", "e30.e30=.c"] {
            assert!(Claims::read(token).is_none(), "{token}");
        }
    }
}
