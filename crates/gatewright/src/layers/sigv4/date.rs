//! Dates as a signature writes them.

use std::time::{Duration, SystemTime};

use gatewright_core::kit::calendar::{DAY, civil};

/// The first second of the year 10000, which no signature can name.
const END: u64 = 253_402_300_800;

/// Whole seconds since 1970, in years of four digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Second(u64);

impl Second {
    /// `None` outside of the years 1970 to 9999.
    pub(super) fn of(time: SystemTime) -> Option<Self> {
        let seconds = time.duration_since(SystemTime::UNIX_EPOCH).ok()?.as_secs();
        (seconds < END).then_some(Self(seconds))
    }

    pub(super) fn time(self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(self.0)
    }

    /// As in `x-amz-date`: `20150830T123600Z`. The first eight bytes are the day.
    pub(super) fn stamp(self) -> [u8; 16] {
        let (year, month, day) = civil(self.0 / DAY);
        let clock = self.0 % DAY;
        let mut stamp = *b"00000000T000000Z";
        let (century, year) = (year / 100, year % 100);
        let parts = [
            century,
            year,
            month,
            day,
            clock / 3600,
            clock / 60 % 60,
            clock % 60,
        ];
        for (at, part) in [0, 2, 4, 6, 9, 11, 13].into_iter().zip(parts) {
            stamp[at] += digit(part / 10);
            stamp[at + 1] += digit(part % 10);
        }
        stamp
    }
}

fn digit(value: u64) -> u8 {
    (value % 10) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(seconds: u64) -> String {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        String::from_utf8(Second::of(time).unwrap().stamp().to_vec()).unwrap()
    }

    #[test]
    fn stamps() {
        for (seconds, written) in [
            (0, "19700101T000000Z"),
            (951_782_399, "20000228T235959Z"),
            (951_782_400, "20000229T000000Z"),
            (951_868_800, "20000301T000000Z"),
            (1_440_938_160, "20150830T123600Z"),
            (4_107_542_399, "21000228T235959Z"),
            (4_107_542_400, "21000301T000000Z"),
            (END - 1, "99991231T235959Z"),
        ] {
            assert_eq!(stamp(seconds), written);
        }
    }

    #[test]
    fn times_that_a_stamp_cannot_name_are_none() {
        let epoch = SystemTime::UNIX_EPOCH;
        assert_eq!(Second::of(epoch - Duration::from_nanos(1)), None);
        assert_eq!(Second::of(epoch + Duration::from_secs(END)), None);
    }
}
