//! `TIMESTAMP`, in the one form that Cognito reads.

use std::time::SystemTime;

const DAY: u64 = 24 * 60 * 60;
/// From Thursday, the weekday of 1970-01-01.
const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
/// From March, so that a leap day is the last day of its year.
const MONTHS: [&str; 12] = [
    "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb",
];

/// Such as `Mon Nov 2 03:04:05 UTC 2026`: English, the day without a zero or blank in front. A time before 1970 is 1970.
pub(crate) fn timestamp(now: SystemTime) -> String {
    let since = now
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    let (days, second) = (since.as_secs() / DAY, since.as_secs() % DAY);
    let weekday = WEEKDAYS[(days % 7) as usize];
    let (year, month, day) = date(days);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{weekday} {month} {day} {hour:02}:{minute:02}:{second:02} UTC {year}")
}

/// Year, month and day of a day since 1970, in the Gregorian calendar.
fn date(days: u64) -> (u64, &'static str, u64) {
    // Days since 0000-03-01; 400 years have 146,097.
    let days = days + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    // Five months from March on, or from August on, have 153 days.
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let year = era * 400 + year + month / 10;
    (year, MONTHS[month as usize], day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn at(seconds: u64) -> String {
        timestamp(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
    }

    #[test]
    fn the_day_has_no_zero_in_front_and_the_time_has() {
        assert_eq!(at(0), "Thu Jan 1 00:00:00 UTC 1970");
        assert_eq!(at(1_793_588_645), "Mon Nov 2 03:04:05 UTC 2026");
        assert_eq!(at(1_798_761_599), "Thu Dec 31 23:59:59 UTC 2026");
    }

    #[test]
    fn leap_days_are_where_the_calendar_has_them() {
        assert_eq!(at(951_782_400), "Tue Feb 29 00:00:00 UTC 2000");
        assert_eq!(at(951_868_800), "Wed Mar 1 00:00:00 UTC 2000");
        assert_eq!(at(4_107_542_400), "Mon Mar 1 00:00:00 UTC 2100");
        assert_eq!(at(4_107_456_000), "Sun Feb 28 00:00:00 UTC 2100");
    }

    #[test]
    fn a_clock_before_1970_does_no_harm() {
        let before = SystemTime::UNIX_EPOCH - Duration::from_secs(1);
        assert_eq!(timestamp(before), at(0));
    }
}
