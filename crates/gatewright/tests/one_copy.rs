//! A call through the ready-made stack is copied once: a layer whose credential was refused has the retry layer send that copy.
#![cfg(all(
    feature = "bearer",
    feature = "client",
    feature = "retry",
    feature = "sigv4"
))]
#![allow(clippy::unwrap_used, reason = "a test fails where it cannot go on")]

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use aws_credential_types::Credentials;
use aws_credential_types::provider::{ProvideCredentials, future};
use bytes::Bytes;
use gatewright::client::{BaseUrl, RestClient};
use gatewright::layers::{Attempt, BearerTokenLayer, RetryLayer, SigV4Layer};
use gatewright::stack::Stack;
use gatewright::{Auth, Body, BoxError, BoxService, HttpService, RawResponse, Token};
use http::{HeaderMap, Request, Response};
use http_body::Frame;
use tower::service_fn;
use tower::util::{MapRequestLayer, MapResponseLayer};

const REFUSED: (u16, &str) = (403, "ExpiredTokenException");
const UNAUTHORIZED: (u16, &str) = (401, "UnauthorizedException");
const BUSY: (u16, &str) = (503, "");
const FINE: (u16, &str) = (200, "");

/// An API that responds as in a script, and then well.
#[derive(Clone, Default)]
struct Api(Arc<Mutex<Script>>);

