//! The limits of a call, as its caller sees them.
#![cfg(all(
    feature = "bearer",
    feature = "client",
    feature = "retry",
    feature = "sigv4"
))]
#![allow(clippy::unwrap_used, reason = "a test fails where it cannot go on")]

use std::convert::Infallible;
use std::future::{pending, ready};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use gatewright::client::{FromResponse, RestClient};
use gatewright::layers::{ApiKeyLayer, LimitsLayer, RetryLayer};
use gatewright::{Auth, Body, BoxError, BoxService, Error, HttpService, RawResponse, Token};
use http::{Request, Response};
use http_body::Frame;
use tokio::time::{Instant, sleep};
use tower::{ServiceBuilder, service_fn};

/// A body that gives a few bytes and then hangs.
struct Hangs(Option<Bytes>);

impl http_body::Body for Hangs {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        match self.0.take() {
            Some(bytes) => Poll::Ready(Some(Ok(Frame::data(bytes)))),
            None => Poll::Pending,
        }
    }
}

fn server(status: u16, body: fn() -> Body) -> BoxService {
    service_fn(move |_: Request<Body>| ready(Response::builder().status(status).body(body())))
        .boxed()
}

fn hanging_body() -> Body {
    Body::new(Hangs(Some(Bytes::from_static(b"[1,"))))
}

fn hangs() -> BoxService {
    service_fn(|_: Request<Body>| pending::<Result<Response<Body>, Infallible>>()).boxed()
}

/// What a call comes to, and how many seconds it took.
async fn call<T: FromResponse>(service: impl HttpService) -> (gatewright::Result<T>, u64) {
    let rest = RestClient::new(service, "https://api.test".parse().unwrap());
    let request = Request::get("https://api.test/")
        .body(Body::empty())
        .unwrap();
    let began = Instant::now();
    let result = rest.send(request).await;
    (result, began.elapsed().as_secs())
}

fn is_timeout<T>(result: &gatewright::Result<T>) -> bool {
    result.as_ref().is_err_and(Error::is_timeout)
}

fn within(limits: LimitsLayer, service: impl HttpService) -> BoxService {
    ServiceBuilder::new()
        .layer(limits)
        .service(service.boxed())
        .boxed()
}

#[tokio::test(start_paused = true)]
async fn a_call_without_a_response_ends_after_60_seconds_or_the_time_that_was_set() {
    let (result, seconds) = call::<RawResponse>(within(LimitsLayer::new(), hangs())).await;
    assert!(is_timeout(&result) && matches!(result, Err(Error::Transport(_))));
    assert_eq!(seconds, 60);
    let limits = LimitsLayer::new().time(Duration::from_secs(5));
    let (result, seconds) = call::<RawResponse>(within(limits, hangs())).await;
    assert_eq!((is_timeout(&result), seconds), (true, 5));
}

#[tokio::test(start_paused = true)]
async fn fetching_credentials_and_repetitions_count() {
    let slow = ApiKeyLayer::from_provider(async || {
        sleep(Duration::from_secs(600)).await;
        Ok(Token::new("0123456789abcdefghij"))
    });
    let service = ServiceBuilder::new().layer(slow).service(hangs());
    let (result, seconds) = call::<RawResponse>(within(LimitsLayer::new(), service)).await;
    assert_eq!((is_timeout(&result), seconds), (true, 60));

    let throttles = service_fn(async |_: Request<Body>| {
        sleep(Duration::from_secs(25)).await;
        Response::builder().status(429).body(Body::empty())
    });
    let service = ServiceBuilder::new()
        .layer(RetryLayer::new())
        .service(throttles);
    let (result, seconds) = call::<RawResponse>(within(LimitsLayer::new(), service)).await;
    assert_eq!((is_timeout(&result), seconds), (true, 60));
}

#[tokio::test(start_paused = true)]
async fn reading_a_response_into_memory_counts_for_successes_and_errors() {
    for status in [200, 500] {
        let service = within(LimitsLayer::new(), server(status, hanging_body));
        let (result, seconds) = call::<RawResponse>(service).await;
        assert_eq!(result.as_ref().unwrap_err().status().unwrap(), status);
        assert_eq!((is_timeout(&result), seconds), (true, 60));
    }
}

