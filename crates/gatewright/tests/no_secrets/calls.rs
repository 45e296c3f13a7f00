//! Whole calls while everything is traced, through the ready-made stack and the real transport.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

use gatewright::client::{BaseUrl, RestClient};
use gatewright::layers::{InjectHeadersLayer, RetryLayer, TraceLayer};
use gatewright::{Body, BoxError, BoxService, RawResponse};
use http::{Request, Response};
use tower::{ServiceBuilder, service_fn};

use super::recorder::{recorded, start};
use super::shown::{MARK, OPERATION, error_hides, hides, holds_no_secret, key, signer, token};

/// A server on loopback that gives these responses, one for each connection, and what was sent to it.
fn server(responses: &'static [&'static str]) -> (BaseUrl, thread::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}/prod", listener.local_addr().unwrap());
    let serve = move || {
        let mut sent = String::new();
        for response in responses {
            let (mut stream, _) = listener.accept().unwrap();
            let mut buffer = [0; 8192];
            let length = stream.read(&mut buffer).unwrap();
            sent.push_str(&String::from_utf8_lossy(&buffer[..length]));
            stream.write_all(response.as_bytes()).unwrap();
        }
        sent
    };
    (base.parse().unwrap(), thread::spawn(serve))
}

async fn call(service: BoxService, base: BaseUrl) -> gatewright::Result<RawResponse> {
    let rest = RestClient::new(service, base);
    hides(&rest);
    rest.request(OPERATION).call().await
}

/// Blanks in a header's value make the signer take the long way, through aws-sigv4, which logs what it signs.
fn blanks() -> InjectHeadersLayer {
    let layer = InjectHeadersLayer::new();
    layer.try_overriding("x-blanks", "two  blanks").unwrap()
}

fn stack(base: &BaseUrl) -> gatewright::stack::Stack {
    gatewright::stack(base)
        .retry(RetryLayer::new().jitter(|| 0.0))
        .headers(blanks())
        .api_key(key())
        .token(token())
        .iam(signer())
}

const THROTTLED: &str =
    "HTTP/1.1 429 Too Many Requests\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
const GOOD: &str = "HTTP/1.1 200 OK\r\nconnection: close\r\nx-amzn-requestid: id-of-good\r\ncontent-length: 0\r\n\r\n";
const WRONG: &str = "HTTP/1.1 403 Forbidden\r\nconnection: close\r\nx-amzn-errortype: IncompleteSignatureException\r\n\
    x-amzn-requestid: id-of-wrong\r\ncontent-length: 50\r\n\r\n{\"message\":\"Bearer s3cr3t-token is not a key=value\"}";

/// The lines of the span with this field, and those that were recorded in it.
fn span_with(field: &str) -> String {
    let recorded = recorded();
    let id = recorded
        .lines()
        .rev()
        .find(|line| line.contains(field))
        .unwrap();
    let id = id.split(' ').nth(1).unwrap();
    let own = |line: &&str| {
        line.split(' ').nth(1) == Some(id) && (line.starts_with("span ") || line.starts_with("in "))
    };
    recorded.lines().filter(own).collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn has_all(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "no {part} in:\n{text}");
    }
}

#[tokio::test]
async fn a_call_over_the_real_transport_leaves_no_secret_behind() {
    start();
    let (base, server) = server(&[THROTTLED, GOOD]);
    call(stack(&base).build(), base).await.unwrap();
    let sent = server.join().unwrap();
    assert!(
        sent.matches(MARK).count() >= 6,
        "three secrets were sent twice:\n{sent}"
    );

    let span = span_with("id-of-good");
    has_all(
        &span,
        &[
            "operation=\"getPets\"",
            "path=\"/pets\"",
            "method=\"GET\"",
            "host=\"127.0.0.1\"",
        ],
    );
    has_all(
        &span,
        &["status=200", "attempt=2", "request_id=\"id-of-good\""],
    );
    has_all(&recorded(), &["trying again", "response received"]);
    holds_no_secret(&recorded());
}

#[tokio::test]
async fn a_response_that_repeats_a_token_leaves_no_secret_behind() {
    start();
    let (base, server) = server(&[WRONG]);
    let error = call(stack(&base).build(), base).await.unwrap_err();
    server.join().unwrap();
    error_hides(&error);
    has_all(&span_with("id-of-wrong"), &["status=403", "attempt=1"]);
    holds_no_secret(&recorded());
}

#[tokio::test]
async fn a_call_that_fails_is_traced_with_its_reason_and_no_secret() {
    start();
    let base = |host: &str| -> BaseUrl { format!("https://{host}/prod").parse().unwrap() };
    let broken = || {
        service_fn(async |_: Request<Body>| {
            Err::<Response<Body>, BoxError>("s3cr3t of a layer".into())
        })
    };
    let _ = call(
        stack(&base("broken.test")).build_on(broken()),
        base("broken.test"),
    )
    .await;
    has_all(
        &span_with("broken.test"),
        &["error=\"no response\"", "attempt=3"],
    );

    let no_key = gatewright::stack(&base("refused.test"))
        .token(token())
        .iam(signer());
    let _ = call(no_key.build_on(broken()), base("refused.test")).await;
    has_all(
        &span_with("refused.test"),
        &["error=operation `getPets` needs an API key", "attempt=1"],
    );
    holds_no_secret(&recorded());
}

#[tokio::test(start_paused = true)]
async fn the_span_stands_outside_of_the_time_limit() {
    start();
    let base: BaseUrl = "https://slow.test/prod".parse().unwrap();
    let hangs = service_fn(async |_: Request<Body>| {
        std::future::pending::<Result<Response<Body>, BoxError>>().await
    });
    let error = call(stack(&base).build_on(hangs), base).await.unwrap_err();
    assert!(error.is_timeout());
    has_all(&span_with("slow.test"), &["error=\"timed out\""]);
}

#[tokio::test]
async fn the_path_of_a_request_without_operation_is_not_traced() {
    start();
    let responses =
        service_fn(async |_: Request<Body>| Ok::<_, BoxError>(Response::new(Body::empty())));
    let service = ServiceBuilder::new()
        .layer(TraceLayer::new())
        .service(responses);
    let request = Request::get("https://plain.test/users/s3cr3t?token=s3cr3t").body(Body::empty());
    tower::ServiceExt::oneshot(service, request.unwrap())
        .await
        .unwrap();
    has_all(&span_with("plain.test"), &["status=200"]);
    holds_no_secret(&recorded());
}
