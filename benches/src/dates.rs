//! Dates as a signature and as HTTP write them.

use std::time::SystemTime;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

#[allow(
    clippy::disallowed_methods,
    reason = "what costs time is to be measured, the clock too"
)]
pub(crate) fn now() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.expect("a clock after 1970").as_secs()
}

/// `20150830T123600Z`
pub(crate) fn stamp(seconds: u64) -> [u8; 16] {
    let (year, month, day) = date(seconds / 86_400);
    let parts = [
        year / 100,
        year % 100,
        month,
        day,
        seconds / 3600 % 24,
        seconds / 60 % 60,
        seconds % 60,
    ];
    let mut stamp = *b"00000000T000000Z";
    for (at, part) in [0, 2, 4, 6, 9, 11, 13].into_iter().zip(parts) {
        stamp[at] += (part / 10) as u8;
        stamp[at + 1] += (part % 10) as u8;
    }
    stamp
}

/// A `Date` header. The day of the week is not told from the date: nobody reads it.
pub(crate) fn http(seconds: u64) -> String {
    let (year, month, day) = date(seconds / 86_400);
    let month = MONTHS[(month - 1) as usize];
    let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    format!("Sun, {day:02} {month} {year} {hour:02}:{minute:02}:{second:02} GMT")
}

/// Year, month and day, in a calendar whose years begin in March.
fn date(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let of_era = days % 146_097;
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (month, wraps) = if month < 10 {
        (month + 3, 0)
    } else {
        (month - 9, 1)
    };
    (days / 146_097 * 400 + year + wraps, month, day)
}
