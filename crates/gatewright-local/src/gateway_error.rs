//! The errors that the gateway itself answers with, as opposed to what stands behind it.

use http::StatusCode;

/// An error of the gateway, with the status, type and message that Amazon API Gateway answers by default.
///
/// A REST API puts the type into the header `x-amzn-ErrorType` and the message into `{"message": ".."}`. An HTTP API sends
/// no type, and fewer messages. The source of the rows is the page "Gateway response types" of the API Gateway developer
/// guide; where that page gives no name or text, the one that the service was seen to send is taken.
///
/// ```
/// use gatewright_local::GatewayError;
///
/// assert_eq!(GatewayError::Throttled.status(), 429);
/// assert_eq!(GatewayError::Throttled.error_type(), "TooManyRequestsException");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GatewayError {
    /// No route for this path and method: 403 "Missing Authentication Token" of a REST API, 404 of an HTTP API.
    NoRoute,
    /// An operation under IAM was called without an `Authorization` header.
    MissingAuthenticationToken,
    /// The `Authorization` header is not one of Signature Version 4.
    IncompleteSignature,
    /// The signature does not match, is too old, or covers too little.
    InvalidSignature,
    /// The access key is unknown or its session token is another one.
    UnrecognizedClient,
    /// The temporary credentials are past their end.
    ExpiredToken,
    /// A policy or a Lambda authorizer said no, or the token lacks the scope.
    AccessDenied,
    /// The API key is missing or unknown; a firewall's refusal looks the same.
    Forbidden,
    /// A token is missing or not accepted.
    Unauthorized,
    /// A required query parameter or header is missing or blank.
    BadRequestParameters,
    /// The body is not what the operation takes.
    BadRequestBody,
    /// The body is larger than 10 MiB. This answer is plain text and has no request id.
    RequestTooLarge,
    /// The content type is not one that the operation takes.
    UnsupportedMediaType,
    /// Too many requests for the moment; sending again later may help.
    Throttled,
    /// The usage plan's quota is used up; sending again does not help until the period ends.
    QuotaExceeded,
    /// The authorizer is not set up correctly; the message is `null`.
    AuthorizerConfiguration,
    /// The authorizer failed.
    AuthorizerFailure,
    /// What stands behind the gateway could not be called or answered nonsense.
    IntegrationFailure,
    /// What stands behind the gateway took too long; it may still be at work.
    IntegrationTimeout,
    /// Any other fault of the gateway.
    Internal,
}

impl GatewayError {
    /// The status of a REST API; an HTTP API differs for [`NoRoute`](Self::NoRoute) (404) and
    /// [`IntegrationTimeout`](Self::IntegrationTimeout) (503).
    pub fn status(self) -> StatusCode {
        use GatewayError as E;
        match self {
            E::BadRequestParameters | E::BadRequestBody => StatusCode::BAD_REQUEST,
            E::Unauthorized => StatusCode::UNAUTHORIZED,
            E::RequestTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            E::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            E::Throttled | E::QuotaExceeded => StatusCode::TOO_MANY_REQUESTS,
            E::AuthorizerConfiguration | E::AuthorizerFailure | E::Internal => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
            E::IntegrationFailure => StatusCode::BAD_GATEWAY,
            E::IntegrationTimeout => StatusCode::GATEWAY_TIMEOUT,
            _ => StatusCode::FORBIDDEN,
        }
    }

