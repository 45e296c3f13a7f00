//! Keeps who is signed in up to date: takes the tokens of the store, or renews them.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::SystemTime;

use gatewright::AuthorizeError;
use gatewright::expiring::{Load, Loaded};

use super::core::Core;
use super::state::{State, Tokens, User};
use super::task::detached;
use crate::store::{Record, StoredUser};
use crate::{Error, ErrorKind};

/// What the session's cache of users loads from.
pub(crate) struct UserLoader {
    inner: Arc<Inner>,
}

/// Hears of another user, or of the end of a session. The session does, which holds credentials of the user before.
pub(crate) trait OnUserChanged: Send + Sync {
    /// Credentials that were given out so far are not right for the user of now.
    fn user_changed(&self);
}

struct Inner {
    core: Arc<Core>,
    process: Mutex<ProcessState>,
    /// Weak, or the two would keep each other alive.
    observer: Weak<dyn OnUserChanged>,
}

/// What this process knows beyond the store.
#[derive(Default)]
pub(crate) struct ProcessState {
    /// What was handed out last.
    given: Option<State>,
    /// Whose refresh token Cognito refused, and how. Not in the store: what was refused for a wrong client secret, say, is
    /// tried again by the next process.
    refused: Option<(StoredUser, Error)>,
    /// Tokens that replace those of a user in the store, and that the store did not take.
    unsaved: Option<(StoredUser, StoredUser)>,
    /// Somebody signed out, and the store could not be told.
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

/// What is known without asking Cognito.
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

    /// Somebody else is signed in, or nobody any more.
    pub(super) fn start_over(&self, state: ProcessState) {
        *self.inner.process() = state;
    }

    /// The user of the store, with the tokens that the store should have.
    pub(crate) fn latest(&self, user: StoredUser) -> StoredUser {
        self.inner.latest(&user).unwrap_or(user)
    }

    /// The user of the store, with tokens that are valid. The store is locked, and is not told: this is for who is
    /// about to sign out.
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

    /// Tokens of the store that were handed out before are to be renewed, or nobody would look; others are newer. Those
    /// that nothing can renew are good until they expire.
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

    /// Renews the tokens in the store while nobody else does. New ones are safe before anybody uses them: where
    /// refresh tokens rotate, the one in the store is worth nothing by then.
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

    /// Tokens that are not in the store are kept here, and are saved next time instead of being asked for.
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

    /// Notes what is handed out, and says when it ends. Credentials that go with something else are dropped: the session
    /// has ended, or the store was changed by another process.
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
const SIGN_IN_AGAIN: &str = "the session has ended, as the user has to do something first that Cognito asks for when \
                             they sign in: sign in again";
