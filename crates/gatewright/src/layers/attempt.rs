//! Which attempt of a call a request is.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use http::Extensions;

/// In the extensions of a request, for layers inside of [`RetryLayer`](super::RetryLayer): which attempt of its call it is,
/// counted from 1. In those of a response, for layers outside: how many attempts it took.
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

    /// The attempt that a request or a response says; without a retry layer the first one.
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

/// In the extensions of a request: where a retry layer writes down how many attempts it made, for one that stands outside
/// of it and needs to know that of failures too.
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
