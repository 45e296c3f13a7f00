//! Percent-encoding in the one form that API Gateway and SigV4 agree on: RFC 3986, everything but the unreserved
//! characters encoded, upper-case hex.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

/// RFC 3986, section 2.3: letters, digits, `-`, `.`, `_`, `~`.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// What cannot stand in a path (RFC 3986, section 3.3). `%` can: an escape that is there stays.
const NOT_IN_PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Appends a text of a path template.
pub(super) fn push_literal(out: &mut String, literal: &str) {
    out.extend(utf8_percent_encode(literal, NOT_IN_PATH));
}

/// What `allowReserved` lets stand: RFC 3986, section 2.2, without what cannot stand in the value of a query (section
/// 3.4: `[`, `]`, `#`) and what a reader of pairs takes for something else (`&`, `+`).
const RESERVED: &AsciiSet = &UNRESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// `value` encoded.
pub(super) fn encoded(value: &str) -> String {
    utf8_percent_encode(value, UNRESERVED).to_string()
}

/// `value` encoded but for the reserved characters that do no harm.
pub(super) fn encoded_reserved(value: &str) -> String {
    utf8_percent_encode(value, RESERVED).to_string()
}

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
    fn a_literal_keeps_what_a_path_may_have() {
        let mut out = String::new();
        push_literal(&mut out, "/-._~%20:@,$!*()'+&;=");
        assert_eq!(out, "/-._~%20:@,$!*()'+&;=");
        push_literal(&mut out, "[\"é");
        assert!(out.ends_with("%5B%22%C3%A9"));
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