#[derive(Default)]
struct Script {
    responses: VecDeque<(u16, &'static str)>,
    seen: Vec<Seen>,
}

/// A request that has arrived.
struct Seen {
    headers: HeaderMap,
    body: Vec<u8>,
    attempt: u32,
}

impl Api {
    fn that(responses: &[(u16, &'static str)]) -> Self {
        let api = Self::default();
        api.0.lock().unwrap().responses.extend(responses);
        api
    }

    fn respond(&self, request: &Request<Body>) -> Response<Body> {
        let mut script = self.0.lock().unwrap();
        script.seen.push(Seen {
            headers: request.headers().clone(),
            body: request.body().as_bytes().unwrap().to_vec(),
            attempt: Attempt::of(request.extensions()).number(),
        });
        let (status, error) = script.responses.pop_front().unwrap_or(FINE);
        let response = Response::builder().status(status);
        let response = response.header("x-amzn-errortype", error);
        response.body(Body::empty()).unwrap()
    }

    fn service(&self, stack: Stack) -> BoxService {
        let api = self.clone();
        stack.build_on(service_fn(move |request: Request<Body>| {
            let response = api.respond(&request);
            async move { Ok::<_, BoxError>(response) }
        }))
    }

    /// The attempts that arrived.
    fn attempts(&self) -> Vec<u32> {
        let script = self.0.lock().unwrap();
        script.seen.iter().map(|seen| seen.attempt).collect()
    }

    fn values(&self, header: &str) -> Vec<String> {
        let script = self.0.lock().unwrap();
        let value = |seen: &Seen| seen.headers[header].to_str().unwrap().to_owned();
        script.seen.iter().map(value).collect()
    }
}

fn base() -> BaseUrl {
    "https://api.test/prod".parse().unwrap()
}

fn retry() -> RetryLayer {
    RetryLayer::new().backoff(Duration::from_millis(1), Duration::from_millis(1))
}

/// Gives other credentials each time.
#[derive(Clone, Debug, Default)]
struct Fresh(Arc<AtomicUsize>);

impl ProvideCredentials for Fresh {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let id = format!("AKID{}", self.0.fetch_add(1, Ordering::Relaxed));
        let credentials = Credentials::from_keys(id, "secret", None);
        future::ProvideCredentials::ready(Ok(credentials))
    }
}

fn signing() -> Stack {
    let signer = SigV4Layer::new("eu-west-1", Fresh::default());
    gatewright::stack(&base()).iam(signer).retry(retry())
}

/// The status that a call ends with.
async fn call(service: BoxService, auth: Auth) -> u16 {
    let rest = RestClient::new(service, base());
    let call = rest.post("addPet", "/pets", auth).body("Rex");
    match call.call::<gatewright::Result<RawResponse>>().await {
        Ok(response) => response.status().as_u16(),
        Err(error) => error.status().unwrap().as_u16(),
    }
}

#[tokio::test(start_paused = true)]
async fn a_refused_request_is_sent_again_as_it_was_with_another_credential() {
    for responses in [&[REFUSED][..], &[BUSY, REFUSED], &[REFUSED, BUSY]] {
        let api = Api::that(responses);
        let service = api.service(signing().retry(retry().also_unsafe()));
        assert_eq!(call(service, Auth::IAM).await, 200, "{responses:?}");
        let script = api.0.lock().unwrap();
        assert_eq!(script.seen.len(), responses.len() + 1);
        assert!(script.seen.iter().all(|seen| seen.body == b"\"Rex\""));
        drop(script);
        let mut signed = api.values("authorization");
        signed.dedup();
        assert_eq!(signed.len(), 2, "{responses:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_refusal_counts_as_no_attempt() {
    let api = Api::that(&[REFUSED, BUSY, BUSY]);
    let service = api.service(signing().retry(retry().also_unsafe()));
    assert_eq!(call(service, Auth::IAM).await, 200);
    assert_eq!(api.attempts(), [1, 1, 2, 3]);
}

#[tokio::test(start_paused = true)]
async fn a_second_refusal_is_the_callers() {
    for retry in [retry(), retry().attempts(1)] {
        let api = Api::that(&[REFUSED, REFUSED, REFUSED]);
        let service = api.service(signing().retry(retry));
        assert_eq!(call(service, Auth::IAM).await, 403);
        assert_eq!(api.attempts(), [1, 1]);
    }
}

#[tokio::test(start_paused = true)]
async fn without_another_credential_the_first_response_is_the_callers() {
    let api = Api::that(&[REFUSED]);
    let fixed = Credentials::from_keys("AKID", "secret", None);
    let stack = gatewright::stack(&base()).iam(SigV4Layer::new("eu-west-1", fixed));
    assert_eq!(call(api.service(stack), Auth::IAM).await, 403);
    assert_eq!(api.attempts(), [1]);
}

/// Each layer may ask once, whichever comes first.
#[tokio::test(start_paused = true)]
async fn a_token_and_a_signature_are_each_renewed_once() {
    const BOTH: Auth = Auth::of(&[
        gatewright::Scheme::Iam,
        gatewright::Scheme::Token {
            scheme: "users",
            place: gatewright::Place::Header("x-token"),
        },
    ]);
    for responses in [[REFUSED, UNAUTHORIZED], [UNAUTHORIZED, REFUSED]] {
        let api = Api::that(&responses);
        let number = Arc::new(AtomicUsize::new(0));
        let tokens = move || {
            let token = number.fetch_add(1, Ordering::Relaxed).to_string();
            async move { Ok::<_, BoxError>(Token::new(token)) }
        };
        let layer = BearerTokenLayer::new(tokens);
        let layer = layer.in_header("x-token".parse().unwrap()).raw();
        let service = api.service(signing().token(layer));
        assert_eq!(call(service, BOTH).await, 200, "{responses:?}");
        assert_eq!(api.attempts(), [1, 1, 1], "{responses:?}");
        assert_eq!(api.values("x-token").last().unwrap(), "1");
    }
}

#[tokio::test(start_paused = true)]
async fn layers_between_see_the_request_again() {
    let count = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&count);
    let stack = signing().before_signing(MapRequestLayer::new(move |request: Request<Body>| {
        seen.fetch_add(1, Ordering::Relaxed);
        request
    }));
    let api = Api::that(&[REFUSED]);
    assert_eq!(call(api.service(stack), Auth::IAM).await, 200);
    assert_eq!(count.load(Ordering::Relaxed), 2);
}

/// Such a layer may make another refusal of it.
#[tokio::test(start_paused = true)]
async fn a_layer_that_hides_the_refusal_does_not_prevent_the_repetition() {
    let teapot = |mut response: Response<Body>| {
        if response.status() == 403 {
            *response.status_mut() = http::StatusCode::IM_A_TEAPOT;
        }
        response
    };
    let api = Api::that(&[REFUSED]);
    let stack = signing().before_signing(MapResponseLayer::new(teapot));
    assert_eq!(call(api.service(stack), Auth::IAM).await, 200);
    assert_eq!(api.attempts(), [1, 1]);
}

/// A body in two pieces, whose length is not known.
struct Pieces(VecDeque<&'static str>);

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let piece = self.0.pop_front();
        Poll::Ready(piece.map(|piece| Ok(Frame::data(Bytes::from_static(piece.as_bytes())))))
    }
}

/// The retry layer cannot copy a stream, and the signer reads it into memory: then the signer has the copy.
#[tokio::test(start_paused = true)]
async fn a_stream_that_was_signed_is_sent_again_after_a_refusal_and_not_after_a_failure() {
    for (responses, attempts) in [
        (&[REFUSED, FINE][..], 2),
        (&[REFUSED, REFUSED], 2),
        (&[BUSY], 1),
    ] {
        let api = Api::that(responses);
        let rest = RestClient::new(api.service(signing()), base());
        let body = Body::new(Pieces(["one ", "two"].into()));
        let call = rest.put("addPet", "/pets", Auth::IAM).body(body);
        let _ = call.call::<gatewright::Result<RawResponse>>().await;
        assert_eq!(api.attempts().len(), attempts, "{responses:?}");
        let script = api.0.lock().unwrap();
        assert!(script.seen.iter().all(|seen| seen.body == b"one two"));
    }
}

/// Counts how many of its clones there are.
#[derive(Clone)]
struct Counted(#[allow(dead_code, reason = "it counts")] Arc<()>);

#[tokio::test(start_paused = true)]
async fn nothing_of_a_call_outlives_it() {
    for responses in [
        &[][..],
        &[REFUSED],
        &[BUSY, BUSY, BUSY],
        &[REFUSED, REFUSED],
    ] {
        let api = Api::that(responses);
        let count = Arc::new(());
        let rest = RestClient::new(api.service(signing()), base());
        let call = rest.get("getPets", "/pets", Auth::IAM);
        let call = call.call::<gatewright::Result<RawResponse>>();
        let _ = call.extension(Counted(Arc::clone(&count))).await;
        assert_eq!(Arc::strong_count(&count), 1, "{responses:?}");
    }
}

/// Sends a refused request again by itself.
fn impatient(
    inner: BoxService,
) -> impl HttpService + tower::Service<Request<Body>, Response = Response<Body>, Error = BoxError> {
    service_fn(move |request: Request<Body>| {
        let inner = inner.clone();
        let (parts, body) = request.into_parts();
        let second = Request::from_parts(parts.clone(), body.try_clone().unwrap());
        async move {
            let first = Request::from_parts(parts, body);
            let response = inner.clone().send(first).await?;
            match response.status().as_u16() {
                403 => inner.send(second).await,
                _ => Ok(response),
            }
        }
    })
}

/// The second request may have had its effect.
#[tokio::test(start_paused = true)]
async fn what_a_layer_between_has_sent_again_is_not_sent_a_third_time() {
    let api = Api::that(&[REFUSED, BUSY]);
    let stack = signing().before_signing(tower::layer::layer_fn(impatient));
    assert_eq!(call(api.service(stack), Auth::IAM).await, 503);
    assert_eq!(api.attempts(), [1, 1]);
}
