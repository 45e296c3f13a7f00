//! The errors of API Gateway itself.
//!
//! A REST API names them in `x-amzn-ErrorType`, which stays when an API re-templates status and body (API Gateway
//! Developer Guide, "Gateway responses in API Gateway"). An HTTP API sends `{"message": ...}` only.

mod kind;
mod read;
#[cfg(test)]
mod tests;

use std::fmt;

use http::StatusCode;
use http::response::Parts;

pub use self::kind::GatewayErrorKind;
use self::read::{challenge, text};
use super::is_transient;
use super::redact::redact;
use super::response::{request_id, write_id};
use gatewright_core::kit::printable::Printable;

/// An error response of API Gateway itself, not of the API behind it.
///
/// `[redacted]` replaces credentials that the gateway repeats in its response. Its texts are cut after 2,000 characters.
///
/// It prints as one line of at most 5,000 characters: line breaks become spaces, other control characters U+FFFD.
#[derive(Clone, PartialEq, Eq)]
pub struct GatewayError {
    kind: GatewayErrorKind,
    status: StatusCode,
    error_type: Option<String>,
    message: Option<String>,
    challenge: Option<String>,
    request_id: Option<String>,
    extended_request_id: Option<String>,
}

impl GatewayError {
    fn new(
        kind: GatewayErrorKind,
        error_type: Option<&str>,
        parts: &Parts,
        message: Option<&str>,
    ) -> Self {
        let redacted = |text: &str| redact(text).into_owned();
        Self {
            kind,
            status: parts.status,
            error_type: error_type.map(redacted),
            message: message.map(redacted),
            challenge: challenge(&parts.headers).map(redacted),
            request_id: request_id(&parts.headers).map(str::to_owned),
            extended_request_id: text(&parts.headers, "x-amz-apigw-id").map(str::to_owned),
        }
    }

    /// The kind of error.
    pub fn kind(&self) -> GatewayErrorKind {
        self.kind
    }

    /// The status of the response. An API may have changed it: decide by [`kind`](Self::kind).
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The value of `x-amzn-ErrorType`, which HTTP APIs do not send.
    pub fn error_type(&self) -> Option<&str> {
        self.error_type.as_deref()
    }

    /// The gateway's message: the first 2,000 characters, and its length if it is longer. Line breaks and control characters
    /// are kept here, but not in `Display`.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// The challenge of a 401 or 403, from `www-authenticate` or, as REST APIs rename it,
    /// `x-amzn-Remapped-WWW-Authenticate`. For an HTTP API with a JWT authorizer, it describes the fault of
    /// the token.
    pub fn challenge(&self) -> Option<&str> {
        self.challenge.as_deref()
    }

    /// The request id, as in [`Error::request_id`](crate::Error::request_id).
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// `x-amz-apigw-id`, which AWS support asks for too.
    pub fn extended_request_id(&self) -> Option<&str> {
        self.extended_request_id.as_deref()
    }

    /// Whether the same request may succeed later; repeat it only if it is idempotent. False for an exhausted quota, and for
    /// a failed authorizer, which is more often a lasting fault of the API.
    pub fn is_retryable(&self) -> bool {
        match self.kind {
            GatewayErrorKind::Throttled
            | GatewayErrorKind::IntegrationFailure
            | GatewayErrorKind::IntegrationTimeout => true,
            GatewayErrorKind::Internal => is_transient(self.status),
            _ => false,
        }
    }

    /// The readable description, in the challenge of a JWT authorizer.
    fn description(&self) -> Option<&str> {
        let (_, rest) = self.challenge()?.split_once("error_description=\"")?;
        rest.split('"').next()
    }

    fn hint(&self) -> Option<&'static str> {
        // HTTP APIs have neither API keys nor usage plans, and say too little to guess.
        let is_rest_api = self.error_type.is_some() || self.status == StatusCode::PAYLOAD_TOO_LARGE;
        let message = self.message().unwrap_or_default();
        self.kind.hint(message).filter(|_| is_rest_api)
    }
}

impl fmt::Debug for GatewayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GatewayError")
            .field("kind", &self.kind)
            .field("status", &self.status)
            .field("error_type", &self.error_type)
            .field("message", &self.message)
            .field("challenge", &self.challenge)
            .field("request_id", &self.request_id)
            .field("extended_request_id", &self.extended_request_id)
            .finish()
    }
}

impl fmt::Display for GatewayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "API Gateway responded with {}", self.status)?;
        if let Some(message) = self.message() {
            write!(f, ": {}", Printable::cut_text(message))?;
        }
        if let Some(description) = self.description() {
            write!(f, ": {}", Printable::text(description))?;
        }
        if let Some(hint) = self.hint() {
            write!(f, " ({hint})")?;
        }
        write_id(f, self.request_id())
    }
}
