//! Which attempt of a call a request is.

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

    /// States this attempt. A first one is stated only where another one is.
    #[cfg(feature = "retry")]
    pub(super) fn put(self, extensions: &mut Extensions) {
        match extensions.get_mut::<Self>() {
            Some(stated) => *stated = self,
            None if self == Self::FIRST => {}
            None => drop(extensions.insert(self)),
        }
    }
}
