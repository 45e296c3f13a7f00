//! Makes an [`Error`] of a failed call: a part that does not depend on the type of the API's errors, and a small generic
//! part.

use std::fmt;

use bytes::Bytes;
use http::response::Parts;
use serde::de::DeserializeOwned;

use super::{ApiError, Error, GatewayError, RequestError, UnexpectedResponse};
use crate::json::{self, FromJson};
use crate::{AuthorizeError, BoxError};

/// A type that an API's own errors are decoded as: any type that serde can deserialize, from JSON.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the error of an API",
    note = "derive `serde::Deserialize` for it"
)]
pub trait ErrorBody: Sized {
    /// Decodes the body of a response with this status; `None` if it is not one of this API's errors.
    fn decode(status: http::StatusCode, body: &[u8]) -> Option<Self>;
}

impl<T: DeserializeOwned> ErrorBody for T {
    fn decode(_: http::StatusCode, body: &[u8]) -> Option<Self> {
        serde_json::from_slice(json::without_bom(body)).ok()
    }
}

/// Decodes the body of one documented error, of a generated type.
pub fn decode_error<T: FromJson>(body: &[u8]) -> Option<T> {
    let mut error = T::blank();
    json::from_slice(json::without_bom(body), &mut error).ok()?;
    Some(error)
}

/// The error of an API that documents none. It has no value, so [`Error::Api`] never occurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoError {}

impl ErrorBody for NoError {
    fn decode(_: http::StatusCode, _: &[u8]) -> Option<Self> {
        None
    }
}

/// A failed call before its error is decoded. Made by [`Call`](crate::Call) only.
pub struct Failure(Kind);

enum Kind {
    Request(RequestError),
    Credentials(AuthorizeError),
    Transport(BoxError),
    Response(Box<Parts>, Bytes),
    Unread(UnexpectedResponse),
}

impl fmt::Debug for Failure {
    /// Without the response, which may be confidential.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Failure")
    }
}

impl From<RequestError> for Failure {
    fn from(error: RequestError) -> Self {
        Self(Kind::Request(error))
    }
}

impl From<UnexpectedResponse> for Failure {
    fn from(error: UnexpectedResponse) -> Self {
        Self(Kind::Unread(error))
    }
}

/// Separates a layer's [`AuthorizeError`] from every other failure of a service.
pub(crate) fn from_service(error: BoxError) -> Failure {
    Failure(match error.downcast::<AuthorizeError>() {
        Ok(error) => Kind::Credentials(*error),
        Err(error) => Kind::Transport(error),
    })
}

/// A response that is not a success.
pub(crate) fn failure_of(head: Parts, body: Bytes) -> Failure {
    Failure(Kind::Response(Box::new(head), body))
}

impl Failure {
    /// The error, with the API's own decoded as `E`.
    pub(crate) fn into_error<E: ErrorBody>(self) -> Error<E> {
        match self.0 {
            Kind::Request(error) => Error::Request(error),
            Kind::Credentials(error) => Error::Credentials(error),
            Kind::Transport(error) => Error::Transport(error),
            Kind::Unread(error) => error.into(),
            Kind::Response(parts, body) => classify(*parts, body),
        }
    }
}

/// The gateway names its error in a header of REST APIs. Without that header (HTTP APIs, a 413), a documented error of the
/// API has priority over the gateway's unnamed message.
fn classify<E: ErrorBody>(parts: Parts, body: Bytes) -> Error<E> {
    if let Some(error) = GatewayError::named(&parts, &body) {
        return Error::Gateway(Box::new(error));
    }
    if let Some(error) = E::decode(parts.status, &body) {
        return Error::Api(Box::new(ApiError::new(parts, body, error)));
    }
    match GatewayError::anonymous(&parts, &body) {
        Some(error) => Error::Gateway(Box::new(error)),
        None => UnexpectedResponse::new(parts, body, None).into(),
    }
}
