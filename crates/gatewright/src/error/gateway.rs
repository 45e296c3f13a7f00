//! The errors that API Gateway itself answers with.
//!
//! A REST API names them in `x-amzn-ErrorType`, which stays when an API re-templates status and body (API Gateway
//! Developer Guide, "Gateway responses in API Gateway"). An HTTP API answers `{"message": ...}` and no more.

use std::borrow::Cow;
use std::fmt;

use http::response::Parts;
use http::{HeaderMap, StatusCode};
use serde_json::Value;

use super::is_transient;
use super::response::{request_id, write_id};

/// An answer of API Gateway, not of the API behind it.
#[derive(Clone, PartialEq, Eq)]
pub struct GatewayError {
    kind: GatewayErrorKind,
    status: StatusCode,
    error_type: Option<String>,
    message: Option<String>,
    request_id: Option<String>,
    extended_request_id: Option<String>,
}

/// What API Gateway found wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GatewayErrorKind {
    /// No credentials, **or no such route**: API Gateway answers an unknown path or method with the same words.
    MissingAuthenticationToken,
    /// The credentials are good, but not for this.
    AccessDenied,
    /// The security token or session has expired.
    ExpiredToken,
    /// The signature is wrong, or too old.
    InvalidSignature,
    /// The `authorization` header is not a signature at all (a bearer token on an IAM method, say).
    IncompleteSignature,
    /// The access key or its session token is not known.
    UnrecognizedClient,
    /// An API key is missing or wrong, a web application firewall said no, or the host is not mapped.
    Forbidden,
    /// A token is missing, wrong or expired.
    Unauthorized,
    /// A required parameter is missing, or the body does not fit its model.
    BadRequest,
    /// No such route (HTTP APIs) or resource.
    NotFound,
    /// The body is larger than 10 MB.
    TooLarge,
    /// Too fast; try again later.
    Throttled,
    /// The quota of the usage plan is used up; trying again is of no use until its period ends.
    QuotaExceeded,
    /// The authorizer of the API failed or is configured wrongly.
    Authorizer,
    /// The integration behind the gateway failed or took too long.
    Internal,
    /// Anything else.
    Other,
}

impl GatewayErrorKind {
    fn of_type(error_type: &str) -> Self {
        use GatewayErrorKind as K;
        match error_type {
            "MissingAuthenticationTokenException" => K::MissingAuthenticationToken,
            "AccessDeniedException" => K::AccessDenied,
            "ExpiredTokenException" => K::ExpiredToken,
            "InvalidSignatureException" => K::InvalidSignature,
            "IncompleteSignatureException" => K::IncompleteSignature,
            "UnrecognizedClientException" => K::UnrecognizedClient,
            "ForbiddenException" | "WafFilteredException" => K::Forbidden,
            "UnauthorizedException" => K::Unauthorized,
            "BadRequestException" => K::BadRequest,
            "ResourceNotFoundException" | "NotFoundException" => K::NotFound,
            "RequestTooLargeException" => K::TooLarge,
            "TooManyRequestsException" => K::Throttled,
            "LimitExceededException" => K::QuotaExceeded,
            "AuthorizerConfigurationException" | "AuthorizerFailureException" => K::Authorizer,
            "InternalServerErrorException"
            | "InternalFailureException"
            | "ApiConfigurationException" => K::Internal,
            _ => K::Other,
        }
    }

    fn of_status(status: StatusCode) -> Self {
        use GatewayErrorKind as K;
        match status.as_u16() {
            400 => K::BadRequest,
            401 => K::Unauthorized,
            403 => K::Forbidden,
            404 => K::NotFound,
            413 => K::TooLarge,
            429 => K::Throttled,
            500..=599 => K::Internal,
            _ => K::Other,
        }
    }

    /// What to look at first.
    fn hint(self) -> Option<&'static str> {
        match self {
            Self::MissingAuthenticationToken => Some(
                "the request has no credentials, or no such path and method is deployed at this stage",
            ),
            Self::IncompleteSignature => {
                Some("the method wants SigV4 and got another `authorization`; add `SigV4Layer`")
            }
            Self::InvalidSignature => Some(
                "the secret key or region is wrong, a layer changed the request after signing, or the clock is off",
            ),
            Self::Forbidden => {
                Some("the API key is missing or wrong, or the host is not mapped to this API")
            }
            Self::QuotaExceeded => Some("the quota of the usage plan is used up; do not retry"),
            _ => None,
        }
    }
}

impl GatewayError {
    /// An answer that names its type in `x-amzn-ErrorType`.
    pub(super) fn named(parts: &Parts, body: &[u8]) -> Option<Self> {
        let error_type = text(&parts.headers, "x-amzn-errortype")?;
        // AWS services append a colon and a URL to the name.
        let name = error_type.split(':').next().unwrap_or_default().to_owned();
        let kind = match GatewayErrorKind::of_type(&name) {
            GatewayErrorKind::BadRequest if parts.status == StatusCode::PAYLOAD_TOO_LARGE => {
                GatewayErrorKind::TooLarge
            }
            kind => kind,
        };
        Some(Self::new(kind, Some(name), parts, message(body)))
    }

    /// An answer that is the gateway's by its form: `{"message": "..."}` and nothing else from an HTTP API, or the
    /// plain-text 413 that is sent before the gateway knows the API.
    pub(super) fn anonymous(parts: &Parts, body: &[u8]) -> Option<Self> {
        let is_http_api = parts.headers.contains_key("apigw-requestid");
        let is_too_large = parts.status == StatusCode::PAYLOAD_TOO_LARGE
            && body.starts_with(b"HTTP content length");
        let message = match message_only(body) {
            Some(message) if is_http_api => Some(message),
            _ if is_too_large => Some(String::from_utf8_lossy(body).into_owned()),
            _ => return None,
        };
        Some(Self::new(
            GatewayErrorKind::of_status(parts.status),
            None,
            parts,
            message,
        ))
    }

