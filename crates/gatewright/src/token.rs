//! Tokens for an authorizer, and where they come from.
//!
//! A [`Token`] is itself a provider that always gives the same token. Anything else is an async function, or a type
//! that implements [`ProvideToken`]. It need not keep its tokens:
//! [`BearerTokenLayer`](crate::layers::BearerTokenLayer) caches them.
//!
//! ```
//! use gatewright::token::{ProvideToken, Token};
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
use std::sync::Arc;
use std::time::SystemTime;

use crate::BoxError;

/// A secret that an authorizer accepts: an ID or access token of a Cognito user pool, a JWT of another issuer, or
/// whatever a Lambda authorizer takes.
///
/// It is cheap to clone, and its `Debug` does not show the secret. It holds the token alone, without `Bearer`.
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    secret: Arc<str>,
    expires_at: Option<SystemTime>,
}

impl Token {
    /// A token that does not say when it expires.
    pub fn new(secret: impl Into<Arc<str>>) -> Self {
        Self {
            secret: secret.into(),
            expires_at: None,
        }
    }

    /// States when the token stops being valid. From then on it is not sent; before, it is replaced in time.
    ///
    /// A JWT need not be told: without this, the time is that of its `exp` claim.
    #[must_use]
    pub fn with_expiry(mut self, expires_at: SystemTime) -> Self {
        self.expires_at = Some(expires_at);
        self
    }

    /// The secret itself.
    pub fn secret(&self) -> &str {
        &self.secret
    }

    /// When the token stops being valid, as [`with_expiry`](Self::with_expiry) stated it.
    pub fn expires_at(&self) -> Option<SystemTime> {
        self.expires_at
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token")
            .field("secret", &"**")
            .field("expires_at", &self.expires_at)
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
    /// Any error; the request is then not sent and fails with an
    /// [`AuthorizeError`](crate::AuthorizeError) that has this one as its source.
    fn provide_token(&self) -> impl Future<Output = Result<Token, BoxError>> + Send;

    /// An authorizer has refused this token: [`provide_token`](Self::provide_token) is called next. A provider that
    /// keeps tokens forgets this one; others need do nothing, which is the default.
    fn refused(&self, token: &Token) {
        let _ = token;
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
