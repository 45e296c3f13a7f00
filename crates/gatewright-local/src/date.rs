//! Dates as they stand in headers: `20261123T053100Z` in `x-amz-date` and `Mon, 23 Nov 2026 05:31:00 GMT` in `date`.
//!
//! The day arithmetic counts years from March, so that the leap day is the last day of a year.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

const DAY: u64 = 86_400;
const DAYS_IN_400_YEARS: u64 = 146_097;
/// From 0000-03-01 to 1970-01-01.
const EPOCH: u64 = 719_468;
const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// Seconds since 1970, zero for anything earlier.
pub(crate) fn unix(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH)
        .map_or(0, |elapsed| elapsed.as_secs())
}

/// The form of `x-amz-date`.
pub(crate) fn amz(time: SystemTime) -> String {
    let (year, month, day) = date(unix(time) / DAY);
    let (hour, minute, second) = clock(unix(time));
    format!("{year:04}{month:02}{day:02}T{hour:02}{minute:02}{second:02}Z")
}

/// The form of the `date` header (RFC 9110, section 5.6.7).
pub(crate) fn http(time: SystemTime) -> String {
    let days = unix(time) / DAY;
    let (year, month, day) = date(days);
    let (hour, minute, second) = clock(unix(time));
    let weekday = WEEKDAYS[(days % 7) as usize];
    let month = MONTHS[month as usize - 1];
    format!("{weekday}, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} GMT")
}

/// The form of `$context.requestTime`, that of the Common Log Format: `23/Nov/2026:05:31:00 +0000`.
pub(crate) fn common_log(time: SystemTime) -> String {
    let (year, month, day) = date(unix(time) / DAY);
    let (hour, minute, second) = clock(unix(time));
    let month = MONTHS[month as usize - 1];
    format!("{day:02}/{month}/{year:04}:{hour:02}:{minute:02}:{second:02} +0000")
}

/// Reads the form of `x-amz-date`; `None` for anything else and for days that do not exist.
pub(crate) fn parse_amz(stamp: &str) -> Option<SystemTime> {
    let number = |range: std::ops::Range<usize>| stamp.get(range)?.parse::<u64>().ok();
    let (year, month, day) = (number(0..4)?, number(4..6)?, number(6..8)?);
    let (hour, minute, second) = (number(9..11)?, number(11..13)?, number(13..15)?);
    if year < 1970 || !(1..=12).contains(&month) {
        return None;
    }
    let seconds = days(year, month, day) * DAY + hour * 3600 + minute * 60 + second;
    let time = UNIX_EPOCH + Duration::from_secs(seconds);
    (amz(time) == stamp).then_some(time)
}

/// Reads the form of the `date` header (RFC 9110, section 5.6.7, the form that is to be sent); `None` for anything else.
pub(crate) fn parse_http(text: &str) -> Option<SystemTime> {
    let words: Vec<_> = text.split([' ', ':']).collect();
    let [_, day, month, year, hour, minute, second, "GMT"] = words[..] else {
        return None;
    };
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    // Not what a sum would run over with: all of these have two digits, or four.
    let number = |text: &str| text.get(..text.len().min(4))?.parse::<u64>().ok();
    let (day, year, hour) = (number(day)?, number(year)?, number(hour)?);
    let (minute, second) = (number(minute)?, number(second)?);
    if year < 1970 {
        return None;
    }
    let seconds = days(year, month as u64, day) * DAY + hour * 3600 + minute * 60 + second;
    let time = UNIX_EPOCH + Duration::from_secs(seconds);
    (http(time) == text).then_some(time)
}

fn clock(seconds: u64) -> (u64, u64, u64) {
    let rest = seconds % DAY;
    (rest / 3600, rest / 60 % 60, rest % 60)
}

/// Year, month and day of a number of days since 1970.
fn date(days: u64) -> (u64, u64, u64) {
    let days = days + EPOCH;
    let (era, day_of_era) = (days / DAYS_IN_400_YEARS, days % DAYS_IN_400_YEARS);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    (era * 400 + year_of_era + u64::from(month <= 2), month, day)
}

/// The number of days since 1970 of a date; the reverse of [`date`]. The year is 1970 or later.
fn days(year: u64, month: u64, day: u64) -> u64 {
    let year = year - u64::from(month <= 2);
    let month_from_march = (month + 9) % 12;
    let leap_days = year / 4 - year / 100 + year / 400;
    (365 * year + leap_days + (153 * month_from_march + 2) / 5 + day).saturating_sub(EPOCH + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(seconds)
    }

    #[test]
    fn dates_are_written_as_the_headers_ask() {
        assert_eq!(amz(at(0)), "19700101T000000Z");
        assert_eq!(amz(at(1_795_411_860)), "20261123T053100Z");
        assert_eq!(http(at(1_795_411_860)), "Mon, 23 Nov 2026 05:31:00 GMT");
        assert_eq!(http(at(784_111_777)), "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(common_log(at(1_795_411_860)), "23/Nov/2026:05:31:00 +0000");
    }

    #[test]
    fn every_day_of_a_century_survives_the_round_trip() {
        for day in 0..36_525 {
            let time = at(day * DAY + 12_345);
            assert_eq!(parse_amz(&amz(time)), Some(time));
            assert_eq!(parse_http(&http(time)), Some(time));
        }
    }

    #[test]
    fn what_is_no_date_of_http_is_refused() {
        for wrong in [
            "",
            "Mon, 23 Nov 2026 05:31:00 UTC",
            "Tue, 23 Nov 2026 05:31:00 GMT",
            "Mon, 32 Nov 2026 05:31:00 GMT",
            "Mon, 23 Nov 1026 05:31:00 GMT",
            "Mon, 99999999999999999999 Nov 2026 05:31:00 GMT",
            "Mon, 23 Nov 2026 05:31 GMT",
        ] {
            assert_eq!(parse_http(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        let wrong = [
            "",
            "20261123",
            "20261123T053100",
            "20260230T000000Z",
            "20261323T053100Z",
            "20261100T000000Z",
            "2026-11-23T05:31Z",
            "20261123T250000Z",
            "+0261123T053100Z",
            "19700100T000000Z",
        ];
        for stamp in wrong {
            assert_eq!(parse_amz(stamp), None, "{stamp}");
        }
    }
}
