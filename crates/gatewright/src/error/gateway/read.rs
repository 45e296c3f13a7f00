//! Tells whether a response is an error of API Gateway, and reads it.

use http::response::Parts;
use http::{HeaderMap, StatusCode};
use serde_json::Value;

use super::{GatewayError, GatewayErrorKind};
use crate::json::without_bom;

impl GatewayError {
    /// A response that names its type in `x-amzn-ErrorType`.
    pub(in crate::error) fn named(parts: &Parts, body: &[u8]) -> Option<Self> {
        let error_type = text(&parts.headers, "x-amzn-errortype")?;
        // AWS services append a colon and a URL to the name.
        let name = error_type.split(':').next().unwrap_or_default();
        let message = message(body);
        let words = message.as_deref().unwrap_or_default();
        let kind = GatewayErrorKind::named(name, parts.status, words);
        Some(Self::new(kind, Some(name), parts, message.as_deref()))
    }

    /// A response that has the form of a gateway's error: that of an HTTP API, or the plain text of a gateway that does not
    /// know the API yet.
    pub(in crate::error) fn anonymous(parts: &Parts, body: &[u8]) -> Option<Self> {
        let message = http_api_message(parts, body).or_else(|| plain_text(parts, body))?;
        let kind = match GatewayErrorKind::of_status(parts.status) {
            // A JWT that lacks a scope ("Troubleshooting issues with HTTP API JWT authorizers").
            GatewayErrorKind::Forbidden if challenges_scope(parts) => {
                GatewayErrorKind::AccessDenied
            }
            kind => kind,
        };
        Some(Self::new(kind, None, parts, Some(&message)))
    }
}

fn challenges_scope(parts: &Parts) -> bool {
    challenge(&parts.headers).is_some_and(|it| it.contains("insufficient_scope"))
}

/// An HTTP API sends only the reason phrase of the status. Another message, under the same request id, comes from the
/// integration behind it.
fn http_api_message(parts: &Parts, body: &[u8]) -> Option<String> {
    let is_http_api = parts.headers.contains_key("apigw-requestid");
    let value: Value = serde_json::from_slice(without_bom(body)).ok()?;
    let is_alone = value.as_object().is_some_and(|object| object.len() == 1);
    let message = message_in(&value)?;
    (is_http_api && is_alone && is_reason(parts.status, message)).then(|| message.to_owned())
}

fn is_reason(status: StatusCode, message: &str) -> bool {
    let reason = match status {
        // The name that the status had before RFC 9110.
        StatusCode::PAYLOAD_TOO_LARGE => "Request Entity Too Large",
        status => status.canonical_reason().unwrap_or_default(),
    };
    message.eq_ignore_ascii_case(reason)
}

fn plain_text(parts: &Parts, body: &[u8]) -> Option<String> {
    let text = str::from_utf8(body).ok()?;
    let is_gateways = match parts.status {
        StatusCode::PAYLOAD_TOO_LARGE => text.starts_with("HTTP content length exceeded"),
        StatusCode::URI_TOO_LONG => text.to_ascii_lowercase().contains("uri too long"),
        _ => false,
    };
    is_gateways.then(|| text.trim().to_owned())
}

pub(super) fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// A REST API renames the header ("Amazon API Gateway important notes", API Gateway developer guide).
pub(super) fn challenge(headers: &HeaderMap) -> Option<&str> {
    text(headers, "www-authenticate").or_else(|| text(headers, "x-amzn-remapped-www-authenticate"))
}

fn message(body: &[u8]) -> Option<String> {
    let value: Value = serde_json::from_slice(without_bom(body)).ok()?;
    message_in(&value).map(str::to_owned)
}

fn message_in(value: &Value) -> Option<&str> {
    value
        .get("message")
        .or_else(|| value.get("Message"))?
        .as_str()
}
