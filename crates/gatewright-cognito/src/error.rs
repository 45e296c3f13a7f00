//! Errors of sign-in, renewal and sign-out.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use gatewright::BoxError;
use gatewright_core::kit::{Printable, write_causes};

/// An error of this crate: a [kind](ErrorKind) for the program, a text that says what to do, and the cause as
/// `source()`.
///
/// `{:#}` prints the causes as well, on one line of at most 4,100 characters without control characters. The text may quote
/// Cognito and name the user. It holds no password, token, code or secret.
///
/// ```
/// use gatewright_cognito::{ErrorKind, UserPool};
///
/// let error = UserPool::new("no-pool-id", "client").unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Configuration);
/// assert!(!error.is_retryable());
/// ```
#[derive(Clone)]
pub struct Error(Arc<Fault>);

struct Fault {
    kind: ErrorKind,
    message: Cow<'static, str>,
    code: Option<String>,
    source: Option<BoxError>,
}

/// The kinds of [`Error`].
///
/// The names of exceptions are those of the Amazon Cognito user pools and identity pools API references.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A pool, an app client or a setting is wrong or does not exist: `ResourceNotFoundException` and the like.
    Configuration,
    /// Wrong user name or password, too many attempts, or a login token that the identity pool refuses:
    /// `NotAuthorizedException`.
    NotAuthorized,
    /// There is no such user, and the app client does not hide it: `UserNotFoundException`.
    UserNotFound,
    /// The user has not confirmed the sign-up: `UserNotConfirmedException`.
    UserNotConfirmed,
    /// The user must set a new password first: `PasswordResetRequiredException`.
    PasswordResetRequired,
    /// The code is wrong: `CodeMismatchException`, `EnableSoftwareTokenMFAException`.
    CodeMismatch,
    /// The code is too old: `ExpiredCodeException`.
    ExpiredCode,
    /// The new password breaks the pool's rules: `InvalidPasswordException`, `PasswordHistoryPolicyViolationException`.
    InvalidPassword,
    /// Cognito does not accept the request: `InvalidParameterException`.
    InvalidParameter,
    /// The refresh token has expired or is revoked: the user must sign in again.
    SessionExpired,
    /// Nobody is signed in, and the operation needs a user.
    SignInRequired,
    /// Nobody is signed in, and the identity pool or the configuration refuses guests.
    GuestsRefused,
    /// Too many requests, or too many attempts: `TooManyRequestsException`, `LimitExceededException`, status 429.
    Throttled,
    /// Cognito failed, or its response cannot be read: 5xx, `InternalErrorException`, a body that is not JSON.
    Service,
    /// No response: the connection failed or broke.
    Transport,
    /// No response in time (15 seconds).
    Timeout,
    /// The token store failed.
    Store,
    /// Cognito sends a challenge that this crate does not support.
    UnsupportedChallenge,
    /// Any other error; [`Error::code`] has Cognito's name for it.
    Other,
}

impl Error {
    /// The kind of the error.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Cognito's name for the error, such as `NotAuthorizedException`. `None` if the error is not from Cognito.
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// Whether the same call may succeed later. True for throttling, a failure of Cognito, and no response.
    ///
    /// A session retries a call up to two times before it returns such an error, where a retry is safe.
    pub fn is_retryable(&self) -> bool {
        use ErrorKind::{Service, Throttled, Timeout, Transport};
        matches!(self.kind(), Throttled | Service | Transport | Timeout)
    }

    /// Finds this crate's error in the source chain of `error`.
    ///
    /// ```
    /// use gatewright::AuthorizeError;
    /// use gatewright_cognito::{Error, ErrorKind, UserPool};
    ///
    /// let cause = UserPool::new("no-pool-id", "client").unwrap_err();
    /// let refused = AuthorizeError::provider_failed("a token", cause);
    /// assert_eq!(Error::find(&refused).unwrap().kind(), ErrorKind::Configuration);
    /// ```
    pub fn find<'e>(error: &'e (dyn std::error::Error + 'static)) -> Option<&'e Self> {
        let mut causes = std::iter::successors(Some(error), |error| error.source());
        causes.find_map(|cause| cause.downcast_ref())
    }

    pub(crate) fn new(kind: ErrorKind, message: impl Into<Cow<'static, str>>) -> Self {
        Self(Arc::new(Fault {
            kind,
            message: message.into(),
            code: None,
            source: None,
        }))
    }

    /// `source` must hold no secret: `{:#}` prints its text.
    pub(crate) fn because(
        kind: ErrorKind,
        message: impl Into<Cow<'static, str>>,
        source: impl Into<BoxError>,
    ) -> Self {
        Self(Arc::new(Fault {
            kind,
            message: message.into(),
            code: None,
            source: Some(source.into()),
        }))
    }

    /// An error that Cognito responded with. `code` is Cognito's name for it.
    pub(crate) fn from_response(kind: ErrorKind, message: String, code: Option<String>) -> Self {
        Self(Arc::new(Fault {
            kind,
            message: message.into(),
            code,
            source: None,
        }))
    }

    /// The same failure with another kind. The first error becomes the source.
    pub(crate) fn into_kind(self, kind: ErrorKind, message: impl Into<Cow<'static, str>>) -> Self {
        let code = self.0.code.clone();
        Self(Arc::new(Fault {
            kind,
            message: message.into(),
            code,
            source: Some(self.into()),
        }))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Printable::text(&self.0.message))?;
        write_causes(f, std::error::Error::source(self).filter(|_| f.alternate()))
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Fault {
            kind,
            message,
            code,
            source,
        } = &*self.0;
        f.debug_struct("Error")
            .field("kind", kind)
            .field("message", message)
            .field("code", code)
            .field("source", source)
            .finish()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::error::Error as _;

    #[test]
    fn what_passes_can_be_tried_again_and_what_is_refused_cannot() {
        use ErrorKind::{
            Configuration, NotAuthorized, Other, Service, SessionExpired, Store, Throttled,
            Timeout, Transport,
        };
        for kind in [Throttled, Service, Transport, Timeout] {
            assert!(Error::new(kind, "").is_retryable(), "{kind:?}");
        }
        for kind in [Configuration, NotAuthorized, SessionExpired, Store, Other] {
            assert!(!Error::new(kind, "").is_retryable(), "{kind:?}");
        }
    }

    #[test]
    fn another_kind_keeps_the_code_and_the_cause() {
        let text = "Refresh Token has been revoked".to_owned();
        let code = Some("NotAuthorizedException".to_owned());
        let refused = Error::from_response(ErrorKind::NotAuthorized, text, code);
        let error = refused.into_kind(ErrorKind::SessionExpired, "sign in again");
        assert_eq!(error.to_string(), "sign in again");
        assert_eq!(error.code(), Some("NotAuthorizedException"));
        let source = error.source().unwrap().to_string();
        assert_eq!(source, "Refresh Token has been revoked");
        assert_eq!(
            format!("{error:#}"),
            "sign in again: Refresh Token has been revoked"
        );
    }

    #[test]
    fn a_cause_moves_no_cursor_and_fills_no_log() {
        for text in [
            "a\nb",
            "\u{1b}[2J\u{9b}2J",
            "\u{202e}\u{2066}",
            "\u{2028}\r",
        ] {
            let cause = text.repeat(100_000);
            let error = Error::because(ErrorKind::Store, text, cause);
            for shown in [format!("{error}"), format!("{error:#}")] {
                let moves =
                    |c: char| c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}');
                assert!(!shown.contains(moves), "{shown:?}");
                assert!(shown.chars().count() <= 4_100);
            }
        }
    }
}
