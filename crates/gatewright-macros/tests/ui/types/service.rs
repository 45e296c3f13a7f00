use std::future::{Ready, ready};
use std::task::{Context, Poll};

use gatewright::{Body, BoxError, rest_endpoint};
use tower_service::Service;

#[rest_endpoint]
trait PetStore {
    #[get("/pets")]
    async fn pets(&self) -> gatewright::Result<Vec<String>>;
}

#[derive(Clone)]
struct OfText;

impl Service<http::Request<String>> for OfText {
    type Response = http::Response<Body>;
    type Error = BoxError;
    type Future = Ready<Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: http::Request<String>) -> Self::Future {
        ready(Ok(http::Response::default()))
    }
}

fn main() {
    let base = "https://api.example.com/prod".parse().unwrap();
    let _store = PetStoreClient::new(OfText, base);
}
