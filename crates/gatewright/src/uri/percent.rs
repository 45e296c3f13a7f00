//! Reading percent-encoded text (RFC 3986, section 2.1).

/// A `%` that two hex digits do not follow, at this byte of the text.
#[derive(Debug, PartialEq)]
pub(super) struct BadEscape {
    pub(super) at: usize,
}

/// One byte of encoded text, as it was written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Unit {
    /// A literal byte.
    Raw(u8),
    /// The byte that an escape such as `%2F` encodes.
    Escaped(u8),
}

/// The bytes of `text`.
pub(super) fn units(text: &str) -> impl Iterator<Item = Result<Unit, BadEscape>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        let unit = match *bytes.get(start)? {
            b'%' => escape(bytes, start).ok_or(BadEscape { at: start }),
            raw => Ok(Unit::Raw(raw)),
        };
        at += if matches!(unit, Ok(Unit::Escaped(_))) {
            3
        } else {
            1
        };
        Some(unit)
    })
}

fn escape(bytes: &[u8], at: usize) -> Option<Unit> {
    let high = hex_value(*bytes.get(at + 1)?)?;
    let low = hex_value(*bytes.get(at + 2)?)?;
    Some(Unit::Escaped(high << 4 | low))
}

fn hex_value(digit: u8) -> Option<u8> {
    let value = char::from(digit).to_digit(16)?;
    u8::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_tell_escapes_from_raw_bytes() {
        let read: Vec<_> = units("a%2f%41").collect();
        assert_eq!(
            read,
            [
                Ok(Unit::Raw(b'a')),
                Ok(Unit::Escaped(b'/')),
                Ok(Unit::Escaped(b'A'))
            ]
        );
    }

    #[test]
    fn a_percent_sign_without_two_hex_digits_is_found_where_it_stands() {
        for text in ["ab%zz", "ab%2", "ab%", "ab%%41", "ab%+1", "ab%é"] {
            let first_error = units(text).find_map(Result::err);
            assert_eq!(first_error, Some(BadEscape { at: 2 }), "{text}");
        }
    }
}
