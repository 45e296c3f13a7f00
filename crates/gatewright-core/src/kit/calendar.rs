//! Dates as HTTP writes them, and the calendar.

pub const DAY: u64 = 24 * 60 * 60;
const MONTHS: [&[u8; 3]; 12] = [
    b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec",
];

/// Year, month and day of a day since 1970, in the Gregorian calendar.
///
/// Years are counted from March here, so that a leap day is the last day of its year, and in eras of 400 years, which
/// all have the same 146,097 days.
pub fn civil(days: u64) -> (u64, u64, u64) {
    let days = days + DAYS_BEFORE_1970;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let (month, wraps) = if month < 10 {
        (month + 3, 0)
    } else {
        (month - 9, 1)
    };
    (era * 400 + year + wraps, month, day)
}

/// Days from 0000-03-01 to 1970-01-01.
const DAYS_BEFORE_1970: u64 = 719_468;

/// The days from 1970 to a date of the Gregorian calendar; the inverse of `civil`.
fn days(year: u64, month: u64, day: u64) -> Option<u64> {
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year.checked_sub(1)?, month + 9)
    };
    let (era, year) = (year / 400, year % 400);
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    let days = era * 146_097 + 365 * year + year / 4 - year / 100 + day_of_year;
    days.checked_sub(DAYS_BEFORE_1970)
}

/// The time of a `Date` header, in seconds since 1970, in the form that servers send, such as `Sun, 06 Nov 1994 08:49:37 GMT`
/// (RFC 9110, section 5.6.7). The two forms of old are not read: a server that still has them is not AWS.
pub fn seconds_from_http(text: &[u8]) -> Option<u64> {
    #[rustfmt::skip]
    let [
        _, _, _, b',', b' ', d1, d2, b' ', m1, m2, m3, b' ', y1, y2, y3, y4, b' ',
        h1, h2, b':', n1, n2, b':', s1, s2, b' ', b'G', b'M', b'T',
    ] = *text else {
        return None;
    };
    let days = days_of_date([y1, y2, y3, y4], [m1, m2, m3], [d1, d2])?;
    let (hour, minute, second) = (number([h1, h2])?, number([n1, n2])?, number([s1, s2])?);
    let is_time = hour < 24 && minute < 60 && second <= 60;
    is_time.then_some(days * DAY + hour * 3600 + minute * 60 + second)
}

/// The days from 1970 to a date. The 31st of a shorter month is the 1st of the next one, which no server sends.
fn days_of_date([y1, y2, y3, y4]: [u8; 4], month: [u8; 3], day: [u8; 2]) -> Option<u64> {
    let year = number([y1, y2])? * 100 + number([y3, y4])?;
    let month = MONTHS.iter().position(|name| **name == month)? as u64 + 1;
    let day = number(day).filter(|day| (1..=31).contains(day))?;
    days(year, month, day)
}

/// The number that two digits are.
fn number([tens, ones]: [u8; 2]) -> Option<u64> {
    let digit = |byte: u8| byte.is_ascii_digit().then(|| u64::from(byte - b'0'));
    Some(digit(tens)? * 10 + digit(ones)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_header_is_read() {
        let read = seconds_from_http(b"Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(read, Some(784_111_777));
    }

    #[test]
    fn every_day_of_a_calendar_is_read_as_it_is_written() {
        for day in 0..200_000 {
            let (year, month, date) = civil(day);
            assert_eq!(days(year, month, date), Some(day));
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
            "Sun, 06 Nov 1994 08:49:37 CET",
            "Sun, 32 Jan 1994 08:49:37 GMT",
            "Sun, 00 Nov 1994 08:49:37 GMT",
            "Sun, 06 Now 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 24:49:37 GMT",
            "Sun, 06 Nov 1994 08:60:37 GMT",
            "Sun, 06 Nov 1969 08:49:37 GMT",
            "Sun, 06 Nov 0000 08:49:37 GMT",
            "Sun, 06 Nov +994 08:49:37 GMT",
        ] {
            assert_eq!(seconds_from_http(text.as_bytes()), None, "{text}");
        }
    }
}
