//! The cache behind tokens and credentials: values that expire, from a provider that is asked as rarely as possible.
//!
//! Layers bring it along ([`CachedToken`](crate::layers::bearer::CachedToken),
//! [`CachedCredentials`](crate::layers::sigv4::CachedCredentials)). It is here for who writes a provider of more than one
//! of them, such as a session whose tokens are renewed together.
//!
//! - However many callers there are, one load runs at a time, in a task of its own that no caller can cancel.
//! - The [`RefreshPolicy`] says when a value is loaded anew, how long a load may take, and the pauses after failures.
//! - A value that has expired is never given.
//! - The error of a load is that of all callers that wait for it. A panic of the provider is such an error.
//!
//! ```
//! use gatewright::expiring::{Expiring, Load, Loaded};
//! use gatewright::{AuthorizeError, RefreshPolicy};
//! use std::sync::Arc;
//! use std::time::{Duration, SystemTime};
//!
//! struct Tickets;
//!
//! impl Load<u64> for Tickets {
//!     const WHAT: &'static str = "a ticket";
//!
//!     async fn load(&self, generation: u64, _: Option<Arc<u64>>) -> Result<Loaded<u64>, AuthorizeError> {
//!         let expires_at = Some(SystemTime::UNIX_EPOCH + Duration::from_secs(3600 * generation));
//!         Ok(Loaded { value: generation, expires_at })
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), gatewright::BoxError> {
//! let tickets = Expiring::new(Arc::new(Tickets), RefreshPolicy::default());
//! let now = SystemTime::UNIX_EPOCH;
//! assert_eq!(*tickets.get(now).value().await?, 1);
//! assert_eq!(*tickets.get(now).value().await?, 1);
//! tickets.forget();
//! assert_eq!(*tickets.get(now).value().await?, 2);
//! # Ok(())
//! # }
//! ```
//!
//! # Panics
//!
//! Inside a Tokio runtime whose timers are off, a call that has to wait for a value panics. Without any runtime, it fails.

// A hit takes a read lock and a reference; everything else goes through `Control`, which lets one load run at a time. A load
// holds on to the provider only, so that it ends when the last handle of the cache is dropped.

mod control;
mod entry;
mod fault;
mod flight;
mod moment;
mod policy;

use std::fmt;
use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::SystemTime;

use self::control::{Attempt, Control, Ticket};
pub use self::entry::Loaded;
use self::entry::{Entry, Phase};
use self::moment::Moment;
pub use self::policy::RefreshPolicy;
use crate::AuthorizeError;
pub use crate::clock::Clock;
use crate::clock::instant;

/// Loads values of one kind.
pub trait Load<V>: Send + Sync + 'static {
    /// What is loaded, for messages: "a token".
    const WHAT: &'static str;

    /// A value that is valid now. Each load has another `generation`, counted from 1. If a server has refused the value
    /// that is to be replaced, it is `refused`.
    ///
    /// # Errors
    ///
    /// Any, as [`AuthorizeError::provider_failed`]. It is held against the provider: see [`RefreshPolicy::back_off`].
    fn load(
        &self,
        generation: u64,
        refused: Option<Arc<V>>,
    ) -> impl Future<Output = Result<Loaded<V>, AuthorizeError>> + Send;
}

/// A value, or the wait for one.
pub enum Fetch<V> {
    /// No await, no allocation.
    Ready(Arc<V>),
    /// Until the provider has answered, or failed for everyone who waits.
    Wait(Wait<V>),
}

impl<V> Fetch<V> {
    /// The value, as soon as there is one.
    ///
    /// # Errors
    ///
    /// That of the load, or of one that was too slow, panicked, or gave a value that had expired already.
    pub async fn value(self) -> Result<Arc<V>, AuthorizeError> {
        match self {
            Self::Ready(value) => Ok(value),
            Self::Wait(wait) => wait.await,
        }
    }
}

impl<V> fmt::Debug for Fetch<V> {
    /// Without the value, which may be a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ready(_) => "Ready",
            Self::Wait(_) => "Wait",
        })
    }
}

/// The wait for a load. Boxed, since the future of a provider has no name.
pub type Wait<V> = Pin<Box<dyn Future<Output = Result<Arc<V>, AuthorizeError>> + Send>>;

/// A cache of the one value that a provider gives. Clones share it; when the last one is dropped, a load under way ends.
///
/// See the [module docs](self) for an example.
pub struct Expiring<P, V> {
    shared: Arc<Shared<P, V>>,
}

struct Shared<P, V> {
    provider: Arc<P>,
    policy: RefreshPolicy,
    /// Written while `control` is locked, so that a load and its value change together.
    current: RwLock<Option<Entry<V>>>,
    control: Mutex<Control<V>>,
}

/// What a caller does.
enum Plan<V> {
    Serve(Arc<V>),
    /// Without waiting for it.
    ServeAndLoad(Arc<V>, Attempt<V>),
    /// For a load; if there is none now, the value will do.
    Wait(Option<Arc<V>>, Attempt<V>),
}

impl<P, V> Expiring<P, V> {
    /// An empty cache. The provider is asked when a value is first wanted.
    pub fn new(provider: Arc<P>, policy: RefreshPolicy) -> Self {
        let shared = Shared {
            provider,
            policy,
            current: RwLock::default(),
            control: Mutex::default(),
        };
        Self {
            shared: Arc::new(shared),
        }
    }

    /// Who gives the values.
    pub fn provider(&self) -> &Arc<P> {
        &self.shared.provider
    }

