//! A failed attempt, and whether a retry makes sense.

use std::error::Error as StdError;
use std::io;
use std::time::Duration;

use gatewright::BoxError;
use http::HeaderMap;
use http::header::RETRY_AFTER;

use super::call::Operation;
use super::cause::Cause;
use crate::{Error, ErrorKind};

/// A failed attempt.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) error: Error,
    pub(super) cause: Cause,
    /// The `Retry-After` of the response.
    pub(super) retry_after: Option<Duration>,
}

impl Failure {
    pub(super) fn new(error: Error, cause: Cause) -> Self {
        Self {
            error,
            cause,
            retry_after: None,
        }
    }

    pub(super) fn unsendable(operation: &Operation, source: http::Error) -> Self {
        let message = format!("{} cannot be sent", operation.name);
        let error = Error::because(ErrorKind::Configuration, message, source);
        Self::new(error, Cause::Lasting)
    }

    pub(super) fn no_response(operation: &Operation, source: BoxError) -> Self {
        let cause = if was_refused(&*source) {
            Cause::NotServed
        } else {
            Cause::Passing
        };
        let message = format!("no response from Cognito to {}", operation.name);
        Self::new(Error::because(ErrorKind::Transport, message, source), cause)
    }

    /// The response is too long or incomplete.
    pub(super) fn broken_off(operation: &Operation, source: BoxError) -> Self {
        let message = format!(
            "the response of Cognito to {} did not arrive whole",
            operation.name
        );
        let error = Error::because(ErrorKind::Transport, message, source);
        Self::new(error, Cause::Passing)
    }

    /// Reads the `Retry-After` of the response, in the form that AWS uses: whole seconds.
    pub(super) fn heeding(mut self, headers: &HeaderMap) -> Self {
        let value = headers.get(RETRY_AFTER).and_then(|it| it.to_str().ok());
        let seconds = value.and_then(|text| text.trim().parse().ok());
        self.retry_after = seconds.map(Duration::from_secs);
        self
    }
}

/// Whether the connection was refused, so that nothing was sent. Other errors of a connection can come after the
/// request has arrived.
fn was_refused(error: &(dyn StdError + 'static)) -> bool {
    let io = error.downcast_ref::<io::Error>();
    io.is_some_and(|io| io.kind() == io::ErrorKind::ConnectionRefused)
        || error.source().is_some_and(was_refused)
}
