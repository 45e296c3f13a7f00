//! The error of a request that cannot be signed truthfully.

use std::fmt::Display;

use crate::{AuthorizeError, AuthorizeErrorKind};

pub(super) fn unsignable(reason: impl Display) -> AuthorizeError {
    let message = format!("cannot sign the request: {reason}");
    AuthorizeError::new(AuthorizeErrorKind::Unsignable, message)
}
