//! Bodies and responses of generated types, read and written by the codec of these types.
//!
//! This code is compiled once for all of them. With serde's traits, as for the user's own types, it would be compiled for
//! each type in each program: half of the compile time of a call.

use bytes::Bytes;
use http::header::HeaderValue;

use super::call::Outcome;
use super::into_body::unless_null;
use super::{RawResponse, Response, raw_response};
use crate::error::{ErrorBody, UnexpectedResponse};
use crate::json::{self, FromJson, ToJson};
use crate::{Body, Error, RequestError};

/// A type that a response is read into: a generated type, or a [`Response`] of one.
pub trait FromJsonResponse: Sized {
    /// Reads a response whose status is a success, and whose body is in memory.
    fn from_json_response(response: http::Response<Body>) -> Result<Self, UnexpectedResponse>;
}

/// The same as a function.
pub fn from_json<T: FromJsonResponse>(
    response: http::Response<Body>,
) -> Result<T, UnexpectedResponse> {
    T::from_json_response(response)
}

impl<T: FromJson> FromJsonResponse for T {
    fn from_json_response(response: http::Response<Body>) -> Result<Self, UnexpectedResponse> {
        let mut value = T::blank();
        read(response, &mut value)?;
        Ok(value)
    }
}

impl<T: FromJsonResponse> FromJsonResponse for Response<T> {
    fn from_json_response(response: http::Response<Body>) -> Result<Self, UnexpectedResponse> {
        Response::of(response, T::from_json_response)
    }
}

/// The response stays where it is, unless there is something to say of it.
fn read(
    response: http::Response<Body>,
    value: &mut dyn FromJson,
) -> Result<(), UnexpectedResponse> {
    let read = |bytes: &Bytes| json::from_slice(raw_response::json(bytes), value);
    match response.body().as_bytes().map(read) {
        Some(Ok(())) => Ok(()),
        Some(Err(source)) => Err(RawResponse::in_memory(response)?.into_undecodable(source)),
        None => RawResponse::in_memory(response).map(drop),
    }
}

/// The result of a call.
pub(super) fn result<T: FromJsonResponse, E: ErrorBody>(outcome: Outcome) -> Result<T, Error<E>> {
    match outcome {
        Ok(response) => T::from_json_response(response).map_err(Into::into),
        Err(failure) => Err(failure.into_error()),
    }
}

/// A JSON body; an empty body for `null`.
pub(super) fn body(value: &dyn ToJson) -> Result<Body, RequestError> {
    let bytes = json::to_vec(value).map_err(RequestError::encode)?;
    let media_type = HeaderValue::from_static("application/json");
    Ok(unless_null(Body::from(bytes).with_content_type(media_type)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response(body: &'static str) -> http::Response<Body> {
        http::Response::new(Body::from(body))
    }

    #[test]
    fn a_response_is_read_with_its_head_if_it_is_asked_for() {
        assert_eq!(
            Vec::<i64>::from_json_response(response("[1, 2]")).unwrap(),
            [1, 2]
        );
        let whole = Response::<Vec<i64>>::from_json_response(response("[3]")).unwrap();
        assert_eq!((whole.status().as_u16(), whole.into_body()), (200, vec![3]));
    }

    #[test]
    fn an_empty_response_is_null() {
        assert_eq!(
            Option::<bool>::from_json_response(response("")).unwrap(),
            None
        );
        assert!(bool::from_json_response(response("")).is_err());
    }

    #[test]
    fn a_response_that_begins_with_a_byte_order_mark_is_read() {
        let read = |text| Vec::<i64>::from_json_response(response(text));
        assert_eq!(read("\u{feff}[1, 2]").unwrap(), [1, 2]);
        assert_eq!(read("\u{feff} \r\n[1]").unwrap(), [1]);
        assert!(read("\u{feff}\u{feff}[1]").is_err());
        assert!(read("[1]\u{feff}").is_err());
        let nothing = Option::<bool>::from_json_response(response("\u{feff}"));
        assert_eq!(nothing.unwrap(), None);
        let error: String = crate::error::decode_error("\u{feff}\"busy\"".as_bytes()).unwrap();
        assert_eq!(error, "busy");
    }

    #[test]
    fn an_empty_body_where_a_value_is_expected_is_called_empty() {
        for text in ["", " ", "\r\n\t", "\u{feff}", "\u{feff}\n"] {
            for error in [
                bool::from_json_response(response(text)).unwrap_err(),
                Vec::<String>::from_json_response(response(text)).unwrap_err(),
                std::collections::BTreeMap::<String, i64>::from_json_response(response(text))
                    .unwrap_err(),
            ] {
                let error = Error::<crate::NoError>::from(error);
                let shown = format!("{error:#}");
                assert!(
                    shown.starts_with("the API responded with 200 OK and an empty body")
                        && shown.contains("take `()` or an `Option`"),
                    "{shown}"
                );
                assert!(!shown.contains("null"), "{shown}");
            }
        }
    }

    #[test]
    fn what_cannot_be_read_is_kept() {
        for text in ["[1", "[1] 2", "{}", "not JSON"] {
            let error = Vec::<i64>::from_json_response(response(text)).unwrap_err();
            assert_eq!(error.body(), text);
        }
    }

    #[test]
    fn null_is_no_body() {
        let sent = body(&Some("a".to_owned())).unwrap();
        assert_eq!(sent.as_bytes().unwrap(), r#""a""#);
        assert_eq!(sent.content_type().unwrap(), "application/json");
        let none = body(&None::<&bool>).unwrap();
        assert!(none.as_bytes().unwrap().is_empty() && none.content_type().is_none());
    }
}
