//! Points in time.

use super::text::text;

/// A point in time as RFC 3339 writes it (`date-time`, section 5.6), such as `2026-02-28T23:59:60.5+01:00`: a text that is
/// kept as it came, whether it is of that form or not.
///
/// Two are equal if their texts are. With the feature `time` it converts to and from `time::OffsetDateTime`:
///
/// ```
/// use gatewright::format::DateTime;
///
/// let taken = DateTime::from("2026-02-28T12:30:00+01:00");
/// # #[cfg(feature = "time")] {
/// let at = time::OffsetDateTime::try_from(&taken)?;
/// assert_eq!(at.unix_timestamp(), 1_772_278_200);
/// assert_eq!(DateTime::try_from(at)?, taken);
///
/// let odd = time::OffsetDateTime::try_from(&DateTime::from("28.2.2026"));
/// assert_eq!(odd.unwrap_err().to_string(), "not a date and time of RFC 3339");
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DateTime(String);

text!(DateTime);

#[cfg(feature = "time")]
mod convert {
    use time::OffsetDateTime;
    use time::format_description::well_known::Rfc3339;

    use super::DateTime;
    use crate::format::FormatError;

    const FORM: &str = "a date and time of RFC 3339";

    /// Fails if the text is not of the form of RFC 3339, and for a leap second in the middle of a month.
    #[cfg_attr(docsrs, doc(cfg(feature = "time")))]
    impl TryFrom<&DateTime> for OffsetDateTime {
        type Error = FormatError;

        fn try_from(text: &DateTime) -> Result<Self, FormatError> {
            Self::parse(text, &Rfc3339).map_err(|source| FormatError::new(FORM, source))
        }
    }

    /// Fails for a year outside 0 to 9999 and an offset with seconds, which RFC 3339 has no form for.
    #[cfg_attr(docsrs, doc(cfg(feature = "time")))]
    impl TryFrom<OffsetDateTime> for DateTime {
        type Error = FormatError;

        fn try_from(at: OffsetDateTime) -> Result<Self, FormatError> {
            let text = at.format(&Rfc3339);
            text.map(Self)
                .map_err(|source| FormatError::new(FORM, source))
        }
    }
}

#[cfg(all(test, feature = "time"))]
mod tests {
    use std::error::Error;

    use time::{OffsetDateTime, UtcOffset};

    use super::DateTime;

    fn at(text: &str) -> Option<i128> {
        let at = OffsetDateTime::try_from(&DateTime::from(text)).ok()?;
        Some(at.unix_timestamp_nanos())
    }

    #[test]
    fn a_text_of_rfc_3339_is_a_point_in_time() {
        assert_eq!(at("1970-01-01T00:00:01.000000007Z"), Some(1_000_000_007));
        assert_eq!(at("1970-01-01t01:00:00+01:00"), Some(0));
        for odd in [
            "",
            "1970-01-01",
            "1970-01-01T00:00:00",
            "1970-02-30T00:00:00Z",
            "now",
        ] {
            assert_eq!(at(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_time_that_has_no_such_text_is_an_error_with_a_reason() {
        let offset = UtcOffset::from_hms(0, 0, 30).unwrap();
        let error = DateTime::try_from(OffsetDateTime::UNIX_EPOCH.to_offset(offset)).unwrap_err();
        assert!(error.source().unwrap().to_string().contains("offset"));
    }

    #[test]
    fn what_was_written_is_read_as_the_same_point_in_time() {
        for seconds in (-60_000_000_000..250_000_000_000_i64).step_by(9_876_543_211) {
            let at = OffsetDateTime::from_unix_timestamp(seconds).unwrap();
            let text = DateTime::try_from(at).unwrap();
            assert_eq!(OffsetDateTime::try_from(&text).unwrap(), at, "{text}");
        }
    }
}
