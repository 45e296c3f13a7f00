//! The kind of an error response, by Cognito's exception names.

use gatewright_core::kit::error_type;
use http::response::Parts;
use http::{HeaderMap, StatusCode};
use serde_json::Value;

use super::call::Operation;
use super::cause::Cause;
use super::failure::Failure;
use super::redact;
use crate::{Error, ErrorKind};

/// `input` is the body of the request.
pub(super) fn read(operation: &Operation, head: &Parts, body: &[u8], input: &Value) -> Failure {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let code = code(&head.headers, &body);
    let (kind, cause) = classify(code.as_deref(), head.status);
    let said = ["message", "Message"]
        .iter()
        .find_map(|name| body[name].as_str());
    let message = match (said, &code) {
        (Some(text), _) if !text.is_empty() => redact::shown(text, input),
        (_, Some(code)) => format!("Cognito responded to {} with {code}", operation.name),
        _ if head.status.is_redirection() => redirected(operation, head.status),
        _ => format!(
            "Cognito responded to {} with status {}",
            operation.name, head.status
        ),
    };
    Failure::new(Error::from_response(kind, message, code), cause).heeding(&head.headers)
}

fn redirected(operation: &Operation, status: StatusCode) -> String {
    format!(
        "the endpoint of Cognito responded to {} with a redirect ({status}), which is not followed: configure the \
         endpoint itself",
        operation.name
    )
}

/// The exception's name: `x-amzn-errortype: Name:url`, else `"__type": "namespace#Name"`.
fn code(headers: &HeaderMap, body: &Value) -> Option<String> {
    let in_body = || body["__type"].as_str().map(error_type::code);
    let name = error_type::error_code(headers).or_else(in_body)?;
    let is_name = name.len() <= 80 && name.bytes().all(|b| b.is_ascii_alphanumeric());
    (is_name && !name.is_empty()).then(|| name.to_owned())
}

/// Cognito throttles with status 400, so that the name counts before the status.
fn classify(code: Option<&str>, status: StatusCode) -> (ErrorKind, Cause) {
    let by_name = code.and_then(by_name);
    by_name.unwrap_or_else(|| match status.as_u16() {
        429 => (ErrorKind::Throttled, Cause::NotServed),
        500.. => (ErrorKind::Service, Cause::Passing),
        // Cognito names its errors, so this response comes from a proxy before Cognito.
        _ if code.is_none() => (ErrorKind::Service, Cause::Lasting),
        _ => (ErrorKind::Other, Cause::Lasting),
    })
}

fn by_name(code: &str) -> Option<(ErrorKind, Cause)> {
    let kind = match code {
        "TooManyRequestsException" | "ThrottlingException" => {
            return Some((ErrorKind::Throttled, Cause::NotServed));
        }
        "InternalErrorException" | "ExternalServiceException" | "ServiceUnavailableException" => {
            return Some((ErrorKind::Service, Cause::Passing));
        }
        // A quota that lasts for minutes: a retry makes it last longer.
        "LimitExceededException" | "TooManyFailedAttemptsException" => ErrorKind::Throttled,
        "NotAuthorizedException" => ErrorKind::NotAuthorized,
        "UserNotFoundException" => ErrorKind::UserNotFound,
        "UserNotConfirmedException" => ErrorKind::UserNotConfirmed,
        "PasswordResetRequiredException" => ErrorKind::PasswordResetRequired,
        "CodeMismatchException" | "EnableSoftwareTokenMFAException" => ErrorKind::CodeMismatch,
        "ExpiredCodeException" => ErrorKind::ExpiredCode,
        "InvalidPasswordException" | "PasswordHistoryPolicyViolationException" => {
            ErrorKind::InvalidPassword
        }
        "InvalidParameterException" | "ValidationException" | "SerializationException" => {
            ErrorKind::InvalidParameter
        }
        "RefreshTokenReuseException" => ErrorKind::SessionExpired,
        "ResourceNotFoundException"
        | "InvalidIdentityPoolConfigurationException"
        | "InvalidUserPoolConfigurationException"
        | "UnsupportedOperationException"
        | "UnsupportedTokenTypeException"
        | "UserPoolAddOnNotEnabledException" => ErrorKind::Configuration,
        _ => return None,
    };
    Some((kind, Cause::Lasting))
}
