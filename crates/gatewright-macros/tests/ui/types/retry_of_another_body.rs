//! A service of another body below the retry layer.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::task::{Context, Poll};

use gatewright::layers::RetryLayer;
use http::{Request, Response};
use tower::{Service, ServiceBuilder};

#[derive(Clone)]
struct Plain;

impl Service<Request<String>> for Plain {
    type Response = Response<String>;
    type Error = Infallible;
    type Future = Ready<Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<String>) -> Self::Future {
        ready(Ok(Response::new(request.into_body())))
    }
}

fn main() {
    let _ = ServiceBuilder::new().layer(RetryLayer::new()).service(Plain);
}
