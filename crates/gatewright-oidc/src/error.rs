//! What can go wrong between an app and its provider.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use gatewright::BoxError;
use gatewright_core::kit::{Printable, write_causes};

use crate::oauth_error::OAuthError;

/// Why there is no token.
///
/// Its text says what to do; `{:#}` prints the causes as well, on one line of at most 6,100 characters without control
/// characters. It holds no token, no client secret and no code: where a
/// provider repeats one of those that it was sent, `**` stands instead.
///
/// Below a layer it is the source of a [`gatewright::AuthorizeError`]:
///
/// ```
/// use gatewright_oidc::{Error, ErrorKind};
/// use std::error::Error as _;
///
/// /// Whether the user has to sign in again before this call can succeed.
/// fn needs_sign_in(error: &gatewright::AuthorizeError) -> bool {
///     let source = error.source().and_then(|source| source.downcast_ref::<Error>());
///     source.is_some_and(|error| error.kind() == ErrorKind::SignInRequired)
/// }
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() {
/// # let offline = tower::service_fn(async |_: http::Request<gatewright::Body>| Err::<http::Response<gatewright::Body>, _>("offline"));
/// let error = gatewright_oidc::Provider::discover("https://login.example.com", offline).await.unwrap_err();
/// let place = "https://login.example.com/.well-known/openid-configuration";
/// assert_eq!(format!("{error:#}"), format!("{place} did not respond: offline"));
/// # let _ = needs_sign_in;
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Error(Box<Inner>);

#[derive(Clone, Debug)]
struct Inner {
    kind: ErrorKind,
    message: String,
    oauth: Option<OAuthError>,
    retry_after: Option<Duration>,
    /// Shared: all callers that wait for one request get its error.
    source: Option<Arc<dyn StdError + Send + Sync>>,
}

/// The kinds of [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// An address is no URL, or one that an endpoint cannot have.
    InvalidUrl,
    /// An address is not reached over TLS and is not loopback, so secrets would cross the network in the clear.
    InsecureUrl,
    /// The discovery document is that of another issuer.
    IssuerMismatch,
    /// The discovery document names an endpoint at another origin, which the app has not allowed.
    ForeignEndpoint,
    /// The provider does not have what was asked for, such as a device endpoint or an ID token.
    Unsupported,
    /// The answer is not what the standard says: no JSON, too long, or without a member that it needs.
    InvalidAnswer,
    /// The provider redirects. That is not followed, because the secrets of the request would go along.
    Redirected,
    /// The provider does not know the client, or its secret is wrong: `invalid_client`.
    InvalidClient,
    /// The user has to sign in again: `invalid_grant` and the codes of OpenID Connect that ask for the user.
    SignInRequired,
    /// The user, or a policy, said no: `access_denied`.
    AccessDenied,
    /// The codes of a device flow expired before the user was done: `expired_token`.
    CodeExpired,
    /// The provider refused with another [code](Error::code).
    Refused,
    /// The provider wants fewer requests: 429.
    Throttled,
    /// The provider is out of order: 5xx.
    Unavailable,
    /// There was no answer. The transport's error is the `source()`.
    Transport,
    /// There was no answer in time.
    TimedOut,
    /// The app's own function could not store a refresh token. Its error is the `source()`.
    Store,
    /// The runtime was shut down, or a function of the app panicked.
    Interrupted,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            oauth: None,
            retry_after: None,
            source: None,
        }))
    }

    #[must_use]
    pub(crate) fn with_oauth(mut self, oauth: Option<OAuthError>) -> Self {
        self.0.oauth = oauth;
        self
    }

    #[must_use]
    pub(crate) fn with_retry_after(mut self, wait: Option<Duration>) -> Self {
        self.0.retry_after = wait;
        self
    }

    #[must_use]
    pub(crate) fn with_source(mut self, source: impl Into<BoxError>) -> Self {
        self.0.source = Some(Arc::from(source.into()));
        self
    }

    /// Takes these secrets out of what the provider said.
    #[must_use]
    pub(crate) fn without(mut self, secrets: &[&str]) -> Self {
        self.0.oauth = self.0.oauth.map(|oauth| oauth.without(secrets));
        self
    }

    /// What went wrong, for a program to decide on.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The provider's error code (RFC 6749, section 5.2), such as `invalid_scope`.
    pub fn code(&self) -> Option<&str> {
        self.0.oauth.as_ref().map(OAuthError::code)
    }

    /// What the provider says about its code, for a developer to read.
    pub fn description(&self) -> Option<&str> {
        self.0.oauth.as_ref()?.description()
    }

    /// For how long the provider wants to be left alone, as of this error. Until then requests to it fail at once.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Whether the same call may succeed later, without anybody doing anything.
    pub fn is_retryable(&self) -> bool {
        matches!(
            self.kind(),
            ErrorKind::Throttled
                | ErrorKind::Unavailable
                | ErrorKind::Transport
                | ErrorKind::TimedOut
                | ErrorKind::Store
                | ErrorKind::Interrupted
        )
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Printable::text(&self.0.message))?;
        if let Some(oauth) = &self.0.oauth {
            write!(f, " ({})", Printable::text(oauth))?;
        }
        write_causes(f, self.source().filter(|_| f.alternate()))
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_moves_no_cursor_and_fills_no_log() {
        for text in [
            "a\nb",
            "\u{1b}[2J\u{9b}2J",
            "\u{202e}\u{2066}",
            "\u{2028}\r",
        ] {
            let long = text.repeat(100_000);
            let oauth = OAuthError::new(&long, Some(&long));
            let error = Error::new(ErrorKind::Store, text).with_oauth(Some(oauth));
            let error = error.with_source(long);
            for shown in [format!("{error}"), format!("{error:#}")] {
                let moves =
                    |c: char| c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}');
                assert!(!shown.contains(moves), "{shown:?}");
                assert!(shown.chars().count() <= 6_100);
            }
        }
    }
}
