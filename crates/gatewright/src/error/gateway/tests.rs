use http::response::Parts;

use super::GatewayErrorKind as K;
use super::*;

fn parts(status: u16, headers: &[(&'static str, &'static str)]) -> Parts {
    let mut response = http::Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    response.body(()).unwrap().into_parts().0
}

/// What a REST API sends: the response type, status, `x-amzn-ErrorType`, message; what we make of it; whether an
/// idempotent request may be sent again. A row for each way in which a type is known to come.
type Row = (
    &'static str,
    u16,
    &'static str,
    Option<&'static str>,
    K,
    bool,
);

#[rustfmt::skip]
const CREDENTIALS: [Row; 14] = [
    ("MISSING_AUTHENTICATION_TOKEN", 403, "MissingAuthenticationTokenException", Some("Missing Authentication Token"), K::MissingAuthenticationToken, false),
    ("ACCESS_DENIED", 403, "AccessDeniedException", Some("User is not authorized to access this resource with an explicit deny"), K::AccessDenied, false),
    ("ACCESS_DENIED", 403, "AccessDeniedException", Some("User: arn:aws:iam::1:user/a is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:r:1:a/b/GET/c"), K::AccessDenied, false),
    ("ACCESS_DENIED", 403, "AccessDeniedException", Some("User: anonymous is not authorized to perform: execute-api:Invoke"), K::AccessDenied, false),
    ("ACCESS_DENIED", 403, "AccessDeniedException", Some("The security token included in the request is invalid."), K::UnrecognizedClient, false),
    ("ACCESS_DENIED", 403, "UnrecognizedClientException", Some("The security token included in the request is invalid."), K::UnrecognizedClient, false),
    ("EXPIRED_TOKEN", 403, "ExpiredTokenException", Some("The security token included in the request is expired"), K::ExpiredToken, false),
    ("INVALID_SIGNATURE", 403, "InvalidSignatureException", Some("Signature expired: 20260101T000000Z is now earlier than 20260101T000500Z"), K::InvalidSignature, false),
    ("INVALID_SIGNATURE", 403, "InvalidSignatureException", Some("The request signature we calculated does not match the signature you provided."), K::InvalidSignature, false),
    ("DEFAULT_4XX", 403, "IncompleteSignatureException", Some("'t' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer t'."), K::IncompleteSignature, false),
    ("INVALID_API_KEY", 403, "ForbiddenException", Some("Forbidden"), K::Forbidden, false),
    ("WAF_FILTERED", 403, "ForbiddenException", Some("Forbidden"), K::Forbidden, false),
    ("WAF_FILTERED", 403, "WafFilteredException", Some("Forbidden"), K::Forbidden, false),
    ("UNAUTHORIZED", 401, "UnauthorizedException", Some("Unauthorized"), K::Unauthorized, false),
];

#[rustfmt::skip]
const REQUESTS: [Row; 8] = [
    ("RESOURCE_NOT_FOUND", 404, "ResourceNotFoundException", Some("no such resource"), K::NotFound, false),
    ("BAD_REQUEST_BODY", 400, "BadRequestException", Some("Invalid request body"), K::BadRequest, false),
    ("BAD_REQUEST_PARAMETERS", 400, "BadRequestException", Some("Missing required request parameters: [q1]"), K::BadRequest, false),
    ("DEFAULT_4XX", 400, "BadRequestException", Some("Invalid JSON in request body"), K::BadRequest, false),
    ("REQUEST_TOO_LARGE", 413, "BadRequestException", Some("Request Too Long"), K::TooLarge, false),
    ("UNSUPPORTED_MEDIA_TYPE", 415, "BadRequestException", Some("Unsupported Media Type"), K::UnsupportedMediaType, false),
    ("THROTTLED", 429, "TooManyRequestsException", Some("Too Many Requests"), K::Throttled, true),
    ("QUOTA_EXCEEDED", 429, "LimitExceededException", Some("Limit Exceeded"), K::QuotaExceeded, false),
];

