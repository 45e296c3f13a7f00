//! The codes of authenticator apps (RFC 6238, with SHA-1, six digits and half a minute, as Cognito's).

use std::time::{SystemTime, UNIX_EPOCH};

use ring::hmac;

/// The code at `now` for a secret in base32, as Cognito gives it.
///
/// # Panics
///
/// When `secret` is not base32.
pub fn code(secret: &str, now: SystemTime) -> String {
    let seconds = now
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &base32(secret));
    let digest = hmac::sign(&key, &(seconds / 30).to_be_bytes());
    let digest = digest.as_ref();
    let start = usize::from(digest[digest.len() - 1] & 15);
    let number = digest[start..start + 4]
        .iter()
        .fold(0, |number, byte| number << 8 | u32::from(*byte));
    format!("{:06}", (number & 0x7fff_ffff) % 1_000_000)
}

/// RFC 4648, section 6.
fn base32(text: &str) -> Vec<u8> {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0_u32, 0);
    for letter in text.trim_end_matches('=').chars() {
        let value = ALPHABET.find(letter).expect("a letter of base32");
        held = held << 5 | value as u32;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// RFC 6238, appendix B, the last six digits.
    #[test]
    fn codes_are_those_of_the_rfc() {
        let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        for (seconds, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(
                code(secret, UNIX_EPOCH + Duration::from_secs(seconds)),
                expected
            );
        }
    }
}
