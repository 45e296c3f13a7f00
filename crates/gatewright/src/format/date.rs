//! Days.

use super::text::text;

/// A day as RFC 3339 writes it (`full-date`, section 5.6), such as `2026-02-28`: a text that is kept as it came, whether it
/// is of that form or not.
///
/// Two are equal if their texts are. With the feature `time` it converts to and from `time::Date`:
///
/// ```
/// use gatewright::format::Date;
///
/// let born = Date::from("2026-02-28");
/// # #[cfg(feature = "time")] {
/// let day = time::Date::try_from(&born)?;
/// assert_eq!(day.ordinal(), 59);
/// assert_eq!(Date::try_from(day)?, born);
/// assert!(time::Date::try_from(&Date::from("2026-02-30")).is_err());
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Date(String);

text!(Date);

#[cfg(feature = "time")]
mod convert {
    use time::OffsetDateTime;
    use time::format_description::well_known::Rfc3339;

    use super::Date;
    use crate::format::FormatError;

    const FORM: &str = "a date of RFC 3339";
    const MIDNIGHT: &str = "T00:00:00Z";

    /// Fails if the text is not of the form of RFC 3339.
    #[cfg_attr(docsrs, doc(cfg(feature = "time")))]
    impl TryFrom<&Date> for time::Date {
        type Error = FormatError;

        fn try_from(text: &Date) -> Result<Self, FormatError> {
            let midnight = OffsetDateTime::parse(&format!("{text}{MIDNIGHT}"), &Rfc3339);
            midnight
                .map(OffsetDateTime::date)
                .map_err(|source| FormatError::new(FORM, source))
        }
    }

    /// Fails for a year outside 0 to 9999, which RFC 3339 has no form for.
    #[cfg_attr(docsrs, doc(cfg(feature = "time")))]
    impl TryFrom<time::Date> for Date {
        type Error = FormatError;

        fn try_from(day: time::Date) -> Result<Self, FormatError> {
            let midnight = day.midnight().assume_utc().format(&Rfc3339);
            let mut text = midnight.map_err(|source| FormatError::new(FORM, source))?;
            text.truncate(text.len() - MIDNIGHT.len());
            Ok(Self(text))
        }
    }
}

#[cfg(all(test, feature = "time"))]
mod tests {
    use super::Date;

    #[test]
    fn only_a_day_of_the_calendar_in_that_form_is_a_date() {
        let day = |text: &str| time::Date::try_from(&Date::from(text)).ok();
        assert_eq!(day("2024-02-29").unwrap().ordinal(), 60);
        for odd in [
            "",
            "2023-02-29",
            "20240229",
            "2024-2-29",
            "29.2.2024",
            "2024-02-29T00:00:00Z",
        ] {
            assert_eq!(day(odd), None, "{odd}");
        }
    }

    #[test]
    fn every_day_is_read_as_it_was_written() {
        let first = time::Date::from_ordinal_date(0, 1).unwrap();
        for days in (0..3_652_000).step_by(397) {
            let day = first + time::Duration::days(days);
            let text = Date::try_from(day).unwrap();
            assert_eq!(text.len(), "2024-02-29".len());
            assert_eq!(time::Date::try_from(&text).unwrap(), day);
        }
        let before = first.previous_day().unwrap();
        assert!(Date::try_from(before).is_err());
    }
}
