//! Settings of every credential: where it may go, what happens to an existing one, and which bodies can be sent twice.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use http::request::Parts;

use super::definition::Credential;
use crate::layers::conflict::OnConflict;
use crate::layers::guard::Guard;
use crate::layers::location::Location;
use crate::{AuthorizeError, AuthorizeErrorKind};

/// API Gateway accepts no longer bodies ("Quotas for REST APIs", API Gateway developer guide).
const BODY_LIMIT: usize = 10 * 1024 * 1024;

#[derive(Clone, Debug)]
pub(in crate::layers) struct Policy {
    guard: Guard,
    on_conflict: OnConflict,
    pub(super) body_limit: usize,
    pub(super) copies: Copies,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            guard: Guard::default(),
            on_conflict: OnConflict::default(),
            body_limit: BODY_LIMIT,
            copies: Copies::default(),
        }
    }
}

impl Policy {
    pub(super) fn on_conflict(self, on_conflict: OnConflict) -> Self {
        Self {
            on_conflict,
            ..self
        }
    }

    pub(super) fn guarded(self, change: impl FnOnce(Guard) -> Guard) -> Self {
        Self {
            guard: change(self.guard),
            ..self
        }
    }

    pub(super) fn body_limit(self, body_limit: usize) -> Self {
        Self { body_limit, ..self }
    }

    pub(super) fn replay_bodies<B: 'static>(self, try_clone: fn(&B) -> Option<B>) -> Self {
        let copies = self.copies.and(try_clone);
        Self { copies, ..self }
    }

    pub(super) fn without_replay(self) -> Self {
        Self {
            copies: Copies::never(),
            ..self
        }
    }

    /// Whether to put the credential on this request, which asks for it. If not, the request is passed on as it is.
    ///
    /// # Errors
    ///
    /// When the request must not get the credential.
    pub(super) fn admits<C: Credential>(
        &self,
        credential: &C,
        request: &mut Parts,
    ) -> Result<bool, AuthorizeError> {
        if self.on_conflict != OnConflict::Replace
            && let Some(place) = credential
                .locations()
                .into_iter()
                .find(|it| it.is_taken(request))
        {
            return match self.on_conflict {
                OnConflict::Refuse => Err(conflict(C::WHAT, &place)),
                OnConflict::Keep | OnConflict::Replace => Ok(false),
            };
        }
        self.guard
            .admit(request, C::WHAT, || credential.locations())?;
        Ok(true)
    }
}

fn conflict(what: &str, place: &Location) -> AuthorizeError {
    let message = format!(
        "the request has {what} already, in {place}: leave it to the layer, or set the layer to replace or to keep it with \
         `on_conflict`"
    );
    AuthorizeError::new(AuthorizeErrorKind::Conflict, message)
}

/// How to clone the bodies that can be cloned. A list of `fn(&B) -> Option<B>`, one for each type of body, because a layer for
/// bodies of any type has no trait for it.
#[derive(Clone)]
pub struct Copies(Option<Arc<[Arc<dyn Any + Send + Sync>]>>);

impl Copies {
    pub(super) fn and<B: 'static>(&self, try_clone: fn(&B) -> Option<B>) -> Self {
        let more: Arc<dyn Any + Send + Sync> = Arc::new(try_clone);
        let known = self.0.iter().flat_map(|known| known.iter().cloned());
        // The newest first, so that it overrides an older function for the same type.
        Self(Some([more].into_iter().chain(known).collect()))
    }

    pub(super) fn never() -> Self {
        Self(None)
    }

    pub(super) fn are_made(&self) -> bool {
        self.0.is_some()
    }

    pub(super) fn try_clone<B: 'static>(&self, body: &B) -> Option<B> {
        let try_clone = self
            .0
            .as_ref()?
            .iter()
            .find_map(|known| known.downcast_ref::<fn(&B) -> Option<B>>())?;
        try_clone(body)
    }
}

impl Default for Copies {
    /// Bodies that are in memory.
    fn default() -> Self {
        let known = Self(Some(Arc::new([])))
            .and(in_memory::<()>)
            .and(in_memory::<bytes::Bytes>)
            .and(in_memory::<String>);
        #[cfg(any(feature = "bearer", feature = "client", feature = "sigv4"))]
        let known = known
            .and(in_memory::<http_body_util::Empty<bytes::Bytes>>)
            .and(in_memory::<http_body_util::Full<bytes::Bytes>>);
        #[cfg(feature = "client")]
        let known = known.and(crate::Body::try_clone);
        known
    }
}

#[allow(
    clippy::unnecessary_wraps,
    reason = "a body that is not in memory cannot be cloned"
)]
fn in_memory<B: Clone>(body: &B) -> Option<B> {
    Some(body.clone())
}

impl fmt::Debug for Copies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = self.0.as_ref().map_or(0, |known| known.len());
        write!(f, "Copies({known} types of body)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;
    use http_body_util::{BodyExt, Empty, Full};

    #[test]
    fn bodies_in_memory_can_be_cloned_and_others_cannot() {
        let copies = Copies::default();
        assert!(copies.try_clone(&()).is_some());
        assert!(copies.try_clone(&Bytes::new()).is_some());
        assert!(copies.try_clone(&Empty::<Bytes>::new()).is_some());
        assert!(copies.try_clone(&Full::<Bytes>::default()).is_some());
        assert!(
            copies
                .try_clone(&Full::<Bytes>::default().boxed())
                .is_none()
        );
        assert!(Copies::never().try_clone(&()).is_none());
    }

    #[cfg(feature = "client")]
    #[test]
    fn a_clients_body_can_be_cloned_if_it_is_in_memory() {
        use crate::Body;
        let copies = Copies::default();
        assert!(copies.try_clone(&Body::from("hello")).is_some());
        let stream = Body::new(Full::new(Bytes::from("hello")));
        assert!(copies.try_clone(&stream).is_none());
    }

    #[test]
    fn other_types_of_bodies_can_be_made_known() {
        let copies = Copies::default().and(|body: &u8| (*body > 0).then_some(*body));
        assert_eq!(copies.try_clone(&1_u8), Some(1));
        assert_eq!(copies.try_clone(&0_u8), None);
    }
}
