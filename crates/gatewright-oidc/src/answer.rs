//! What a token endpoint answers (RFC 6749, section 5.1; OpenID Connect Core, section 3.1.3.3).

use std::fmt;
use std::time::Duration;

use oauth2::basic::BasicTokenType;
use oauth2::{AccessToken, RefreshToken, Scope, TokenResponse};
use serde::de::Deserializer;
use serde::ser::{Error as _, Serializer};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A success, read leniently: what is missing or no text is empty here, and who takes the tokens out decides.
///
/// The oauth2 crate's own type has no ID token and takes no `expires_in` but a number, while some providers send a text.
pub(crate) struct Answer {
    access_token: AccessToken,
    token_type: BasicTokenType,
    expires_in: Option<Duration>,
    refresh_token: Option<RefreshToken>,
    id_token: Option<String>,
}

impl Answer {
    pub(crate) fn id_token(&self) -> Option<&str> {
        self.id_token.as_deref()
    }

    /// Compared without case (RFC 6749, section 5.1).
    pub(crate) fn is_bearer(&self) -> bool {
        self.token_type == BasicTokenType::Bearer
    }
}

impl TokenResponse for Answer {
    type TokenType = BasicTokenType;

    fn access_token(&self) -> &AccessToken {
        &self.access_token
    }

    fn token_type(&self) -> &BasicTokenType {
        &self.token_type
    }

    /// `None` also if the provider states no time that lies ahead.
    fn expires_in(&self) -> Option<Duration> {
        self.expires_in
    }

    fn refresh_token(&self) -> Option<&RefreshToken> {
        self.refresh_token.as_ref()
    }

    /// Not kept: the API decides what the token is good for.
    fn scopes(&self) -> Option<&Vec<Scope>> {
        None
    }
}

impl<'de> Deserialize<'de> for Answer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let members = Map::deserialize(deserializer)?;
        let text = |name| text(&members, name);
        Ok(Self {
            access_token: AccessToken::new(text("access_token").unwrap_or_default()),
            token_type: token_type(text("token_type").unwrap_or_default()),
            expires_in: members.get("expires_in").and_then(seconds),
            refresh_token: text("refresh_token").map(RefreshToken::new),
            id_token: text("id_token"),
        })
    }
}

fn text(members: &Map<String, Value>, name: &str) -> Option<String> {
    let text = members.get(name)?.as_str()?;
    (!text.is_empty()).then(|| text.to_owned())
}

fn token_type(text: String) -> BasicTokenType {
    if text.eq_ignore_ascii_case("bearer") {
        BasicTokenType::Bearer
    } else {
        BasicTokenType::Extension(text)
    }
}

fn seconds(value: &Value) -> Option<Duration> {
    let seconds = match value {
        Value::String(text) => text.parse().ok()?,
        number => number.as_f64()?,
    };
    let is_ahead = seconds > 0.0;
    is_ahead.then(|| Duration::try_from_secs_f64(seconds).ok())?
}

impl Serialize for Answer {
    /// Fails: the trait [`TokenResponse`] demands that it is there, and tokens are written nowhere.
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(S::Error::custom("tokens are not serialized"))
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("expires_in", &self.expires_in)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(json: &str) -> Answer {
        serde_json::from_str(json).unwrap()
    }

    fn lifetime(expires_in: &str) -> Option<u64> {
        let answer = answer(&format!(r#"{{"expires_in":{expires_in}}}"#));
        answer.expires_in().map(|lifetime| lifetime.as_secs())
    }

    #[test]
    fn lifetimes_are_read_in_all_the_ways_that_providers_write_them() {
        assert_eq!(lifetime("3600"), Some(3600));
        assert_eq!(lifetime("\"3599\""), Some(3599));
        assert_eq!(lifetime("299.9"), Some(299));
    }

    #[test]
    fn a_lifetime_that_is_none_is_not_stated() {
        for none in [
            "0", "-1", "null", "\"soon\"", "\"\"", "1e300", "\"NaN\"", "true", "{}",
        ] {
            assert_eq!(lifetime(none), None, "{none}");
        }
    }

    #[test]
    fn the_token_type_is_compared_without_case() {
        for (token_type, is_bearer) in [
            (r#""Bearer""#, true),
            (r#""bearer""#, true),
            (r#""BEARER""#, true),
            (r#""DPoP""#, false),
            (r#""""#, false),
            ("null", false),
        ] {
            let answer = answer(&format!(r#"{{"token_type":{token_type}}}"#));
            assert_eq!(answer.is_bearer(), is_bearer, "{token_type}");
        }
    }

    #[test]
    fn tokens_are_neither_shown_nor_serialized() {
        let answer =
            answer(r#"{"access_token":"hunter2","refresh_token":"hunter2","id_token":"hunter2"}"#);
        assert_eq!(answer.id_token(), Some("hunter2"));
        assert_eq!(format!("{answer:?}"), "Answer { expires_in: None, .. }");
        assert!(serde_json::to_string(&answer).is_err());
    }
}
