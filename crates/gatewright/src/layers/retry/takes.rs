//! What [`RetryLayer`](super::RetryLayer) can be put around, as a word of its own for the compiler's messages.

use http::Request;
use tower_service::Service;

use crate::{Body, BoxError};

/// The services whose calls [`RetryLayer`](super::RetryLayer) can retry. It is not meant to be implemented.
#[diagnostic::on_unimplemented(
    message = "`RetryLayer` cannot retry the calls of `{Self}`",
    label = "not a service of `http::Request<gatewright::Body>` that can be cloned",
    note = "`RetryLayer` takes `http::Request<gatewright::Body>`: it has to know whether a body is in memory and can be sent twice",
    note = "for another body put `.map_request(|request: http::Request<TheBody>| request.map(gatewright::Body::new))` above it, and \
            `.map_request(|request: http::Request<gatewright::Body>| request.map(TheBody::new))` below it if the service there \
            wants that; see `gatewright::on_your_own_transport`"
)]
pub trait RetryService: sealed::Sealed {}

#[diagnostic::do_not_recommend]
impl<S> RetryService for S
where
    S: Service<Request<Body>> + Clone,
    S::Error: Into<BoxError>,
{
}

mod sealed {
    pub trait Sealed {}

    impl<S> Sealed for S {}
}
