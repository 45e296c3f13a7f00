//! Types that can be sent as a body.

use serde::Serialize;

use crate::{Body, RequestError};

/// A type that can be sent as a body: a [`Body`] as it is, any type that serde can serialize as JSON.
///
/// A value that is `null` in JSON (`None`, `()`) is sent as no body at all.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be sent as a body",
    label = "neither `serde::Serialize` nor a `gatewright::Body`",
    note = "derive `serde::Serialize` for it, or make a `gatewright::Body` of it"
)]
pub trait IntoBody {
    /// The body.
    ///
    /// # Errors
    ///
    /// When the value cannot be written as JSON.
    fn into_body(self) -> Result<Body, RequestError>;
}

impl IntoBody for Body {
    fn into_body(self) -> Result<Body, RequestError> {
        Ok(self)
    }
}

impl<T: Serialize> IntoBody for T {
    fn into_body(self) -> Result<Body, RequestError> {
        Body::json(&self).map(unless_null)
    }
}

/// The body, or none if it is `null`.
pub(super) fn unless_null(body: Body) -> Body {
    let is_null = body.as_bytes().is_some_and(|bytes| bytes == "null");
    if is_null { Body::empty() } else { body }
}
