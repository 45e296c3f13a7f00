//! Tokens for an authorizer, and where they come from.
//!
//! A [`Token`] is itself a provider that always gives the same token. Other providers are async functions, or types that
//! implement [`ProvideToken`]. A provider need not keep its tokens: `BearerTokenLayer` of the crate `gatewright` does.
//!
//! ```
//! use gatewright_core::token::{ProvideToken, Token};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
//! let fixed = Token::new("eyJhbGciOi");
//! assert_eq!(fixed.provide_token().await?.secret(), "eyJhbGciOi");
//! assert_eq!(format!("{fixed:?}"), "Token { secret: \"**\", expires_at: None }");
//!
//! let from_file = || async {
//!     let text = std::fs::read_to_string("no-such-file")?;
//!     Ok(Token::new(text.trim_end()))
//! };
//! assert!(from_file.provide_token().await.is_err());
//! # Ok(())
//! # }
//! ```

use std::fmt;
use std::future::Future;
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

use bytes::Bytes;
use http::HeaderValue;

use crate::epoch::Epoch;
use crate::kit::header::check_secret;
use crate::{AuthorizeError, AuthorizeErrorKind, BoxError, Secret};

/// A secret that an authorizer accepts: an ID or access token of a Cognito user pool, a JWT of another issuer, or the token
/// of a Lambda authorizer.
///
/// It is cheap to clone, and its `Debug` does not show the secret. It holds the token only, without `Bearer`. Two tokens
/// are equal if their secrets and their stated expiry are. The memory of the secret is overwritten when the last clone is
/// dropped; the copies in headers and connections are not.
#[derive(Clone)]
pub struct Token(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    secret: Secret,
    expires_at: Option<SystemTime>,
    epoch: Option<Epoch>,
    /// Made when the token is first sent.
    headers: OnceLock<Headers>,
}

/// Header values that share their bytes.
#[derive(Clone)]
struct Headers {
    bearer: HeaderValue,
    raw: HeaderValue,
}

const BEARER: &str = "Bearer ";

impl Token {
    /// A token that does not say when it expires.
    pub fn new(secret: impl Into<String>) -> Self {
        Self(Arc::new(Inner {
            secret: Secret::from(secret.into()),
            expires_at: None,
            epoch: None,
            headers: OnceLock::new(),
        }))
    }

    /// States when the token expires. The cache replaces it before that time, and does not send it after.
    ///
    /// A JWT needs no such statement: without it, the time is that of its `exp` claim.
    #[must_use]
    pub fn with_expiry(self, expires_at: SystemTime) -> Self {
        self.with(|inner| inner.expires_at = Some(expires_at))
    }

    /// States whose token it is, for a provider whose user can change. A cache drops the token when the epoch ends, and a
    /// request that was sent with it is not repeated with a token of another epoch.
    #[must_use]
    pub fn with_epoch(self, epoch: Epoch) -> Self {
        self.with(|inner| inner.epoch = Some(epoch))
    }

    fn with(self, change: impl FnOnce(&mut Inner)) -> Self {
        let mut inner = Arc::unwrap_or_clone(self.0);
        change(&mut inner);
        Self(Arc::new(inner))
    }

    /// The secret itself.
    pub fn secret(&self) -> &str {
        self.0.secret.expose()
    }

    /// When the token stops being valid, as [`with_expiry`](Self::with_expiry) stated it.
    pub fn expires_at(&self) -> Option<SystemTime> {
        self.0.expires_at
    }

    /// Whose token it is, as [`with_epoch`](Self::with_epoch) stated it.
    pub fn epoch(&self) -> Option<&Epoch> {
        self.0.epoch.as_ref()
    }

    /// `Bearer <token>` as a header value that `Debug` does not show.
    ///
    /// # Errors
    ///
    /// [`InvalidSecret`](AuthorizeErrorKind::InvalidSecret) when the token is empty, has blanks around it, or has anything
    /// but visible ASCII in it.
    pub fn to_bearer(&self) -> Result<HeaderValue, AuthorizeError> {
        Ok(self.headers()?.bearer.clone())
    }

    /// The token alone as a header value that `Debug` does not show.
    ///
    /// # Errors
    ///
    /// As [`to_bearer`](Self::to_bearer).
    pub fn to_raw(&self) -> Result<HeaderValue, AuthorizeError> {
        Ok(self.headers()?.raw.clone())
    }

