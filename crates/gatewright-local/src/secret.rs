//! Comparing and hashing.

use std::fmt::Write as _;

use ring::digest::{SHA256, digest};

/// Whether two secrets are equal. Takes as long for a near miss as for a far one; only the length shows.
pub(crate) fn equal(a: &[u8], b: &[u8]) -> bool {
    let difference = a.iter().zip(b).fold(0, |sum, (a, b)| sum | (a ^ b));
    a.len() == b.len() && std::hint::black_box(difference) == 0
}

/// The SHA-256 of `data` in lower-case hexadecimal.
pub(crate) fn sha256_hex(data: &[u8]) -> String {
    let mut hex = String::with_capacity(64);
    for byte in digest(&SHA256, data).as_ref() {
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_equal_secrets_are_equal() {
        assert!(equal(b"abc", b"abc") && equal(b"", b""));
        for other in ["", "ab", "abd", "abcd"] {
            assert!(!equal(b"abc", other.as_bytes()), "{other}");
        }
    }

    #[test]
    fn the_hash_of_nothing_is_the_known_one() {
        let known = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(sha256_hex(b""), known);
    }
}
