//! How old a value is, and what that allows. The value itself is not here.

use std::time::{Duration, SystemTime};

use super::policy::{Jitter, RefreshPolicy};
use crate::rt::{Clock, Instant, instant};

const MINUTE: Duration = Duration::from_secs(60);

/// What no policy goes beyond, so that an absurd expiry does not keep a value for ever.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// No value is refreshed sooner, however short it lives: a provider that gives the same dying value again and again
/// is not asked in a loop.
const SHORTEST: Duration = Duration::from_secs(1);

/// The share of a window that jitter may take.
const JITTERED: f64 = 0.2;

/// Steps of the clock that are not taken for one that was set back.
const SLEW: Duration = Duration::from_secs(5);

/// The clocks that a value is judged by.
///
/// A [`SystemTime`] is the machine's clock alone, and a value that has expired by it is not used.
#[derive(Clone, Debug)]
pub struct Clocks {
    pub(super) machine: SystemTime,
    /// Where that time was read, and is read again after a wait.
    source: Option<Clock>,
    /// The seconds that the server is believed to be ahead.
    correction: i64,
    is_lenient: bool,
}

impl Clocks {
    /// The machine's clock alone. It is read again after a wait, in which it may be set.
    pub fn of(clock: &Clock) -> Self {
        Self {
            source: Some(clock.clone()),
            ..Self::from(clock.now())
        }
    }

    /// The machine's clock and the seconds to add to it for the server's, as far as they are known.
    ///
    /// A correction is what a server said, and never keeps a value from being used: a value is good if either clock says so.
    /// One that the provider has just given is used even if it has expired by both, since the server judges it. A correction
    /// by which a new value lives less than a minute is ignored, for one of the two is wrong.
    #[must_use]
    pub fn corrected(self, correction: i64) -> Self {
        Self {
            correction,
            is_lenient: true,
            ..self
        }
    }

    /// Whether the machine's clock alone decides.
    pub(super) fn is_plain(&self) -> bool {
        self.correction == 0
    }
}

impl From<SystemTime> for Clocks {
    fn from(machine: SystemTime) -> Self {
        Self {
            machine,
            source: None,
            correction: 0,
            is_lenient: false,
        }
    }
}

/// A point in the system's time, which expiry is stated in and which can be set back, and in the one that only goes on,
/// which waits are measured in.
#[derive(Clone, Debug)]
pub(super) struct Instants {
    pub(super) clocks: Clocks,
    pub(super) instant: Instant,
}

impl Instants {
    /// The present, when the caller's clocks show this.
    pub(super) fn present(clocks: Clocks) -> Self {
        Self {
            clocks,
            instant: instant(),
        }
    }

    /// The present, by the clocks that this was read from.
    pub(super) fn moved_on(&self) -> Self {
        let instant = instant();
        let elapsed = instant.duration_since(self.instant);
        let mut clocks = self.clocks.clone();
        clocks.machine = match &clocks.source {
            Some(clock) => clock.now(),
            None => later(clocks.machine, elapsed),
        };
        Self { clocks, instant }
    }
}

/// When a value came, and when it ends.
pub(super) struct Age {
    pub(super) loaded: Instant,
    loaded_at: SystemTime,
    windows: Windows,
    jitter: Jitter,
    expires_at: Option<SystemTime>,
}

/// What the age of a value allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    Fresh,
    /// Serve it, and refresh it in the background.
    Advisory,
    /// Wait for the next one, and serve it if none comes.
    Mandatory,
    /// Not to be served.
    Expired,
}

impl Age {
    pub(super) fn new(
        expires_at: Option<SystemTime>,
        at: &Instants,
        policy: &RefreshPolicy,
        jitter: Jitter,
    ) -> Self {
        let now = at.clocks.machine;
        Self {
            loaded: at.instant,
            loaded_at: now,
            windows: Windows::new(expires_at, now, policy, jitter),
            jitter,
            expires_at,
        }
    }

    /// Whether the value had expired by the machine's clock when it came.
    pub(super) fn is_doubtful(&self) -> bool {
        self.expires_at.is_some_and(|end| end <= self.loaded_at)
    }

    /// The quick question, for the machine's clock. A value that seems to come from the future is not fresh: the clock was
    /// set back, and no longer tells when the value expires.
    #[inline]
    pub(super) fn is_fresh(&self, now: SystemTime) -> bool {
        self.windows.are_fresh(now)
    }

