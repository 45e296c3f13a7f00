//! What all attempts of one call share: as whom they are sent, how many there were, who keeps a copy of the request, and
//! the limits for reading the response.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use http::Extensions;

use crate::AuthorizeError;
use crate::copy::HeadCopy;
use crate::epoch::{Epoch, user_changed};
#[cfg(feature = "client")]
use crate::limits::ResponseLimits;
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
    pub(crate) fn may_be(&self, other: &Self) -> bool {
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
/// A client inserts it, and so does [`RetryLayer`](crate::layers::RetryLayer). Your own retry layer must insert it too, before
/// it copies the request. An attempt that would be sent as another user then fails with
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
pub struct SameUser(Arc<Mutex<Record>>);

#[derive(Default)]
struct Record {
    /// Who was signed in when the call began, of each provider that knows.
    began: Few<Epoch>,
    /// As whom each layer has sent it.
    sent: Few<(usize, Whose)>,
    /// A copy of the request's head, while a layer outside of the credentials has it and can send the request again. The copy
    /// has this record in its extensions, so the record must not own it.
    kept: Weak<HeadCopy>,
    /// Whether a layer with a credential asks that layer to do so, and which layers have asked in this attempt.
    is_asked: bool,
    asked: Few<usize>,
    /// How many attempts were made beyond the first.
    #[cfg(any(feature = "retry", feature = "tracing"))]
    repetitions: u32,
    #[cfg(feature = "client")]
    limits: Option<ResponseLimits>,
}

/// A list that seldom has a second item, so the first one has no memory of its own.
struct Few<T> {
    first: Option<T>,
    others: Vec<T>,
}

impl<T> Default for Few<T> {
    fn default() -> Self {
        Self {
            first: None,
            others: Vec::new(),
        }
    }
}

impl<T> Few<T> {
    fn is_empty(&self) -> bool {
        self.first.is_none()
    }

    fn iter(&self) -> impl Iterator<Item = &T> {
        self.first.iter().chain(&self.others)
    }

    fn push(&mut self, item: T) {
        if self.first.is_none() {
            self.first = Some(item);
        } else {
            self.others.push(item);
        }
    }
}

impl Record {
    #[cfg(feature = "retry")]
    fn begin_attempt(&mut self) {
        self.is_asked = false;
        self.asked = Few::default();
    }

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
    /// The record of a request's call, which begins now if there is none.
    pub(crate) fn of(extensions: &mut Extensions) -> Self {
        extensions.get_or_insert_default::<Self>().clone()
    }

    /// Whether the user of every earlier attempt is still signed in. If not, another attempt would fail.
    pub fn is_unchanged(&self) -> bool {
        let record = self.lock();
        record.sent.iter().all(|(_, whose)| whose.is_current())
    }

    /// Records who is signed in when the call begins, once for all attempts.
    pub(crate) fn begin(&self, now: impl Iterator<Item = Epoch>) {
        let mut record = self.lock();
        if record.began.is_empty() {
            now.for_each(|epoch| record.began.push(epoch));
        }
    }

    /// Records the user as whom a layer sends a request.
    ///
    /// # Errors
    ///
    /// When the call began as another user, or an earlier attempt was sent as another one.
    pub(crate) fn note(
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
        let mut record = same.lock();
        let first = record.sent.iter().find(|(other, _)| *other == layer);
        let is_first = first.is_none();
        let is_admitted =
            first.map_or_else(|| record.admits(&whose), |(_, first)| first.may_be(&whose));
        if !is_admitted {
            return Err(user_changed());
        }
        if is_first {
            record.sent.push((layer, whose));
        }
        Ok(())
    }

    /// The layer that calls this has a copy of the request, and sends it again if it is [asked](Self::ask) to. It says so
    /// each time it sends one.
    #[cfg(feature = "retry")]
    pub(crate) fn keep(&self, head: &Arc<HeadCopy>) {
        self.lock().kept = Arc::downgrade(head);
    }

    /// Records that the first attempt begins, of the layer that can send others.
    #[cfg(feature = "retry")]
    pub(crate) fn begin_attempts(&self) {
        self.lock().begin_attempt();
    }

    /// The head of the request as the layer has it that can send it again.
    pub(crate) fn kept(&self) -> Option<Arc<HeadCopy>> {
        self.lock().kept.upgrade()
    }

    /// Whether a layer outside has a copy, so that a layer with a credential needs none.
    pub(crate) fn is_kept(extensions: &Extensions) -> Option<&Self> {
        let same = extensions.get::<Self>();
        same.filter(|same| same.lock().kept.strong_count() > 0)
    }

    /// Asks for the request to be sent once more, because the credential of `layer` was refused and there is another one.
    pub(crate) fn ask(&self, layer: usize) {
        let mut record = self.lock();
        record.is_asked = true;
        record.asked.push(layer);
    }

    /// Whether `layer` has asked in this attempt, which it does once, now that it gets the request again. Whoever sends it has
    /// done what was asked: a layer between, perhaps, whose request may have its effect.
    pub(crate) fn has_asked(&self, layer: usize) -> bool {
        let mut record = self.lock();
        let has_asked = record.asked.iter().any(|asked| *asked == layer);
        record.is_asked &= !has_asked;
        has_asked
    }

    /// Whether a layer further in has asked, so that this response is not the last one.
    pub(crate) fn will_repeat(&self) -> bool {
        self.lock().is_asked
    }

    /// Whether the request is to be sent once more. This is for the layer that has the copy, and it is true once.
    #[cfg(feature = "retry")]
    pub(crate) fn is_asked(&self) -> bool {
        std::mem::take(&mut self.lock().is_asked)
    }

    /// Records that another attempt begins, in which each layer may ask again.
    #[cfg(feature = "retry")]
    pub(crate) fn repeat(&self) {
        let mut record = self.lock();
        record.begin_attempt();
        record.repetitions = record.repetitions.saturating_add(1);
    }

    /// The number of attempts, also of a call that failed.
    #[cfg(feature = "tracing")]
    pub(crate) fn attempts(&self) -> u32 {
        self.lock().repetitions.saturating_add(1)
    }

    /// States the limits for reading the response that has come. A layer further out, which sees it later, overrides them.
    #[cfg(feature = "client")]
    pub(crate) fn limit(&self, limits: ResponseLimits) {
        self.lock().limits = Some(limits);
    }

    /// The limits that a layer has stated.
    #[cfg(feature = "client")]
    pub(crate) fn limits(&self) -> Option<ResponseLimits> {
        self.lock().limits
    }

    fn lock(&self) -> MutexGuard<'_, Record> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for SameUser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SameUser").finish_non_exhaustive()
    }
}
