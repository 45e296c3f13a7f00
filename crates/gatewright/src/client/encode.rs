//! Percent-encoding in the one form that API Gateway and SigV4 agree on: RFC 3986, everything but the unreserved
//! characters encoded, upper-case hex.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

/// RFC 3986, section 2.3: letters, digits, `-`, `.`, `_`, `~`.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Characters that a path cannot contain (RFC 3986, section 3.3). `%` is not among them: existing escapes stay.
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

/// The characters that `allowReserved` does not encode: RFC 3986, section 2.2, without those that a query value cannot
/// contain (section 3.4: `[`, `]`, `#`) and those with another meaning in pairs (`&`, `+`).
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

/// `value` encoded, without the reserved characters that need no escape.
pub(super) fn encoded_reserved(value: &str) -> String {
    utf8_percent_encode(value, RESERVED).to_string()
}

/// Appends `value` encoded.
pub(crate) fn push_encoded(out: &mut String, value: &str) {
    out.extend(utf8_percent_encode(value, UNRESERVED));
}

/// Why a path cannot contain this value; `None` if it can.
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
