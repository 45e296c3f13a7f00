//! Secrets as header values.

use http::HeaderValue;

use crate::{AuthorizeError, AuthorizeErrorKind};

/// `text` as a header value that `Debug` does not show. `what` is the secret, such as "the API key".
///
/// # Errors
///
/// [`InvalidSecret`](AuthorizeErrorKind::InvalidSecret), as [`check_secret`].
pub fn secret_value(what: &str, text: &str) -> Result<HeaderValue, AuthorizeError> {
    check_secret(what, text)?;
    let mut value = HeaderValue::from_str(text).map_err(|_| invalid(what, NOT_ASCII))?;
    value.set_sensitive(true);
    Ok(value)
}

/// Refuses a secret that would not arrive as it was given.
///
/// Surrounding blanks come from files and environment variables that end in a newline, and a server drops them from
/// a header: it would compare another secret.
///
/// # Errors
///
/// [`InvalidSecret`](AuthorizeErrorKind::InvalidSecret) when it is empty, begins or ends with blanks, or has anything but
/// visible ASCII in it. The error does not show the secret.
pub fn check_secret(what: &str, text: &str) -> Result<(), AuthorizeError> {
    if text.is_empty() {
        return Err(invalid(what, "is empty"));
    }
    if text.trim_ascii().len() != text.len() {
        return Err(invalid(
            what,
            "begins or ends with blanks or a newline: trim it",
        ));
    }
    let is_visible = |byte: u8| byte == b' ' || byte.is_ascii_graphic();
    if !text.bytes().all(is_visible) {
        return Err(invalid(what, NOT_ASCII));
    }
    Ok(())
}

const NOT_ASCII: &str = "has characters other than visible ASCII";

fn invalid(what: &str, fault: &str) -> AuthorizeError {
    AuthorizeError::new(AuthorizeErrorKind::InvalidSecret, format!("{what} {fault}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_not_shown() {
        let value = secret_value("the API key", "planted secret").unwrap();
        assert_eq!(value, "planted secret");
        assert_eq!(format!("{value:?}"), "Sensitive");
    }

    #[test]
    fn what_is_no_header_value_is_refused_without_being_shown() {
        for (text, fault) in [
            ("", "is empty"),
            (
                "planted\n",
                "begins or ends with blanks or a newline: trim it",
            ),
            (
                " planted",
                "begins or ends with blanks or a newline: trim it",
            ),
            ("plan\r\nted: x", "has characters other than visible ASCII"),
            ("plan\tted", "has characters other than visible ASCII"),
            ("plànted", "has characters other than visible ASCII"),
        ] {
            let error = secret_value("the API key", text).unwrap_err();
            assert_eq!(error.kind(), AuthorizeErrorKind::InvalidSecret);
            assert_eq!(error.to_string(), format!("the API key {fault}"));
            assert!(!format!("{error:?}").contains("planted"));
        }
    }
}