    fn new(
        kind: GatewayErrorKind,
        error_type: Option<String>,
        parts: &Parts,
        message: Option<String>,
    ) -> Self {
        Self {
            kind,
            status: parts.status,
            error_type,
            message: message.map(|message| redact(&message).into_owned()),
            request_id: request_id(&parts.headers).map(str::to_owned),
            extended_request_id: text(&parts.headers, "x-amz-apigw-id").map(str::to_owned),
        }
    }

    /// What was wrong.
    pub fn kind(&self) -> GatewayErrorKind {
        self.kind
    }

    /// The status of the answer. An API may have changed it; go by [`kind`](Self::kind).
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The value of `x-amzn-ErrorType`, which HTTP APIs do not send.
    pub fn error_type(&self) -> Option<&str> {
        self.error_type.as_deref()
    }

    /// The gateway's words. A credential that they repeat is redacted.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// The request id, as in [`Error::request_id`](crate::Error::request_id).
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// `x-amz-apigw-id`, which AWS support asks for too.
    pub fn extended_request_id(&self) -> Option<&str> {
        self.extended_request_id.as_deref()
    }

    /// Whether the same request may succeed later if it is idempotent.
    pub fn is_retryable(&self) -> bool {
        match self.kind {
            GatewayErrorKind::Throttled => true,
            GatewayErrorKind::Internal => is_transient(self.status),
            _ => false,
        }
    }
}

impl fmt::Debug for GatewayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GatewayError")
            .field("kind", &self.kind)
            .field("status", &self.status)
            .field("message", &self.message)
            .field("request_id", &self.request_id)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for GatewayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "API Gateway answered {}", self.status)?;
        if let Some(message) = &self.message {
            write!(f, ": {message}")?;
        }
        if let Some(hint) = self.kind.hint() {
            write!(f, " ({hint})")?;
        }
        write_id(f, self.request_id())
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn message(body: &[u8]) -> Option<String> {
    let value: Value = serde_json::from_slice(body).ok()?;
    let message = value.get("message").or_else(|| value.get("Message"))?;
    message.as_str().map(str::to_owned)
}

fn message_only(body: &[u8]) -> Option<String> {
    let value: Value = serde_json::from_slice(body).ok()?;
    if value.as_object()?.len() != 1 {
        None
    } else {
        message(body)
    }
}

/// The gateway repeats a malformed `authorization` in quotes, bearer token and all.
fn redact(message: &str) -> Cow<'_, str> {
    if !message.contains("Authorization") {
        return Cow::Borrowed(message);
    }
    let pieces = message.split('\'').enumerate();
    let pieces = pieces.map(|(index, piece)| if index % 2 == 1 { "[redacted]" } else { piece });
    Cow::Owned(pieces.collect::<Vec<_>>().join("'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(status: u16, headers: &[(&'static str, &'static str)]) -> Parts {
        let mut response = http::Response::builder().status(status);
        for (name, value) in headers {
            response = response.header(*name, *value);
        }
        response.body(()).unwrap().into_parts().0
    }

    #[test]
    fn the_type_header_decides_not_status_or_body() {
        let parts = parts(
            418,
            &[
                ("x-amzn-ErrorType", "TooManyRequestsException"),
                ("x-amzn-RequestId", "id-1"),
            ],
        );
        let error = GatewayError::named(&parts, b"<re-templated/>").unwrap();
        assert_eq!(error.kind(), GatewayErrorKind::Throttled);
        assert_eq!(error.request_id(), Some("id-1"));
        assert!(error.is_retryable());
    }

    #[test]
    fn quota_and_throttle_are_told_apart() {
        let parts = parts(429, &[("x-amzn-ErrorType", "LimitExceededException")]);
        assert!(!GatewayError::named(&parts, b"{}").unwrap().is_retryable());
    }

    #[test]
    fn an_echoed_bearer_token_is_redacted() {
        let parts = parts(403, &[("x-amzn-ErrorType", "IncompleteSignatureException")]);
        let body = br#"{"message":"'s3cr3t' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer s3cr3t'."}"#;
        let error = GatewayError::named(&parts, body).unwrap();
        assert!(!format!("{error} {error:?}").contains("s3cr3t"), "{error}");
    }

    #[test]
    fn http_apis_are_known_by_their_form() {
        let http = parts(401, &[("apigw-requestid", "Mc7")]);
        let error = GatewayError::anonymous(&http, br#"{"message":"Unauthorized"}"#).unwrap();
        assert_eq!(
            (error.kind(), error.request_id()),
            (GatewayErrorKind::Unauthorized, Some("Mc7"))
        );
        assert_eq!(
            GatewayError::anonymous(&http, br#"{"message":"no","code":7}"#),
            None
        );
        assert_eq!(
            GatewayError::anonymous(&parts(401, &[]), br#"{"message":"Unauthorized"}"#),
            None
        );
    }

    #[test]
    fn the_plain_text_413_is_the_gateways() {
        let error = GatewayError::anonymous(
            &parts(413, &[]),
            b"HTTP content length exceeded 10485760 bytes.",
        );
        assert_eq!(error.unwrap().kind(), GatewayErrorKind::TooLarge);
    }
}
