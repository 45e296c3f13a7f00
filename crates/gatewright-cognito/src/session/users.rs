//! The one cache of who is signed in.

use std::sync::{Arc, Weak};

use gatewright::expiring::{Clock, Expiring, Fetch};
use gatewright::{RefreshPolicy, Token};

use super::Shared;
use super::cause::cause;
use super::core::Core;
use super::keeper::{Keeper, Memory};
use super::user::User;
use crate::Error;

/// Clones share it.
#[derive(Clone)]
pub(crate) struct Users {
    cache: Expiring<Keeper, User>,
    clock: Clock,
}

impl Users {
    pub(super) fn new(core: Arc<Core>, session: Weak<Shared>) -> Self {
        let clock = core.clock.clone();
        let keeper = Keeper::new(core, session);
        Self {
            cache: Expiring::new(Arc::new(keeper), RefreshPolicy::default()),
            clock,
        }
    }

    pub(crate) async fn current(&self) -> Result<Arc<User>, Error> {
        let user = self.cache.get(self.clock.now()).value().await;
        user.map_err(cause)
    }

    /// A server did not take this token of theirs: there will be another one, unless there is already.
    pub(crate) fn refused(&self, token: &Token) {
        if let Fetch::Ready(user) = self.cache.get(self.clock.now())
            && user.has(token)
        {
            self.cache.invalidate(user.generation);
        }
    }

    pub(crate) fn keeper(&self) -> &Keeper {
        self.cache.provider()
    }

    /// Somebody else is signed in, or nobody any more.
    pub(super) fn start_over(&self, memory: Memory) {
        self.keeper().start_over(memory);
        self.cache.forget();
    }
}
