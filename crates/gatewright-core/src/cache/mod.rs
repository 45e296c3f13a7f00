//! The cache of tokens and credentials: values that expire, from a provider that is asked as rarely as possible.
//!
//! [`CachedToken`](crate::CachedToken) and the signer's credentials are such caches. Use it to write a provider that renews
//! several values together, such as the tokens of a session.
//!
//! - Any number of callers share one load at a time. It runs in a separate task that no caller can cancel.
//! - The [`RefreshPolicy`] says when a value is loaded again, how long a load may take, and the pauses after failures.
//! - [`get`](RefreshingCache::get) never returns an expired value.
//! - All callers that wait for a load get its error. A panic of the provider is such an error.
//! - After [`forget`](RefreshingCache::forget) no older value is returned. A caller that waits at that time gets the next value
//!   if no user is known yet, and an error of the kind [`UserChanged`](crate::AuthorizeErrorKind::UserChanged) otherwise.
//!
//! ```
//! use gatewright_core::cache::{Load, Loaded, Loader, RefreshingCache};
//! use gatewright_core::{AuthorizeError, RefreshPolicy};
//! use std::sync::Arc;
//! use std::sync::atomic::{AtomicU64, Ordering};
//! use std::time::{Duration, SystemTime};
//!
//! #[derive(Default)]
//! struct Tickets(AtomicU64);
//!
//! impl Loader<u64> for Tickets {
//!     const WHAT: &'static str = "a ticket";
//!
//!     async fn load(&self, load: Load<u64>) -> Result<Loaded<u64>, AuthorizeError> {
//!         let number = self.0.fetch_add(1, Ordering::Relaxed);
//!         Ok(Loaded::new(number).until(load.now + Duration::from_secs(3600)))
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), gatewright_core::BoxError> {
//! let tickets = RefreshingCache::new(Arc::new(Tickets::default()), RefreshPolicy::default());
//! let now = SystemTime::UNIX_EPOCH;
//! assert_eq!(*tickets.get(now).value().await?, 0);
//! assert_eq!(*tickets.get(now).value().await?, 0);
//! tickets.forget();
//! assert_eq!(*tickets.get(now).value().await?, 1);
//! # Ok(())
//! # }
//! ```
//!
//! # Panics
//!
//! Inside a Tokio runtime whose timers are off, a call that waits for a value panics. Without any runtime, it fails.

// A hit takes a read lock and a reference; everything else goes through `Control`, which lets one load run at a time. A load
// holds on to the provider only, so that it ends when the last handle of the cache is dropped.

mod age;
mod fault;
mod flight;
mod loader;
mod policy;

use std::fmt;
use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::SystemTime;

pub use self::age::Clocks;
use self::age::{Age, Instants, Phase};
use self::flight::{Attempt, Control, Waiter};
pub use self::loader::{Load, Loaded, Loader};
pub use self::policy::RefreshPolicy;
use crate::AuthorizeError;
use crate::epoch::{Epoch, Epochs, Holder};
use crate::rt::instant;

/// A value, or the wait for one.
pub enum Fetch<V> {
    /// No await, no allocation.
    Ready(Arc<V>),
    /// Until the provider has responded, or failed for every caller that waits.
    Wait(Wait<V>),
}

impl<V: Send + Sync + 'static> Fetch<V> {
    /// The value of a future that is not cached.
    pub fn of(value: impl Future<Output = Result<V, AuthorizeError>> + Send + 'static) -> Self {
        Self::Wait(Box::pin(async move { value.await.map(Arc::new) }))
    }
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

/// A cache of one value of a provider. Clones share it; when the last one is dropped, the current load ends.
///
/// See the [module docs](self) for an example.
pub struct RefreshingCache<P, V> {
    shared: Arc<Shared<P, V>>,
}

struct Shared<P, V> {
    provider: Arc<P>,
    policy: RefreshPolicy,
    epochs: Epochs,
    /// Written while `control` is locked, so that a load and its value change together.
    current: RwLock<Option<Entry<V>>>,
    control: Mutex<Control<V>>,
}

/// A value, and the epoch of the cache that it was loaded in.
struct Held<V> {
    value: Arc<V>,
    epoch: Epoch,
}

impl<V> Clone for Held<V> {
    fn clone(&self) -> Self {
        Self {
            value: Arc::clone(&self.value),
            epoch: self.epoch.clone(),
        }
    }
}

/// What is in the cache.
struct Entry<V> {
    held: Held<V>,
    /// Of another provider, if it is that one's value.
    other_epoch: Option<Epoch>,
    age: Age,
    is_refused: bool,
}

impl<V> Entry<V> {
    fn is_of_the_past(&self) -> bool {
        let is_over = |epoch: &Epoch| !epoch.is_current();
        is_over(&self.held.epoch) || self.other_epoch.as_ref().is_some_and(is_over)
    }

    fn is_fresh(&self, now: SystemTime) -> bool {
        self.age.is_fresh(now) && !self.is_refused && !self.is_of_the_past()
    }

    fn phase(&self, clocks: &Clocks, policy: &RefreshPolicy) -> Phase {
        if self.is_of_the_past() {
            return Phase::Expired;
        }
        match self.age.phase(clocks, policy) {
            // A server does not take it: wait for another one, from now on.
            Phase::Fresh | Phase::Advisory if self.is_refused => Phase::Mandatory,
            phase => phase,
        }
    }

    /// The value, if a server does not take it.
    fn refused(&self) -> Option<Arc<V>> {
        self.is_refused.then(|| Arc::clone(&self.held.value))
    }
}

/// What a caller does next.
enum Step<V> {
    Serve(Held<V>),
    Wait(Waiter<V>),
    Fail(AuthorizeError),
}

impl<P, V> RefreshingCache<P, V> {
    /// An empty cache. It asks the provider when a value is first needed.
    pub fn new(provider: Arc<P>, policy: RefreshPolicy) -> Self {
        Self::with_epochs(provider, policy, Epochs::new(Holder::Unknown))
    }

    /// A cache whose values belong to these epochs: it never returns a value of an epoch that has ended. After you
    /// end an epoch, call [`clear`](Self::clear).
    pub fn with_epochs(provider: Arc<P>, policy: RefreshPolicy, epochs: Epochs) -> Self {
        let shared = Shared {
            provider,
            policy,
            epochs,
            current: RwLock::default(),
            control: Mutex::default(),
        };
        Self {
            shared: Arc::new(shared),
        }
    }

    /// The provider.
    pub fn provider(&self) -> &Arc<P> {
        &self.shared.provider
    }

    /// What to take from the value, fresh or not, unless its epoch is over.
    pub fn if_current<T>(&self, take: impl FnOnce(&Arc<V>) -> T) -> Option<T> {
        let current = self.shared.current();
        let entry = current.as_ref().filter(|entry| !entry.is_of_the_past())?;
        Some(take(&entry.held.value))
    }

    /// The epochs of the values.
    pub fn epochs(&self) -> &Epochs {
        &self.shared.epochs
    }

    /// The value, if it is fresh by the machine's clock: no wait, no load.
    pub fn fresh(&self, now: SystemTime) -> Option<Arc<V>> {
        self.if_fresh(now, Arc::clone)
    }

    /// What to take from the value, if it is fresh by the machine's clock.
    #[inline]
    pub fn if_fresh<T>(&self, now: SystemTime, take: impl FnOnce(&Arc<V>) -> T) -> Option<T> {
        let current = self.shared.current();
        let entry = current.as_ref().filter(|entry| entry.is_fresh(now))?;
        Some(take(&entry.held.value))
    }

    /// [`fresh`](Self::fresh) by more than one clock.
    pub fn fresh_by(&self, clocks: &Clocks) -> Option<Arc<V>> {
        if clocks.is_plain() {
            return self.fresh(clocks.machine);
        }
        let current = self.shared.current();
        let entry = current.as_ref()?;
        let is_fresh = entry.phase(clocks, &self.shared.policy) == Phase::Fresh;
        is_fresh.then(|| Arc::clone(&entry.held.value))
    }

    /// Records that a server refused the value, if `is_refused` returns `true` for it: callers wait for the next value, and
    /// get the old one if there is none. Does nothing if the back-off has not ended.
    pub fn refuse(&self, is_refused: impl FnOnce(&Arc<V>) -> bool) {
        let Shared { policy, .. } = &*self.shared;
        let (now, jitter) = (instant(), policy.draw());
        let mut control = self.shared.control();
        let mut current = self.shared.current_mut();
        if let Some(entry) = current.as_mut()
            && is_refused(&entry.held.value)
            && control.may_replace(entry.age.loaded, now, policy, jitter)
        {
            entry.is_refused = true;
        }
    }

    /// Drops the value, stops the current load, forgets failures, and begins a new epoch: because another user has signed in,
    /// for example.
    ///
    /// A caller that waits gets the next value if the epoch had no user: before the first value, or where
    /// [`Epochs::advance`] says so. Otherwise it fails with
    /// [`UserChanged`](crate::AuthorizeErrorKind::UserChanged), because its request would be sent as another user.
    pub fn forget(&self) {
        self.start_over(Holder::User);
    }

    /// As [`forget`](Self::forget), if you know who holds the new epoch.
    pub fn start_over(&self, holder: Holder) {
        self.shared.epochs.advance(holder);
        self.clear();
    }

    /// Drops the value, stops the current load, and forgets failures, in the current epoch. A caller that waits gets the result
    /// of another load. After [`Epochs::advance`], call it on each cache that shares these epochs.
    pub fn clear(&self) {
        let mut control = self.shared.control();
        control.forget();
        *self.shared.current_mut() = None;
    }
}

impl<P: Loader<V>, V: Send + Sync + 'static> RefreshingCache<P, V> {
    /// The value to use. By the machine's clock alone (a [`SystemTime`]) it has not expired; [`Clocks`] say more.
    pub fn get(&self, clocks: impl Into<Clocks>) -> Fetch<V> {
        let clocks = clocks.into();
        match self.fresh_by(&clocks) {
            Some(value) => Fetch::Ready(value),
            None => self.wait_or_serve(Instants::present(clocks)),
        }
    }

    fn wait_or_serve(&self, now: Instants) -> Fetch<V> {
        let began = self.shared.epochs.now();
        match self.next(&now) {
            Step::Serve(held) => Fetch::Ready(held.value),
            Step::Wait(waiter) => Fetch::Wait(self.clone().wait(waiter, now, began)),
            Step::Fail(error) => Fetch::Wait(Box::pin(ready(Err(error)))),
        }
    }

    /// Serves the value, or joins or begins a load.
    fn next(&self, now: &Instants) -> Step<V> {
        self.shared.end_overdue(now);
        let (held, phase, attempt) = self.shared.plan(now);
        let Some(attempt) = attempt else {
            return held.map_or_else(|| Step::Fail(flight::lost::<P, V>()), Step::Serve);
        };
        match (self.follow(attempt, now), held) {
            // There is a value, even if the load fails.
            (_, Some(held)) if phase == Phase::Advisory => Step::Serve(held),
            (Ok(waiter), _) => Step::Wait(waiter),
            (Err(_), Some(held)) => Step::Serve(held),
            (Err(error), None) => Step::Fail(error),
        }
    }

    /// Begins the load, if it is to be begun here.
    fn follow(&self, attempt: Attempt<V>, now: &Instants) -> Result<Waiter<V>, AuthorizeError> {
        match attempt {
            Attempt::Join(waiter) => Ok(waiter),
            Attempt::Begin(waiter) => self.begin(waiter, now),
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
    fn servable(&self, clocks: &Clocks) -> Option<(Held<V>, Phase)> {
        let current = self.current();
        let entry = current.as_ref()?;
        let phase = entry.phase(clocks, &self.policy);
        (phase != Phase::Expired).then(|| (entry.held.clone(), phase))
    }

    /// The current value, and whether a load is needed: not if another caller has just loaded it.
    fn plan(&self, now: &Instants) -> (Option<Held<V>>, Phase, Option<Attempt<V>>) {
        let mut control = self.control();
        let (held, phase) = match self.servable(&now.clocks) {
            Some((held, phase)) => (Some(held), phase),
            None => (None, Phase::Expired),
        };
        let attempt = (phase != Phase::Fresh)
            .then(|| control.attempt(phase, now.instant, &self.policy, &self.epochs));
        (held, phase, attempt)
    }
}

impl<P, V> Drop for Shared<P, V> {
    /// Nobody is left to use what a load would give.
    fn drop(&mut self) {
        self.control().stop();
    }
}

impl<P, V> fmt::Debug for RefreshingCache<P, V> {
    /// Without provider and value.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RefreshingCache").finish_non_exhaustive()
    }
}

impl<P, V> Clone for RefreshingCache<P, V> {
    fn clone(&self) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
        }
    }
}

#[cfg(test)]
mod tests;
