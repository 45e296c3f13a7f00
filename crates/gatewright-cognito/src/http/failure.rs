//! A failed attempt, and whether a retry makes sense.

use std::error::Error as StdError;
use std::io;
use std::time::Duration;

use gatewright::{BoxError, exchange};
use gatewright_core::kit::retry_after::retry_after;
use http::HeaderMap;

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

    /// The exchange failed. `limit` is that of the whole call.
    pub(super) fn of_exchange(
        operation: &Operation,
        failure: exchange::Failure,
        limit: Duration,
    ) -> Self {
        match failure {
            exchange::Failure::TimedOut => Self::timed_out(operation, limit),
            exchange::Failure::NoResponse(source) => Self::no_response(operation, source),
            cut @ exchange::Failure::TooLong => Self::broken_off(operation, cut.into()),
            exchange::Failure::BrokenOff(source) => Self::broken_off(operation, source),
        }
    }

    fn timed_out(operation: &Operation, limit: Duration) -> Self {
        let message = format!(
            "Cognito did not respond to {} within {limit:?}",
            operation.name
        );
        Self::new(Error::new(ErrorKind::Timeout, message), Cause::Lasting)
    }

    fn no_response(operation: &Operation, source: BoxError) -> Self {
        let cause = if was_refused(&*source) {
            Cause::NotServed
        } else {
            Cause::Passing
        };
        let message = format!("no response from Cognito to {}", operation.name);
        Self::new(Error::because(ErrorKind::Transport, message, source), cause)
    }

    /// The response is too long or incomplete.
    fn broken_off(operation: &Operation, source: BoxError) -> Self {
        let message = format!(
            "the response of Cognito to {} did not arrive whole",
            operation.name
        );
        let error = Error::because(ErrorKind::Transport, message, source);
        Self::new(error, Cause::Passing)
    }

    /// Reads the `Retry-After` of the response.
    pub(super) fn heeding(mut self, headers: &HeaderMap) -> Self {
        self.retry_after = retry_after(headers);
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
