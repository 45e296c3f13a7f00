//! The ready-made stack: what each of its places sees.
#![cfg(all(
    feature = "bearer",
    feature = "client",
    feature = "retry",
    feature = "sigv4"
))]
#![allow(clippy::unwrap_used, reason = "a test fails where it cannot go on")]

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use gatewright::client::{BaseUrl, RestClient};
use gatewright::layers::{
    ApiKeyLayer, Attempt, BearerTokenLayer, InjectHeadersLayer, InjectMode, LimitsLayer,
    RetryLayer, SigV4Layer,
};
use gatewright::stack::Stack;
use gatewright::{
    Auth, AuthOverride, AuthorizeErrorKind, Body, BoxError, Error, Operation, Place, RawResponse,
    Scheme, Token,
};
use http::request::Parts;
use http::{HeaderName, HeaderValue, Request, Response};
use tower::util::MapRequestLayer;
use tower::{ServiceExt, service_fn};

const EVERYTHING: Auth = Auth::of(&[
    Scheme::ApiKey,
    Scheme::Iam,
    Scheme::Token {
        scheme: "tenants",
        place: Place::Header("x-token"),
    },
]);
const OPERATION: Operation = Operation::new("getPets", "GET", "/pets", EVERYTHING);
const X_TOKEN: HeaderName = HeaderName::from_static("x-token");
const X_FIRST: HeaderName = HeaderName::from_static("x-first");
const BASE: &str = "https://api.test/prod";

/// What was seen where, in order.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    /// Notes the attempt, and which of the headers that the stack adds are there.
    fn note(&self, place: &str, parts: &Parts) {
        let attempt = Attempt::of(&parts.extensions).number();
        let names = [
            "x-first",
            "x-api-key",
            "x-token",
            "x-before",
            "x-amz-date",
            "x-after",
        ];
        let there = names
            .iter()
            .filter(|name| parts.headers.contains_key(**name));
        let there: Vec<&str> = there.copied().collect();
        let line = format!("{attempt} {place}: {}", there.join(" "));
        self.0.lock().unwrap().push(line);
    }

    /// A layer that notes what it sees and adds a header.
    fn probe(
        &self,
        place: &'static str,
        adds: &'static str,
    ) -> MapRequestLayer<impl Fn(Request<Body>) -> Request<Body> + Clone + Send + Sync + 'static>
    {
        let log = self.clone();
        MapRequestLayer::new(move |request: Request<Body>| {
            let (mut parts, body) = request.into_parts();
            log.note(place, &parts);
            parts.headers.insert(adds, HeaderValue::from_static("1"));
            Request::from_parts(parts, body)
        })
    }

    fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

fn base() -> BaseUrl {
    BASE.parse().unwrap()
}

fn headers(log: &Log) -> InjectHeadersLayer {
    let log = log.clone();
    InjectHeadersLayer::new().from_request(InjectMode::Override, X_FIRST, move |parts| {
        log.note("headers", parts);
        Some(HeaderValue::from_static("1"))
    })
}

fn key() -> ApiKeyLayer {
    ApiKeyLayer::new("0123456789abcdefghij").unwrap()
}

fn token() -> BearerTokenLayer<Token> {
    BearerTokenLayer::new(Token::new("a-token")).in_header(X_TOKEN)
}

/// A signer whose clock goes on by a second each time it is read.
fn signer() -> SigV4Layer<Credentials> {
    let seconds = Mutex::new(1_700_000_000);
    let credentials = Credentials::new("AKIDEXAMPLE", "secret", None, None, "test");
    SigV4Layer::new("eu-west-1", credentials).clock(move || {
        let mut seconds = seconds.lock().unwrap();
        *seconds += 1;
        SystemTime::UNIX_EPOCH + Duration::from_secs(*seconds)
    })
}

fn in_order(log: &Log) -> Stack {
    gatewright::stack(&base())
        .limits(LimitsLayer::new())
        .retry(RetryLayer::new())
        .headers(headers(log))
        .api_key(key())
        .token(token())
        .before_signing(log.probe("before", "x-before"))
        .iam(signer())
        .after_signing(log.probe("after", "x-after"))
}

fn in_reverse(log: &Log) -> Stack {
    gatewright::stack(&base())
        .after_signing(log.probe("after", "x-after"))
        .iam(signer())
        .before_signing(log.probe("before", "x-before"))
        .token(token())
        .api_key(key())
        .headers(headers(log))
        .retry(RetryLayer::new())
        .limits(LimitsLayer::new())
}

fn request() -> Request<Body> {
    let rest = RestClient::new((), base());
    rest.request(OPERATION).into_request().unwrap()
}

