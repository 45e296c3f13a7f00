//! What can go wrong with a load, besides the provider's own errors.

use std::error::Error;
use std::fmt;
use std::time::Duration;

/// The source of an [`AuthorizeError`](crate::AuthorizeError).
#[derive(Debug)]
pub(super) enum Fault {
    /// The time limit.
    TooSlow(Duration),
    Panicked,
    ExpiredOnArrival,
    NoRuntime,
    RuntimeLost,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooSlow(limit) => {
                write!(f, "the provider gave no response within {limit:?}")
            }
            Self::Panicked => f.write_str("the provider panicked"),
            Self::ExpiredOnArrival => f.write_str(
                "what the provider gave has expired already: is the system's clock right, and does the provider keep old values?",
            ),
            Self::NoRuntime => {
                f.write_str("there is no Tokio runtime to ask the provider in: call from inside one")
            }
            Self::RuntimeLost => {
                f.write_str("the Tokio runtime was shut down while the provider was asked")
            }
        }
    }
}

impl Error for Fault {}
