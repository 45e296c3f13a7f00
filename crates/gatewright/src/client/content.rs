//! An answer without a type.

use std::fmt;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::response::Parts;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::buffer;
use crate::error::UnexpectedResponse;
use crate::{Body, BoxError};

/// The whole answer of an operation whose document gives no model, or the console's `Empty`, as exports of Lambda
/// proxy integrations do.
///
/// `Debug` tells status, type and size, not the content.
#[derive(Clone)]
pub struct Content {
    parts: Parts,
    bytes: Bytes,
}

impl Content {
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

    /// The bytes as JSON to decode: those of an empty body are `null`.
    pub(super) fn json_bytes(&self) -> &[u8] {
        if self.bytes.is_empty() {
            b"null"
        } else {
            &self.bytes
        }
    }

    pub(super) fn into_unexpected(self, source: BoxError) -> UnexpectedResponse {
        UnexpectedResponse::new(self.parts, self.bytes, Some(source))
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.parts.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.parts.headers
    }

    /// The media type, if the answer has one.
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

    /// Reads the bytes as JSON, whatever the media type.
    ///
    /// # Errors
    ///
    /// When they are not JSON of a `T`.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_slice(&self.bytes)
    }
}

impl From<Content> for http::Response<Body> {
    fn from(content: Content) -> Self {
        http::Response::from_parts(content.parts, Body::from(content.bytes))
    }
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Content")
            .field("status", &self.parts.status)
            .field("content_type", &self.content_type())
            .field("bytes", &self.bytes.len())
            .finish()
    }
}
