//! Responses that are errors, kept whole.

use std::fmt;

use bytes::Bytes;
use http::response::Parts;
use http::{HeaderMap, StatusCode};

use super::redact::{Redacted, mask_value};
use crate::BoxError;
use crate::client::EmptyBody;
use gatewright_core::kit::printable::Printable;

/// The request id of a response: `x-amzn-RequestId` of a REST API, `apigw-requestid` of an HTTP API.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    let id = headers
        .get("x-amzn-requestid")
        .or_else(|| headers.get("apigw-requestid"))?;
    id.to_str().ok()
}

/// An error that the API's document describes: the decoded body, and the whole response.
///
/// `Debug` shows the first 2,000 characters of the decoded error, with `[redacted]` in place of credentials that the response
/// repeats. `Display` shows neither: one line of at most 300 characters with the status and the request id.
pub struct ApiError<E> {
    parts: Parts,
    body: Bytes,
    error: E,
}

impl<E> ApiError<E> {
    pub(crate) fn new(parts: Parts, body: Bytes, error: E) -> Self {
        Self { parts, body, error }
    }

    /// The decoded error.
    pub fn error(&self) -> &E {
        &self.error
    }

    /// The decoded error, by value.
    pub fn into_error(self) -> E {
        self.error
    }

    /// The status of the response.
    pub fn status(&self) -> StatusCode {
        self.parts.status
    }

    /// The headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        &self.parts.headers
    }

    /// The body as it came.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The request id, as in [`Error::request_id`](crate::Error::request_id).
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.parts.headers)
    }
}

impl<E: fmt::Debug> fmt::Debug for ApiError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("status", &self.parts.status)
            .field("request_id", &self.request_id())
            .field("error", &Redacted(&self.error))
            .finish_non_exhaustive()
    }
}

impl<E> fmt::Display for ApiError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the API responded with {}", self.parts.status)?;
        write_id(f, self.request_id())
    }
}

/// A response that the document does not describe, or a success that could not be decoded.
///
/// `Debug` and `Display` show its status, type and size, not its content, which may be confidential. `Display` is one line of
/// at most 500 characters.
pub struct UnexpectedResponse {
    // Boxed, so that a `Result` with this error stays small.
    parts: Box<Parts>,
    body: Bytes,
    source: Option<BoxError>,
}

impl UnexpectedResponse {
    pub(crate) fn new(parts: Parts, body: Bytes, source: Option<BoxError>) -> Self {
        Self {
            parts: Box::new(parts),
            body,
            source: source.map(without_secrets),
        }
    }

    /// The status of the response.
    pub fn status(&self) -> StatusCode {
        self.parts.status
    }

    /// The headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        &self.parts.headers
    }

    /// The body as received; empty if it could not be read to its end.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The request id, as in [`Error::request_id`](crate::Error::request_id).
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.parts.headers)
    }

    /// Why a success could not be decoded.
    pub fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| &**source as _)
    }

    fn content_type(&self) -> &str {
        let value = self.parts.headers.get(http::header::CONTENT_TYPE);
        value
            .and_then(|value| value.to_str().ok())
            .unwrap_or("no content-type")
    }
}

/// `serde_json` repeats the value that it did not expect: keep its message without the value.
fn without_secrets(source: BoxError) -> BoxError {
    if source.is::<serde_json::Error>() {
        Printable::text(mask_value(&source.to_string()))
            .to_string()
            .into()
    } else {
        source
    }
}

impl fmt::Debug for UnexpectedResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnexpectedResponse")
            .field("status", &self.parts.status)
            .field("content_type", &self.content_type())
            .field("body", &format_args!("{} bytes", self.body.len()))
            .field("request_id", &self.request_id())
            .field("source", &self.source)
            .finish()
    }
}

impl fmt::Display for UnexpectedResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match &self.source {
            Some(source) if source.is::<EmptyBody>() => "an empty body where a value is expected",
            Some(_) => "a body that cannot be decoded",
            None => "a body that the document does not describe",
        };
        let (status, size) = (self.parts.status, self.body.len());
        let kind = Printable::name(self.content_type());
        write!(
            f,
            "the API responded with {status} and {what} ({kind}, {size} bytes)"
        )?;
        write_id(f, self.request_id())
    }
}

pub(super) fn write_id(f: &mut fmt::Formatter<'_>, id: Option<&str>) -> fmt::Result {
    match id {
        Some(id) => write!(f, "; request id {}", Printable::name(id)),
        None => Ok(()),
    }
}