    /// What a REST API says in `x-amzn-ErrorType`; empty for [`RequestTooLarge`](Self::RequestTooLarge), which has none.
    pub fn error_type(self) -> &'static str {
        use GatewayError as E;
        match self {
            E::NoRoute | E::MissingAuthenticationToken => "MissingAuthenticationTokenException",
            E::IncompleteSignature => "IncompleteSignatureException",
            E::InvalidSignature => "InvalidSignatureException",
            E::UnrecognizedClient => "UnrecognizedClientException",
            E::ExpiredToken => "ExpiredTokenException",
            E::AccessDenied => "AccessDeniedException",
            E::Forbidden => "ForbiddenException",
            E::Unauthorized => "UnauthorizedException",
            E::RequestTooLarge => "",
            E::BadRequestParameters | E::BadRequestBody | E::UnsupportedMediaType => {
                "BadRequestException"
            }
            E::Throttled => "TooManyRequestsException",
            E::QuotaExceeded => "LimitExceededException",
            E::AuthorizerConfiguration => "AuthorizerConfigurationException",
            E::AuthorizerFailure => "AuthorizerFailureException",
            E::IntegrationFailure | E::IntegrationTimeout | E::Internal => {
                "InternalServerErrorException"
            }
        }
    }

    /// Whether the request lacks what its validator asks for.
    pub(crate) fn is_of_validation(self) -> bool {
        matches!(self, Self::BadRequestParameters | Self::BadRequestBody)
    }

    /// The type of the gateway response of a REST API ("Gateway response types").
    pub(crate) fn response_type(self) -> &'static str {
        use GatewayError as E;
        match self {
            E::NoRoute | E::MissingAuthenticationToken => "MISSING_AUTHENTICATION_TOKEN",
            E::IncompleteSignature | E::InvalidSignature | E::UnrecognizedClient => {
                "INVALID_SIGNATURE"
            }
            E::ExpiredToken => "EXPIRED_TOKEN",
            E::AccessDenied => "ACCESS_DENIED",
            E::Forbidden => "INVALID_API_KEY",
            E::Unauthorized => "UNAUTHORIZED",
            E::BadRequestParameters => "BAD_REQUEST_PARAMETERS",
            E::BadRequestBody => "BAD_REQUEST_BODY",
            E::RequestTooLarge => "REQUEST_TOO_LARGE",
            E::UnsupportedMediaType => "UNSUPPORTED_MEDIA_TYPE",
            E::Throttled => "THROTTLED",
            E::QuotaExceeded => "QUOTA_EXCEEDED",
            E::AuthorizerConfiguration => "AUTHORIZER_CONFIGURATION_ERROR",
            E::AuthorizerFailure => "AUTHORIZER_FAILURE",
            E::IntegrationFailure => "INTEGRATION_FAILURE",
            E::IntegrationTimeout => "INTEGRATION_TIMEOUT",
            E::Internal => "API_CONFIGURATION_ERROR",
        }
    }

    /// The message of a REST API where nothing more exact is known; `None` is sent as `null`.
    pub(crate) fn message(self) -> Option<&'static str> {
        use GatewayError as E;
        Some(match self {
            E::NoRoute | E::MissingAuthenticationToken => "Missing Authentication Token",
            E::IncompleteSignature => "Authorization header requires 'Signature' parameter.",
            E::InvalidSignature => {
                "The request signature we calculated does not match the signature you provided. Check your AWS Secret \
                 Access Key and signing method. Consult the service documentation for details."
            }
            E::UnrecognizedClient => "The security token included in the request is invalid.",
            E::ExpiredToken => "The security token included in the request is expired",
            E::AccessDenied => {
                "User is not authorized to access this resource with an explicit deny in an identity-based policy"
            }
            E::Forbidden => "Forbidden",
            E::Unauthorized => "Unauthorized",
            E::BadRequestParameters => "Missing required request parameters: []",
            E::BadRequestBody => "Invalid request body",
            E::RequestTooLarge => "HTTP content length exceeded 10485760 bytes.",
            E::UnsupportedMediaType => "Unsupported Media Type",
            E::Throttled => "Too Many Requests",
            E::QuotaExceeded => "Limit Exceeded",
            E::AuthorizerConfiguration => return None,
            E::IntegrationTimeout => "Endpoint request timed out",
            E::AuthorizerFailure | E::IntegrationFailure | E::Internal => "Internal server error",
        })
    }

    /// The status of an HTTP API.
    pub(crate) fn http_api_status(self) -> StatusCode {
        match self {
            GatewayError::NoRoute => StatusCode::NOT_FOUND,
            GatewayError::IntegrationTimeout => StatusCode::SERVICE_UNAVAILABLE,
            other => other.status(),
        }
    }

    /// The message of an HTTP API, which tells a caller less: the status's own words, for the most part.
    pub(crate) fn http_api_message(self) -> &'static str {
        match self.http_api_status() {
            StatusCode::BAD_REQUEST => "Bad Request",
            StatusCode::NOT_FOUND => "Not Found",
            StatusCode::FORBIDDEN => "Forbidden",
            StatusCode::SERVICE_UNAVAILABLE => "Service Unavailable",
            status if status.is_server_error() => "Internal Server Error",
            _ => self.message().unwrap_or_default(),
        }
    }
}
