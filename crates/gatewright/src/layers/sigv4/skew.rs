//! How far the clocks of this machine and of the service are apart, learned from the answers.
//!
//! The rules are those of the AWS SDKs (`aws-runtime` 1.10.2), and one more: a `Date` that is a day or more off is not
//! believed. No time zone explains it, so it is a broken cache or a test server rather than the clock of AWS.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::{AGE, DATE};

use crate::date;

/// In milliseconds. An answer that took longer tells too little about the time at which it was written.
const LONGEST_ROUND_TRIP: i64 = 15 * 60 * 1000;
/// Services take signatures of five minutes to either side; with less than this the clock is not to blame.
const BLAMED: u64 = 4 * 60;
const UNBELIEVABLE: u64 = 24 * 60 * 60;

/// The seconds to add to this machine's time, for all clones of a signer.
#[derive(Debug, Default)]
pub(super) struct Skew(AtomicI64);

impl Skew {
    pub(super) fn seconds(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Every answer counts, so that a clock that was set right is trusted again.
    pub(super) fn learn(&self, seconds: i64) {
        // Most answers say the same again, and a write would take the line from the caches of other cores.
        if self.seconds() != seconds {
            self.0.store(seconds, Ordering::Relaxed);
        }
    }
}

/// The seconds that the service is ahead, by the `Date` of its answer. `None` if that tells nothing.
pub(super) fn measured(
    answer: &HeaderMap,
    sent: SystemTime,
    received: impl FnOnce() -> SystemTime,
) -> Option<i64> {
    let date = date::seconds_from_http(answer.get(DATE)?.as_bytes())?;
    let (sent, received) = (milliseconds(sent)?, milliseconds(received())?);
    let is_short = (0..=LONGEST_ROUND_TRIP).contains(&(received - sent));
    // A cache tells the time at which it stored an answer.
    if !is_short || answer.contains_key(AGE) {
        return None;
    }
    // Rounded towards zero: a `Date` is up to a second old when it is sent.
    let seconds = (i64::try_from(date).ok()? * 1000 - (sent + received) / 2) / 1000;
    (seconds.unsigned_abs() < UNBELIEVABLE).then_some(seconds)
}

/// Since 1970.
fn milliseconds(time: SystemTime) -> Option<i64> {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    let whole = i64::try_from(since.as_secs()).ok()?.checked_mul(1000)?;
    Some(whole + i64::from(since.subsec_millis()))
}

/// Whether a signature that was made with `used` is refused because of the clock.
pub(super) fn is_blamed(used: i64, measured: i64) -> bool {
    measured.abs_diff(used) > BLAMED
}

/// `time` and so many seconds, or `time` where the clock ends.
pub(super) fn shift(time: SystemTime, seconds: i64) -> SystemTime {
    let distance = Duration::from_secs(seconds.unsigned_abs());
    let shifted = if seconds < 0 {
        time.checked_sub(distance)
    } else {
        time.checked_add(distance)
    };
    shifted.unwrap_or(time)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 1994-11-06T08:49:37Z
    const DATE_OF_SERVER: u64 = 784_111_777;

    fn at(seconds: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
    }

    fn answer() -> HeaderMap {
        let date = http::HeaderValue::from_static("Sun, 06 Nov 1994 08:49:37 GMT");
        HeaderMap::from_iter([(DATE, date)])
    }

    fn seen(sent: u64, received: u64) -> Option<i64> {
        measured(&answer(), at(sent), || at(received))
    }

    #[test]
    fn the_date_is_held_against_the_middle_of_the_round_trip() {
        assert_eq!(seen(DATE_OF_SERVER - 610, DATE_OF_SERVER - 590), Some(600));
        assert_eq!(seen(DATE_OF_SERVER + 590, DATE_OF_SERVER + 610), Some(-600));
        assert_eq!(seen(DATE_OF_SERVER, DATE_OF_SERVER + 1), Some(0));
    }

    #[test]
    fn answers_that_tell_nothing_are_left_out() {
        let second = DATE_OF_SERVER;
        assert_eq!(seen(second, second + 15 * 60), Some(-450));
        assert_eq!(seen(second, second + 15 * 60 + 1), None);
        assert_eq!(seen(second + 1, second), None);
        let mut cached = answer();
        cached.insert(AGE, http::HeaderValue::from_static("0"));
        assert_eq!(measured(&cached, at(second), || at(second)), None);
        assert_eq!(measured(&HeaderMap::new(), at(second), || at(second)), None);
    }

    #[test]
    fn a_date_that_is_a_day_off_is_not_believed() {
        let day = 24 * 60 * 60;
        assert_eq!(
            seen(DATE_OF_SERVER - day + 1, DATE_OF_SERVER - day + 1),
            Some(86_399)
        );
        assert_eq!(seen(DATE_OF_SERVER - day, DATE_OF_SERVER - day), None);
        assert_eq!(seen(DATE_OF_SERVER + day, DATE_OF_SERVER + day), None);
    }

    #[test]
    fn a_clock_is_blamed_for_more_than_four_minutes() {
        assert!(!is_blamed(0, 240));
        assert!(is_blamed(0, 241));
        assert!(is_blamed(0, -241));
        assert!(!is_blamed(600, 600));
        assert!(is_blamed(600, 0));
    }

    #[test]
    fn a_clock_that_was_set_right_is_trusted_again() {
        let skew = Skew::default();
        skew.learn(600);
        skew.learn(0);
        assert_eq!(skew.seconds(), 0);
    }

    #[test]
    fn time_is_shifted_both_ways() {
        assert_eq!(shift(at(1000), -600), at(400));
        assert_eq!(shift(at(1000), 600), at(1600));
        assert_eq!(shift(at(1000), i64::MAX), at(1000));
    }
}