#[tokio::test(start_paused = true)]
async fn a_stream_is_not_cut_off() {
    let service = within(LimitsLayer::new(), server(200, hanging_body));
    let (result, seconds) = call::<Body>(service).await;
    assert!(result.is_ok() && seconds == 0);
}

#[tokio::test(start_paused = true)]
async fn without_a_limit_a_call_may_take_a_day() {
    let slow = || {
        service_fn(async |_: Request<Body>| {
            sleep(Duration::from_secs(86_400)).await;
            Ok::<_, Infallible>(Response::new(Body::empty()))
        })
    };
    let unlimited = LimitsLayer::new().no_time_limit();
    assert!(
        call::<RawResponse>(within(unlimited, slow()))
            .await
            .0
            .is_ok()
    );
    let for_ever = LimitsLayer::new().time(Duration::MAX);
    assert!(
        call::<RawResponse>(within(for_ever, slow()))
            .await
            .0
            .is_ok()
    );
}

#[tokio::test]
async fn a_response_up_to_the_limit_is_read_and_a_longer_one_is_an_error() {
    let three = || Body::from("123");
    for (limit, is_read) in [(2, false), (3, true)] {
        for status in [200, 500] {
            let limits = LimitsLayer::new().response_bytes(limit);
            let (result, _) = call::<RawResponse>(within(limits, server(status, three))).await;
            let body = match &result {
                Ok(content) => content.bytes(),
                Err(Error::Unexpected(error)) => error.body(),
                Err(error) => panic!("{error}"),
            };
            assert_eq!(body.len(), if is_read { 3 } else { 0 }, "{limit} {status}");
            assert!(!is_timeout(&result));
        }
    }
}

#[tokio::test]
async fn without_the_layer_a_response_may_have_10_mib() {
    let fits = || Body::from(vec![b' '; 10 << 20]);
    assert!(call::<RawResponse>(server(200, fits)).await.0.is_ok());
    let too_long = || Body::from(vec![b' '; (10 << 20) + 1]);
    let error = call::<RawResponse>(server(200, too_long))
        .await
        .0
        .unwrap_err();
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert!(source.contains("10485760 bytes"), "{source}");
}

/// What a call that was given two seconds comes to, and how many it took.
async fn in_two_seconds(service: BoxService) -> (gatewright::Result<RawResponse>, u64) {
    let rest = RestClient::new(service, "https://api.test".parse().unwrap());
    let began = Instant::now();
    let call = rest.get("getPets", "/pets", Auth::NONE).call();
    let result = call.timeout(Duration::from_secs(2)).await;
    (result, began.elapsed().as_secs())
}

#[tokio::test(start_paused = true)]
async fn one_call_can_be_given_less_time_with_and_without_a_layer() {
    for service in [hangs(), within(LimitsLayer::new(), hangs())] {
        let (result, seconds) = in_two_seconds(service).await;
        assert!(is_timeout(&result));
        assert_eq!(seconds, 2);
    }
}

#[tokio::test(start_paused = true)]
async fn one_call_can_be_given_more_time_than_the_layer_gives() {
    let slow = service_fn(|_: Request<Body>| async {
        sleep(Duration::from_millis(1500)).await;
        Ok::<_, Infallible>(Response::new(Body::from("[]")))
    });
    let limits = LimitsLayer::new().time(Duration::from_secs(1));
    let (result, seconds) = in_two_seconds(within(limits, slow)).await;
    assert!(result.is_ok());
    assert_eq!(seconds, 1);
}

#[tokio::test(start_paused = true)]
async fn the_time_of_one_call_covers_its_response() {
    for service in [server(200, hanging_body), server(500, hanging_body)] {
        for service in [service.clone(), within(LimitsLayer::new(), service)] {
            let (result, seconds) = in_two_seconds(service).await;
            assert!(is_timeout(&result));
            assert_eq!(seconds, 2);
        }
    }
}
