//! Why a call failed, by cause.
//!
//! ```
//! use gatewright::{Error, GatewayErrorKind};
//!
//! fn explain<E: std::fmt::Debug>(error: &Error<E>) -> &'static str {
//!     match error {
//!         Error::Request(_) => "an argument cannot be sent",
//!         Error::Credentials(_) => "a layer could not authorize the request",
//!         Error::Transport(_) => "no response",
//!         Error::Api(_) => "the API's own, documented error",
//!         Error::Gateway(gateway) if gateway.kind() == GatewayErrorKind::Throttled => "too fast",
//!         Error::Gateway(_) => "API Gateway refused",
//!         _ => "a response that nobody documented; its body is kept",
//!     }
//! }
//! # assert_eq!(explain::<()>(&Error::Transport("reset".into())), "no response");
//! ```

mod failure;
mod gateway;
mod redact;
mod request;
mod response;
#[cfg(test)]
mod tests;

use std::error::Error as _;
use std::fmt;

use http::StatusCode;

#[doc(hidden)]
pub use failure::decode_error;
pub use failure::{ErrorBody, Failure, NoError};
pub(crate) use failure::{failure_of, from_service};
pub use gateway::{GatewayError, GatewayErrorKind};
pub use request::RequestError;
pub(crate) use response::request_id;
pub use response::{ApiError, UnexpectedResponse};

use crate::{AuthorizeError, BoxError, TimedOut};
use gatewright_core::kit::write_causes;

/// The result of a call of an API without typed errors.
pub type Result<T, E = NoError> = std::result::Result<T, Error<E>>;

/// Why a call failed. `E` is the type of the API's own, documented errors.
///
/// `{}` prints the error, `{:#}` the error and its causes, in one line. Print `{:#}`, unless a reporter follows the chain of
/// [`source`](std::error::Error::source). Texts from the server and from causes are safe to log: line breaks become spaces,
/// other control characters U+FFFD, and long texts are cut. `{}` has at most 5,000 characters, `{:#}` at most 8,000.
///
/// ```
/// let error = gatewright::Error::<()>::Transport("connection refused".into());
/// assert_eq!(error.to_string(), "the request got no response");
/// assert_eq!(format!("{error:#}"), "the request got no response: connection refused");
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<E = NoError> {
    /// The request could not be built; nothing was sent.
    Request(RequestError),
    /// The request could not be authorized (no credentials, or it cannot be signed); nothing was sent.
    Credentials(AuthorizeError),
    /// There is no response: a connection, TLS or timeout failure, or the error of one of your layers.
    Transport(BoxError),
    /// The API sent an error that its document describes.
    Api(Box<ApiError<E>>),
    /// API Gateway itself refused: no credentials, wrong ones, throttled, no route...
    Gateway(Box<GatewayError>),
    /// A response that the document does not describe, or a success that could not be decoded. The body is kept.
    Unexpected(Box<UnexpectedResponse>),
}

impl<E> Error<E> {
    /// The status of the response, if there is one.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Error::Api(error) => Some(error.status()),
            Error::Gateway(error) => Some(error.status()),
            Error::Unexpected(error) => Some(error.status()),
            Error::Request(_) | Error::Credentials(_) | Error::Transport(_) => None,
        }
    }

    /// Whether the call took longer than its time limit ([`LimitsLayer`](crate::layers::LimitsLayer)).
    pub fn is_timeout(&self) -> bool {
        std::iter::successors(self.cause(), |error| (*error).source())
            .any(<dyn std::error::Error>::is::<TimedOut>)
    }

    /// The request id that AWS support asks for, if there is a response that has one: `x-amzn-RequestId` of a REST
    /// API, `apigw-requestid` of an HTTP API.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Error::Api(error) => error.request_id(),
            Error::Gateway(error) => error.request_id(),
            Error::Unexpected(error) => error.request_id(),
            Error::Request(_) | Error::Credentials(_) | Error::Transport(_) => None,
        }
    }

    /// Whether the same request may succeed later. **Repeat it only if it is idempotent.** True for no response, throttling
    /// (but not an exhausted quota), an integration that could not be reached, 502, 503 and 504. After a 504 the integration
    /// may still be running.
    pub fn is_retryable(&self) -> bool {
        match self {
            Error::Transport(_) => true,
            Error::Gateway(error) => error.is_retryable(),
            Error::Api(_) | Error::Unexpected(_) => self.status().is_some_and(is_transient),
            Error::Request(_) | Error::Credentials(_) => false,
        }
    }

    fn cause(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Request(error) => error.source(),
            Error::Credentials(error) => error.source(),
            Error::Transport(error) => Some(&**error),
            Error::Unexpected(error) => error.source(),
            Error::Api(_) | Error::Gateway(_) => None,
        }
    }

    /// The API's own, documented error.
    pub fn api(&self) -> Option<&E> {
        match self {
            Error::Api(error) => Some(error.error()),
            _ => None,
        }
    }
}

fn is_transient(status: StatusCode) -> bool {
    matches!(status.as_u16(), 429 | 502 | 503 | 504)
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Request(error) => error.fmt(f)?,
            Error::Credentials(error) => return error.fmt(f), // writes its causes itself
            Error::Transport(_) => f.write_str("the request got no response")?,
            Error::Api(error) => error.fmt(f)?,
            Error::Gateway(error) => error.fmt(f)?,
            Error::Unexpected(error) => error.fmt(f)?,
        }
        write_causes(f, self.cause().filter(|_| f.alternate()))
    }
}

impl<E: fmt::Debug> std::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause()
    }
}

impl<E> From<RequestError> for Error<E> {
    fn from(error: RequestError) -> Self {
        Error::Request(error)
    }
}

impl<E> From<UnexpectedResponse> for Error<E> {
    fn from(error: UnexpectedResponse) -> Self {
        Error::Unexpected(Box::new(error))
    }
}