    pub(super) fn phase(&self, clocks: &Clocks, policy: &RefreshPolicy) -> Phase {
        if self.is_doubtful() && !clocks.is_lenient {
            return Phase::Expired;
        }
        let own = match self.windows.phase(clocks.machine, self.expires_at) {
            Phase::Expired if clocks.is_lenient && self.is_doubtful() => Phase::Mandatory,
            own => own,
        };
        match self.phase_of_server(clocks, policy) {
            Some(Phase::Expired) if own != Phase::Expired => Phase::Mandatory,
            Some(phase) => phase,
            None if own == Phase::Mandatory && self.has_just_come(clocks) => Phase::Fresh,
            None => own,
        }
    }

    /// By the server's clock, if it is known to be another one and does not contradict the provider.
    fn phase_of_server(&self, clocks: &Clocks, policy: &RefreshPolicy) -> Option<Phase> {
        let end = self.expires_at.filter(|_| !clocks.is_plain())?;
        let loaded_at = shift(self.loaded_at, clocks.correction);
        let life = end.duration_since(loaded_at).ok()?;
        let windows = Windows::of_life(life, loaded_at, policy, self.jitter);
        let now = shift(clocks.machine, clocks.correction);
        (life >= MINUTE).then(|| windows.phase(now, Some(end)))
    }

    /// A doubtful value is used for a moment without another load.
    fn has_just_come(&self, clocks: &Clocks) -> bool {
        self.is_doubtful() && clocks.machine < later(self.loaded_at, SHORTEST)
    }
}

/// When a value is fresh, and when its last window begins.
#[derive(Clone, Copy)]
struct Windows {
    fresh_from: SystemTime,
    fresh_until: SystemTime,
    /// Before this it is in the advisory window.
    mandatory_from: Option<SystemTime>,
}

impl Windows {
    fn new(
        expires_at: Option<SystemTime>,
        now: SystemTime,
        policy: &RefreshPolicy,
        jitter: Jitter,
    ) -> Self {
        match expires_at {
            Some(end) => Self::of_life(
                end.duration_since(now).unwrap_or_default(),
                now,
                policy,
                jitter,
            ),
            None => Self::without_expiry(now, policy, jitter),
        }
    }

    fn without_expiry(now: SystemTime, policy: &RefreshPolicy, jitter: Jitter) -> Self {
        let fresh_for = jitter.shorten(policy.without_expiry, JITTERED);
        Self {
            fresh_from: earlier(now, SLEW),
            fresh_until: later(now, fresh_for.clamp(SHORTEST, LONGEST)),
            mandatory_from: None,
        }
    }

    fn of_life(life: Duration, now: SystemTime, policy: &RefreshPolicy, jitter: Jitter) -> Self {
        let mandatory = policy.mandatory.min(life / 10);
        let advisory = policy.advisory.unwrap_or_else(|| advisory_for(life));
        let advisory = jitter.shorten(advisory.min(life / 2), JITTERED);
        let fresh_for = life - advisory.max(mandatory);
        let fresh_for = fresh_for.clamp(SHORTEST, LONGEST).min(life);
        let fresh_until = later(now, fresh_for);
        // What has ended is fresh at no time, not even a moment ago.
        let slew = if life.is_zero() { Duration::ZERO } else { SLEW };
        Self {
            fresh_from: earlier(now, slew),
            fresh_until,
            mandatory_from: Some(later(now, life - mandatory).max(fresh_until)),
        }
    }

    #[inline]
    fn are_fresh(&self, now: SystemTime) -> bool {
        self.fresh_from <= now && now < self.fresh_until
    }

    fn phase(&self, now: SystemTime, expires_at: Option<SystemTime>) -> Phase {
        let is_past = |limit: Option<SystemTime>| limit.is_some_and(|limit| limit <= now);
        if is_past(expires_at) {
            Phase::Expired
        } else if is_past(self.mandatory_from) {
            Phase::Mandatory
        } else if self.are_fresh(now) {
            Phase::Fresh
        } else {
            Phase::Advisory
        }
    }
}

/// The windows of the AWS SDKs.
fn advisory_for(life: Duration) -> Duration {
    if life <= 20 * MINUTE {
        5 * MINUTE
    } else if life < 90 * MINUTE {
        15 * MINUTE
    } else {
        60 * MINUTE
    }
}

fn later(time: SystemTime, by: Duration) -> SystemTime {
    time.checked_add(by).unwrap_or(time)
}

