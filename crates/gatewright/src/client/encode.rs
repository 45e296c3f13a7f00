//! Percent-encoding in the one form that API Gateway and SigV4 agree on: RFC 3986, everything but the unreserved
//! characters encoded, upper-case hex.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// RFC 3986, section 2.3: letters, digits, `-`, `.`, `_`, `~`.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Appends `value` encoded.
pub(crate) fn push_encoded(out: &mut String, value: &str) {
    out.extend(utf8_percent_encode(value, UNRESERVED));
}

/// Why a value cannot stand in a path, if it cannot.
///
/// RFC 3986, section 5.2.4 removes dot segments, encoded or not, and an empty segment joins its neighbours' slashes:
/// either would send the request to another route.
pub(super) fn segment_fault(segment: &str) -> Option<&'static str> {
    match segment {
        "" => Some("is empty, which would change the route"),
        "." | ".." => Some("is a dot segment, which would change the route"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_unreserved_characters_stay() {
        let mut out = String::new();
        push_encoded(&mut out, "aZ9-._~ /%+@:é");
        assert_eq!(out, "aZ9-._~%20%2F%25%2B%40%3A%C3%A9");
    }

    #[test]
    fn a_value_that_would_change_the_route_is_a_fault() {
        assert!(
            segment_fault("..").is_some()
                && segment_fault(".").is_some()
                && segment_fault("").is_some()
        );
        assert!(segment_fault("...").is_none() && segment_fault("a/..").is_none());
    }
}
