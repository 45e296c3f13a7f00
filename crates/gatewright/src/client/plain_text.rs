//! A response that is text.

use std::fmt;
use std::ops::Deref;

use super::{FromResponse, RawResponse};
use crate::Body;
use crate::error::UnexpectedResponse;

/// The text of a response as it is: JSON is not decoded, quotes are kept. The media type of the response does not matter. If
/// the bytes are not UTF-8, the call fails with an error that keeps them.
///
/// ```
/// use gatewright::client::{PlainText, RestClient};
/// use gatewright::{Auth, Body};
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), gatewright::BoxError> {
/// # let service = tower::service_fn(|_: http::Request<Body>| async {
/// #     Ok::<_, std::convert::Infallible>(http::Response::new(Body::from("pong")))
/// # });
/// let rest = RestClient::new(service, "https://api.example.com".parse()?);
/// let pong: gatewright::Result<PlainText> = rest.get("ping", "/ping", Auth::NONE).call().await;
/// assert_eq!(&*pong?, "pong");
/// # Ok(()) }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct PlainText(String);

impl Deref for PlainText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PlainText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<PlainText> for String {
    fn from(text: PlainText) -> Self {
        text.0
    }
}

impl FromResponse for PlainText {
    const ACCEPT: Option<&'static str> = Some("text/plain");
    const STREAMED: bool = false;

    fn from_response(response: http::Response<Body>) -> Result<Self, UnexpectedResponse> {
        let content = RawResponse::in_memory(response)?;
        match std::str::from_utf8(content.bytes()) {
            Ok(text) => Ok(Self(text.to_owned())),
            Err(source) => Err(content.into_unexpected(source.into())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_kept_as_it_came() {
        let response = http::Response::new(Body::from("\"a\" é"));
        let text = PlainText::from_response(response).unwrap();
        assert_eq!((&*text, text.to_string().len()), ("\"a\" é", 6));
    }

    #[test]
    fn what_is_no_text_is_an_error_that_keeps_it() {
        let response = http::Response::new(Body::from(vec![b'a', 0xff]));
        let error = PlainText::from_response(response).unwrap_err();
        assert_eq!(&error.body()[..], [b'a', 0xff]);
    }
}
