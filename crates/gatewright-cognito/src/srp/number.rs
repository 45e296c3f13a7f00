//! Numbers as hexadecimal digits and as the bytes that are hashed.

use std::borrow::Cow;

use crate::{Error, ErrorKind};

/// Longer than any number of the group with its sign.
const MOST_DIGITS: usize = 1024;

/// The big-endian bytes of a positive number, without zeros in front, from digits of any case. An odd count is fine, since
/// Cognito leaves zeros in front out. `what` is the parameter's name.
pub(super) fn from_hex(what: &str, digits: &str) -> Result<Vec<u8>, Error> {
    let fault = || invalid(format!("{what} is not a number in hexadecimal digits"));
    if digits.is_empty() || digits.len() > MOST_DIGITS {
        return Err(fault());
    }
    let nibbles = digits.chars().map(|digit| digit.to_digit(16));
    let nibbles: Option<Vec<u8>> = nibbles
        .map(|it| it.and_then(|it| it.try_into().ok()))
        .collect();
    // From the end, so that an odd digit is the first byte.
    let mut bytes: Vec<u8> = nibbles
        .ok_or_else(fault)?
        .rchunks(2)
        .map(|pair| pair.iter().fold(0, |byte, nibble| byte << 4 | nibble))
        .collect();
    bytes.reverse();
    Ok(trimmed(&bytes).to_vec())
}

/// Digits without zeros in front.
pub(super) fn to_hex(bytes: &[u8]) -> String {
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    digits.trim_start_matches('0').to_owned()
}

/// The shortest big-endian bytes that are positive in two's complement: a zero byte is put before a highest bit that is
/// set. Zero is one byte.
pub(super) fn signed(bytes: &[u8]) -> Vec<u8> {
    let bytes = trimmed(bytes);
    let is_negative = bytes.first().is_none_or(|first| first & 0x80 != 0);
    let sign: &[u8] = if is_negative { &[0] } else { &[] };
    [sign, bytes].concat()
}

fn trimmed(bytes: &[u8]) -> &[u8] {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    &bytes[zeros..]
}

/// The error for a value that SRP does not define.
pub(super) fn invalid(message: impl Into<Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::Service, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_read_whatever_their_count_case_and_zeros() {
        assert_eq!(from_hex("SALT", "abc").unwrap(), [0x0a, 0xbc]);
        assert_eq!(from_hex("SALT", "ABCD").unwrap(), [0xab, 0xcd]);
        assert_eq!(from_hex("SALT", "000abc").unwrap(), [0x0a, 0xbc]);
        assert!(from_hex("SALT", "0").unwrap().is_empty());
    }

    #[test]
    fn what_is_no_number_is_refused_by_name() {
        let long = "0".repeat(MOST_DIGITS + 1);
        for bad in ["", "-1", "+1", "0x12", "12 ", "xyz", "１２", "a\0", &long] {
            let error = from_hex("SALT", bad).unwrap_err();
            let text = "SALT is not a number in hexadecimal digits";
            assert_eq!(error.to_string(), text, "{bad}");
        }
    }

    #[test]
    fn a_number_is_hashed_without_zeros_and_with_a_sign() {
        assert_eq!(signed(&[0, 0, 0x7f]), [0x7f]);
        assert_eq!(signed(&[0, 0, 0x80]), [0, 0x80]);
        assert_eq!(signed(&[0, 0]), [0]);
        assert_eq!(to_hex(&[0, 0x0a, 0xbc]), "abc");
    }
}
