//! Loads the user: takes the tokens of the store, or renews them.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::SystemTime;

use gatewright::AuthorizeError;
use gatewright::cache::{Load, Loaded, Loader};
use gatewright_core::epoch::{Epoch, Epochs, user_changed};

use super::core::Core;
use super::process_state::{Known, ProcessState};
use super::state::{State, Tokens, User};
use super::task::detached;
use crate::store::{Record, StoredUser};
use crate::{Error, ErrorKind};

/// The loader of the cache of users.
pub(crate) struct UserLoader {
    inner: Arc<Inner>,
}

/// Observes changes that a load finds. The session implements it, since it has the caches of users and of credentials.
pub(crate) trait OnUserChanged: Send + Sync {
    /// Another process has changed the user, and the epoch of the user before is over.
    fn user_changed(&self);
    /// The user is the same, and the session has ended or is alive again: credentials from before are of no use.
    fn rights_changed(&self);
}

struct Inner {
    core: Arc<Core>,
    epochs: Epochs,
    process: Mutex<ProcessState>,
    /// Weak, since the observer owns this loader.
    observer: Weak<dyn OnUserChanged>,
}

/// The result of a lookup without a call to Cognito.
enum Lookup {
    Settled(State),
    ToRenew(StoredUser),
    /// The epoch of the load is over.
    OfThePast,
}

impl Loader<User> for UserLoader {
    const WHAT: &'static str = "the tokens of the user";

    async fn load(&self, load: Load<User>) -> Result<Loaded<User>, AuthorizeError> {
        let epoch = load.epoch;
        let state = self.inner.state(&epoch).await;
        let state = state.map_err(|error| AuthorizeError::provider_failed(Self::WHAT, error))?;
        let state = state.ok_or_else(user_changed)?;
        let end = self.inner.give(&state, &epoch);
        Ok(Loaded::new(User { epoch, state }).until(end))
    }
}

impl UserLoader {
    pub(super) fn new(core: Arc<Core>, epochs: Epochs, observer: Weak<dyn OnUserChanged>) -> Self {
        let inner = Inner {
            core,
            epochs,
            process: Mutex::default(),
            observer,
        };
        Self {
            inner: Arc::new(inner),
        }
    }

    /// The user, as far as this process knows.
    pub(super) fn known(&self) -> Known {
        self.inner.process().known().clone()
    }

    /// Starts over for another user, or for nobody. If this process knew another one `before`, and knows the new one by now,
    /// then a load was faster, and the epoch of the new user has begun already.
    pub(super) fn start_over(&self, state: ProcessState, before: &Known) {
        let mut process = self.inner.process();
        let has_begun = process.known() != before && process.known() == state.known();
        *process = state;
        // While the state is locked, so that no load of the epoch before changes it.
        if !has_begun {
            self.inner.epochs.advance(process.holder());
        }
    }

    /// The user of the store, with the tokens that the store should have.
    pub(crate) fn latest(&self, user: StoredUser) -> StoredUser {
        self.inner.latest(&user).unwrap_or(user)
    }

    /// The user of the store, with valid tokens. The caller holds the store's lock. Nothing is written: sign-out
    /// follows.
    pub(crate) async fn last_tokens(&self, user: StoredUser) -> Result<StoredUser, Error> {
        let user = self.latest(user);
        if user.is_valid(self.inner.core.clock.now()) {
            return Ok(user);
        }
        self.inner.ask(&user).await
    }
}

impl Inner {
    /// `None` if the epoch is over.
    async fn state(self: &Arc<Self>, epoch: &Epoch) -> Result<Option<State>, Error> {
        if self.core.user_pool.is_none() {
            return Ok(Some(State::SignedOut));
        }
        let record = self.core.records.read().await?;
        match self.look_up(record.user, epoch) {
            Lookup::Settled(state) => Ok(Some(state)),
            Lookup::OfThePast => Ok(None),
            Lookup::ToRenew(_) => {
                let (this, epoch) = (Arc::clone(self), epoch.clone());
                detached(async move { this.renew(&epoch).await }).await
            }
        }
    }

    /// Renews tokens of the store that an earlier load returned: a new load means that they are due. Other tokens of
    /// the store are newer. Tokens without a refresh token serve until they expire.
    fn look_up(&self, stored: Option<StoredUser>, epoch: &Epoch) -> Lookup {
        let Some((process, user)) = self.noticed(stored, epoch) else {
            return Lookup::OfThePast;
        };
        let Some(user) = user else {
            return Lookup::Settled(State::SignedOut);
        };
        if let Some((refused, error)) = &process.refused
            && refused.is(&user)
        {
            return Lookup::Settled(expired(&user, error));
        }
        let is_new = !process.has_given(&user, epoch);
        if (is_new || user.refresh.is_none()) && user.is_valid(self.core.clock.now()) {
            Lookup::Settled(State::SignedIn(Tokens::new(&user, epoch)))
        } else {
            Lookup::ToRenew(user)
        }
    }

