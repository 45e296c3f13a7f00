//! Answers that say: not with this credential.

use http::{HeaderMap, HeaderName, StatusCode};

const ERROR_TYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");

/// Whether a server refused a credential because it is no longer valid, so that another one may do.
///
/// The code in `x-amzn-ErrorType` decides, where API Gateway sent one; a status can be re-templated per API.
/// `AccessDeniedException`, `ForbiddenException` and `MissingAuthenticationTokenException` are not about the
/// credential's age ("Gateway response types for API Gateway", API Gateway developer guide). Without a
/// code, a 401 is (RFC 9110, section 15.5.2).
pub(super) fn is_of_credential(status: StatusCode, headers: &HeaderMap) -> bool {
    match headers.get(ERROR_TYPE).map(|code| code.to_str()) {
        Some(Ok(code)) => status.is_client_error() && is_stale(name(code)),
        _ => status == StatusCode::UNAUTHORIZED,
    }
}

/// `aws.api#Code:http://internal.amazon.com/…` is `Code`.
fn name(code: &str) -> &str {
    let name = code.split(':').next().unwrap_or(code);
    name.rsplit('#').next().unwrap_or(name).trim()
}

fn is_stale(code: &str) -> bool {
    matches!(
        code,
        "UnauthorizedException" | "ExpiredTokenException" | "UnrecognizedClientException"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(status: u16, code: Option<&str>) -> bool {
        let mut headers = HeaderMap::new();
        if let Some(code) = code {
            headers.insert(ERROR_TYPE, code.parse().unwrap());
        }
        is_of_credential(StatusCode::from_u16(status).unwrap(), &headers)
    }

    #[test]
    fn codes_of_expired_credentials() {
        for code in [
            "UnauthorizedException",
            "ExpiredTokenException",
            "ExpiredTokenException:http://internal.amazon.com/coral/com.amazon.coral.service/",
            "com.amazon.coral.service#ExpiredTokenException",
            "UnrecognizedClientException",
        ] {
            assert!(refused(401, Some(code)), "{code}");
            assert!(refused(403, Some(code)), "{code}");
            assert!(!refused(200, Some(code)), "{code}");
        }
        assert!(refused(401, None));
    }

    #[test]
    fn other_refusals_are_not_about_the_credential() {
        for code in [
            "AccessDeniedException",
            "ForbiddenException",
            "MissingAuthenticationTokenException",
            "InvalidSignatureException",
            "",
        ] {
            assert!(!refused(401, Some(code)), "{code}");
            assert!(!refused(403, Some(code)), "{code}");
        }
        assert!(!refused(403, None));
        assert!(!refused(500, None));
    }
}
