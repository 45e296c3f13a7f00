//! Servers that are broken or mean: a call ends within its time, with the right value or with the error that tells what is wrong.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

use std::collections::HashMap;
use std::time::Duration;

use gatewright::client::RestClient;
use gatewright::layers::LimitsLayer;
use gatewright::transport::{Https, https};
use gatewright::{Auth, BaseUrl, Error};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::{Interval, interval, timeout};

/// The time of a call whose server never ends.
const SHORT: Duration = Duration::from_millis(500);
/// The time of a call whose server ends by itself, also on a busy machine.
const LONG: Duration = Duration::from_secs(30);
/// After this a call that goes on is stuck.
const STUCK: Duration = Duration::from_secs(60);
/// The longest response that a call reads.
const MOST: usize = 1 << 20;

/// What a server does when its first bytes are sent.
enum Then {
    Close,
    /// Says nothing more, and holds the connection.
    Hold,
    /// Sends these bytes for as long as the client takes them.
    Repeat(Vec<u8>),
    /// The same with a byte at a time, so that a limit on silence does not see it.
    Trickle(&'static [u8]),
    /// Breaks the connection off without a goodbye.
    Reset,
}

struct Server {
    name: &'static str,
    first: Vec<u8>,
    then: Then,
}

fn server(name: &'static str, first: impl Into<Vec<u8>>, then: Then) -> Server {
    Server {
        name,
        first: first.into(),
        then,
    }
}

/// A response that is complete, with this body.
fn ok(body: impl AsRef<[u8]>) -> Vec<u8> {
    response("200 OK", "content-type: application/json\r\n", body)
}

fn response(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let head = format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

/// A response of chunks, up to the first chunk.
fn chunked(rest: &str) -> String {
    format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{rest}")
}

impl Server {
    /// Serves one connection, and holds it until the client lets go.
    async fn serve(self, listener: TcpListener) {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = [0; 4096];
        assert_ne!(stream.read(&mut request).await.unwrap(), 0);
        if stream.write_all(&self.first).await.is_err() {
            return;
        }
        match self.then {
            Then::Close => stream.shutdown().await.unwrap_or_default(),
            Then::Hold => {}
            Then::Repeat(bytes) => while stream.write_all(&bytes).await.is_ok() {},
            Then::Trickle(bytes) => trickle(&mut stream, bytes).await,
            Then::Reset => return stream.set_zero_linger().unwrap(),
        }
        while stream.read(&mut request).await.is_ok_and(|read| read > 0) {}
    }
}

async fn trickle(stream: &mut TcpStream, bytes: &[u8]) {
    let mut beat: Interval = interval(SHORT / 20);
    for byte in bytes.iter().cycle() {
        beat.tick().await;
        if stream.write_all(&[*byte]).await.is_err() {
            return;
        }
    }
}

/// Calls a server once.
async fn call(server: Server, transport: Https, limit: Duration) -> gatewright::Result<Value> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let base: BaseUrl = format!("http://{address}/prod").parse().unwrap();
    let limits = LimitsLayer::new().time(limit).response_bytes(MOST);
    let service = gatewright::stack(&base).limits(limits).build_on(transport);
    let rest = RestClient::new(service, base);
    let name = server.name;
    let serving = tokio::spawn(server.serve(listener));
    let result = timeout(STUCK, rest.get("op", "/x", Auth::NONE).call()).await;
    serving.abort();
    result.unwrap_or_else(|_| panic!("{name}: the call is stuck"))
}

/// Calls all servers at the same time.
async fn call_all(
    servers: Vec<Server>,
    limit: Duration,
) -> Vec<(&'static str, gatewright::Result<Value>)> {
    let transport = https();
    let mut calls = JoinSet::new();
    for server in servers {
        let (name, transport) = (server.name, transport.clone());
        calls.spawn(async move { (name, call(server, transport, limit).await) });
    }
    calls.join_all().await
}

#[tokio::test]
async fn a_server_that_never_ends_costs_the_time_of_the_call() {
    let hints = "HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n".repeat(100);
    let servers = vec![
        server("silence", "", Then::Hold),
        server(
            "hints for ever",
            "HTTP/1.1 100 Continue\r\n\r\n",
            Then::Repeat(hints.into_bytes()),
        ),
        server("half a status line", "HTTP/1.1 20", Then::Hold),
        server("half a head", "HTTP/1.1 200 OK\r\nx: a", Then::Hold),
        server(
            "a head in drops",
            "HTTP/1.1 200 OK\r\nx: ",
            Then::Trickle(b"a"),
        ),
        server("half a body", &ok("{}")[..40], Then::Hold),
        server(
            "a body in drops",
            "HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n",
            Then::Trickle(b" "),
        ),
        server("chunks in drops", chunked(""), Then::Trickle(b"1\r\n \r\n")),
        server("a chunk that stays out", chunked("5\r\n{}"), Then::Hold),
        server("no last chunk", chunked("2\r\n{}\r\n"), Then::Hold),
        server(
            "an error in drops",
            "HTTP/1.1 404 Not Found\r\ntransfer-encoding: chunked\r\n\r\n",
            Then::Trickle(b"1\r\n \r\n"),
        ),
        server(
            "a body without its end",
            "HTTP/1.1 200 OK\r\n\r\n{}",
            Then::Hold,
        ),
    ];
    for (name, result) in call_all(servers, SHORT).await {
        let error = result.unwrap_err();
        assert!(error.is_timeout(), "{name}: {error:#}");
    }
}

#[tokio::test]
async fn what_is_no_http_is_an_error_of_the_transport() {
    let many: String = (0..2_000).map(|n| format!("x{n}: a\r\n")).collect();
    let many = format!("HTTP/1.1 200 OK\r\n{many}\r\n");
    let servers = vec![
        server("garbage", vec![0xff; 100], Then::Close),
        server("the end at once", "", Then::Close),
        server("a reset at once", "", Then::Reset),
        server(
            "half a head and the end",
            "HTTP/1.1 200 OK\r\nx",
            Then::Close,
        ),
        server("HTTP/0.9", "<html>hello</html>\r\n", Then::Close),
        server("HTTP/3.0", "HTTP/3.0 200 OK\r\n\r\n", Then::Close),
        server(
            "a status of four digits",
            "HTTP/1.1 2000 OK\r\n\r\n",
            Then::Close,
        ),
        server("a status below 100", "HTTP/1.1 099 No\r\n\r\n", Then::Close),
        server("many headers", many, Then::Hold),
        server(
            "a header without end",
            "HTTP/1.1 200 OK\r\nx: ",
            Then::Repeat(vec![b'a'; 65_536]),
        ),
        server(
            "headers without end",
            "HTTP/1.1 200 OK\r\n",
            Then::Repeat(b"x: a\r\n".repeat(1_000)),
        ),
    ];
    assert_no_response(servers).await;
}

#[tokio::test]
async fn headers_that_contradict_http_are_an_error_of_the_transport() {
    let head = |lines: &str| format!("HTTP/1.1 200 OK\r\n{lines}\r\n");
    let servers = vec![
        server("a NUL in a header", head("x: a\0b\r\n"), Then::Close),
        server(
            "a name with a blank",
            head("content length: 2\r\n"),
            Then::Close,
        ),
        server(
            "two lengths",
            head("content-length: 2\r\ncontent-length: 3\r\n"),
            Then::Close,
        ),
        server(
            "no number as length",
            head("content-length: two\r\n"),
            Then::Close,
        ),
        server(
            "a negative length",
            head("content-length: -1\r\n"),
            Then::Close,
        ),
        server(
            "a length past all numbers",
            head("content-length: 99999999999999999999999\r\n"),
            Then::Close,
        ),
    ];
    assert_no_response(servers).await;
}

/// All servers break HTTP, so there is no response, and the time of the call is not used up.
async fn assert_no_response(servers: Vec<Server>) {
    for (name, result) in call_all(servers, LONG).await {
        let error = result.unwrap_err();
        assert!(!error.is_timeout(), "{name}: {error:#}");
        assert!(matches!(error, Error::Transport(_)), "{name}: {error:#}");
    }
}

#[tokio::test]
async fn a_response_that_cannot_be_read_keeps_its_status() {
    let long = [b"10000\r\n".as_slice(), &[b' '; 65_536], b"\r\n"].concat();
    let deep = "[".repeat(200_000) + &"]".repeat(200_000);
    let gzip = response("200 OK", "content-encoding: gzip\r\n", b"\x1f\x8b\x08\0");
    let servers = vec![
        server("JSON that is cut off", ok("{\"a\":[1,"), Then::Hold),
        server("no JSON", ok("<html>"), Then::Hold),
        server("two values", ok("{}{}"), Then::Hold),
        server("deep JSON", ok(deep), Then::Hold),
        server("1e400", ok("1e400"), Then::Hold),
        server("a lone surrogate", ok(r#""\ud800""#), Then::Hold),
        server("bytes beyond UTF-8", ok(b"\"\xff\""), Then::Hold),
        server("a NUL in a text", ok("\"\0\""), Then::Hold),
        server("gzip that nobody asked for", gzip, Then::Hold),
        server(
            "less than its length",
            "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{}",
            Then::Close,
        ),
        server(
            "less than its length, and a reset",
            "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{}",
            Then::Reset,
        ),
        server("chunks without end", chunked(""), Then::Repeat(long)),
        server(
            "chunks that are cut off",
            chunked("2\r\n{}\r\n"),
            Then::Close,
        ),
        server(
            "no number as a chunk's length",
            chunked("two\r\n{}\r\n"),
            Then::Hold,
        ),
        server(
            "a chunk past all numbers",
            chunked("ffffffffffffffffff\r\n{}\r\n"),
            Then::Hold,
        ),
    ];
    for (name, result) in call_all(servers, LONG).await {
        let error = result.unwrap_err();
        assert!(matches!(error, Error::Unexpected(_)), "{name}: {error:#}");
        assert_eq!(error.status().unwrap(), 200, "{name}");
        assert!(!error.is_timeout(), "{name}: {error:#}");
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = "location: http://127.0.0.1:1/\r\n";
    let servers = vec![
        server("301", response("301 Moved", elsewhere, ""), Then::Hold),
        server("307", response("307 Temporary", elsewhere, ""), Then::Hold),
        server("308", response("308 Permanent", elsewhere, ""), Then::Hold),
    ];
    for (name, result) in call_all(servers, LONG).await {
        let error = result.unwrap_err();
        assert!(matches!(error, Error::Unexpected(_)), "{name}: {error:#}");
        assert_eq!(error.status().unwrap().as_str(), name);
    }
}

#[tokio::test]
async fn odd_responses_are_read_as_what_they_say() {
    let deep = "{\"a\":".repeat(120) + "1" + &"}".repeat(120);
    let nested: Value = serde_json::from_str(&deep).unwrap();
    let both = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n3\r\n{ }\r\n0\r\n\r\n";
    let cases = [
        (server("JSON", ok("{\"a\":1}"), Then::Hold), json!({"a": 1})),
        (server("-0", ok("-0"), Then::Hold), json!(-0.0)),
        (
            server("2^64", ok("18446744073709551616"), Then::Hold),
            json!(18_446_744_073_709_551_616_f64),
        ),
        (
            server("2^64 - 1", ok("18446744073709551615"), Then::Hold),
            json!(u64::MAX),
        ),
        (server("a NUL", ok("\"\\u0000\""), Then::Hold), json!("\0")),
        (server("depth", ok(deep), Then::Hold), nested),
        (server("length and chunks", both, Then::Hold), json!({})),
        (
            server(
                "more than its length",
                [ok("{}"), b"{}".to_vec()].concat(),
                Then::Hold,
            ),
            json!({}),
        ),
        (
            server(
                "the end as length",
                "HTTP/1.1 200 OK\r\n\r\n[1]",
                Then::Close,
            ),
            json!([1]),
        ),
        (
            server(
                "hints before",
                [b"HTTP/1.1 103 Early Hints\r\n\r\n".repeat(50), ok("1")].concat(),
                Then::Hold,
            ),
            json!(1),
        ),
    ];
    let named = cases.map(|(server, value)| ((server.name, value), server));
    let (values, servers): (HashMap<_, _>, Vec<_>) = named.into_iter().unzip();
    for (name, result) in call_all(servers, LONG).await {
        assert_eq!(result.unwrap(), values[name], "{name}");
    }
}

#[tokio::test]
async fn long_texts_of_a_gateway_are_an_error_of_the_gateway() {
    let long = "word ".repeat(200_000);
    let line = "word ".repeat(4_000);
    let denied = "x-amzn-errortype: AccessDeniedException\r\n";
    let body = json!({"message": long}).to_string();
    let servers = vec![
        (
            server(
                "a long message",
                response("403 Forbidden", denied, body),
                Then::Hold,
            ),
            403,
        ),
        (
            server(
                "a long challenge",
                response(
                    "401 Unauthorized",
                    &format!(
                        "x-amzn-errortype: UnauthorizedException\r\nwww-authenticate: Bearer {line}\r\n"
                    ),
                    r#"{"message":"Unauthorized"}"#,
                ),
                Then::Hold,
            ),
            401,
        ),
        (
            server(
                "a long error type",
                response(
                    "400 Bad Request",
                    &format!("x-amzn-errortype: {line}\r\n"),
                    "{}",
                ),
                Then::Hold,
            ),
            400,
        ),
    ];
    for (server, status) in servers {
        let name = server.name;
        let error = call(server, https(), LONG).await.unwrap_err();
        assert!(
            matches!(error, Error::Gateway(_)),
            "{name}: {}",
            error.status().unwrap()
        );
        assert_eq!(error.status().unwrap(), status, "{name}");
    }
}
