//! What a call returns: `Result<T, Error<E>>`, and nothing else.

use http::Response;

use super::FromResponse;
use crate::error::{ErrorBody, Failure};
use crate::{Body, Error};

/// The result of a call. Only `Result<T, Error<E>>` implements it: a success is decoded as `T`, and the API's own errors
/// as `E`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a type an endpoint can return",
    label = "not a `Result` with a `gatewright::Error`",
    note = "write `gatewright::Result<T>`, or `Result<T, gatewright::Error<E>>` for an API with typed errors"
)]
pub trait CallResult: Sized + sealed::Sealed {
    /// As [`FromResponse::ACCEPT`].
    const ACCEPT: Option<&'static str>;

    /// As [`FromResponse::STREAMED`].
    const STREAMED: bool;

    /// Decodes a success, or wraps a failure.
    fn from_outcome(outcome: Result<Response<Body>, Failure>) -> Self;
}

impl<T: FromResponse, E: ErrorBody> CallResult for Result<T, Error<E>> {
    const ACCEPT: Option<&'static str> = T::ACCEPT;
    const STREAMED: bool = T::STREAMED;

    fn from_outcome(outcome: Result<Response<Body>, Failure>) -> Self {
        match outcome {
            Ok(response) => T::from_response(response).map_err(Into::into),
            Err(failure) => Err(failure.into_error()),
        }
    }
}

mod sealed {
    pub trait Sealed {}

    impl<T, E> Sealed for Result<T, crate::Error<E>> {}
}