    /// What to take from the value, if it is fresh at `now`: no wait, no allocation.
    pub fn if_fresh<T>(&self, now: SystemTime, take: impl FnOnce(&Arc<V>) -> T) -> Option<T> {
        let current = self.shared.current();
        let fresh = current.as_ref().filter(|entry| entry.is_fresh(now))?;
        Some(take(&fresh.value))
    }

    /// A server refused the value of this generation: calls wait for the next one, and get the old one if there is
    /// none. Does nothing if there is a newer one already, or if back-off forbids a load.
    pub fn invalidate(&self, generation: u64) {
        let Shared { policy, .. } = &*self.shared;
        let (now, jitter) = (instant(), policy.draw());
        let mut control = self.shared.control();
        let mut current = self.shared.current_mut();
        if let Some(entry) = current.as_mut()
            && entry.generation == generation
            && control.may_replace(entry, now, policy, jitter)
        {
            entry.refuse();
        }
    }

    /// What there is belongs to the past: another user has signed in, say. The value is dropped, a load under way is
    /// stopped, and failures no longer count. Who waits for that load waits for the next one instead.
    pub fn forget(&self) {
        let mut control = self.shared.control();
        control.forget();
        *self.shared.current_mut() = None;
    }
}

impl<P: Load<V>, V: Send + Sync + 'static> Expiring<P, V> {
    /// The value to use at `now`. It has not expired.
    pub fn get(&self, now: SystemTime) -> Fetch<V> {
        self.if_fresh(now, Arc::clone)
            .map_or_else(|| self.refresh(Moment::present(now)), Fetch::Ready)
    }

    fn refresh(&self, now: Moment) -> Fetch<V> {
        self.shared.end_overdue(now);
        match self.shared.plan(now) {
            Plan::Serve(value) => Fetch::Ready(value),
            Plan::ServeAndLoad(value, attempt) => {
                // Whatever becomes of the load, there is a value.
                let _ = self.follow(attempt, now);
                Fetch::Ready(value)
            }
            Plan::Wait(value, attempt) => match (self.follow(attempt, now), value) {
                (Ok(ticket), _) => Fetch::Wait(self.clone().wait(ticket, now)),
                (Err(_), Some(value)) => Fetch::Ready(value),
                (Err(error), None) => Fetch::Wait(Box::pin(ready(Err(error)))),
            },
        }
    }

    /// Begins the load, if it is to be begun here.
    fn follow(&self, attempt: Attempt<V>, now: Moment) -> Result<Ticket<V>, AuthorizeError> {
        match attempt {
            Attempt::Join(ticket) => Ok(ticket),
            Attempt::Begin(ticket) => self.begin(ticket, now),
            Attempt::Hold(error) => Err(error),
        }
    }
}

impl<P, V> Shared<P, V> {
    fn current(&self) -> RwLockReadGuard<'_, Option<Entry<V>>> {
        self.current.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn current_mut(&self) -> RwLockWriteGuard<'_, Option<Entry<V>>> {
        self.current.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn control(&self) -> MutexGuard<'_, Control<V>> {
        self.control.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The value, unless it has expired, and what its age allows.
    fn servable(&self, now: SystemTime) -> Option<(Arc<V>, Phase)> {
        let current = self.current();
        let entry = current.as_ref()?;
        let phase = entry.phase(now);
        (phase != Phase::Expired).then(|| (Arc::clone(&entry.value), phase))
    }

    fn plan(&self, now: Moment) -> Plan<V> {
        let mut control = self.control();
        let mut attempt = |phase| control.attempt(phase, now.instant, &self.policy);
        match self.servable(now.system) {
            // Somebody else has loaded it just now.
            Some((value, Phase::Fresh)) => Plan::Serve(value),
            Some((value, Phase::Advisory)) => Plan::ServeAndLoad(value, attempt(Phase::Advisory)),
            Some((value, phase)) => Plan::Wait(Some(value), attempt(phase)),
            None => Plan::Wait(None, attempt(Phase::Expired)),
        }
    }
}

impl<P, V> Drop for Shared<P, V> {
    /// Nobody is left to use what a load would give.
    fn drop(&mut self) {
        self.control().stop();
    }
}

impl<P, V> fmt::Debug for Expiring<P, V> {
    /// Without provider and value.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Expiring").finish_non_exhaustive()
    }
}

impl<P, V> Clone for Expiring<P, V> {
    fn clone(&self) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Constant;

    impl Load<u64> for Constant {
        const WHAT: &'static str = "a number";

        async fn load(
            &self,
            generation: u64,
            _: Option<Arc<u64>>,
        ) -> Result<Loaded<u64>, AuthorizeError> {
            Ok(Loaded {
                value: generation,
                expires_at: None,
            })
        }
    }

    #[tokio::test]
    async fn who_comes_just_after_a_load_begins_no_other() {
        let cache = Expiring::new(Arc::new(Constant), RefreshPolicy::default());
        let now = SystemTime::UNIX_EPOCH;
        let Fetch::Wait(wait) = cache.get(now) else {
            panic!("the cache is empty");
        };
        assert_eq!(*wait.await.unwrap(), 1);
        // As if the value had not been there when it was looked for first.
        let Fetch::Ready(value) = cache.refresh(Moment::present(now)) else {
            panic!("there is a value");
        };
        assert_eq!(*value, 1);
        let attempt =
            cache
                .shared
                .control()
                .attempt(Phase::Expired, instant(), &cache.shared.policy);
        assert!(matches!(attempt, Attempt::Begin(ticket) if ticket.generation == 2));
    }
}
