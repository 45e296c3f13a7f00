//! The tokens of the user, as providers for layers.

use std::fmt;

use gatewright::{BoxError, ProvideToken, Token};

use crate::user::Users;

/// Provides the access token of the user; see [`Session::access_token`](crate::Session::access_token).
///
/// It fails with an [`Error`](crate::Error): [`SignInRequired`](crate::ErrorKind::SignInRequired) when nobody is
/// signed in, [`SessionExpired`](crate::ErrorKind::SessionExpired) when the user must sign in again, and the error of
/// the renewal when the last token has expired.
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
        let token = self.users.token(|tokens| Ok(tokens.access.clone()));
        Ok(token.await?)
    }

    fn refused(&self, token: &Token) {
        self.users.refused(token);
    }
}

impl ProvideToken for IdToken {
    async fn provide_token(&self) -> Result<Token, BoxError> {
        let token = self.users.token(|tokens| tokens.id().cloned());
        Ok(token.await?)
    }

    fn refused(&self, token: &Token) {
        self.users.refused(token);
    }
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
