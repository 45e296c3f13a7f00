//! What a cache failed for.

use gatewright::BoxError;

use crate::{Error, ErrorKind};

/// The session's own error among the causes. Another one is the cache's: the load was too slow, say.
pub(crate) fn cause(error: impl Into<BoxError>) -> Error {
    let error = error.into();
    if let Some(own) = Error::find(&*error) {
        return own.clone();
    }
    let message = "tokens or credentials could not be loaded; see the source error";
    Error::because(ErrorKind::Other, message, error)
}