#[tokio::test(start_paused = true)]
async fn each_place_sees_what_those_outside_of_it_did_in_whatever_order_they_were_named() {
    for build in [in_order, in_reverse] {
        let log = Log::default();
        let (seen, signatures) = (log.clone(), Arc::<Mutex<Vec<HeaderValue>>>::default());
        let signed = Arc::clone(&signatures);
        let transport = service_fn(move |request: Request<Body>| {
            let (parts, _) = request.into_parts();
            seen.note("transport", &parts);
            let mut signed = signed.lock().unwrap();
            signed.push(parts.headers["authorization"].clone());
            let status = if signed.len() == 1 { 503 } else { 200 };
            std::future::ready(Response::builder().status(status).body(Body::empty()))
        });
        let rest = RestClient::new(build(&log).build_on(transport), base());
        let call = rest
            .request(OPERATION)
            .call::<gatewright::Result<RawResponse>>();
        call.await.unwrap();

        let expected = |attempt: u32| {
            [
                format!("{attempt} headers: "),
                format!("{attempt} before: x-first x-api-key x-token"),
                format!("{attempt} after: x-first x-api-key x-token x-before x-amz-date"),
                format!(
                    "{attempt} transport: x-first x-api-key x-token x-before x-amz-date x-after"
                ),
            ]
        };
        assert_eq!(log.lines(), [expected(1), expected(2)].concat());

        let signatures = signatures.lock().unwrap();
        assert_ne!(
            signatures[0], signatures[1],
            "the second attempt has a new signature"
        );
        for signature in signatures.iter() {
            let signature = signature.to_str().unwrap();
            assert!(signature.contains("x-before;"), "{signature}");
            assert!(!signature.contains("x-after"), "{signature}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_time_limit_stands_outside_of_the_repetitions() {
    let hangs = service_fn(async |_: Request<Body>| {
        tokio::time::sleep(Duration::from_secs(50)).await;
        Response::builder().status(503).body(Body::empty())
    });
    let rest = RestClient::new(gatewright::stack(&base()).build_on(hangs), base());
    let began = tokio::time::Instant::now();
    let request = Request::get(BASE).body(Body::empty()).unwrap();
    let result: gatewright::Result<RawResponse> = rest.send(request).await;
    assert!(result.unwrap_err().is_timeout());
    assert_eq!(began.elapsed(), Duration::from_secs(60));
}

fn silent() -> impl gatewright::HttpService {
    service_fn(async |_: Request<Body>| Ok::<_, BoxError>(Response::new(Body::empty())))
}

async fn refusal(stack: Stack, request: Request<Body>) -> Option<AuthorizeErrorKind> {
    let rest = RestClient::new(stack.build_on(silent()), base());
    match rest.send::<gatewright::Result<RawResponse>>(request).await {
        Ok(_) => None,
        Err(Error::Credentials(error)) => Some(error.kind()),
        Err(error) => panic!("{error}"),
    }
}

#[tokio::test]
async fn a_credential_that_nobody_brings_is_missed_before_anything_is_sent() {
    let stack = gatewright::stack(&base()).api_key(key()).iam(signer());
    let kind = refusal(stack, request()).await;
    assert_eq!(kind, Some(AuthorizeErrorKind::MissingCredential));

    let mut public = request();
    public.extensions_mut().insert(AuthOverride(Auth::NONE));
    assert_eq!(refusal(gatewright::stack(&base()), public).await, None);
}

#[tokio::test]
async fn credentials_are_bound_to_the_base_url_also_without_a_client() {
    let stacks: [fn(Stack) -> Stack; 4] = [
        |stack| stack.api_key(key()),
        |stack| stack.token(token()),
        |stack| stack.iam(signer()),
        |stack| {
            stack.headers(
                InjectHeadersLayer::new()
                    .try_overriding("authorization", "mine")
                    .unwrap(),
            )
        },
    ];
    for add in stacks {
        for (target, is_home) in [
            ("https://api.test/other", true),
            ("https://cdn.test/prod", false),
        ] {
            let service = add(gatewright::stack(&base())).build_on(silent());
            let request = Request::get(target).body(Body::empty()).unwrap();
            let result = service.oneshot(request).await;
            let kind = result.as_ref().err().map(|error| {
                error
                    .downcast_ref::<gatewright::AuthorizeError>()
                    .unwrap()
                    .kind()
            });
            assert_eq!(
                kind,
                (!is_home).then_some(AuthorizeErrorKind::ForeignOrigin),
                "{target}"
            );
        }
    }
}

#[tokio::test]
async fn a_layer_that_names_its_origins_keeps_them() {
    let key = key().only_to("https://cdn.test".parse().unwrap());
    let service = gatewright::stack(&base()).api_key(key).build_on(silent());
    let request = Request::get(BASE).body(Body::empty()).unwrap();
    let error = service.oneshot(request).await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("it is for `https://cdn.test` only"),
        "{error}"
    );
}

#[test]
fn debug_shows_what_is_in_it_and_no_secret() {
    let shown = format!("{:?}", in_order(&Log::default()));
    assert!(
        shown.contains("https://api.test") && shown.contains("signs: true"),
        "{shown}"
    );
    assert!(
        !shown.contains("0123456789") && !shown.contains("a-token"),
        "{shown}"
    );
}

#[cfg(feature = "transport")]
#[test]
fn the_default_transport_is_one_call_away() {
    let service = gatewright::stack(&base()).api_key(key()).build();
    let _: RestClient = RestClient::new(service, base());
}
