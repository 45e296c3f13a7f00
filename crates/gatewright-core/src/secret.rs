//! A text that nothing prints.

use std::fmt;

use zeroize::Zeroizing;

/// A password, a token, an API key, a client secret or an AWS secret key.
///
/// It has no `Display`, its `Debug` shows nothing, and its drop overwrites its memory. Copies of it are not
/// overwritten: the buffers of a request and of the connection, and each [`Token`](crate::Token) that a session
/// hands out. A sign-out drops them and does not overwrite them.
///
/// ```
/// use gatewright_core::Secret;
///
/// let password = Secret::from("correct horse battery staple");
/// assert_eq!(format!("{password:?}"), "Secret([redacted])");
/// assert_eq!(password.expose().len(), 28);
/// ```
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// The text. Keep it out of logs and messages.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret([redacted])")
    }
}
