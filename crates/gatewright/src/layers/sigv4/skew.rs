//! How far the clocks of this machine and of a service are apart, learned from its responses.
//!
//! The correction may be wrong: a proxy, a cache or an API can write any `Date`. So it is only used to sign, never to refuse
//! a request; each origin has its own correction; and it is dropped as soon as the service refuses a signature that was made
//! with it. The rules are those of the AWS SDKs (`aws-runtime` 1.10.2) and, since a day is more than any time zone explains,
//! a bound.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use gatewright_core::kit::calendar;
use http::header::{AGE, DATE};
use http::{HeaderMap, HeaderValue};

use super::target::Target;
use crate::Origin;

/// Services accept signatures from five minutes before to five minutes after; below this the clock is not the cause.
pub(super) const TOLERATED: i64 = 4 * 60;
/// No correction reaches further, in seconds.
const BOUND: i64 = 24 * 60 * 60;
/// In milliseconds. A response that took longer tells too little about the time at which it was written.
const LONGEST_ROUND_TRIP: i64 = 15 * 60 * 1000;
/// In milliseconds. Within a longer round trip something stopped: this process, most often, before the request was sent.
const LONG: i64 = 60 * 1000;
/// Origins of one layer. The oldest goes first.
const MOST_ORIGINS: usize = 64;

/// The corrections of one layer, for all of its clones.
#[derive(Debug, Default)]
pub(super) struct Skews {
    /// Nearly always there is none, and nothing to be looked for.
    are_any: AtomicBool,
    known: RwLock<Vec<(Origin, Skew)>>,
}

/// What is known of one origin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Skew {
    /// To add to this machine's time.
    seconds: i64,
    /// The service has accepted a signature that was made with it.
    is_confirmed: bool,
    /// The service has refused a signature whose time its own `Date` confirmed: from now on only refusals count.
    distrusts: bool,
}

/// A time by this machine's clock, and the correction that was known then.
#[derive(Clone, Copy, Debug)]
pub(super) struct SigningTime {
    pub(super) at: SystemTime,
    pub(super) skew: i64,
}

impl SigningTime {
    pub(super) fn corrected(self) -> SystemTime {
        shift(self.at, self.skew)
    }
}

/// What a response says about the time of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// It is not about the time.
    None,
    /// The service says that the time is wrong.
    WrongTime,
    /// The signature was refused, perhaps for its time.
    Refused,
    /// The request was refused, perhaps for the time of its signature, which may be right.
    Denied,
}

impl Skews {
    /// Whether anything is known of any clock.
    #[inline]
    pub(super) fn are_any(&self) -> bool {
        self.are_any.load(Ordering::Acquire)
    }

    pub(super) fn of(&self, target: &Target) -> i64 {
        self.known(target).seconds
    }

    fn known(&self, target: &Target) -> Skew {
        if !self.are_any() {
            return Skew::default();
        }
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let found = known.iter().find(|(origin, _)| target.is_at(origin));
        found.map_or_else(Skew::default, |(_, skew)| *skew)
    }

    /// Whether nothing is known and there is nothing to learn, as nearly always: the clocks agree.
    fn confirms(&self, headers: &HeaderMap, sent: SystemTime, received: SystemTime) -> bool {
        let seconds = |time: SystemTime| time.duration_since(SystemTime::UNIX_EPOCH).ok();
        let date = headers.get(DATE).map(HeaderValue::as_bytes);
        match (
            date.and_then(calendar::seconds_from_http),
            seconds(sent),
            seconds(received),
        ) {
            (Some(date), Some(sent), Some(received)) => {
                let tolerated = TOLERATED.unsigned_abs();
                !self.are_any()
                    && date <= received.as_secs().saturating_add(tolerated)
                    && date.saturating_add(tolerated) >= sent.as_secs()
            }
            // Without a date nothing can be learned of an acceptance.
            (None, ..) => true,
            _ => false,
        }
    }