    fn headers(&self) -> Result<&Headers, AuthorizeError> {
        if let Some(headers) = self.0.headers.get() {
            return Ok(headers);
        }
        let headers = Headers::new(self.secret())?;
        Ok(self.0.headers.get_or_init(|| headers))
    }

    /// Refuses a token that cannot be sent.
    #[cfg(feature = "cache")]
    pub(crate) fn check(&self) -> Result<(), AuthorizeError> {
        self.headers().map(drop)
    }
}

impl Headers {
    fn new(secret: &str) -> Result<Self, AuthorizeError> {
        check_secret("the token", secret)?;
        let bearer = Bytes::from(format!("{BEARER}{secret}"));
        let raw = bearer.slice(BEARER.len()..);
        Ok(Self {
            bearer: header(bearer)?,
            raw: header(raw)?,
        })
    }
}

fn header(bytes: Bytes) -> Result<HeaderValue, AuthorizeError> {
    let mut value = HeaderValue::from_maybe_shared(bytes).map_err(|error| {
        let message = "the token does not fit into a header";
        AuthorizeError::new(AuthorizeErrorKind::InvalidSecret, message).with_source(error)
    })?;
    value.set_sensitive(true);
    Ok(value)
}

impl PartialEq for Token {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
            || (self.secret() == other.secret() && self.expires_at() == other.expires_at())
    }
}

impl Eq for Token {}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token")
            .field("secret", &"**")
            .field("expires_at", &self.expires_at())
            .finish()
    }
}

/// Gives the token for a request.
///
/// Implemented for [`Token`] (always the same one), for functions and closures that return a future, and for an
/// [`Arc`] of a provider.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not provide tokens",
    label = "not a `ProvideToken`",
    note = "a token that never changes is a `gatewright::Token`: `Token::new(\"..\")`",
    note = "a function is given without being called: an `async fn() -> Result<Token, BoxError>`, or a closure like it"
)]
pub trait ProvideToken: Send + Sync + 'static {
    /// A token that is valid now.
    ///
    /// # Errors
    ///
    /// Any error; the request is then not sent and fails with an [`AuthorizeError`] that has this one as its source.
    fn provide_token(&self) -> impl Future<Output = Result<Token, BoxError>> + Send;

    /// An authorizer has refused this token: [`provide_token`](Self::provide_token) is called next. A provider that
    /// keeps tokens forgets this one; others need do nothing, which is the default.
    fn refused(&self, token: &Token) {
        let _ = token;
    }

    /// Whether the provider keeps its tokens itself, and replaces them in time. If so, layers ask it for each request and do
    /// not cache its tokens. The default is `false`.
    fn keeps_tokens(&self) -> bool {
        false
    }

    /// A valid token, if the provider has one without a wait. The default is `None`, and
    /// [`provide_token`](Self::provide_token) is called.
    fn token_at_hand(&self) -> Option<Token> {
        None
    }

    /// The epoch of now, if the user of this provider can change: a request that begins to wait now is not sent with a token
    /// that this epoch does not [admit](Epoch::admits). The default is `None`.
    fn current_epoch(&self) -> Option<Epoch> {
        None
    }
}

impl ProvideToken for Token {
    async fn provide_token(&self) -> Result<Token, BoxError> {
        Ok(self.clone())
    }
}

impl<P: ProvideToken> ProvideToken for Arc<P> {
    fn provide_token(&self) -> impl Future<Output = Result<Token, BoxError>> + Send {
        P::provide_token(self)
    }

    fn refused(&self, token: &Token) {
        P::refused(self, token);
    }

    fn keeps_tokens(&self) -> bool {
        P::keeps_tokens(self)
    }

    fn token_at_hand(&self) -> Option<Token> {
        P::token_at_hand(self)
    }

    fn current_epoch(&self) -> Option<Epoch> {
        P::current_epoch(self)
    }
}

impl<F, Fut> ProvideToken for F
where
    F: Fn() -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<Token, BoxError>> + Send,
{
    fn provide_token(&self) -> impl Future<Output = Result<Token, BoxError>> + Send {
        self()
    }
}
