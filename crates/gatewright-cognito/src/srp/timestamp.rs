//! `TIMESTAMP`, in the one form that Cognito reads.

use std::time::SystemTime;

use gatewright_core::kit::calendar::{DAY, civil};

/// From Thursday, the weekday of 1970-01-01.
const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// Such as `Mon Nov 2 03:04:05 UTC 2026`: English, the day without a zero or blank in front. A time before 1970 is 1970.
pub(crate) fn timestamp(now: SystemTime) -> String {
    let since = now
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    let (days, second) = (since.as_secs() / DAY, since.as_secs() % DAY);
    let weekday = WEEKDAYS[(days % 7) as usize];
    let (year, month, day) = civil(days);
    let month = MONTHS[month as usize - 1];
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{weekday} {month} {day} {hour:02}:{minute:02}:{second:02} UTC {year}")
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
