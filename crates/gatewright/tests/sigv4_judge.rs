//! Requests signed by the layer are accepted by botocore, and tampered ones are not.
#![cfg(feature = "sigv4")]
#![allow(clippy::unwrap_used, reason = "the functions here are parts of tests")]

mod judge;
mod random;

use std::convert::Infallible;
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use bytes::Bytes;
use gatewright::BoxError;
use gatewright::layers::SigV4Layer;
use http::{HeaderValue, Method, Request, Response, Uri};
use http_body_util::{BodyExt, Full};
use judge::Judge;
use random::Random;
use serde_json::{Value, json};
use tower::{ServiceBuilder, ServiceExt, service_fn};

const REGION: &str = "eu-central-1";
const TOKEN: &str = "session/token+==";

/// 2026-01-02T03:04:05Z
fn now() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_767_323_045)
}

fn setup() -> Value {
    json!({
        "region": REGION,
        "service": "execute-api",
        "now": "20260102T030405Z",
        "keys": {
            "AKIDLONGTERM": {"secret": "long/term+secret", "token": null},
            "ASIATEMPORARY": {"secret": "temporary/secret+", "token": TOKEN},
        },
    })
}

fn long_term() -> Credentials {
    Credentials::new("AKIDLONGTERM", "long/term+secret", None, None, "test")
}

fn temporary() -> Credentials {
    Credentials::new(
        "ASIATEMPORARY",
        "temporary/secret+",
        Some(TOKEN.to_owned()),
        None,
        "test",
    )
}

fn get(target: &str) -> Request<Full<Bytes>> {
    Request::get(format!("https://api.test{target}"))
        .body(Full::default())
        .unwrap()
}

