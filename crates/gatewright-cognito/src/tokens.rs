//! The tokens of the user, as providers for layers.

use std::fmt;

use gatewright::epoch::Epoch;
use gatewright::{BoxError, ProvideToken, Token};

use crate::Error;
use crate::user::{Tokens, Users};

/// Provides the access token of the user; see [`Session::access_token`](crate::Session::access_token).
///
/// The session keeps the token, so that no layer and no [`CachedToken`](gatewright::CachedToken) keeps it a second time.
///
/// It fails with an [`AuthorizeError`](gatewright::AuthorizeError) that [`Error::find`](crate::Error::find) finds the
/// cause of: [`SignInRequired`](crate::ErrorKind::SignInRequired) when nobody is signed in,
/// [`SessionExpired`](crate::ErrorKind::SessionExpired) when the user must sign in again, and the error of the renewal
/// when the last token has expired. If another user signs in or out while a caller waits, it fails with
/// [`UserChanged`](gatewright::AuthorizeErrorKind::UserChanged).
#[derive(Clone)]
pub struct AccessToken {
    users: Users,
}

/// Provides the ID token of the user; see [`Session::id_token`](crate::Session::id_token). It fails as
/// [`AccessToken`] does.
#[derive(Clone)]
pub struct IdToken {
    users: Users,
}

impl AccessToken {
    pub(crate) fn new(users: Users) -> Self {
        Self { users }
    }
}

impl IdToken {
    pub(crate) fn new(users: Users) -> Self {
        Self { users }
    }
}

impl ProvideToken for AccessToken {
    async fn provide_token(&self) -> Result<Token, BoxError> {
        Ok(self.users.token(access).await?)
    }

    fn refused(&self, token: &Token) {
        self.users.refused(token);
    }

    fn keeps_tokens(&self) -> bool {
        true
    }

    fn token_at_hand(&self) -> Option<Token> {
        self.users.token_at_hand(access)
    }

    fn current_epoch(&self) -> Option<Epoch> {
        Some(self.users.epochs().now())
    }
}

impl ProvideToken for IdToken {
    async fn provide_token(&self) -> Result<Token, BoxError> {
        Ok(self.users.token(Tokens::id).await?)
    }

    fn refused(&self, token: &Token) {
        self.users.refused(token);
    }

    fn keeps_tokens(&self) -> bool {
        true
    }

    fn token_at_hand(&self) -> Option<Token> {
        self.users.token_at_hand(Tokens::id)
    }

    fn current_epoch(&self) -> Option<Epoch> {
        Some(self.users.epochs().now())
    }
}

#[allow(clippy::unnecessary_wraps, reason = "an ID token may be missing")]
fn access(tokens: &Tokens) -> Result<&Token, Error> {
    Ok(&tokens.access)
}

impl fmt::Debug for AccessToken {
    /// Without the token.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessToken").finish_non_exhaustive()
    }
}

impl fmt::Debug for IdToken {
    /// Without the token.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdToken").finish_non_exhaustive()
    }
}
