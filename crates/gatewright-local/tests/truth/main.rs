//! What Amazon API Gateway responds, row by row, each row with its source: recordings of `LocalStack` that were validated on AWS ("LS", with
//! the day), pages of the API Gateway developer guide ("DG") and of the IAM user guide, and public logs of the service.
//!
//! A row is a request and what is seen of the response. The gateway has no socket here; its clock stands.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a row that cannot be written down has failed"
)]

mod cors;
mod documents;
mod gateway_responses;
mod routing;
mod signatures;
mod validation;

use std::fmt::Write as _;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use gatewright_local::Gateway;
use http::{Request, Response};

/// `Mon, 23 Nov 2026 05:31:00 GMT`.
fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_795_411_860)
}

/// One row of the table.
struct Row {
    /// `GET /prod/pets`.
    line: &'static str,
    headers: Vec<(&'static str, String)>,
    /// What is seen: the status, the error type if there is one, and texts that the body holds.
    expected: (u16, &'static str, Vec<&'static str>),
    source: &'static str,
}

/// A row without headers.
fn row(
    line: &'static str,
    status: u16,
    error_type: &'static str,
    body: &'static str,
    source: &'static str,
) -> Row {
    Row {
        line,
        headers: Vec::new(),
        expected: (status, error_type, vec![body]),
        source,
    }
}

impl Row {
    fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Another text that the body holds.
    fn and(mut self, text: &'static str) -> Self {
        self.expected.2.push(text);
        self
    }

    fn response(&self, gateway: &Gateway) -> Response<Bytes> {
        let (method, target) = self.line.split_once(' ').unwrap();
        let mut request = Request::builder().method(method).uri(target);
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        gateway.handle(request.body(Bytes::new()).unwrap(), now())
    }

    /// What differs, if anything does.
    fn difference(&self, gateway: &Gateway) -> Option<String> {
        let response = self.response(gateway);
        let (status, error_type, texts) = &self.expected;
        let found = response.headers().get("x-amzn-errortype");
        let found = found.map_or("", |value| value.to_str().unwrap());
        let body = String::from_utf8_lossy(response.body());
        let is_same = response.status().as_u16() == *status
            && found == *error_type
            && texts.iter().all(|text| body.contains(text));
        (!is_same).then(|| {
            format!(
                "{}: {} {found} {body}\n    expected {status} {error_type} {texts:?} ({})",
                self.line,
                response.status(),
                self.source
            )
        })
    }
}

/// Tries all rows and shows all that differ.
fn check(gateway: &Gateway, rows: &[Row]) {
    let mut differences = String::new();
    for difference in rows.iter().filter_map(|row| row.difference(gateway)) {
        writeln!(differences, "{difference}").unwrap();
    }
    assert!(differences.is_empty(), "{differences}");
}

const NO_ROUTE: &str = "MissingAuthenticationTokenException";
const MISSING: &str = r#"{"message":"Missing Authentication Token"}"#;