fn earlier(time: SystemTime, by: Duration) -> SystemTime {
    time.checked_sub(by).unwrap_or(time)
}

/// `time` and so many seconds, or `time` where the clock ends.
fn shift(time: SystemTime, seconds: i64) -> SystemTime {
    let distance = Duration::from_secs(seconds.unsigned_abs());
    if seconds < 0 {
        earlier(time, distance)
    } else {
        later(time, distance)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: SystemTime = SystemTime::UNIX_EPOCH;
    const HOUR: u64 = 3600;

    fn at(secs: u64) -> SystemTime {
        START + Duration::from_secs(1_000_000 + secs)
    }

    struct Aged(Age, RefreshPolicy);

    impl Aged {
        fn phase(&self, now: SystemTime) -> Phase {
            self.0.phase(&now.into(), &self.1)
        }
    }

    fn aged(expires_at: Option<SystemTime>, jitter: f64) -> Aged {
        let policy = RefreshPolicy::default().jitter(move || jitter);
        let now = Instants::present(at(0).into());
        let age = Age::new(expires_at, &now, &policy, policy.draw());
        Aged(age, policy)
    }

    /// The seconds at which a value of this life enters its windows.
    fn windows(life: u64, jitter: f64) -> (u64, u64) {
        let age = aged(Some(at(life)), jitter);
        let starts = |phase| (0..life).find(|second| age.phase(at(*second)) == phase);
        assert_eq!(age.phase(at(life)), Phase::Expired);
        (
            starts(Phase::Advisory).unwrap(),
            starts(Phase::Mandatory).unwrap(),
        )
    }

    #[test]
    fn the_windows_follow_from_the_lifetime() {
        for (life, advisory, mandatory) in [
            (12 * HOUR, 11 * HOUR, 12 * HOUR - 60),
            (100 * 60, 50 * 60, 99 * 60),
            (3 * HOUR, 2 * HOUR, 3 * HOUR - 60),
            (HOUR, 45 * 60, 59 * 60),
            (15 * 60, 10 * 60, 14 * 60),
            // A Cognito token at its shortest: windows of a half and a tenth.
            (300, 150, 270),
            (60, 30, 54),
        ] {
            assert_eq!(windows(life, 0.0), (advisory, mandatory), "{life}");
        }
    }

    #[test]
    fn jitter_shortens_the_advisory_window_by_a_fifth_at_most() {
        assert_eq!(windows(HOUR, 1.0), (48 * 60, 59 * 60));
        assert_eq!(windows(HOUR, 0.5), (46 * 60 + 30, 59 * 60));
        assert_eq!(windows(300, 1.0), (180, 270));
    }

    #[test]
    fn a_value_without_expiry_is_asked_for_again_and_never_expires() {
        let age = aged(None, 0.0);
        assert_eq!(age.phase(at(15 * 60 - 1)), Phase::Fresh);
        assert_eq!(age.phase(at(15 * 60)), Phase::Advisory);
        assert_eq!(age.phase(at(1000 * HOUR)), Phase::Advisory);
    }

    #[test]
    fn a_dying_value_is_not_refreshed_in_a_loop() {
        for life in [1500, 500].map(Duration::from_millis) {
            let age = aged(Some(at(0) + life), 0.0);
            let last = life.min(SHORTEST) - Duration::from_nanos(1);
            assert_eq!(age.phase(at(0) + last), Phase::Fresh);
            assert!(!age.0.is_fresh(at(0) + life));
            assert_eq!(age.phase(at(0) + life), Phase::Expired);
        }
    }

    #[test]
    fn expired_on_arrival_and_absurd_expiry() {
        assert!(aged(Some(at(0)), 0.0).0.is_doubtful());
        assert_eq!(aged(Some(START), 0.0).phase(at(0)), Phase::Expired);
        let age = aged(Some(at(u32::MAX.into())), 0.0);
        assert_eq!(age.phase(at(24 * HOUR - 1)), Phase::Fresh);
        assert_eq!(age.phase(at(24 * HOUR)), Phase::Advisory);
    }

    #[test]
    fn a_clock_that_was_set_back_makes_values_stale() {
        let age = aged(Some(at(HOUR)), 0.0);
        assert_eq!(age.phase(at(0) - Duration::from_secs(5)), Phase::Fresh);
        assert_eq!(age.phase(at(0) - Duration::from_secs(6)), Phase::Advisory);
    }
}
