//! The tokens of who is signed in, as providers for layers.

use std::fmt;

use gatewright::{BoxError, ProvideToken, Token};

use crate::user::Users;

/// Gives the access token of who is signed in; see [`Session::access_token`](crate::Session::access_token).
///
/// It fails with an [`Error`](crate::Error): [`SignInRequired`](crate::ErrorKind::SignInRequired) when nobody is signed in,
/// [`SessionExpired`](crate::ErrorKind::SessionExpired) when they have to do so again, and what kept the token from being
/// renewed when the last one has expired.
#[derive(Clone)]
pub struct AccessToken {
    users: Users,
}

/// Gives the ID token of who is signed in; see [`Session::id_token`](crate::Session::id_token). It fails as
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
