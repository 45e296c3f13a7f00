//! The kind of an API Gateway error, from its type, its status and its message.

use http::StatusCode;

/// The kind of an API Gateway error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GatewayErrorKind {
    /// No credentials, **or no such route**: API Gateway sends the same message for an unknown path or method.
    MissingAuthenticationToken,
    /// The credentials are valid, but do not allow this.
    AccessDenied,
    /// The security token or session has expired.
    ExpiredToken,
    /// The signature is wrong, or too old.
    InvalidSignature,
    /// The `authorization` header is not a signature at all (for example a bearer token on an IAM method or an unknown route).
    IncompleteSignature,
    /// The access key or its session token is unknown.
    UnrecognizedClient,
    /// An API key is missing or wrong, a web application firewall refused, or the host is not mapped.
    Forbidden,
    /// A token is missing, wrong or expired.
    Unauthorized,
    /// A required parameter is missing, or the body does not fit its model.
    BadRequest,
    /// The route (HTTP APIs) or resource does not exist.
    NotFound,
    /// The body is larger than 10 MB, or than the 6 MB that a Lambda function takes.
    TooLarge,
    /// The URL is too long; for a method with authorization that is 1,600 bytes, path values included.
    UriTooLong,
    /// The method does not take this `content-type` or `content-encoding`.
    UnsupportedMediaType,
    /// Too many requests; try again later.
    Throttled,
    /// The quota of the usage plan is exhausted; a retry fails until its period ends.
    QuotaExceeded,
    /// The authorizer of the API failed or is configured wrongly.
    Authorizer,
    /// The integration behind the gateway could not be reached, or the connection to it broke.
    IntegrationFailure,
    /// The integration took too long. **It may still be running.**
    IntegrationTimeout,
    /// Something else failed in the gateway or behind it.
    Internal,
    /// Anything else.
    Other,
}

use GatewayErrorKind as K;

impl GatewayErrorKind {
    /// The kind for a response that names its type. One type covers several response types of API Gateway; the status or, if
    /// that does not help, the gateway's message tells which one it is.
    pub(super) fn named(error_type: &str, status: StatusCode, message: &str) -> Self {
        match (Self::of_type(error_type), status.as_u16()) {
            (K::BadRequest, 413) => K::TooLarge,
            (K::BadRequest, 415) => K::UnsupportedMediaType,
            (kind, _) => Self::of_words(kind, message),
        }
    }

    fn of_type(error_type: &str) -> Self {
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
            "UnsupportedMediaTypeException" => K::UnsupportedMediaType,
            "TooManyRequestsException" => K::Throttled,
            "LimitExceededException" => K::QuotaExceeded,
            "AuthorizerConfigurationException" | "AuthorizerFailureException" => K::Authorizer,
            "InternalServerErrorException"
            | "InternalFailureException"
            | "ApiConfigurationException" => K::Internal,
            _ => K::Other,
        }
    }

    fn of_words(kind: Self, message: &str) -> Self {
        let says = |words| message.contains(words);
        match kind {
            _ if says("not a valid key=value pair") => K::IncompleteSignature,
            K::AccessDenied if says("security token included in the request is invalid") => {
                K::UnrecognizedClient
            }
            K::AccessDenied if says("security token included in the request is expired") => {
                K::ExpiredToken
            }
            K::Internal if says("Endpoint request timed out") => K::IntegrationTimeout,
            K::Internal if says("Network error communicating with endpoint") => {
                K::IntegrationFailure
            }
            kind => kind,
        }
    }

    /// The kind for a response that names no type.
    pub(super) fn of_status(status: StatusCode) -> Self {
        match status.as_u16() {
            400 => K::BadRequest,
            401 => K::Unauthorized,
            403 => K::Forbidden,
            404 => K::NotFound,
            413 => K::TooLarge,
            414 => K::UriTooLong,
            415 => K::UnsupportedMediaType,
            429 => K::Throttled,
            504 => K::IntegrationTimeout,
            500..=599 => K::Internal,
            _ => K::Other,
        }
    }

    /// What to look at first. `message` is the gateway's.
    pub(super) fn hint(self, message: &str) -> Option<&'static str> {
        Some(match self {
            K::MissingAuthenticationToken => {
                "the request has no credentials, or no such path and method is deployed at this stage"
            }
            K::IncompleteSignature => {
                "the method needs SigV4 and got another `authorization` (add `SigV4Layer`), or no such path and method \
                 is deployed at this stage"
            }
            K::InvalidSignature
                if message.contains("Signature expired") || message.contains("not yet current") =>
            {
                "the clock of this machine is off"
            }
            K::InvalidSignature => {
                "the secret key or region is wrong, or a layer changed the request after signing"
            }
            K::AccessDenied => {
                "the credentials are valid, but a policy or a scope does not allow this"
            }
            K::ExpiredToken => "the credentials have expired: fetch new ones",
            K::UnrecognizedClient => "the access key is unknown, or its session token is missing",
            K::Forbidden => {
                "the API key is missing or wrong, a firewall refused, or the host is not mapped to this API"
            }
            K::TooLarge => "a body may have 10 MB, or 6 MB for a Lambda function",
            K::QuotaExceeded => "the quota of the usage plan is used up; do not retry",
            K::Authorizer => "the API's authorizer is at fault, not the request",
            K::IntegrationTimeout => "what the call started may still be running",
            _ => return None,
        })
    }
}
