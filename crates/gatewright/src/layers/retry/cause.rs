//! What a failed attempt says about a next one.

use gatewright_core::kit::error_type::error_code;
use http::{HeaderMap, Method, Response, StatusCode};

use crate::copy::HeadCopy;
use crate::{AuthorizeError, BoxError};

/// Why another attempt may succeed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// The gateway did not let the request through.
    Throttled,
    /// 502, 503 or 504: the API may have processed the request.
    Unavailable,
    /// The connection failed: the API may have processed the request.
    NoResponse,
}

impl Cause {
    /// `None` for a success, and for a failure that another attempt does not change.
    pub(super) fn of<R>(result: &Result<Response<R>, BoxError>) -> Option<Self> {
        match result {
            Ok(response) => Self::of_response(response.status(), response.headers()),
            Err(error) if error.is::<AuthorizeError>() || is_a_matter_of_settings(error) => None,
            Err(_) => Some(Self::NoResponse),
        }
    }

    /// An API may change the status; the type stays.
    fn of_response(status: StatusCode, headers: &HeaderMap) -> Option<Self> {
        match error_code(headers).unwrap_or_default() {
            "LimitExceededException" => None,
            "TooManyRequestsException" => Some(Self::Throttled),
            _ => match status.as_u16() {
                429 => Some(Self::Throttled),
                502..=504 => Some(Self::Unavailable),
                _ => None,
            },
        }
    }

    /// Whether `request` may be sent again without a second effect.
    pub(super) fn is_harmless_for(self, request: &HeadCopy) -> bool {
        self == Self::Throttled
            || is_idempotent(request.method())
            || request.has_header(IDEMPOTENCY_KEY)
    }
}

/// APIs with safe POST requests recognize a retry by this header ("The Idempotency-Key HTTP Header Field", IETF draft).
const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// Whether the transport can reach no server, or not this one, until somebody changes its settings.
#[cfg(feature = "transport")]
fn is_a_matter_of_settings(error: &BoxError) -> bool {
    use crate::transport::{TransportError, TransportErrorKind};
    let error = TransportError::find(&**error);
    error.is_some_and(|error| {
        matches!(
            error.kind(),
            TransportErrorKind::ClientCertificateRequired
                | TransportErrorKind::InvalidProxy
                | TransportErrorKind::NoCryptography
                | TransportErrorKind::NoRoots
                | TransportErrorKind::ProxyCredentials
        )
    })
}

#[cfg(not(feature = "transport"))]
fn is_a_matter_of_settings(_error: &BoxError) -> bool {
    false
}

/// RFC 9110, section 9.2.2.
fn is_idempotent(method: &Method) -> bool {
    [
        Method::GET,
        Method::HEAD,
        Method::OPTIONS,
        Method::TRACE,
        Method::PUT,
        Method::DELETE,
    ]
    .contains(method)
}
