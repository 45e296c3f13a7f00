//! A service and a base URL: what every client holds.

use std::fmt;
use std::future::Future;

use http::Request;

use super::{BaseUrl, Output};
use crate::error::from_service;
use crate::{Body, BoxService, HttpService, Origin, RequestError};

/// Sends requests through a service and decodes what comes back.
///
/// Cloning is as cheap as cloning the service. `&self` is enough to send: each call clones the service and waits for
/// the clone to be ready.
#[derive(Clone)]
pub struct Rest<S = BoxService> {
    service: S,
    base: BaseUrl,
}

impl<S> Rest<S> {
    /// Sends to `base` through `service`.
    pub fn new(service: S, base: BaseUrl) -> Self {
        Self { service, base }
    }

    /// Where the API is.
    pub fn base(&self) -> &BaseUrl {
        &self.base
    }

    /// The service that requests go through.
    pub fn service(&self) -> &S {
        &self.service
    }
}

impl<S: HttpService> Rest<S> {
    /// The request, bound to the origin of the base URL, unless it is bound already.
    fn bound(&self, mut request: Request<Body>) -> Request<Body> {
        let extensions = request.extensions_mut();
        if extensions.get::<Origin>().is_none() {
            extensions.insert(self.base.origin());
        }
        request
    }

    /// Sends `request` and decodes the answer as `R`, a `Result<T, Error<E>>`. A request that could not be built is
    /// an error that nothing is sent for.
    ///
    /// The layers put credentials on it only for the origin of [`base`](Self::base), unless the request's extensions
    /// have another [`Origin`].
    pub fn send<R: Output>(
        &self,
        request: Result<Request<Body>, RequestError>,
    ) -> impl Future<Output = R> + Send + use<S, R> {
        let service = self.service.clone();
        let request = request.map(|request| self.bound(request));
        async move {
            let request = match request {
                Ok(request) => request,
                Err(fault) => return R::from_failure(fault.into()),
            };
            match service.send(request).await {
                Ok(response) => R::from_response(response).await,
                Err(error) => R::from_failure(from_service(error)),
            }
        }
    }

    /// Erases the type of the service.
    pub fn boxed(self) -> Rest {
        Rest {
            service: self.service.boxed(),
            base: self.base,
        }
    }
}

impl<S> fmt::Debug for Rest<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rest")
            .field("base", &format_args!("{}", self.base))
            .finish_non_exhaustive()
    }
}
