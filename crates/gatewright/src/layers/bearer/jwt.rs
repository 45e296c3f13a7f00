//! The expiry that a JWT states about itself.

use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

/// The `exp` claim (RFC 7519, section 4.1.4) of a token in the compact form of a signed JWT, in seconds since 1970.
///
/// Nothing is verified: the authorizer does that. A token that is no JWT, or has no number there that is a time, has no
/// expiry.
pub(super) fn expiry(token: &str) -> Option<SystemTime> {
    let mut parts = token.split('.');
    let (_header, claims, _signature) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let claims = URL_SAFE_NO_PAD.decode(claims).ok()?;
    let claims: Value = serde_json::from_slice(&claims).ok()?;
    let seconds = claims.get("exp")?.as_f64()?.max(0.0);
    SystemTime::UNIX_EPOCH.checked_add(Duration::try_from_secs_f64(seconds).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jwt(claims: &str) -> String {
        format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims))
    }

    fn seconds(token: &str) -> Option<u64> {
        let expiry = expiry(token)?;
        Some(
            expiry
                .duration_since(SystemTime::UNIX_EPOCH)
                .unwrap()
                .as_secs(),
        )
    }

    #[test]
    fn the_claim_is_read_without_a_key() {
        for (claims, exp) in [
            (r#"{"sub":"ann","exp":1760000000}"#, 1_760_000_000),
            (r#"{"exp":1760000000.75}"#, 1_760_000_000),
            (r#"{"exp":1.76e9}"#, 1_760_000_000),
            // Before 1970: long past, whenever exactly.
            (r#"{"exp":-5}"#, 0),
            (r#"{"exp":0}"#, 0),
        ] {
            assert_eq!(seconds(&jwt(claims)), Some(exp), "{claims}");
        }
    }

    #[test]
    fn what_states_no_time_has_no_expiry() {
        for claims in [
            "{}",
            r#"{"exp":"1760000000"}"#,
            r#"{"exp":null}"#,
            r#"{"exp":1e300}"#,
            r#"{"nested":{"exp":1760000000}}"#,
            "[]",
            "no json",
            "",
        ] {
            assert_eq!(seconds(&jwt(claims)), None, "{claims}");
        }
    }

    #[test]
    fn what_is_no_jwt_has_no_expiry() {
        let claims = URL_SAFE_NO_PAD.encode(r#"{"exp":1760000000}"#);
        for token in [
            String::new(),
            "opaque".to_owned(),
            "a.b".to_owned(),
            "a.b.c".to_owned(),
            format!("e30.{claims}"),
            format!("e30.{claims}.c2ln.x"),
            format!("e30.{claims}=.c2ln"),
        ] {
            assert_eq!(seconds(&token), None, "{token}");
        }
    }
}
