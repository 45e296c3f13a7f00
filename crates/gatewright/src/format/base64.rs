//! Bytes as text.

use base64::Engine;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::FormatError;
use super::text::text;

/// Bytes as base64 writes them (RFC 4648, section 4): a text that is kept as it came, whether it is of that form or not.
///
/// Two values are equal if their texts are equal. Texts that differ in padding are not, even if they encode the same bytes.
///
/// ```
/// use gatewright::format::Base64;
///
/// let thumbnail = Base64::encode(&[0xfb, 0xff]);
/// assert_eq!(thumbnail.as_str(), "+/8=");
/// assert_eq!(thumbnail.decode()?, [0xfb, 0xff]);
/// # Ok::<(), gatewright::format::FormatError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Base64(String);

text!(Base64);

/// With padding, as section 4 has it; read without it as well.
const CONFIG: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const WITH_PLUS: GeneralPurpose = GeneralPurpose::new(&STANDARD, CONFIG);
const WITH_MINUS: GeneralPurpose = GeneralPurpose::new(&URL_SAFE, CONFIG);

impl Base64 {
    /// The text of these bytes: the standard alphabet, with padding.
    pub fn encode(bytes: &[u8]) -> Self {
        Self(WITH_PLUS.encode(bytes))
    }

    /// The bytes that the text encodes.
    ///
    /// Reads both alphabets of RFC 4648 (section 5 is the one for URLs, with `-` and `_`), with padding or without.
    ///
    /// # Errors
    ///
    /// If the text is not base64: other characters, spaces and line breaks among them, mixed alphabets, a wrong length, or a
    /// last character with bits left over.
    pub fn decode(&self) -> Result<Vec<u8>, FormatError> {
        let engine = if self.contains(['-', '_']) {
            WITH_MINUS
        } else {
            WITH_PLUS
        };
        let bytes = engine.decode(self.as_str());
        bytes.map_err(|source| FormatError::new("base64 of RFC 4648", source))
    }
}

#[cfg(test)]
mod tests {
    use super::Base64;

    #[test]
    fn bytes_are_read_as_they_were_written() {
        let bytes: Vec<u8> = (0..=u8::MAX).collect();
        for end in 0..bytes.len() {
            let text = Base64::encode(&bytes[..end]);
            assert_eq!(text.decode().unwrap(), &bytes[..end]);
        }
    }

    #[test]
    fn the_test_vectors_of_rfc_4648_are_written() {
        let texts = ["", "f", "fo", "foo", "foob", "fooba", "foobar"];
        let written = texts.map(|text| Base64::encode(text.as_bytes()).to_string());
        let expected = [
            "", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy",
        ];
        assert_eq!(written, expected);
    }

    #[test]
    fn both_alphabets_are_read_with_padding_and_without() {
        for text in ["+/8=", "-_8=", "+/8", "-_8"] {
            assert_eq!(Base64::from(text).decode().unwrap(), [0xfb, 0xff], "{text}");
        }
    }

    #[test]
    fn what_is_no_base64_is_an_error_without_the_text() {
        for text in ["hunter2!", "+/-_", "A", "Zm9v\n", "Zm 9v", "Zh==", "é"] {
            let error = Base64::from(text).decode().unwrap_err();
            assert_eq!(error.to_string(), "not base64 of RFC 4648", "{text}");
        }
    }
}