fn post(target: &str) -> Request<Full<Bytes>> {
    Request::post(format!("https://api.test{target}"))
        .header("content-type", "application/json")
        .header("x-tenant-id", "blue   green")
        .header("x-tenant-id", "grün")
        .header("user-agent", "not signed")
        .body(Full::from(r#"{"name":"Rex","age":7}"#))
        .unwrap()
}

/// What a service under the layer gets to send. The `host` header is the one that an HTTP client adds.
async fn try_sign(
    credentials: Credentials,
    request: Request<Full<Bytes>>,
) -> Result<Request<Vec<u8>>, BoxError> {
    let layer = SigV4Layer::new(REGION, credentials)
        .clock(now)
        .allow_insecure();
    let echo = service_fn(async |sent: Request<_>| Ok::<_, Infallible>(Response::new(sent)));
    let service = ServiceBuilder::new().layer(layer).service(echo);
    let (mut parts, body) = service.oneshot(request).await?.into_body().into_parts();
    let host = parts.uri.authority().unwrap().as_str().parse().unwrap();
    parts.headers.entry("host").or_insert(host);
    Ok(Request::from_parts(
        parts,
        body.collect().await?.to_bytes().to_vec(),
    ))
}

async fn signed(credentials: Credentials, request: Request<Full<Bytes>>) -> Request<Vec<u8>> {
    try_sign(credentials, request).await.unwrap()
}

const TARGETS: [&str; 35] = [
    "/",
    "/prod/pets",
    "/prod/pets/",
    "/prod/a%20b",
    "/prod/a%2Fb",
    "/prod/a%2fb",
    "/prod/é/%C3%A9%E2%82%AC/日本",
    "/prod/urn:pet:1",
    "/prod/rex@example.test",
    "/prod/1+1/%2B",
    "/prod/-._~!$&'()*,;=:@",
    "/prod/%25/%7E/%41",
    "/prod/{id}/[x]|y",
    "/prod/x?q=a+b",
    "/prod/x?q=a%20b",
    "/prod/x?q=1%2B1",
    "/prod/x?a=1&b=2",
    "/prod/x?a=%26&b=%3D",
    "/prod/x?expr=a=b==c",
    "/prod/x?list=a;b;c",
    "/prod/x?share=100%25&raw=%2525",
    "/prod/x?quote='it''s'",
    "/prod/x?call=f(x)*(y)",
    "/prod/x?b=2&a=2&a=1&a=",
    "/prod/x?flag&empty=&z",
    "/prod/x?&&a=1&&b=2&",
    "/prod/x?A=1&a=2&B=3",
    "/prod/x?a-b=1&a=2&a.b=3&a%20b=4",
    "/prod/x?u=https://a.test/?q=1",
    "/prod/x?u=%c3%a9&v=é&w=%F0%9F%90%B6",
    "/prod/x?%41=%7e",
    "/prod/x?a[]=1&a[0]=2",
    "/prod/x?j={%22a%22:1}",
    "/prod/x?=v",
    "/prod/x?",
];

#[tokio::test]
async fn signed_requests_are_accepted() {
    let Some(mut judge) = Judge::start("signed_requests_are_accepted", &setup()) else {
        return;
    };
    for target in TARGETS {
        for make in [get, post] {
            for credentials in [long_term(), temporary()] {
                let sent = signed(credentials, make(target)).await;
                assert_eq!(judge.judge(&sent), Ok(()), "{sent:?}");
            }
        }
    }
}

#[tokio::test]
async fn any_host_and_port_are_accepted() {
    let Some(mut judge) = Judge::start("any_host_and_port_are_accepted", &setup()) else {
        return;
    };
    for origin in [
        "https://api.test:443",
        "https://api.test:8443",
        "https://API.Test",
        "https://user:pw@api.test",
        "http://localhost:3000",
        "http://127.0.0.1:80",
        "http://[::1]:3000",
    ] {
        let request = Request::get(format!("{origin}/prod/x"))
            .body(Full::default())
            .unwrap();
        let sent = signed(long_term(), request).await;
        assert_eq!(judge.judge(&sent), Ok(()), "{origin}");
    }
}

#[tokio::test]
async fn two_thousand_random_requests_are_accepted() {
    let Some(mut judge) = Judge::start("two_thousand_random_requests_are_accepted", &setup())
    else {
        return;
    };
    let mut random = Random::new(20_260_102);
    let mut accepted = 0;
    while accepted < 2_000 {
        let credentials = if random.below(2) == 0 {
            long_term()
        } else {
            temporary()
        };
        // What cannot be signed is refused, as `sigv4_differential` shows.
        if let Ok(sent) = try_sign(credentials, random::request(&mut random)).await {
            assert_eq!(judge.judge(&sent), Ok(()), "{sent:?}");
            accepted += 1;
        }
    }
}

type Tamper = fn(&mut Request<Vec<u8>>);

fn set(request: &mut Request<Vec<u8>>, name: &'static str, value: &'static str) {
    request
        .headers_mut()
        .insert(name, HeaderValue::from_static(value));
}

fn go_to(request: &mut Request<Vec<u8>>, uri: &'static str) {
    *request.uri_mut() = Uri::from_static(uri);
}

const MISMATCH: &str = "signature does not match the query as sent";
const TAMPERED: [(&str, Tamper, &str); 13] = [
    (
        "method",
        |sent| *sent.method_mut() = Method::DELETE,
        MISMATCH,
    ),
    (
        "path",
        |sent| go_to(sent, "https://api.test/prod/y?a=1"),
        MISMATCH,
    ),
    (
        "query value",
        |sent| go_to(sent, "https://api.test/prod/x?a=2"),
        MISMATCH,
    ),
    (
        "query added",
        |sent| go_to(sent, "https://api.test/prod/x?a=1&b"),
        MISMATCH,
    ),
    (
        "query dropped",
        |sent| go_to(sent, "https://api.test/prod/x"),
        MISMATCH,
    ),
    ("body", |sent| sent.body_mut()[2] ^= 1, MISMATCH),
    ("body dropped", |sent| sent.body_mut().clear(), MISMATCH),
    ("host", |sent| set(sent, "host", "evil.test"), MISMATCH),
    ("header", |sent| set(sent, "x-tenant-id", "red"), MISMATCH),
    (
        "type",
        |sent| set(sent, "content-type", "text/plain"),
        MISMATCH,
    ),
    (
        "date",
        |sent| set(sent, "x-amz-date", "20260102T030406Z"),
        MISMATCH,
    ),
    (
        "old date",
        |sent| set(sent, "x-amz-date", "20260102T020405Z"),
        "signed at another time",
    ),
    (
        "token",
        |sent| set(sent, "x-amz-security-token", "other"),
        "wrong session token",
    ),
];

#[tokio::test]
async fn tampered_requests_are_refused() {
    let Some(mut judge) = Judge::start("tampered_requests_are_refused", &setup()) else {
        return;
    };
    let untouched = signed(temporary(), post("/prod/x?a=1")).await;
    assert_eq!(judge.judge(&untouched), Ok(()));
    for (what, tamper, reason) in TAMPERED {
        let mut sent = untouched.clone();
        tamper(&mut sent);
        assert_eq!(judge.judge(&sent), Err(reason.to_owned()), "{what}");
    }
}

#[tokio::test]
async fn a_wrong_secret_and_a_wrong_scope_are_refused() {
    let Some(mut judge) = Judge::start("a_wrong_secret_and_a_wrong_scope_are_refused", &setup())
    else {
        return;
    };
    let wrong = Credentials::new("AKIDLONGTERM", "another", None, None, "test");
    let sent = signed(wrong, get("/prod/x")).await;
    assert_eq!(judge.judge(&sent), Err(MISMATCH.to_owned()));

    let mut elsewhere = setup();
    elsewhere["region"] = json!("us-east-1");
    let Some(mut judge) = Judge::start("a_wrong_secret_and_a_wrong_scope_are_refused", &elsewhere)
    else {
        return;
    };
    let sent = signed(long_term(), get("/prod/x")).await;
    assert_eq!(judge.judge(&sent), Err("wrong scope".to_owned()));
}