#[rustfmt::skip]
const SERVERS: [Row; 12] = [
    ("AUTHORIZER_CONFIGURATION_ERROR", 500, "AuthorizerConfigurationException", None, K::Authorizer, false),
    ("AUTHORIZER_FAILURE", 500, "AuthorizerFailureException", Some("the authorizer failed"), K::Authorizer, false),
    ("API_CONFIGURATION_ERROR", 500, "ApiConfigurationException", Some("Internal server error"), K::Internal, false),
    ("API_CONFIGURATION_ERROR", 500, "InternalServerErrorException", Some("Internal server error"), K::Internal, false),
    ("INTEGRATION_FAILURE", 504, "InternalServerErrorException", Some("Internal server error"), K::Internal, true),
    ("INTEGRATION_FAILURE", 504, "InternalServerErrorException", Some("Network error communicating with endpoint"), K::IntegrationFailure, true),
    ("INTEGRATION_FAILURE", 500, "InternalServerErrorException", Some("Network error communicating with endpoint"), K::IntegrationFailure, true),
    ("INTEGRATION_TIMEOUT", 504, "InternalServerErrorException", Some("Endpoint request timed out"), K::IntegrationTimeout, true),
    ("DEFAULT_5XX", 500, "InternalFailureException", Some("Internal server error"), K::Internal, false),
    ("DEFAULT_5XX", 502, "InternalServerErrorException", Some("Internal server error"), K::Internal, true),
    ("DEFAULT_5XX", 503, "InternalServerErrorException", Some("Internal server error"), K::Internal, true),
    ("DEFAULT_5XX", 502, "InternalFailureException", Some("Internal server error"), K::Internal, true),
];

fn rows() -> impl Iterator<Item = &'static Row> {
    CREDENTIALS.iter().chain(&REQUESTS).chain(&SERVERS)
}

#[test]
fn every_response_type_of_a_rest_api_is_known() {
    for (response, status, error_type, message, kind, retry) in rows() {
        let parts = parts(
            *status,
            &[
                ("x-amzn-ErrorType", error_type),
                ("x-amzn-RequestId", "id-1"),
            ],
        );
        let body = serde_json::json!({ "message": message }).to_string();
        let error = GatewayError::named(&parts, body.as_bytes()).unwrap();
        let row = format!("{response} {status} {error_type} {message:?}");
        assert_eq!(error.kind(), *kind, "{row}");
        assert_eq!(error.is_retryable(), *retry, "{row}");
        assert_eq!(error.status().as_u16(), *status, "{row}");
        assert_eq!(error.error_type(), Some(*error_type), "{row}");
        assert_eq!(error.request_id(), Some("id-1"), "{row}");
        assert_eq!(error.message().is_some(), message.is_some(), "{row}");
    }
}

/// `GatewayResponseType` of the API Gateway API reference.
#[test]
fn the_table_has_all_21_response_types() {
    let mut types: Vec<&str> = rows().map(|row| row.0).collect();
    types.sort_unstable();
    types.dedup();
    assert_eq!(types.len(), 21, "{types:?}");
}

#[test]
fn the_type_header_decides_not_status_or_body() {
    let parts = parts(418, &[("x-amzn-ErrorType", "TooManyRequestsException")]);
    let error = GatewayError::named(&parts, b"<re-templated/>").unwrap();
    assert_eq!(error.kind(), K::Throttled);
    assert!(error.is_retryable());
}

#[test]
fn a_url_after_the_type_is_no_part_of_it() {
    let header = (
        "x-amzn-ErrorType",
        "ForbiddenException:http://internal.example/doc/",
    );
    let error = GatewayError::named(&parts(403, &[header]), b"{}").unwrap();
    assert_eq!(error.kind(), K::Forbidden);
    assert_eq!(error.error_type(), Some("ForbiddenException"));
}

#[test]
fn an_echoed_bearer_token_is_redacted() {
    let parts = parts(403, &[("x-amzn-ErrorType", "IncompleteSignatureException")]);
    let body = br#"{"message":"'s3cr3t' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer s3cr3t'."}"#;
    let error = GatewayError::named(&parts, body).unwrap();
    assert!(
        !format!("{error} {error:?} {error:#?}").contains("s3cr3t"),
        "{error}"
    );
    assert!(error.message().unwrap().contains("missing equal-sign"));
}

const HTTP_API: (&str, &str) = ("apigw-requestid", "Mc7UVioPPHcEKPA=");

