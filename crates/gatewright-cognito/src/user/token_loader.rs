//! Loads the user: takes the tokens of the store, or renews them.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::SystemTime;

use gatewright::AuthorizeError;
use gatewright::expiring::{Load, Loaded};

use super::core::Core;
use super::state::{State, Tokens, User};
use super::task::detached;
use crate::store::{Record, StoredUser};
use crate::{Error, ErrorKind};

/// The loader of the cache of users.
pub(crate) struct UserLoader {
    inner: Arc<Inner>,
}

/// Observes changes of the user. The session implements it, since it caches the credentials of the user before.
pub(crate) trait OnUserChanged: Send + Sync {
    /// The user is another one, or the session has ended: earlier credentials are not valid for the present state.
    fn user_changed(&self);
}

struct Inner {
    core: Arc<Core>,
    process: Mutex<ProcessState>,
    /// Weak, since the observer owns this loader.
    observer: Weak<dyn OnUserChanged>,
}

/// The knowledge of this process that is not in the store.
#[derive(Default)]
pub(crate) struct ProcessState {
    /// The result of the last load.
    given: Option<State>,
    /// The user whose refresh token Cognito refused, with the error. It is not in the store, so the next process
    /// tries again: the reason may be a wrong client secret.
    refused: Option<(StoredUser, Error)>,
    /// A user of the store and the renewed user, if the store failed to save it.
    unsaved: Option<(StoredUser, StoredUser)>,
    /// The user signed out, and the store failed to remove the user.
    is_signed_out: bool,
}

impl ProcessState {
    pub(crate) fn after_sign_out(is_store_told: bool) -> Self {
        Self {
            is_signed_out: !is_store_told,
            ..Self::default()
        }
    }
}

/// The result of a lookup without a call to Cognito.
enum Lookup {
    Settled(State),
    ToRenew(StoredUser),
}

impl Load<User> for UserLoader {
    const WHAT: &'static str = "the tokens of the user";

    async fn load(
        &self,
        generation: u64,
        _refused: Option<Arc<User>>,
    ) -> Result<Loaded<User>, AuthorizeError> {
        let state = self.inner.state().await;
        let state = state.map_err(|error| AuthorizeError::provider_failed(Self::WHAT, error))?;
        Ok(Loaded {
            expires_at: self.inner.give(&state),
            value: User { generation, state },
        })
    }
}

impl UserLoader {
    pub(super) fn new(core: Arc<Core>, observer: Weak<dyn OnUserChanged>) -> Self {
        let inner = Inner {
            core,
            process: Mutex::default(),
            observer,
        };
        Self {
            inner: Arc::new(inner),
        }
    }

    /// Starts over for another user, or for nobody.
    pub(super) fn start_over(&self, state: ProcessState) {
        *self.inner.process() = state;
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
    async fn state(self: &Arc<Self>) -> Result<State, Error> {
        if self.core.user_pool.is_none() {
            return Ok(State::SignedOut);
        }
        let record = self.core.records.read().await?;
        match self.look_up(record.user) {
            Lookup::Settled(state) => Ok(state),
            Lookup::ToRenew(_) => {
                let this = Arc::clone(self);
                detached(async move { this.renew().await }).await
            }
        }
    }

    /// Renews tokens of the store that an earlier load returned: a new load means that they are due. Other tokens of
    /// the store are newer. Tokens without a refresh token serve until they expire.
    fn look_up(&self, user: Option<StoredUser>) -> Lookup {
        let process = self.process();
        let Some(user) = user.filter(|_| !process.is_signed_out) else {
            return Lookup::Settled(State::SignedOut);
        };
        if let Some((refused, error)) = &process.refused
            && refused.is(&user)
        {
            return Lookup::Settled(expired(&user, error));
        }
        let was_given = |given: &State| given.has_access_token(&user);
        let is_new = !process.given.as_ref().is_some_and(was_given);
        if (is_new || user.refresh.is_none()) && user.is_valid(self.core.clock.now()) {
            Lookup::Settled(State::SignedIn(Tokens::from(&user)))
        } else {
            Lookup::ToRenew(user)
        }
    }

    /// Renews the tokens in the store with the lock held. It saves new tokens before a call uses them: where refresh
    /// tokens rotate, the old one in the store is invalid by then.
    async fn renew(&self) -> Result<State, Error> {
        let _lock = self.core.records.lock().await?;
        let mut record = self.core.records.read().await?;
        let user = match self.look_up(record.user.take()) {
            Lookup::Settled(state) => return Ok(state),
            Lookup::ToRenew(user) => user,
        };
        let renewed = match self.latest(&user) {
            Some(renewed) => renewed,
            None => match self.ask(&user).await {
                Err(error) if error.kind() == ErrorKind::SessionExpired => {
                    return Ok(self.expire(user, error));
                }
                renewed => renewed?,
            },
        };
        self.save(record, user, renewed).await
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
    ) -> Result<State, Error> {
        record.user = Some(renewed.clone());
        let saved = self.core.records.write(&record).await;
        let state = State::SignedIn(Tokens::from(&renewed));
        self.process().unsaved = saved.is_err().then_some((user, renewed));
        saved.map(|()| state)
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

    /// Notes the result of a load and returns its expiry. It drops credentials of another user: the session has
    /// ended, or another process changed the store.
    fn give(&self, state: &State) -> Option<SystemTime> {
        let before = self.process().given.replace(state.clone());
        if before.is_some_and(|before| !before.has_credentials_of(state))
            && let Some(observer) = self.observer.upgrade()
        {
            observer.user_changed();
        }
        match state {
            State::SignedIn(tokens) => tokens.expires_at,
            State::SignedOut | State::Expired { .. } => None,
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
