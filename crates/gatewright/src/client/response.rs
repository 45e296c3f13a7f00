//! Types that a success is decoded as.

use std::fmt;

use http::response::Parts;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::RawResponse;
use crate::error::UnexpectedResponse;
use crate::{Body, error};

/// A type that a success can be decoded as: a [`Body`] (raw, streaming), a [`RawResponse`] (buffered, of any type), a
/// [`PlainText`](super::PlainText), a [`Response`] of one of them (with status and headers), or any type that serde can
/// deserialize from JSON.
///
/// An empty body is read as JSON `null`, so that `()` and `Option<T>` work; for any other type it is an error. A byte order
/// mark before JSON is ignored (RFC 8259, section 8.1).
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be decoded from a response",
    note = "derive `serde::Deserialize` for it and for all that it holds, or take a `gatewright::Body` or \
            `gatewright::client::RawResponse`"
)]
pub trait FromResponse: Sized {
    /// The media type to send as `accept`, unless the request has that header.
    const ACCEPT: Option<&'static str>;

    /// Whether the body is decoded while it arrives. Otherwise it is read into memory first, within the limits of the
    /// call.
    const STREAMED: bool;

    /// Decodes a response whose status is a success.
    ///
    /// # Errors
    ///
    /// When the body cannot be decoded as this type.
    fn from_response(response: http::Response<Body>) -> Result<Self, UnexpectedResponse>;
}

impl FromResponse for Body {
    const ACCEPT: Option<&'static str> = None;
    const STREAMED: bool = true;

    fn from_response(response: http::Response<Body>) -> Result<Self, UnexpectedResponse> {
        Ok(response.into_body())
    }
}

impl FromResponse for RawResponse {
    const ACCEPT: Option<&'static str> = None;
    const STREAMED: bool = false;

    fn from_response(response: http::Response<Body>) -> Result<Self, UnexpectedResponse> {
        RawResponse::in_memory(response)
    }
}

impl<T: DeserializeOwned> FromResponse for T {
    const ACCEPT: Option<&'static str> = Some("application/json");
    const STREAMED: bool = false;

    fn from_response(response: http::Response<Body>) -> Result<Self, UnexpectedResponse> {
        let content = RawResponse::in_memory(response)?;
        serde_json::from_slice(content.json_bytes())
            .map_err(|source| content.into_undecodable(source))
    }
}

/// A decoded success with its status and headers.
///
/// `Debug` shows the decoded body, and no header but the request id.
pub struct Response<T> {
    parts: Parts,
    body: T,
}

impl<T> Response<T> {
    pub(super) fn of(
        response: http::Response<Body>,
        decode: impl FnOnce(http::Response<Body>) -> Result<T, UnexpectedResponse>,
    ) -> Result<Self, UnexpectedResponse> {
        let parts = response_head(&response);
        let body = decode(response)?;
        Ok(Self { parts, body })
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.parts.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.parts.headers
    }

    /// The request id, as in [`Error::request_id`](crate::Error::request_id).
    pub fn request_id(&self) -> Option<&str> {
        error::request_id(&self.parts.headers)
    }

    /// The decoded body.
    pub fn body(&self) -> &T {
        &self.body
    }

    /// The decoded body, by value.
    pub fn into_body(self) -> T {
        self.body
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.parts.status)
            .field("request_id", &self.request_id())
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

impl<T> From<Response<T>> for http::Response<T> {
    fn from(response: Response<T>) -> Self {
        http::Response::from_parts(response.parts, response.body)
    }
}

impl<T: FromResponse> FromResponse for Response<T> {
    const ACCEPT: Option<&'static str> = T::ACCEPT;
    const STREAMED: bool = T::STREAMED;

    fn from_response(response: http::Response<Body>) -> Result<Self, UnexpectedResponse> {
        Self::of(response, T::from_response)
    }
}

/// A copy of status, version and headers; extensions stay with the response.
fn response_head(response: &http::Response<Body>) -> Parts {
    let mut head = http::Response::new(());
    *head.status_mut() = response.status();
    *head.version_mut() = response.version();
    *head.headers_mut() = response.headers().clone();
    head.into_parts().0
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    type Pet = BTreeMap<String, i64>;

    fn response(status: u16, body: &'static str) -> http::Response<Body> {
        let builder = http::Response::builder().status(status);
        builder.body(Body::from(body)).unwrap()
    }

    #[test]
    fn a_byte_order_mark_before_json_is_ignored() {
        let pet = Pet::from_response(response(200, "\u{feff}{\"age\": 7}")).unwrap();
        assert_eq!(pet["age"], 7);
        let content = RawResponse::from_response(response(200, "\u{feff} {\"age\": 7}")).unwrap();
        assert_eq!(content.json::<Pet>().unwrap(), pet);
        assert_eq!(content.bytes().len(), 14);
        let whole = Response::<Pet>::from_response(response(200, "\u{feff}{}")).unwrap();
        assert_eq!(whole.into_body(), Pet::new());
    }

    #[test]
    fn an_empty_body_is_called_empty_and_the_status_is_named() {
        for (status, body) in [(200, ""), (204, ""), (201, "\n"), (202, "\u{feff}")] {
            let error = Pet::from_response(response(status, body)).unwrap_err();
            let shown = error.to_string();
            assert!(
                shown.contains(&format!("responded with {status} ")),
                "{shown}"
            );
            assert!(shown.contains("an empty body where a value"), "{shown}");
            let content = RawResponse::from_response(response(status, body)).unwrap();
            let error = content.json::<Pet>().unwrap_err().to_string();
            assert!(error.starts_with("the body is empty"), "{error}");
        }
    }

    #[test]
    fn an_empty_body_is_a_value_of_types_that_have_one() {
        for body in ["", "  \r\n", "\u{feff}"] {
            assert_eq!(
                Option::<Pet>::from_response(response(200, body)).unwrap(),
                None
            );
            <()>::from_response(response(200, body)).unwrap();
            let content = RawResponse::from_response(response(200, body)).unwrap();
            assert_eq!(content.json::<Option<Pet>>().unwrap(), None);
        }
    }
}
