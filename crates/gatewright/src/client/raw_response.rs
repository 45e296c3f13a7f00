//! A response without a type.

use std::fmt;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::response::Parts;
use http::{HeaderMap, StatusCode};
use serde::de::{DeserializeOwned, Error as _};

use super::buffer;
use crate::error::UnexpectedResponse;
use crate::json::without_bom;
use crate::{Body, BoxError};

/// The whole response of an operation whose document gives no model, or the console's `Empty`, as exports of Lambda
/// proxy integrations do.
///
/// `Debug` tells status, type and size, not the content.
#[derive(Clone)]
pub struct RawResponse {
    parts: Parts,
    bytes: Bytes,
}

impl RawResponse {
    pub(super) async fn read(response: http::Response<Body>) -> Result<Self, UnexpectedResponse> {
        let (parts, body) = response.into_parts();
        match buffer(&parts, body).await {
            Ok(bytes) => Ok(Self { parts, bytes }),
            Err(source) => Err(UnexpectedResponse::new(parts, Bytes::new(), Some(source))),
        }
    }

    /// Of a body that is in memory.
    pub(super) fn in_memory(response: http::Response<Body>) -> Result<Self, UnexpectedResponse> {
        let (parts, body) = response.into_parts();
        match body.as_bytes().cloned() {
            Some(bytes) => Ok(Self { parts, bytes }),
            None => {
                let source = "the body is a stream; it has to be read into memory first";
                Err(UnexpectedResponse::new(
                    parts,
                    Bytes::new(),
                    Some(source.into()),
                ))
            }
        }
    }

    /// The bytes as JSON to decode, without a byte order mark: those of an empty body are `null`.
    pub(super) fn json_bytes(&self) -> &[u8] {
        if self.is_blank() {
            b"null"
        } else {
            without_bom(&self.bytes)
        }
    }

    /// Whether there is nothing that JSON could be: no byte, or blanks (RFC 8259, section 2).
    fn is_blank(&self) -> bool {
        let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
        without_bom(&self.bytes).iter().all(is_blank)
    }

    pub(super) fn into_unexpected(self, source: BoxError) -> UnexpectedResponse {
        UnexpectedResponse::new(self.parts, self.bytes, Some(source))
    }

    /// Of JSON that is not what is expected. That an empty body was read as `null` is nothing that a reader could make sense of.
    pub(super) fn into_undecodable(self, source: serde_json::Error) -> UnexpectedResponse {
        if self.is_blank() {
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

    /// The bytes as text; what is not UTF-8 becomes U+FFFD.
    pub fn text(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(&self.bytes)
    }

    /// Reads the bytes as JSON, whatever the media type. A byte order mark before it is ignored (RFC 8259, section 8.1), and an
    /// empty body is `null`, as for [`FromResponse`](super::FromResponse).
    ///
    /// # Errors
    ///
    /// When they are not JSON of a `T`. The error may repeat what was read.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_slice(self.json_bytes()).map_err(|error| {
            if self.is_blank() {
                serde_json::Error::custom(EmptyBody)
            } else {
                error
            }
        })
    }
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
