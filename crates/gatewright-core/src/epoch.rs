//! Whose credentials these are, without a name: a new epoch begins when another user signs in or out.
//!
//! A request must not be repeated as another user. So a value knows its [`Epoch`], and a layer compares the
//! epochs of the first attempt and of the next one. A provider whose user can change has one [`Epochs`], and calls
//! [`advance`](Epochs::advance) when that happens.
//!
//! ```
//! use gatewright_core::epoch::{Epochs, Holder};
//!
//! let epochs = Epochs::new(Holder::Nobody);
//! let guest = epochs.now();
//! epochs.advance(Holder::User); // alice signs in
//! let alice = epochs.now();
//! epochs.advance(Holder::User); // bob signs in
//! let bob = epochs.now();
//!
//! assert!(bob.is_current() && !alice.is_current());
//! assert!(!alice.is_same(&bob));
//! // A request that began as a guest may be sent as a user. A request of a user is sent as that user, or not at all.
//! assert!(guest.admits(&alice));
//! assert!(!alice.admits(&bob));
//! ```

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use crate::{AuthorizeError, AuthorizeErrorKind};

/// Who holds an epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Holder {
    /// No user is signed in: at most a guest.
    Nobody,
    /// A user, or perhaps a user.
    User,
    /// Not known: no user before the first value of the epoch, and then perhaps a user.
    Unknown,
}

/// The epochs of one provider. Clones share them.
#[derive(Clone)]
pub struct Epochs(Arc<Source>);

struct Source {
    id: u64,
    now: RwLock<Epoch>,
}

/// The time of one user of one provider. It is cheap to clone and says nothing about the user.
#[derive(Clone)]
pub struct Epoch(Arc<State>);

struct State {
    source: u64,
    #[cfg(feature = "cache")]
    holder: Holder,
    is_over: AtomicBool,
    has_user: AtomicBool,
}

static SOURCES: AtomicU64 = AtomicU64::new(0);

impl Epochs {
    /// A first epoch.
    pub fn new(holder: Holder) -> Self {
        let id = SOURCES.fetch_add(1, Ordering::Relaxed);
        let now = RwLock::new(Epoch::new(id, holder));
        Self(Arc::new(Source { id, now }))
    }

    /// The current epoch.
    pub fn now(&self) -> Epoch {
        let now = self.0.now.read().unwrap_or_else(PoisonError::into_inner);
        now.clone()
    }

    /// Ends the epoch: from now on another user is signed in, or none. Values of the old epoch are no longer current.
    pub fn advance(&self, holder: Holder) {
        let next = Epoch::new(self.0.id, holder);
        let mut now = self.0.now.write().unwrap_or_else(PoisonError::into_inner);
        now.0.is_over.store(true, Ordering::Release);
        *now = next;
    }
}

impl Epoch {
    fn new(source: u64, holder: Holder) -> Self {
        Self(Arc::new(State {
            source,
            #[cfg(feature = "cache")]
            holder,
            is_over: AtomicBool::new(false),
            has_user: AtomicBool::new(holder == Holder::User),
        }))
    }

    /// Whether the provider still has the same user.
    #[inline]
    pub fn is_current(&self) -> bool {
        !self.0.is_over.load(Ordering::Acquire)
    }

    /// Records that the epoch has had a user from its start, for example one that was read from a store.
    pub fn has_user(&self) {
        self.0.has_user.store(true, Ordering::Release);
    }

    /// Records that the epoch has a value.
    #[cfg(feature = "cache")]
    pub(crate) fn has_value(&self) {
        if self.0.holder == Holder::Unknown {
            self.has_user();
        }
    }

    /// Whether both are the same epoch of the same provider. A request may be repeated if they are.
    #[inline]
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Whether both are epochs of the same provider.
    pub fn is_of_same_provider(&self, other: &Self) -> bool {
        self.0.source == other.0.source
    }

    /// Whether a request that began in this epoch, and has not been sent, may be sent in the `later` one: in the same epoch,
    /// or in any other if this one had no user.
    pub fn admits(&self, later: &Self) -> bool {
        self.is_same(later) || !self.0.has_user.load(Ordering::Acquire)
    }

    /// [`admits`](Self::admits), where `later` may be of another provider, about whose users this one knows nothing.
    pub fn may_be_sent_in(&self, later: &Self) -> bool {
        !self.is_of_same_provider(later) || self.admits(later)
    }
}

/// The error of a request that would have been sent as another user.
pub fn user_changed() -> AuthorizeError {
    let message = "another user has signed in or out since the request began, and it is not sent as somebody else: \
                   make the call again if the new user wants it";
    AuthorizeError::new(AuthorizeErrorKind::UserChanged, message)
}

impl fmt::Debug for Epochs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Epochs").finish_non_exhaustive()
    }
}

impl fmt::Debug for Epoch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Epoch")
            .field("is_current", &self.is_current())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn epochs_of_two_providers_are_never_the_same() {
        let (one, other) = (Epochs::new(Holder::Nobody), Epochs::new(Holder::Nobody));
        assert!(!one.now().is_same(&other.now()));
        assert!(!one.now().is_of_same_provider(&other.now()));
        assert!(one.now().is_of_same_provider(&one.now()));
    }

    #[test]
    fn a_user_who_is_found_later_was_there_all_along() {
        let epochs = Epochs::new(Holder::Nobody);
        let began = epochs.now();
        epochs.now().has_user();
        epochs.advance(Holder::User);
        assert!(!began.admits(&epochs.now()));
    }

    #[test]
    fn after_a_sign_out_nothing_of_the_user_goes_out_as_a_guest() {
        let epochs = Epochs::new(Holder::User);
        let began = epochs.now();
        epochs.advance(Holder::Nobody);
        assert!(!began.admits(&epochs.now()));
        assert!(epochs.now().admits(&epochs.now()));
    }
}
