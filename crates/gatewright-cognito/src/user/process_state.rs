//! What this process knows of the user and the store does not.

use gatewright::Token;
use gatewright_core::epoch::{Epoch, Holder};

use super::state::State;
use crate::Error;
use crate::store::StoredUser;

/// The knowledge of this process that is not in the store.
#[derive(Default)]
pub(crate) struct ProcessState {
    known: Known,
    /// Whether the session had ended at the last load.
    is_expired: Option<bool>,
    /// The access token of the last load.
    given: Option<Token>,
    /// The user whose refresh token Cognito refused, with the error. It is not in the store, so the next process
    /// tries again: the reason may be a wrong client secret.
    pub(super) refused: Option<(StoredUser, Error)>,
    /// A user of the store and the renewed user, if the store failed to save it.
    pub(super) unsaved: Option<(StoredUser, StoredUser)>,
    /// The user signed out, and the store failed to remove the user.
    is_signed_out: bool,
}

/// The user, as far as this process knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Known {
    /// The store was not read yet.
    #[default]
    Unread,
    Nobody,
    User(String),
}

impl Known {
    fn of(user: Option<&StoredUser>) -> Self {
        user.map_or(Self::Nobody, |user| Self::User(user.name.clone()))
    }

    fn holder(&self) -> Holder {
        match self {
            Self::User(_) => Holder::User,
            Self::Unread | Self::Nobody => Holder::Nobody,
        }
    }
}

impl ProcessState {
    pub(crate) fn after_sign_in(name: String) -> Self {
        Self {
            known: Known::User(name),
            ..Self::default()
        }
    }

    pub(crate) fn after_sign_out(is_store_told: bool) -> Self {
        Self {
            known: Known::Nobody,
            is_signed_out: !is_store_told,
            ..Self::default()
        }
    }

    pub(super) fn known(&self) -> &Known {
        &self.known
    }

    pub(super) fn holder(&self) -> Holder {
        self.known.holder()
    }

    /// The user of the store, unless this process could not remove it.
    pub(super) fn present(&self, stored: Option<StoredUser>) -> Option<StoredUser> {
        stored.filter(|_| !self.is_signed_out)
    }

    /// Notes the user of the store. `true` if it is another one than this process knew, by the work of another process.
    pub(super) fn notice(&mut self, user: Option<&StoredUser>) -> bool {
        let before = std::mem::replace(&mut self.known, Known::of(user));
        let is_other = before != Known::Unread && before != self.known;
        if is_other {
            (self.given, self.is_expired) = (None, None);
        }
        is_other
    }

    /// Whether a load of this epoch has given these tokens before.
    pub(super) fn has_given(&self, user: &StoredUser, epoch: &Epoch) -> bool {
        self.given.as_ref().is_some_and(|token| {
            let is_of_epoch = token.epoch().is_some_and(|given| given.is_same(epoch));
            is_of_epoch && token.secret() == user.access.expose()
        })
    }

    /// Notes the result of a load. `true` if the session has ended since the last one, or is alive again.
    pub(super) fn give(&mut self, state: &State) -> bool {
        self.given = match state {
            State::SignedIn(tokens) => Some(tokens.access.clone()),
            State::SignedOut | State::Expired { .. } => None,
        };
        let is_expired = state.is_expired();
        let before = self.is_expired.replace(is_expired);
        before.is_some_and(|before| before != is_expired)
    }
}