    /// Compares the user of the store with the one that this process knows. Another one begins an epoch at once: no caller
    /// waits for Cognito as somebody else. `None` if the epoch of the load is over, now or since before.
    fn noticed(
        &self,
        stored: Option<StoredUser>,
        epoch: &Epoch,
    ) -> Option<(MutexGuard<'_, ProcessState>, Option<StoredUser>)> {
        let mut process = self.process();
        if !epoch.is_current() {
            return None;
        }
        let user = process.present(stored);
        if process.notice(user.as_ref()) {
            self.epochs.advance(process.holder());
            drop(process);
            self.observe(|observer| observer.user_changed());
            return None;
        }
        if user.is_some() {
            epoch.has_user();
        }
        Some((process, user))
    }

    /// Renews the tokens in the store with the lock held. It saves new tokens before a call uses them: where refresh
    /// tokens rotate, the old one in the store is invalid by then.
    async fn renew(&self, epoch: &Epoch) -> Result<Option<State>, Error> {
        let _lock = self.core.records.lock().await?;
        let mut record = self.core.records.read().await?;
        let user = match self.look_up(record.user.take(), epoch) {
            Lookup::Settled(state) => return Ok(Some(state)),
            Lookup::OfThePast => return Ok(None),
            Lookup::ToRenew(user) => user,
        };
        let renewed = match self.latest(&user) {
            Some(renewed) => renewed,
            None => match self.ask(&user).await {
                Err(error) if error.kind() == ErrorKind::SessionExpired => {
                    return Ok(Some(self.expire(user, error)));
                }
                renewed => renewed?,
            },
        };
        let state = State::SignedIn(Tokens::new(&renewed, epoch));
        self.save(record, user, renewed).await?;
        Ok(Some(state))
    }

    /// Asks the user pool for new tokens.
    async fn ask(&self, user: &StoredUser) -> Result<StoredUser, Error> {
        use ErrorKind::{PasswordResetRequired, SessionExpired, UserNotConfirmed};
        let Some(refresh) = &user.refresh else {
            return Err(Error::new(SessionExpired, NO_REFRESH_TOKEN));
        };
        // Lifetimes count from before the call, which is earlier than they begin.
        let now = self.core.clock.now();
        let pool = self.core.user_pool()?;
        let name = user.own_name();
        let response = pool.refresh(refresh, Some(&name), user.device_key());
        match response.await {
            Ok(tokens) => Ok(user.renewed(tokens, now)),
            Err(error) if matches!(error.kind(), PasswordResetRequired | UserNotConfirmed) => {
                Err(error.into_kind(SessionExpired, SIGN_IN_AGAIN))
            }
            Err(error) if error.kind() == SessionExpired => Err(user.ended(error)),
            Err(error) => Err(error),
        }
    }

    /// Saves the renewed user. If the store fails, this process keeps the tokens and saves them at the next load,
    /// without another refresh.
    async fn save(
        &self,
        mut record: Record,
        user: StoredUser,
        renewed: StoredUser,
    ) -> Result<(), Error> {
        record.user = Some(renewed.clone());
        let saved = self.core.records.write(&record).await;
        self.process().unsaved = saved.is_err().then_some((user, renewed));
        saved
    }

    /// The tokens that the store should have for this user.
    fn latest(&self, user: &StoredUser) -> Option<StoredUser> {
        let process = self.process();
        let (_, renewed) = process.unsaved.as_ref().filter(|(old, _)| old.is(user))?;
        Some(renewed.clone())
    }

    fn expire(&self, user: StoredUser, error: Error) -> State {
        let state = expired(&user, &error);
        self.process().refused = Some((user, error));
        state
    }

    /// Notes the result of a load and returns its expiry.
    fn give(&self, state: &State, epoch: &Epoch) -> Option<SystemTime> {
        let mut process = self.process();
        let has_changed = epoch.is_current() && process.give(state);
        drop(process);
        if has_changed {
            self.observe(|observer| observer.rights_changed());
        }
        match state {
            State::SignedIn(tokens) => tokens.expires_at,
            State::SignedOut | State::Expired { .. } => None,
        }
    }

    fn observe(&self, what: impl FnOnce(&dyn OnUserChanged)) {
        if let Some(observer) = self.observer.upgrade() {
            what(&*observer);
        }
    }

    fn process(&self) -> MutexGuard<'_, ProcessState> {
        self.process.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn expired(user: &StoredUser, error: &Error) -> State {
    State::Expired {
        name: user.name.clone(),
        error: error.clone(),
    }
}

const NO_REFRESH_TOKEN: &str =
    "the session has ended, and Cognito gave no refresh token for it: sign in again";
const SIGN_IN_AGAIN: &str =
    "the session has ended, and Cognito requires another step of the user: sign in again";
