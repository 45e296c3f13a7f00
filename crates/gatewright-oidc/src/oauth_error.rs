//! What a provider says about a refusal (RFC 6749, section 5.2).

use std::fmt;

use oauth2::url::form_urlencoded::byte_serialize;
use serde_json::Value;

use crate::error::{Error, ErrorKind};

/// More of a description is of no use to who reads an error.
const MOST_CHARACTERS: usize = 500;

/// An error code, and what the provider has to say about it.
///
/// The texts are whole, and cut where they are shown: a secret that a cut goes through would not be found.
#[derive(Clone)]
pub(crate) struct OAuthError {
    code: String,
    description: Option<String>,
}

impl OAuthError {
    pub(crate) fn new(code: &str, description: Option<&str>) -> Self {
        Self {
            code: printable(code),
            description: description.map(printable).filter(|text| !text.is_empty()),
        }
    }

    /// What stands in a body, if it is the JSON of the standard.
    pub(crate) fn in_body(body: &[u8]) -> Option<Self> {
        let body: Value = serde_json::from_slice(body).ok()?;
        let description = body.get("error_description").and_then(Value::as_str);
        Some(Self::new(body.get("error")?.as_str()?, description))
    }

    pub(crate) fn code(&self) -> &str {
        cut(&self.code)
    }

    pub(crate) fn description(&self) -> Option<&str> {
        self.description.as_deref().map(cut)
    }

    /// With `**` in place of these secrets, as they are or as a form spells them.
    pub(crate) fn without(self, secrets: &[&str]) -> Self {
        let secrets: Vec<String> = secrets.iter().flat_map(|it| spellings(it)).collect();
        let hide = |text: String| {
            let secrets = secrets.iter().filter(|secret| !secret.is_empty());
            secrets.fold(text, |text, secret| text.replace(secret, "**"))
        };
        Self {
            code: hide(self.code),
            description: self.description.map(hide),
        }
    }

    /// The error that this code is.
    pub(crate) fn into_error(self) -> Error {
        let (kind, message) = meaning(&self.code);
        Error::new(kind, message).with_oauth(Some(self))
    }
}

impl fmt::Debug for OAuthError {
    /// As it is shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OAuthError({self})")
    }
}

impl fmt::Display for OAuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())?;
        match self.description() {
            Some(description) => write!(f, ": {description}"),
            None => Ok(()),
        }
    }
}

/// RFC 6749, section 5.2; RFC 8628, section 3.5; OpenID Connect Core, section 3.1.2.6.
fn meaning(code: &str) -> (ErrorKind, &'static str) {
    match code {
        "invalid_client" => (
            ErrorKind::InvalidClient,
            "the provider does not accept the client: check its id, its secret, and whether that belongs into the body",
        ),
        "invalid_grant" | "login_required" | "interaction_required" | "consent_required" => (
            ErrorKind::SignInRequired,
            "the provider wants the user to sign in again",
        ),
        "access_denied" => (ErrorKind::AccessDenied, "access was denied"),
        "expired_token" => (
            ErrorKind::CodeExpired,
            "the codes expired before the user was done: begin again",
        ),
        "slow_down" => (ErrorKind::Throttled, "the provider wants fewer requests"),
        "server_error" | "temporarily_unavailable" => {
            (ErrorKind::Unavailable, "the provider is out of order")
        }
        _ => (ErrorKind::Refused, "the provider refused the request"),
    }
}

/// Without what a terminal would act on; the standard has no such characters either.
fn printable(text: &str) -> String {
    text.chars().filter(|char| !char.is_control()).collect()
}

fn cut(text: &str) -> &str {
    let end = text.char_indices().nth(MOST_CHARACTERS);
    end.map_or(text, |(end, _)| &text[..end])
}

/// How a secret stands in what a provider says: as it is, and as the form of the request had it.
fn spellings(secret: &str) -> [String; 2] {
    let of_form: String = byte_serialize(secret.as_bytes()).collect();
    [printable(secret), of_form]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_has_its_kind() {
        for (code, kind) in [
            ("invalid_client", ErrorKind::InvalidClient),
            ("invalid_grant", ErrorKind::SignInRequired),
            ("interaction_required", ErrorKind::SignInRequired),
            ("access_denied", ErrorKind::AccessDenied),
            ("expired_token", ErrorKind::CodeExpired),
            ("slow_down", ErrorKind::Throttled),
            ("temporarily_unavailable", ErrorKind::Unavailable),
            ("invalid_target", ErrorKind::Refused),
        ] {
            let error = OAuthError::new(code, None).into_error();
            assert_eq!((error.kind(), error.code()), (kind, Some(code)));
        }
    }

    #[test]
    fn a_secret_that_the_provider_repeats_is_hidden() {
        let told = OAuthError::new("bad hunter2", Some("hunter2 is not\u{1b}[2J it, hunter2"));
        let told = told.without(&["", "hunter2"]);
        assert_eq!(told.to_string(), "bad **: ** is not[2J it, **");
    }

    #[test]
    fn a_secret_is_hidden_though_a_description_is_cut_within_it() {
        let description = format!("{}hunter2", "x".repeat(MOST_CHARACTERS - 3));
        let told = OAuthError::new("x", Some(&description)).without(&["hunter2"]);
        assert!(!told.to_string().contains("hun"), "{told}");
    }

    #[test]
    fn a_secret_is_hidden_as_a_form_spells_it_and_without_its_control_characters() {
        let told = OAuthError::new("x", Some("client_secret=a%2F+b%C3%A9 is not a\n/b"));
        let told = told.without(&["a/ bé", "a\n/b"]);
        assert_eq!(told.to_string(), "x: client_secret=** is not **");
    }

    #[test]
    fn a_long_description_is_cut() {
        let told = OAuthError::new("x", Some(&"é".repeat(10_000)));
        assert_eq!(
            told.description().map(|text| text.chars().count()),
            Some(500)
        );
    }

    #[test]
    fn what_is_no_error_of_the_standard_says_nothing() {
        for body in [
            "",
            "<html>",
            "[]",
            "{}",
            r#"{"error":7}"#,
            r#"{"error":{"code":1}}"#,
        ] {
            assert!(OAuthError::in_body(body.as_bytes()).is_none(), "{body}");
        }
    }
}
