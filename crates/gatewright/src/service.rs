//! The service of a client: any tower service of HTTP requests.

use std::future::Future;

use bytes::Bytes;
use http::{Request, Response};
use tower::ServiceExt;
use tower::util::BoxCloneSyncService;
use tower_service::Service;

use crate::{Body, BoxError};

/// A service with its type erased, so that the type of a client does not name its stack of layers.
pub type BoxService = BoxCloneSyncService<Request<Body>, Response<Body>, BoxError>;

/// Every tower service that a client can send through.
///
/// It has a blanket implementation; do not implement it. Write a `tower::Service` of `http::Request<Body>` that is
/// `Clone + Send + Sync`, with a `Send` future and a response body of `Bytes`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot carry a gatewright client",
    label = "not a service of `http::Request<gatewright::Body>` that can be cloned and shared",
    note = "it must implement `tower::Service<http::Request<gatewright::Body>, Response = http::Response<B>> + Clone + \
            Send + Sync + 'static`, with a `Send` future, an error that becomes a `BoxError`, and \
            `B: http_body::Body<Data = Bytes> + Send + 'static`",
    note = "for a `reqwest::Client` use `gatewright_reqwest::transport(reqwest::Client::builder())?`, for a service of another \
            body (tonic) convert it with `map_request`: see `gatewright::on_your_own_transport`",
    note = "a `BoxCloneService` is not `Sync`: use `tower::util::BoxCloneSyncService`, or `gatewright::BoxService`"
)]
pub trait HttpService: Clone + Send + Sync + 'static + sealed::Sealed {
    /// Waits until the service is ready and sends one request.
    fn send(
        self,
        request: Request<Body>,
    ) -> impl Future<Output = Result<Response<Body>, BoxError>> + Send;

    /// Erases the type.
    fn boxed(self) -> BoxService;
}

impl<S, B> HttpService for S
where
    S: Service<Request<Body>, Response = Response<B>> + Clone + Send + Sync + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send + 'static,
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    async fn send(self, request: Request<Body>) -> Result<Response<Body>, BoxError> {
        let response = self.oneshot(request).await.map_err(Into::into)?;
        Ok(response.map(Body::new))
    }

    fn boxed(self) -> BoxService {
        BoxCloneSyncService::new(
            self.map_response(|response: Response<B>| response.map(Body::new))
                .map_err(Into::into),
        )
    }
}

mod sealed {
    use super::{Body, Request, Service};

    pub trait Sealed {}

    impl<S: Service<Request<Body>>> Sealed for S {}
}
