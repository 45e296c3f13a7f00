//! The cache of the user.

use std::sync::{Arc, Weak};

use gatewright::expiring::{Expiring, Fetch};
use gatewright::{RefreshPolicy, Token};

use super::cause::cause;
use super::core::Core;
use super::state::{Tokens, User};
use super::token_loader::{OnUserChanged, ProcessState, UserLoader};
use crate::Error;

/// Clones share it.
#[derive(Clone)]
pub(crate) struct Users {
    cache: Expiring<UserLoader, User>,
    core: Arc<Core>,
}

impl Users {
    pub(crate) fn new(core: Arc<Core>, observer: Weak<dyn OnUserChanged>) -> Self {
        let loader = UserLoader::new(Arc::clone(&core), observer);
        Self {
            cache: Expiring::new(Arc::new(loader), RefreshPolicy::default()),
            core,
        }
    }

    pub(crate) async fn current(&self) -> Result<Arc<User>, Error> {
        let user = self.cache.get(self.core.clock.now()).value().await;
        user.map_err(cause)
    }

    /// One of the tokens of the user.
    pub(crate) async fn token(
        &self,
        take: fn(&Tokens) -> Result<Token, Error>,
    ) -> Result<Token, Error> {
        self.core.user_pool()?;
        take(self.current().await?.tokens()?)
    }

    /// A server refused this token. Invalidates the user, unless the cache has another token by now.
    pub(crate) fn refused(&self, token: &Token) {
        if let Fetch::Ready(user) = self.cache.get(self.core.clock.now())
            && user.has(token)
        {
            self.cache.invalidate(user.generation);
        }
    }

    pub(crate) fn loader(&self) -> &UserLoader {
        self.cache.provider()
    }

    /// Starts over for another user, or for nobody.
    pub(crate) fn start_over(&self, state: ProcessState) {
        self.loader().start_over(state);
        self.cache.forget();
    }
}
