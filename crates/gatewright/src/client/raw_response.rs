//! A response that is not decoded.

use std::fmt;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::response::Parts;
use http::{HeaderMap, StatusCode};
use serde::de::{DeserializeOwned, Error as _};

use crate::error::UnexpectedResponse;
use crate::json::without_bom;
use crate::{Body, BoxError};

/// A whole response in memory, not decoded: status, headers and bytes.
///
/// Generated methods return it for an operation whose document has no model, or the console's `Empty`, as in exports of
/// Lambda proxy integrations. `Debug` shows status, type and size, not the bytes.
#[derive(Clone)]
pub struct RawResponse {
    parts: Parts,
    bytes: Bytes,
}

impl RawResponse {
    /// From a response whose body is in memory.
    pub(super) fn in_memory(response: http::Response<Body>) -> Result<Self, UnexpectedResponse> {
        let (parts, body) = response.into_parts();
        match body.as_bytes().cloned() {
            Some(bytes) => Ok(Self { parts, bytes }),
            None => {
                let source = "the body is a stream: read it into memory first";
                Err(UnexpectedResponse::new(
                    parts,
                    Bytes::new(),
                    Some(source.into()),
                ))
            }
        }
    }

    /// The bytes as JSON to decode.
    pub(super) fn json_bytes(&self) -> &[u8] {
        json(&self.bytes)
    }

    pub(super) fn into_unexpected(self, source: BoxError) -> UnexpectedResponse {
        UnexpectedResponse::new(self.parts, self.bytes, Some(source))
    }

    /// The error for JSON of another type. For an empty body it does not mention `null`, which the server did not send.
    pub(super) fn into_undecodable(self, source: serde_json::Error) -> UnexpectedResponse {
        if is_blank(&self.bytes) {
            self.into_unexpected(EmptyBody.into())
        } else {
            self.into_unexpected(source.into())
        }
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.parts.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.parts.headers
    }

    /// The media type, if the response has one.
    pub fn content_type(&self) -> Option<&str> {
        self.parts.headers.get(CONTENT_TYPE)?.to_str().ok()
    }

    /// The bytes as they came.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// The bytes as text; bytes that are not UTF-8 become U+FFFD.
    pub fn text(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(&self.bytes)
    }

    /// Reads the bytes as JSON; the media type does not matter. A byte order mark is ignored (RFC 8259, section 8.1), and an
    /// empty body is `null`, as for [`FromResponse`](super::FromResponse).
    ///
    /// # Errors
    ///
    /// When they are not JSON of a `T`. The error may contain text of the response.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_slice(self.json_bytes()).map_err(|error| {
            if is_blank(&self.bytes) {
                serde_json::Error::custom(EmptyBody)
            } else {
                error
            }
        })
    }
}

/// A body as JSON to decode, without a byte order mark. An empty body is `null`.
pub(super) fn json(body: &[u8]) -> &[u8] {
    if is_blank(body) {
        b"null"
    } else {
        without_bom(body)
    }
}

/// Whether a body has no JSON value: no bytes, or only blanks (RFC 8259, section 2).
fn is_blank(body: &[u8]) -> bool {
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
    without_bom(body).iter().all(is_blank)
}

/// There is no body, and the type that is expected has no value for that.
#[derive(Debug)]
pub(crate) struct EmptyBody;

impl fmt::Display for EmptyBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the body is empty; take `()` or an `Option` where the API may send none")
    }
}

impl std::error::Error for EmptyBody {}

impl From<RawResponse> for http::Response<Body> {
    fn from(content: RawResponse) -> Self {
        http::Response::from_parts(content.parts, Body::from(content.bytes))
    }
}

impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("status", &self.parts.status)
            .field("content_type", &self.content_type())
            .field("bytes", &self.bytes.len())
            .finish()
    }
}