    fn set(&self, target: &Target, skew: Skew) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        let index = known.iter().position(|(origin, _)| target.is_at(origin));
        match (index, target.origin()) {
            (Some(index), _) if skew == Skew::default() => drop(known.remove(index)),
            (Some(index), _) => known[index].1 = skew,
            (None, Some(origin)) if skew != Skew::default() => {
                if known.len() == MOST_ORIGINS {
                    known.remove(0);
                }
                known.push((origin, skew));
            }
            (None, _) => {}
        }
        self.are_any.store(!known.is_empty(), Ordering::Release);
    }

    /// Updates the correction from the response to a request that was signed `then`. Says whether a new signature could
    /// succeed.
    pub(super) fn learn(
        &self,
        target: &Target,
        then: SigningTime,
        headers: &HeaderMap,
        sign: Sign,
        received: SystemTime,
    ) -> bool {
        if sign == Sign::None && self.confirms(headers, then.at, received) {
            return false;
        }
        let measured = Measured::of(headers, then.at, received);
        let before = self.known(target);
        let after = before.after(measured, then.skew, sign);
        // Most responses say the same again.
        if after != before {
            self.set(target, after);
        }
        let has_moved = after.seconds.abs_diff(then.skew) > TOLERATED.unsigned_abs();
        sign != Sign::None && (has_moved || took_long(then.at, received))
    }
}

impl Skew {
    /// `used` is the correction of the signature that the response is about.
    fn after(self, measured: Option<Measured>, used: i64, sign: Sign) -> Self {
        match sign {
            Sign::None => self.after_acceptance(measured, used),
            _ => self.after_refusal(measured, used, sign),
        }
    }

    fn after_acceptance(self, measured: Option<Measured>, used: i64) -> Self {
        let Some(measured) = measured else {
            return self;
        };
        if measured.allows(self.seconds) {
            Self {
                is_confirmed: self.is_confirmed || (used != 0 && self.seconds == used),
                ..self
            }
        } else if self.distrusts && !measured.allows(0) {
            self
        } else {
            self.with(measured.nearest())
        }
    }

    fn after_refusal(self, measured: Option<Measured>, used: i64, sign: Sign) -> Self {
        match measured {
            // The service says that the difference is too large, even if it is small.
            Some(measured) if sign == Sign::WrongTime && measured.is_short => {
                self.with(measured.seconds)
            }
            Some(measured) if !measured.allows(used) => self.with(measured.nearest()),
            // The signature was too old when it came.
            Some(measured) if !measured.is_short => self,
            // The time was that of the service, and it still refuses: its `Date` is not the time that it checks.
            _ if sign != Sign::Denied && used != 0 && !self.is_confirmed => Self {
                distrusts: true,
                ..self.with(0)
            },
            _ => self,
        }
    }

    fn with(self, seconds: i64) -> Self {
        Self {
            seconds,
            is_confirmed: self.is_confirmed && seconds == self.seconds && seconds != 0,
            ..self
        }
    }
}

/// The seconds that a service is ahead, by the `Date` of its response: something between two bounds, since it was written
/// somewhen between sending and receiving.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Measured {
    least: i64,
    most: i64,
    /// The best guess.
    seconds: i64,
    is_short: bool,
}

impl Measured {
    /// `None` if the response tells nothing.
    fn of(headers: &HeaderMap, sent: SystemTime, received: SystemTime) -> Option<Self> {
        let date = calendar::seconds_from_http(headers.get(DATE)?.as_bytes())?;
        // A cache sends the time at which it stored a response.
        if headers.contains_key(AGE) {
            return None;
        }
        let date = i64::try_from(date).ok()?.checked_mul(1000)?;
        let (sent, received) = (milliseconds(sent)?, milliseconds(received)?);
        let took = received - sent;
        if !(0..=LONGEST_ROUND_TRIP).contains(&took) {
            return None;
        }
        // Rounded towards zero: a `Date` is up to a second old when it is sent.
        let guess = if took > LONG {
            date - received
        } else {
            date - (sent + received) / 2
        };
        let measured = Self {
            least: (date - received) / 1000,
            most: (date - sent) / 1000,
            seconds: guess / 1000,
            is_short: took <= LONG,
        };
        (measured.seconds.abs() < BOUND).then_some(measured)
    }

