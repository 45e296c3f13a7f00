//! The cache of the user.

use std::sync::{Arc, Weak};

use gatewright::cache::RefreshingCache;
use gatewright::epoch::{Epochs, user_changed};
use gatewright::{AuthorizeError, AuthorizeErrorKind, RefreshPolicy, Token};

use super::cause::cause;
use super::core::Core;
use super::process_state::{Known, ProcessState};
use super::state::{Tokens, User};
use super::token_loader::{OnUserChanged, UserLoader};
use crate::Error;

/// Takes one of the tokens of a user.
pub(crate) type Take = fn(&Tokens) -> Result<&Token, Error>;

/// Clones share it.
#[derive(Clone)]
pub(crate) struct Users {
    cache: RefreshingCache<UserLoader, User>,
    core: Arc<Core>,
}

impl Users {
    pub(crate) fn new(core: Arc<Core>, epochs: &Epochs, observer: Weak<dyn OnUserChanged>) -> Self {
        let loader = UserLoader::new(Arc::clone(&core), epochs.clone(), observer);
        let policy = RefreshPolicy::default();
        Self {
            cache: RefreshingCache::with_epochs(Arc::new(loader), policy, epochs.clone()),
            core,
        }
    }

    pub(crate) fn epochs(&self) -> &Epochs {
        self.cache.epochs()
    }

    /// The user of now, whoever was the user when the wait began.
    pub(crate) async fn current(&self) -> Result<Arc<User>, Error> {
        loop {
            match self.load().await {
                Err(error) if error.kind() == AuthorizeErrorKind::UserChanged => {}
                loaded => return loaded.map_err(cause),
            }
        }
    }

    async fn load(&self) -> Result<Arc<User>, AuthorizeError> {
        self.cache.get(self.core.clock.now()).value().await
    }

    /// One of the tokens of the user, for a request that begins now. It fails if another user comes meanwhile.
    pub(crate) async fn token(&self, take: Take) -> Result<Token, AuthorizeError> {
        let began = self.epochs().now();
        self.core.user_pool().map_err(no_token)?;
        match self.load().await {
            Ok(user) => {
                let token = taken(&user, take)?;
                let is_same = began.admits(&user.epoch);
                is_same.then_some(token).ok_or_else(user_changed)
            }
            // That nobody is signed in says more than that somebody else was.
            Err(error) if error.kind() == AuthorizeErrorKind::UserChanged => {
                let user = self.current().await.map_err(no_token)?;
                taken(&user, take)?;
                Err(user_changed())
            }
            Err(error) => Err(no_token(cause(error)).with_epoch(began)),
        }
    }

    /// One of the tokens of the user, if it is fresh.
    pub(crate) fn token_at_hand(&self, take: Take) -> Option<Token> {
        let now = self.core.clock.now();
        let token = |user: &Arc<User>| Some(take(user.tokens().ok()?).ok()?.clone());
        self.cache.if_fresh(now, token)?
    }

    /// A server refused this token. The next call waits for another one, unless the cache has it by now.
    pub(crate) fn refused(&self, token: &Token) {
        self.cache.refuse(|user| user.has(token));
    }

    pub(crate) fn loader(&self) -> &UserLoader {
        self.cache.provider()
    }

    /// The user, as far as this process knows.
    pub(crate) fn known(&self) -> Known {
        self.loader().known()
    }

    /// Begins the epoch of another user, or of nobody; `before` is [`known`](Self::known) before the store was written. The
    /// caches are cleared next.
    pub(crate) fn start_over(&self, state: ProcessState, before: &Known) {
        self.loader().start_over(state, before);
    }

    /// Drops the user of an epoch that is over.
    pub(crate) fn clear(&self) {
        self.cache.clear();
    }
}

fn taken(user: &User, take: Take) -> Result<Token, AuthorizeError> {
    let token = user.tokens().and_then(take);
    let token = token.map_err(|error| no_token(error).with_epoch(user.epoch.clone()))?;
    Ok(token.clone())
}

fn no_token(error: Error) -> AuthorizeError {
    AuthorizeError::provider_failed("a token", error)
}
