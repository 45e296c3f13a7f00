//! A call, from the outside: it is lazy, can be customised until it is sent, and goes wherever a future can go.

#![cfg(feature = "client")]
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

use std::convert::Infallible;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use gatewright::client::RestClient;
use gatewright::layers::ApiKeyLayer;
use gatewright::{Auth, AuthOverride, Body, BoxService, Call, Error, HttpService, Operation};
use http::{Request, Response};
use tower::{ServiceBuilder, service_fn};

/// What a server got.
#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<Request<()>>>>);

impl Seen {
    fn count(&self) -> usize {
        self.0.lock().unwrap().len()
    }

    fn header(&self, name: &str) -> Option<String> {
        let requests = self.0.lock().unwrap();
        let value = requests.last()?.headers().get(name)?;
        Some(value.to_str().unwrap().to_owned())
    }

    /// A server that responds with `7`, behind a layer that adds an API key where it is asked for.
    fn server(&self) -> BoxService {
        let seen = self.clone();
        let server = service_fn(move |request: Request<Body>| {
            seen.0.lock().unwrap().push(request.map(drop));
            std::future::ready(Ok::<_, Infallible>(Response::new(Body::from("7"))))
        });
        ServiceBuilder::new()
            .layer(ApiKeyLayer::new("0123456789abcdefghij").unwrap())
            .service(server)
            .boxed()
    }

    fn rest(&self) -> RestClient {
        RestClient::new(self.server(), "https://api.test/prod".parse().unwrap())
    }
}

type Number = Call<BoxService, gatewright::Result<u8>>;

fn get(seen: &Seen) -> Number {
    seen.rest().get("getIt", "/it", Auth::API_KEY).call()
}

#[tokio::test]
async fn nothing_is_sent_before_it_is_polled() {
    let seen = Seen::default();
    let call = get(&seen);
    drop(get(&seen));
    assert_eq!(seen.count(), 0);
    assert_eq!(call.await.unwrap(), 7);
    assert_eq!(seen.count(), 1);
}

#[tokio::test]
async fn it_is_customised_by_value_until_it_is_sent() {
    #[derive(Clone)]
    struct Tenant;
    let seen = Seen::default();
    let call = get(&seen).header("x-trace", "one").header("x-trace", "two");
    call.extension(Tenant).await.unwrap();
    assert_eq!(seen.header("x-trace").unwrap(), "two");
    let requests = seen.0.lock().unwrap();
    assert!(requests[0].extensions().get::<Tenant>().is_some());
}

#[tokio::test]
async fn an_override_of_the_authorization_reaches_the_layers() {
    let seen = Seen::default();
    get(&seen).await.unwrap();
    assert!(seen.header("x-api-key").is_some());
    get(&seen).auth(Auth::NONE).await.unwrap();
    assert!(seen.header("x-api-key").is_none());
}

#[tokio::test]
async fn a_header_that_cannot_be_sent_is_an_error_and_sends_nothing() {
    let seen = Seen::default();
    let error = get(&seen).header("x-trace", "a\nb").await.unwrap_err();
    assert!(matches!(error, Error::Request(_)), "{error}");
    assert!(error.to_string().contains("`getIt`"), "{error}");
    assert_eq!(seen.count(), 0);
}

#[tokio::test]
async fn a_call_taken_apart_is_the_request_it_would_send() {
    let seen = Seen::default();
    let call = get(&seen).header("x-trace", "one").auth(Auth::NONE);
    let request = call.into_request().unwrap();
    assert_eq!(request.uri(), "https://api.test/prod/it");
    assert_eq!(request.headers()["accept"], "application/json");
    assert_eq!(request.headers()["x-trace"], "one");
    let extensions = request.extensions();
    assert_eq!(extensions.get::<Operation>().unwrap().id(), "getIt");
    assert_eq!(extensions.get(), Some(&AuthOverride(Auth::NONE)));
    assert_eq!(seen.count(), 0);

    let again: Number = seen.rest().send(request);
    assert_eq!(again.await.unwrap(), 7);
    assert_eq!(seen.header("x-trace").unwrap(), "one");
}

#[tokio::test]
async fn only_json_is_asked_for_and_only_if_the_request_does_not_say() {
    let seen = Seen::default();
    let rest = seen.rest();
    let raw = rest
        .get("getIt", "/it", Auth::NONE)
        .call::<gatewright::Result<Body>>();
    raw.await.unwrap();
    assert_eq!(seen.header("accept"), None);
    let own = rest
        .get("getIt", "/it", Auth::NONE)
        .header("accept", &"application/hal+json");
    own.call::<gatewright::Result<u8>>().await.unwrap();
    assert_eq!(seen.header("accept").unwrap(), "application/hal+json");
}

#[tokio::test]
async fn it_can_be_stored_joined_spawned_and_timed() {
    let seen = Seen::default();
    let stored: Vec<Number> = (0..2).map(|_| get(&seen)).collect();
    let mut tasks = tokio::task::JoinSet::new();
    for call in stored {
        tasks.spawn(call);
    }
    assert_eq!(tasks.join_all().await.len(), 2);
    let (one, two) = tokio::join!(get(&seen), get(&seen));
    assert_eq!(one.unwrap() + two.unwrap(), 14);
    let timed = tokio::time::timeout(Duration::from_secs(1), get(&seen));
    assert_eq!(timed.await.unwrap().unwrap(), 7);
    assert_eq!(seen.count(), 5);
}

/// Polls a call to its end, and once more.
fn poll_beyond_the_end<R>(call: Call<BoxService, R>) {
    let (mut call, mut cx) = (pin!(call), Context::from_waker(Waker::noop()));
    assert!(call.as_mut().poll(&mut cx).is_ready());
    let _ = call.as_mut().poll(&mut cx);
}

#[test]
#[should_panic(expected = "a future is not polled after it is done")]
fn a_call_that_is_polled_after_its_response_says_so() {
    poll_beyond_the_end(get(&Seen::default()));
}

#[test]
#[should_panic(expected = "a future is not polled after it is done")]
fn a_call_that_is_polled_after_its_failure_says_so() {
    poll_beyond_the_end(get(&Seen::default()).header("x-bad", "a\nb"));
}

#[test]
#[should_panic(expected = "a future is not polled after it is done")]
fn a_call_that_is_polled_after_its_stream_began_says_so() {
    let rest = Seen::default().rest();
    let call = rest.get("getIt", "/it", Auth::API_KEY);
    poll_beyond_the_end(call.call::<gatewright::Result<Body>>());
}

#[test]
fn a_call_is_sent_once() {
    let seen = Seen::default();
    let (mut call, mut cx) = (pin!(get(&seen)), Context::from_waker(Waker::noop()));
    let Poll::Ready(response) = call.as_mut().poll(&mut cx) else {
        panic!("the server responds at once");
    };
    assert_eq!(response.unwrap(), 7);
    assert_eq!(seen.count(), 1);
}
