//! Why a request could not be authorized.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::sync::Arc;

use crate::BoxError;
use crate::causes::write_causes;
use crate::epoch::Epoch;
use crate::kit::printable::Printable;

/// Why a request could not be authorized: it was **not sent**.
///
/// The layers that carry credentials return it inside a [`BoxError`]; get it back with `downcast_ref`. Its text
/// says what to do and holds no secret: no key, no token, no query value. `{:#}` prints its causes as well; for the failure
/// of a provider, print these.
///
/// ```
/// use gatewright_core::{AuthorizeError, AuthorizeErrorKind, Token};
///
/// let error: AuthorizeError = Token::new("token\n").to_bearer().unwrap_err();
/// assert_eq!(error.kind(), AuthorizeErrorKind::InvalidSecret);
///
/// let error = AuthorizeError::provider_failed("a token", "nobody is signed in");
/// assert_eq!(error.to_string(), "the provider could not give a token; see the source error");
/// assert_eq!(format!("{error:#}"), "the provider could not give a token: nobody is signed in");
/// ```
#[derive(Clone, Debug)]
pub struct AuthorizeError {
    kind: AuthorizeErrorKind,
    message: Cow<'static, str>,
    /// Shared: all calls that wait for one load get its error.
    source: Option<Arc<dyn Error + Send + Sync>>,
    epoch: Option<Epoch>,
}

/// The kinds of [`AuthorizeError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AuthorizeErrorKind {
    /// The provider of credentials or tokens failed. Its own error is the `source()`.
    ProviderFailed,
    /// A secret is empty or has characters that a header cannot carry.
    InvalidSecret,
    /// The operation asks for a credential that no layer put on the request.
    MissingCredential,
    /// The request cannot be signed so that the signed bytes are the bytes that are sent.
    Unsignable,
    /// The body is longer than the signer may hold in memory.
    BodyTooLarge,
    /// The target is not reached over TLS, so a credential would cross the network in the clear.
    InsecureTarget,
    /// The target is not one of the origins that the layer's credential is for.
    ForeignOrigin,
    /// The request already has a credential, and the layer is set to refuse that.
    Conflict,
    /// Another user has signed in or out since the request began. It is not sent as the new user.
    UserChanged,
}

impl AuthorizeError {
    /// The kind of error, for a program to match on.
    pub fn kind(&self) -> AuthorizeErrorKind {
        self.kind
    }

    /// An error of a layer with a credential. `message` says what to do and holds no secret.
    pub fn new(kind: AuthorizeErrorKind, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            kind,
            message: message.into(),
            source: None,
            epoch: None,
        }
    }

    /// States what caused it.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<BoxError>) -> Self {
        self.source = Some(Arc::from(source.into()));
        self
    }

    /// States the epoch of a provider in which the error occurred. A cache keeps a failure only until that epoch ends, so that
    /// the next user does not get the error of the previous one.
    #[must_use]
    pub fn with_epoch(mut self, epoch: Epoch) -> Self {
        self.epoch = Some(epoch);
        self
    }

    /// [`with_epoch`](Self::with_epoch), if no provider has stated one.
    #[cfg(feature = "cache")]
    pub(crate) fn or_with_epoch(self, epoch: &Epoch) -> Self {
        match self.epoch {
            Some(_) => self,
            None => self.with_epoch(epoch.clone()),
        }
    }

    /// Whether it, or one of its causes, occurred in an epoch that has ended.
    #[cfg(feature = "cache")]
    pub(crate) fn is_of_the_past(&self) -> bool {
        let first: &(dyn Error + 'static) = self;
        let mut causes = std::iter::successors(Some(first), |error| (*error).source());
        causes.any(|cause| {
            let epoch = cause
                .downcast_ref::<Self>()
                .and_then(|own| own.epoch.as_ref());
            epoch.is_some_and(|epoch| !epoch.is_current())
        })
    }

    /// The error of a provider, whose own error becomes the `source()`. `what` is the thing asked for, such as "a token".
    pub fn provider_failed(what: &str, source: impl Into<BoxError>) -> Self {
        let message = format!("the provider could not give {what}");
        Self::new(AuthorizeErrorKind::ProviderFailed, message).with_source(source)
    }
}

impl fmt::Display for AuthorizeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Printable::text(&self.message))?;
        match self.source() {
            Some(_) if !f.alternate() => f.write_str("; see the source error"),
            cause => write_causes(f, cause),
        }
    }
}

impl Error for AuthorizeError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