    /// The correction to make of it: none if none is needed.
    fn nearest(&self) -> i64 {
        if self.allows(0) { 0 } else { self.seconds }
    }

    /// Whether a signature with this correction is valid, as far as the response tells.
    fn allows(&self, seconds: i64) -> bool {
        (self.least - TOLERATED..=self.most + TOLERATED).contains(&seconds)
    }
}

/// Whether the process may have been stopped between signing and sending, so that the signature was too old when it came.
pub(super) fn took_long(sent: SystemTime, received: SystemTime) -> bool {
    let took = received.duration_since(sent).unwrap_or_default();
    took > Duration::from_millis(LONG.unsigned_abs())
}

/// Since 1970.
fn milliseconds(time: SystemTime) -> Option<i64> {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    let whole = i64::try_from(since.as_secs()).ok()?.checked_mul(1000)?;
    Some(whole + i64::from(since.subsec_millis()))
}

/// `time` plus these seconds, or `time` if the clock cannot count that far.
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
    const DATE_OF_SERVER: i64 = 784_111_777;

    fn at(seconds: i64) -> SystemTime {
        shift(SystemTime::UNIX_EPOCH, seconds)
    }

    fn response() -> HeaderMap {
        let date = http::HeaderValue::from_static("Sun, 06 Nov 1994 08:49:37 GMT");
        HeaderMap::from_iter([(DATE, date)])
    }

    fn seen(sent: i64, received: i64) -> Option<i64> {
        Measured::of(&response(), at(sent), at(received)).map(|measured| measured.seconds)
    }

    const TARGET: &str = "https://api.test/pets";

    fn target_of(uri: &str) -> Target {
        let request = http::Request::get(uri).body(()).unwrap();
        Target::of(&request.into_parts().0)
    }

    /// The correction after a response to a request that was signed when the machine was `behind` by so many seconds.
    fn learn(skews: &Skews, target: &str, behind: i64, sign: Sign) -> (bool, i64) {
        let target = target_of(target);
        let now = at(DATE_OF_SERVER - behind);
        let then = SigningTime {
            at: now,
            skew: skews.of(&target),
        };
        let may_fare_better = skews.learn(&target, then, &response(), sign, now);
        (may_fare_better, skews.of(&target))
    }

    #[test]
    fn the_date_is_held_against_the_middle_of_the_round_trip() {
        let second = DATE_OF_SERVER;
        assert_eq!(seen(second - 610, second - 590), Some(600));
        assert_eq!(seen(second + 590, second + 610), Some(-600));
        assert_eq!(seen(second, second + 1), Some(0));
    }

    #[test]
    fn responses_that_tell_nothing_are_left_out() {
        let second = DATE_OF_SERVER;
        assert_eq!(seen(second - 900, second), Some(0));
        assert_eq!(seen(second - 901, second), None);
        assert_eq!(seen(second + 1, second), None);
        let mut cached = response();
        cached.insert(AGE, http::HeaderValue::from_static("0"));
        let now = at(second);
        assert_eq!(Measured::of(&cached, now, now), None);
        assert_eq!(Measured::of(&HeaderMap::new(), now, now), None);
    }

    #[test]
    fn a_date_that_is_a_day_off_is_not_believed() {
        let day = BOUND;
        let behind = DATE_OF_SERVER - day;
        assert_eq!(seen(behind + 1, behind + 1), Some(86_399));
        assert_eq!(seen(behind, behind), None);
        assert_eq!(seen(DATE_OF_SERVER + day, DATE_OF_SERVER + day), None);
    }

    #[test]
    fn up_to_four_minutes_the_clock_is_not_to_blame() {
        let skews = Skews::default();
        for behind in [1, -240, 240] {
            assert_eq!(learn(&skews, TARGET, behind, Sign::None), (false, 0));
            assert_eq!(learn(&skews, TARGET, behind, Sign::Refused), (false, 0));
        }
        assert_eq!(learn(&skews, TARGET, 241, Sign::Refused), (true, 241));
    }

    #[test]
    fn a_service_that_blames_the_clock_is_believed_for_less() {
        let skews = Skews::default();
        assert_eq!(learn(&skews, TARGET, 200, Sign::WrongTime), (false, 200));
    }

    #[test]
    fn a_clock_that_was_set_right_is_trusted_again() {
        let skews = Skews::default();
        assert_eq!(learn(&skews, TARGET, 7200, Sign::Refused), (true, 7200));
        assert_eq!(learn(&skews, TARGET, 7203, Sign::None), (false, 7200));
        assert_eq!(learn(&skews, TARGET, 0, Sign::Refused), (true, 0));
        assert!(!skews.are_any.load(Ordering::Acquire));
    }

    #[test]
    fn each_origin_has_its_own_clock() {
        let skews = Skews::default();
        learn(&skews, TARGET, 7200, Sign::None);
        for target in [
            "https://other.test/",
            "https://api.test:8443/",
            "http://api.test/",
        ] {
            assert_eq!(skews.of(&target_of(target)), 0, "{target}");
        }
        assert_eq!(skews.of(&target_of("https://API.test:443/x")), 7200);
    }

    #[test]
    fn a_date_that_the_service_does_not_go_by_is_dropped_and_not_learned_again() {
        let skews = Skews::default();
        // A proxy writes a false date into every response.
        assert_eq!(learn(&skews, TARGET, 3700, Sign::None), (false, 3700));
        assert_eq!(learn(&skews, TARGET, 3700, Sign::Refused), (true, 0));
        assert_eq!(learn(&skews, TARGET, 3700, Sign::None), (false, 0));
        // The service itself, however, is believed.
        assert_eq!(learn(&skews, TARGET, 3700, Sign::Refused), (true, 3700));
    }

    #[test]
    fn a_wrong_secret_does_not_unlearn_a_correction_that_worked() {
        let skews = Skews::default();
        learn(&skews, TARGET, 7200, Sign::Refused);
        learn(&skews, TARGET, 7200, Sign::None);
        assert_eq!(learn(&skews, TARGET, 7200, Sign::Refused), (false, 7200));
        assert_eq!(learn(&skews, TARGET, 7200, Sign::Denied), (false, 7200));
    }

    #[test]
    fn a_process_that_was_frozen_signs_anew_and_keeps_its_clock() {
        let target = target_of(TARGET);
        for minutes in [5, 9, 12, 20] {
            let skews = Skews::default();
            let then = SigningTime {
                at: at(DATE_OF_SERVER - 60 * minutes),
                skew: 0,
            };
            let now = at(DATE_OF_SERVER);
            assert!(skews.learn(&target, then, &response(), Sign::Refused, now));
            assert_eq!(skews.of(&target), 0, "{minutes}");
        }
    }

    #[test]
    fn many_origins_do_not_fill_the_memory() {
        let skews = Skews::default();
        for number in 0..1000 {
            learn(&skews, &format!("https://{number}.test/"), 600, Sign::None);
        }
        assert_eq!(skews.known.read().unwrap().len(), MOST_ORIGINS);
        assert_eq!(skews.of(&target_of("https://999.test/")), 600);
    }

    #[test]
    fn time_is_shifted_both_ways() {
        assert_eq!(shift(at(1000), -600), at(400));
        assert_eq!(shift(at(1000), 600), at(1600));
        assert_eq!(shift(at(1000), i64::MAX), at(1000));
    }
}
