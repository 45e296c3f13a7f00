//! A login with another provider than the user pool.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use gatewright::{BoxError, ProvideToken, Token};

use crate::{Error, ErrorKind};

/// The provider's name in the identity pool, and the provider of its tokens.
pub(crate) struct Login {
    name: String,
    provider: Arc<dyn ErasedProvider>,
}

impl Login {
    pub(crate) fn new(name: String, provider: impl ProvideToken) -> Self {
        Self {
            name,
            provider: Arc::new(provider),
        }
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(super) async fn token(&self) -> Result<Token, Error> {
        let token = self.provider.provide().await;
        token.map_err(|source| {
            let message = format!("the login with {} gave no token", self.name);
            Error::because(ErrorKind::SignInRequired, message, source)
        })
    }

    pub(super) fn refused(&self, token: &Token) {
        self.provider.refused(token);
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Login").field(&self.name).finish()
    }
}

/// [`ProvideToken`] as a trait object.
trait ErasedProvider: Send + Sync {
    fn provide(&self) -> Pin<Box<dyn Future<Output = Result<Token, BoxError>> + Send + '_>>;
    fn refused(&self, token: &Token);
}

impl<P: ProvideToken> ErasedProvider for P {
    fn provide(&self) -> Pin<Box<dyn Future<Output = Result<Token, BoxError>> + Send + '_>> {
        Box::pin(self.provide_token())
    }

    fn refused(&self, token: &Token) {
        ProvideToken::refused(self, token);
    }
}
