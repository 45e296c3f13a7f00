//! Requests that can be sent twice.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::Request;
use http_body_util::{Empty, Full};

/// How to clone the bodies that can be cloned. A list of `fn(&B) -> Option<B>`, one for each type of body: there
/// is no trait that a layer for any type of body could ask.
#[derive(Clone)]
pub(super) struct Replay(Arc<[Arc<dyn Any + Send + Sync>]>);

impl Replay {
    pub(super) fn and<B: 'static>(&self, try_clone: fn(&B) -> Option<B>) -> Self {
        let more: Arc<dyn Any + Send + Sync> = Arc::new(try_clone);
        // The newest first: it may say otherwise of a type that is in the list.
        Self([more].into_iter().chain(self.0.iter().cloned()).collect())
    }

    pub(super) fn never() -> Self {
        Self(Arc::new([]))
    }

    /// A second request like this one, if its body can be cloned.
    pub(super) fn try_clone<B: 'static>(&self, request: &Request<B>) -> Option<Request<B>> {
        let try_clone = self
            .0
            .iter()
            .find_map(|known| known.downcast_ref::<fn(&B) -> Option<B>>())?;
        let mut second = Request::new(try_clone(request.body())?);
        second.method_mut().clone_from(request.method());
        second.uri_mut().clone_from(request.uri());
        second.headers_mut().clone_from(request.headers());
        second.extensions_mut().clone_from(request.extensions());
        *second.version_mut() = request.version();
        Some(second)
    }
}

impl Default for Replay {
    /// Bodies that are in memory.
    fn default() -> Self {
        let known = Self::never()
            .and(in_memory::<()>)
            .and(in_memory::<Bytes>)
            .and(in_memory::<String>)
            .and(in_memory::<Empty<Bytes>>)
            .and(in_memory::<Full<Bytes>>);
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

impl fmt::Debug for Replay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Replay({} types of body)", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::Method;
    use http_body_util::BodyExt;

    fn request<B>(body: B) -> Request<B> {
        Request::put("https://api.test/pets?a=1")
            .header("x-tenant", "blue")
            .extension(7_u8)
            .body(body)
            .unwrap()
    }

    #[test]
    fn a_clone_has_all_that_the_request_has() {
        let second = Replay::default()
            .try_clone(&request("hello".to_owned()))
            .unwrap();
        assert_eq!(second.method(), Method::PUT);
        assert_eq!(second.uri(), "https://api.test/pets?a=1");
        assert_eq!(second.headers()["x-tenant"], "blue");
        assert_eq!(second.extensions().get(), Some(&7_u8));
        assert_eq!(second.body(), "hello");
    }

    #[test]
    fn bodies_in_memory_can_be_cloned_and_others_cannot() {
        let replay = Replay::default();
        assert!(replay.try_clone(&request(())).is_some());
        assert!(replay.try_clone(&request(Bytes::new())).is_some());
        assert!(replay.try_clone(&request(Empty::<Bytes>::new())).is_some());
        assert!(
            replay
                .try_clone(&request(Full::<Bytes>::default()))
                .is_some()
        );
        let boxed = Full::<Bytes>::default().boxed();
        assert!(replay.try_clone(&request(boxed)).is_none());
        assert!(Replay::never().try_clone(&request(())).is_none());
    }

    #[cfg(feature = "client")]
    #[test]
    fn a_clients_body_can_be_cloned_if_it_is_in_memory() {
        use crate::Body;
        let replay = Replay::default();
        assert!(replay.try_clone(&request(Body::from("hello"))).is_some());
        let stream = Body::new(Full::<Bytes>::default());
        assert!(replay.try_clone(&request(stream)).is_none());
    }

    #[test]
    fn other_types_of_bodies_can_be_made_known() {
        let replay = Replay::default().and(|body: &u8| (*body > 0).then_some(*body));
        assert_eq!(*replay.try_clone(&request(1_u8)).unwrap().body(), 1);
        assert!(replay.try_clone(&request(0_u8)).is_none());
    }
}
