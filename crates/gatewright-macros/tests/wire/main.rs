//! What a trait's client sends, byte for byte, and what it makes of answers. The transport is a function: no socket.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

mod answers;
mod calls;
mod requests;

use std::future::ready;

use gatewright::{Body, BoxError, HttpService};
use http::{Request, Response};
use tower::service_fn;

const BASE: &str = "https://api.test/prod";

/// Answers every request with its own text: the request line, its headers by name, and the body.
fn echo() -> impl HttpService {
    service_fn(|request: Request<Body>| async {
        let (head, body) = request.into_parts();
        let mut text = format!("{} {}\n", head.method, head.uri);
        let mut names: Vec<_> = head.headers.keys().collect();
        names.sort_by_key(|name| name.as_str());
        for name in names {
            for value in head.headers.get_all(name) {
                text.push_str(&format!("{name}: {}\n", value.to_str()?));
            }
        }
        let body = body.into_bytes(1 << 20).await?;
        text.push_str(std::str::from_utf8(&body)?);
        Ok::<_, BoxError>(Response::new(Body::text(text)))
    })
}

/// Answers with this status, this media type and these bytes.
fn answering(status: u16, content_type: &'static str, body: &'static [u8]) -> impl HttpService {
    service_fn(move |_: Request<Body>| {
        let response = Response::builder()
            .status(status)
            .header("content-type", content_type)
            .header("x-amzn-requestid", "r-1");
        ready(response.body(Body::from(body.to_vec())))
    })
}
