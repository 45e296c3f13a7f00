//! What a call returns: `Result<T, Error<E>>`, and nothing else.

use std::future::Future;

use http::Response;

use super::FromResponse;
use crate::error::{ErrorBody, Failure, failure_of};
use crate::{Body, Error};

/// The result of a call. Only `Result<T, Error<E>>` implements it, for any `T` that a success can be decoded as and
/// any `E` that the API's own errors can.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a type an endpoint can return",
    label = "not a `Result` with a `gatewright::Error`",
    note = "write `gatewright::Result<T>`, or `Result<T, gatewright::Error<E>>` for an API with typed errors"
)]
pub trait Output: Sized + sealed::Sealed {
    /// Decodes an answer.
    fn from_response(response: Response<Body>) -> impl Future<Output = Self> + Send;

    /// Wraps a failure that has no answer.
    fn from_failure(failure: Failure) -> Self;
}

impl<T: FromResponse, E: ErrorBody> Output for Result<T, Error<E>> {
    async fn from_response(response: Response<Body>) -> Self {
        if response.status().is_success() {
            return T::from_response(response).await.map_err(Into::into);
        }
        Err(failure_of(response).await.into_error())
    }

    fn from_failure(failure: Failure) -> Self {
        Err(failure.into_error())
    }
}

mod sealed {
    pub trait Sealed {}

    impl<T, E> Sealed for Result<T, crate::Error<E>> {}
}
