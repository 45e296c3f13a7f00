//! All attempts of one call are sent as one user.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use http::Extensions;

use crate::AuthorizeError;
use crate::epoch::{Epoch, user_changed};
use crate::token::Token;

/// Whose a credential is.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Whose {
    /// It is not known.
    Unknown,
    /// It belongs to the user of this epoch.
    Epoch(Epoch),
    /// It belongs to the subject of this token, if it is a JWT.
    Token(Token),
}

impl Whose {
    /// Whether a request that was sent as `self` may be sent again as `other`.
    pub(super) fn may_be(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Epoch(one), Self::Epoch(other)) => one.is_same(other),
            (Self::Token(one), Self::Token(other)) => are_of_one_subject(one, other),
            (Self::Unknown, _) | (_, Self::Unknown) => true,
            // A provider that states epochs always states one.
            (Self::Epoch(_), Self::Token(_)) | (Self::Token(_), Self::Epoch(_)) => false,
        }
    }

    fn is_current(&self) -> bool {
        match self {
            Self::Epoch(epoch) => epoch.is_current(),
            Self::Unknown | Self::Token(_) => true,
        }
    }
}

/// Tokens that do not name their subject may belong to one user.
#[cfg(any(feature = "bearer", feature = "sigv4"))]
fn are_of_one_subject(one: &Token, other: &Token) -> bool {
    use gatewright_core::kit::jwt::Claims;
    let [one, other] = [one, other].map(|token| Claims::read(token.secret()));
    let subject = |claims: &Option<Claims>| {
        let (issuer, subject) = claims.as_ref()?.subject()?;
        Some((issuer.to_owned(), subject.to_owned()))
    };
    match (subject(&one), subject(&other)) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    }
}

#[cfg(not(any(feature = "bearer", feature = "sigv4")))]
fn are_of_one_subject(_one: &Token, _other: &Token) -> bool {
    true
}

/// In the extensions of requests: all requests that share it are attempts of one call, and are sent as one user.
///
/// [`RetryLayer`](super::super::RetryLayer) inserts it. Your own retry layer must insert it too, before it copies the request.
/// An attempt that would be sent as another user then fails with
/// [`UserChanged`](crate::AuthorizeErrorKind::UserChanged).
///
/// ```
/// use gatewright::layers::credential::SameUser;
///
/// let mut request = http::Request::get("https://api.test/pets").body(())?;
/// request.extensions_mut().insert(SameUser::default());
/// let second = request.clone();
/// # let _ = second;
/// # Ok::<(), http::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct SameUser(Arc<Mutex<Ledger>>);

#[derive(Default)]
struct Ledger {
    /// Who was signed in when the call began, of each provider that knows.
    began: Vec<Epoch>,
    /// As whom each layer has sent it.
    sent: Vec<(usize, Whose)>,
}

impl Ledger {
    /// What began to wait as one user does not go out as another one.
    fn admits(&self, whose: &Whose) -> bool {
        let Whose::Epoch(epoch) = whose else {
            return true;
        };
        let mut began = self.began.iter();
        began.all(|began| began.may_be_sent_in(epoch))
    }
}

impl SameUser {
    /// Whether the user of every earlier attempt is still signed in. If not, another attempt would fail.
    pub fn is_unchanged(&self) -> bool {
        let ledger = self.lock();
        ledger.sent.iter().all(|(_, whose)| whose.is_current())
    }

    /// [`is_unchanged`](Self::is_unchanged) for a request that may not have it.
    #[cfg(feature = "retry")]
    pub(in crate::layers) fn is_unchanged_for(extensions: &Extensions) -> bool {
        extensions.get::<Self>().is_none_or(Self::is_unchanged)
    }

    /// Records who is signed in when the call begins, once for all attempts.
    pub(super) fn begin(&self, now: impl FnOnce() -> Vec<Epoch>) {
        let mut ledger = self.lock();
        if ledger.began.is_empty() {
            ledger.began = now();
        }
    }

    /// Records the user as whom a layer sends a request.
    ///
    /// # Errors
    ///
    /// When the call began as another user, or an earlier attempt was sent as another one.
    pub(super) fn note(
        extensions: &Extensions,
        layer: usize,
        whose: impl FnOnce() -> Whose,
    ) -> Result<(), AuthorizeError> {
        let Some(same) = extensions.get::<Self>() else {
            return Ok(());
        };
        let whose = whose();
        if matches!(whose, Whose::Unknown) {
            return Ok(());
        }
        let mut ledger = same.lock();
        match ledger.sent.iter().find(|(other, _)| *other == layer) {
            Some((_, first)) if !first.may_be(&whose) => return Err(user_changed()),
            Some(_) => {}
            None if !ledger.admits(&whose) => return Err(user_changed()),
            None => ledger.sent.push((layer, whose)),
        }
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Ledger> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for SameUser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SameUser").finish_non_exhaustive()
    }
}
