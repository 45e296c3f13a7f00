//! Requests and a service without a network, for the tests of the layers.

use std::convert::Infallible;
use std::error::Error;
use std::future::{Ready, ready};
use std::task::{Context, Poll};

use bytes::Bytes;
use http::Request;
use http_body_util::Full;
use tower::{Service, ServiceExt};

use crate::{Auth, AuthorizeError, AuthorizeErrorKind, BoxError, Operation};

pub(crate) type TestRequest = Request<Full<Bytes>>;

/// Responds with the request that it got.
pub(crate) fn echo()
-> impl Service<TestRequest, Response = TestRequest, Error = Infallible, Future: Send>
+ Clone
+ Send
+ 'static {
    tower::service_fn(async |request: TestRequest| Ok(request))
}

pub(crate) fn get(uri: &str) -> TestRequest {
    Request::get(uri).body(Full::default()).unwrap()
}

/// A request of an operation that asks for `auth`.
pub(crate) fn get_for(auth: Auth, uri: &str) -> TestRequest {
    let mut request = get(uri);
    request
        .extensions_mut()
        .insert(Operation::new("getPet", "GET", "/pets/{petId}", auth));
    request
}

pub(crate) fn kind(error: &BoxError) -> Option<AuthorizeErrorKind> {
    error
        .downcast_ref::<AuthorizeError>()
        .map(AuthorizeError::kind)
}

/// Everything that an error shows, with its sources.
pub(crate) fn chain(error: &(dyn Error + 'static)) -> String {
    let sources = std::iter::successors(Some(error), |error| (*error).source());
    sources
        .map(|error| format!("{error} {error:?}\n"))
        .collect()
}

/// Responds like [`echo`], and only if the very clone that is called was polled ready before, as tower demands.
#[derive(Default)]
pub(crate) struct OnlyWhenReady(bool);

impl Clone for OnlyWhenReady {
    fn clone(&self) -> Self {
        Self(false)
    }
}

impl Service<TestRequest> for OnlyWhenReady {
    type Response = TestRequest;
    type Error = &'static str;
    type Future = Ready<Result<TestRequest, &'static str>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.0 = true;
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: TestRequest) -> Self::Future {
        ready(if std::mem::take(&mut self.0) {
            Ok(request)
        } else {
            Err("was not ready")
        })
    }
}

/// Sends two requests through the same service.
pub(crate) async fn send_twice<S>(
    mut service: S,
    request: fn() -> TestRequest,
) -> Result<(), BoxError>
where
    S: Service<TestRequest, Error = BoxError, Future: Send>,
{
    for _ in 0..2 {
        service.ready().await?.call(request()).await?;
    }
    Ok(())
}