#[test]
fn an_http_api_is_known_by_its_request_id_and_the_reason_of_the_status() {
    for (status, message, kind, retry) in [
        (401, "Unauthorized", K::Unauthorized, false),
        (403, "Forbidden", K::Forbidden, false),
        (404, "Not Found", K::NotFound, false),
        (413, "Request Entity Too Large", K::TooLarge, false),
        (429, "Too Many Requests", K::Throttled, true),
        (500, "Internal Server Error", K::Internal, false),
        (503, "Service Unavailable", K::Internal, true),
    ] {
        let body = format!(r#"{{"message":"{message}"}}"#);
        let error = GatewayError::anonymous(&parts(status, &[HTTP_API]), body.as_bytes()).unwrap();
        assert_eq!(
            (error.kind(), error.is_retryable()),
            (kind, retry),
            "{status}"
        );
        assert_eq!(error.request_id(), Some(HTTP_API.1));
    }
}

#[test]
fn what_an_integration_says_is_not_the_gateways() {
    for (headers, status, body) in [
        (&[HTTP_API][..], 404, r#"{"message":"no such pet"}"#),
        (&[HTTP_API], 401, r#"{"message":"Unauthorized","code":7}"#),
        (&[HTTP_API], 401, "Unauthorized"),
        (&[], 401, r#"{"message":"Unauthorized"}"#),
        (&[], 413, "too big for us"),
    ] {
        let error = GatewayError::anonymous(&parts(status, headers), body.as_bytes());
        assert_eq!(error, None, "{status} {body}");
    }
}

#[test]
fn a_jwt_authorizer_says_why_in_its_challenge_under_either_name() {
    let challenge = r#"Bearer scope="" error="invalid_token" error_description="the token does not have a valid audience""#;
    for name in ["www-authenticate", "x-amzn-Remapped-WWW-Authenticate"] {
        let parts = parts(401, &[HTTP_API, (name, challenge)]);
        let error = GatewayError::anonymous(&parts, br#"{"message":"Unauthorized"}"#).unwrap();
        assert_eq!(error.challenge(), Some(challenge));
        assert_eq!(
            error.to_string(),
            "API Gateway responded with 401 Unauthorized: Unauthorized: the token does not have a valid audience; request id \
             Mc7UVioPPHcEKPA="
        );
    }
}

#[test]
fn a_token_that_lacks_a_scope_is_denied_access() {
    let challenge = r#"Bearer scope="pets.write" error="insufficient_scope""#;
    let parts = parts(403, &[HTTP_API, ("www-authenticate", challenge)]);
    let error = GatewayError::anonymous(&parts, br#"{"message":"Forbidden"}"#).unwrap();
    assert_eq!(error.kind(), K::AccessDenied);
}

#[test]
fn plain_texts_that_come_before_the_api_is_known_are_the_gateways() {
    for (status, body, kind) in [
        (
            413,
            "HTTP content length exceeded 10485760 bytes.",
            K::TooLarge,
        ),
        (414, "414 Request URI too long", K::UriTooLong),
    ] {
        let error = GatewayError::anonymous(&parts(status, &[]), body.as_bytes()).unwrap();
        assert_eq!((error.kind(), error.message()), (kind, Some(body)));
        assert!(!error.is_retryable());
    }
}

#[test]
fn famous_errors_come_with_a_hint() {
    for (error_type, message, hint) in [
        (
            "MissingAuthenticationTokenException",
            "Missing Authentication Token",
            "no such path and method",
        ),
        (
            "ForbiddenException",
            "Forbidden",
            "the API key is missing or wrong",
        ),
        (
            "InvalidSignatureException",
            "Signature expired: a is now earlier than b",
            "the clock of this machine is off",
        ),
        (
            "InvalidSignatureException",
            "The request signature we calculated does not match",
            "changed the request after signing",
        ),
        ("LimitExceededException", "Limit Exceeded", "do not retry"),
    ] {
        let body = serde_json::json!({ "message": message }).to_string();
        let parts = parts(403, &[("x-amzn-ErrorType", error_type)]);
        let shown = GatewayError::named(&parts, body.as_bytes())
            .unwrap()
            .to_string();
        assert!(shown.contains(message) && shown.contains(hint), "{shown}");
    }
}

#[test]
fn a_body_that_begins_with_a_byte_order_mark_is_read() {
    let named = parts(403, &[("x-amzn-ErrorType", "ForbiddenException")]);
    for name in ["message", "Message"] {
        let body = format!("\u{feff}{{\"{name}\": \"Forbidden\"}}");
        let error = GatewayError::named(&named, body.as_bytes()).unwrap();
        assert_eq!(error.message(), Some("Forbidden"));
    }
    let body = "\u{feff}{\"message\":\"Unauthorized\"}".as_bytes();
    let error = GatewayError::anonymous(&parts(401, &[HTTP_API]), body).unwrap();
    assert_eq!(error.kind(), K::Unauthorized);
    let decoded: Option<serde_json::Value> =
        crate::error::ErrorBody::decode(StatusCode::BAD_REQUEST, "\u{feff}{\"a\":1}".as_bytes());
    assert_eq!(decoded.unwrap()["a"], 1);
}
