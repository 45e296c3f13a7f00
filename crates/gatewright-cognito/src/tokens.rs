//! The tokens of who is signed in, as providers for layers.

use std::fmt;
use std::sync::Arc;

use gatewright::{BoxError, ProvideToken, Token};

use crate::Error;
use crate::session::{Shared, Tokens};

/// Gives the access token of who is signed in; see [`Session::access_token`](crate::Session::access_token).
///
/// It fails with an [`Error`]: [`SignInRequired`](crate::ErrorKind::SignInRequired) when nobody is signed in,
/// [`SessionExpired`](crate::ErrorKind::SessionExpired) when they have to do so again, and what kept the token from being
/// renewed when the last one has expired.
#[derive(Clone)]
pub struct AccessToken {
    session: Arc<Shared>,
}

/// Gives the ID token of who is signed in; see [`Session::id_token`](crate::Session::id_token). It fails as
/// [`AccessToken`] does.
#[derive(Clone)]
pub struct IdToken {
    session: Arc<Shared>,
}

impl AccessToken {
    pub(crate) fn new(session: Arc<Shared>) -> Self {
        Self { session }
    }
}

impl IdToken {
    pub(crate) fn new(session: Arc<Shared>) -> Self {
        Self { session }
    }
}

impl ProvideToken for AccessToken {
    async fn provide_token(&self) -> Result<Token, BoxError> {
        let access = |tokens: &Tokens| Ok(tokens.access.clone());
        self.session.token(access).await
    }

    fn refused(&self, token: &Token) {
        self.session.users.refused(token);
    }
}

impl ProvideToken for IdToken {
    async fn provide_token(&self) -> Result<Token, BoxError> {
        self.session.token(|tokens| tokens.id().cloned()).await
    }

    fn refused(&self, token: &Token) {
        self.session.users.refused(token);
    }
}

impl Shared {
    async fn token(&self, take: fn(&Tokens) -> Result<Token, Error>) -> Result<Token, BoxError> {
        self.core.user_pool()?;
        let user = self.users.current().await?;
        Ok(take(user.tokens()?)?)
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
