//! A service and a base URL: every client holds these two.

use std::fmt;

use http::{Method, Request};

use super::request_state::RequestState;
use super::{BaseUrl, Call, CallResult, RequestBuilder};
use crate::{Auth, Body, BoxService, HttpService, Operation};

/// Begins calls that go through a service.
///
/// Cloning is as cheap as cloning the service. `&self` is enough to send: each call clones the service and waits for
/// the clone to be ready.
#[derive(Clone)]
pub struct RestClient<S = BoxService> {
    service: S,
    base: BaseUrl,
}

impl<S> RestClient<S> {
    /// Sends to `base` through `service`.
    ///
    /// A client adds no limits, retries or credentials: the layers in `service` do. The ready-made [`stack`](crate::stack())
    /// has them. Over a bare transport, a call to a silent server never ends, unless the call has a
    /// [`timeout`](Call::timeout), and failed calls are not retried.
    pub fn new(service: S, base: BaseUrl) -> Self {
        Self { service, base }
    }

    /// The address of the API.
    pub fn base(&self) -> &BaseUrl {
        &self.base
    }

    /// The service that requests go through.
    pub fn service(&self) -> &S {
        &self.service
    }
}

/// Each method begins a call of an operation. Its arguments are the operation's id (the `operationId` of the document), its
/// path template, and all authorization that the gateway requires.
impl<S> RestClient<S> {
    /// A `GET`.
    pub fn get(&self, id: &'static str, path: &'static str, auth: Auth) -> RequestBuilder<'_, S> {
        self.request(Operation::new(id, "GET", path, auth))
    }

    /// A `PUT`.
    pub fn put(&self, id: &'static str, path: &'static str, auth: Auth) -> RequestBuilder<'_, S> {
        self.request(Operation::new(id, "PUT", path, auth))
    }

    /// A `POST`.
    pub fn post(&self, id: &'static str, path: &'static str, auth: Auth) -> RequestBuilder<'_, S> {
        self.request(Operation::new(id, "POST", path, auth))
    }

    /// A `PATCH`.
    pub fn patch(&self, id: &'static str, path: &'static str, auth: Auth) -> RequestBuilder<'_, S> {
        self.request(Operation::new(id, "PATCH", path, auth))
    }

    /// A `DELETE`.
    pub fn delete(
        &self,
        id: &'static str,
        path: &'static str,
        auth: Auth,
    ) -> RequestBuilder<'_, S> {
        self.request(Operation::new(id, "DELETE", path, auth))
    }

    /// A `HEAD`.
    pub fn head(&self, id: &'static str, path: &'static str, auth: Auth) -> RequestBuilder<'_, S> {
        self.request(Operation::new(id, "HEAD", path, auth))
    }

    /// An `OPTIONS`.
    pub fn options(
        &self,
        id: &'static str,
        path: &'static str,
        auth: Auth,
    ) -> RequestBuilder<'_, S> {
        self.request(Operation::new(id, "OPTIONS", path, auth))
    }

    /// An operation that takes any method, called with `method`.
    pub fn any(
        &self,
        method: Method,
        id: &'static str,
        path: &'static str,
        auth: Auth,
    ) -> RequestBuilder<'_, S> {
        self.request(Operation::new(id, "ANY", path, auth))
            .method(method)
    }

    /// Any operation.
    pub fn request(&self, operation: Operation) -> RequestBuilder<'_, S> {
        RequestBuilder::new(self, operation)
    }

    /// A call with a finished request, which is sent as it is.
    ///
    /// The layers put credentials on it only for the origin of [`base`](Self::base), unless the request's extensions
    /// have another [`Origin`](crate::Origin).
    pub fn send<R: CallResult>(&self, request: Request<Body>) -> Call<S, R>
    where
        S: Clone,
    {
        let state = Box::new(RequestState::of(request, &self.base));
        Call::new(self.service.clone(), state)
    }
}

impl<S: HttpService> RestClient<S> {
    /// Erases the type of the service.
    pub fn boxed(self) -> RestClient {
        RestClient {
            service: self.service.boxed(),
            base: self.base,
        }
    }
}

impl<S> fmt::Debug for RestClient<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RestClient")
            .field("base", &format_args!("{}", self.base))
            .finish_non_exhaustive()
    }
}
