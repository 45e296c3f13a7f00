//! Which attempt of a call a request is.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use http::Extensions;

/// The number of an attempt, from 1. [`RetryLayer`](super::RetryLayer) puts it into the extensions of a request, for layers
/// inside it: the attempt that this request is. In the extensions of a response, for layers outside, it is the number of
/// attempts that were made.
///
/// ```
/// use gatewright::layers::Attempt;
/// use http::{Extensions, Request};
///
/// let request = Request::new(());
/// assert_eq!(Attempt::of(request.extensions()).number(), 1);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Attempt(u32);

impl Attempt {
    pub(super) const FIRST: Self = Self(1);

    /// The attempt that the extensions of a request or a response state. Without a retry layer it is the first one.
    pub fn of(extensions: &Extensions) -> Self {
        extensions.get().copied().unwrap_or(Self::FIRST)
    }

    /// The number, from 1.
    pub fn number(self) -> u32 {
        self.0
    }

    #[cfg(feature = "retry")]
    pub(super) fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// In the extensions of a request: where a retry layer counts its attempts, for a layer outside it that needs the number of
/// a failed call too.
#[derive(Clone, Debug)]
pub(super) struct Attempts(Arc<AtomicU32>);

impl Attempts {
    #[cfg(feature = "tracing")]
    pub(super) fn new() -> Self {
        Self(Arc::new(AtomicU32::new(Attempt::FIRST.0)))
    }

    #[cfg(feature = "tracing")]
    pub(super) fn made(&self) -> u32 {
        self.0.load(Ordering::Relaxed)
    }

    #[cfg(feature = "retry")]
    pub(super) fn note(&self, attempt: Attempt) {
        self.0.store(attempt.0, Ordering::Relaxed);
    }
}
