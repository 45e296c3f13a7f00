//! What an answer says about the signature, when it was refused.

use http::{HeaderMap, HeaderName, StatusCode};

const X_AMZN_ERRORTYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");

/// Why a request was refused, as far as a new signature can change it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The service says that it does not know the credentials (any more).
    Credentials,
    /// The signature does not match or is of another time: the clock may be wrong.
    PerhapsClock,
}

/// Read from `x-amzn-errortype` alone, since the body is the caller's.
pub(super) fn of(status: StatusCode, headers: &HeaderMap) -> Option<Refusal> {
    if !status.is_client_error() {
        return None;
    }
    let name = headers.get(X_AMZN_ERRORTYPE)?.to_str().ok()?;
    match code(name) {
        "ExpiredTokenException" | "UnrecognizedClientException" => Some(Refusal::Credentials),
        // The list of aws-runtime 1.10.2.
        "AccessDeniedException"
        | "AuthFailure"
        | "InvalidSignatureException"
        | "RequestTimeTooSkewed"
        | "SignatureDoesNotMatch" => Some(Refusal::PerhapsClock),
        _ => None,
    }
}

/// `namespace#Code:where-to-read-more`, of which only the code is always there.
fn code(name: &str) -> &str {
    let name = name.split(':').next().unwrap_or(name);
    name.rsplit('#').next().unwrap_or(name).trim()
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn refusal(status: u16, code: &'static str) -> Option<Refusal> {
        let headers = HeaderMap::from_iter([(X_AMZN_ERRORTYPE, HeaderValue::from_static(code))]);
        of(StatusCode::from_u16(status).unwrap(), &headers)
    }

    #[test]
    fn expired_and_unknown_credentials() {
        for code in [
            "ExpiredTokenException",
            "UnrecognizedClientException:http://internal.test/",
        ] {
            assert_eq!(refusal(403, code), Some(Refusal::Credentials), "{code}");
        }
        assert_eq!(
            refusal(401, "com.amazon.coral#ExpiredTokenException"),
            Some(Refusal::Credentials)
        );
    }

    #[test]
    fn what_a_wrong_clock_causes() {
        for code in [
            "InvalidSignatureException",
            "SignatureDoesNotMatch",
            "AccessDeniedException",
        ] {
            assert_eq!(refusal(403, code), Some(Refusal::PerhapsClock), "{code}");
        }
    }

    #[test]
    fn what_no_new_signature_changes() {
        for code in [
            "ForbiddenException",
            "MissingAuthenticationTokenException",
            "LimitExceededException",
            "",
        ] {
            assert_eq!(refusal(403, code), None, "{code}");
        }
        assert_eq!(refusal(200, "ExpiredTokenException"), None);
        assert_eq!(of(StatusCode::FORBIDDEN, &HeaderMap::new()), None);
    }
}
