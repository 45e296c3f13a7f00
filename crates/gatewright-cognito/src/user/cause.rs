//! The error behind a failed load.

use gatewright::BoxError;

use crate::{Error, ErrorKind};

/// Finds this crate's error in the source chain. Any other error is one of the cache: the load was too slow, for
/// example.
pub(crate) fn cause(error: impl Into<BoxError>) -> Error {
    let error = error.into();
    if let Some(own) = Error::find(&*error) {
        return own.clone();
    }
    let message = "tokens or credentials could not be loaded; see the source error";
    Error::because(ErrorKind::Other, message, error)
}
