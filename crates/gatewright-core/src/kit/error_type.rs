//! The name that AWS gives an error in a header, which stays when an API changes status and body of its errors ("Gateway
//! responses in API Gateway", API Gateway developer guide).

use http::{HeaderMap, HeaderName};

/// The header.
pub const X_AMZN_ERRORTYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");

/// The code of a response's error: `ForbiddenException`. `None` without the header.
pub fn error_code(headers: &HeaderMap) -> Option<&str> {
    let text = headers.get(X_AMZN_ERRORTYPE)?.to_str().ok()?;
    Some(code(text))
}

/// Of `namespace#Code:where-to-read-more` only the code is always there.
pub fn code(text: &str) -> &str {
    let name = text.split(':').next().unwrap_or(text);
    name.rsplit('#').next().unwrap_or(name).trim()
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn a_code_is_read_without_namespace_and_link() {
        for text in [
            "ExpiredTokenException",
            " ExpiredTokenException ",
            "ExpiredTokenException:http://internal.amazon.com/coral/com.amazon.coral.service/",
            "com.amazon.coral.service#ExpiredTokenException",
            "com.amazon.coral.service#ExpiredTokenException:http://internal.amazon.com/",
        ] {
            assert_eq!(code(text), "ExpiredTokenException", "{text}");
        }
    }

    #[test]
    fn a_header_that_is_no_text_has_no_code() {
        let bytes = HeaderValue::from_bytes(b"\xff").unwrap();
        let headers = HeaderMap::from_iter([(X_AMZN_ERRORTYPE, bytes)]);
        assert_eq!(error_code(&headers), None);
        assert_eq!(error_code(&HeaderMap::new()), None);
    }
}
