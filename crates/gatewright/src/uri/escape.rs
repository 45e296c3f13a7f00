//! Writing percent-encoded text (RFC 3986, section 2.1).

const HEX: &[u8; 16] = b"0123456789ABCDEF";

/// The characters that never need an escape (RFC 3986, section 2.3).
pub(crate) const fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// `byte` as an escape with upper-case digits.
pub(crate) fn escaped(byte: u8) -> [u8; 3] {
    let [high, low] = [byte >> 4, byte & 15].map(|digit| HEX[usize::from(digit)]);
    [b'%', high, low]
}

/// Appends `byte` as an escape.
pub(super) fn push_escaped(out: &mut String, byte: u8) {
    out.extend(escaped(byte).map(char::from));
}

/// Appends `text` with all but the unreserved characters escaped.
pub(super) fn push_strict(out: &mut String, text: &[u8]) {
    for &byte in text {
        if is_unreserved(byte) {
            out.push(char::from(byte));
        } else {
            push_escaped(out, byte);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strict_encoding_keeps_only_unreserved_characters() {
        let mut out = String::new();
        push_strict(&mut out, "aZ09-._~ +/é!*'()".as_bytes());
        assert_eq!(out, "aZ09-._~%20%2B%2F%C3%A9%21%2A%27%28%29");
    }
}
