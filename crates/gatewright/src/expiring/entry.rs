//! A value in the cache, and what its age allows.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::time::Instant;

use super::moment::Moment;
use super::policy::{Jitter, RefreshPolicy};

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

/// What a provider gave.
pub struct Loaded<V> {
    /// The value.
    pub value: V,
    /// From when on it is of no use; `None` if it does not say.
    pub expires_at: Option<SystemTime>,
}

impl<V> fmt::Debug for Loaded<V> {
    /// Without the value, which may be a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Loaded")
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

/// A value with its windows.
pub(super) struct Entry<V> {
    pub(super) value: Arc<V>,
    pub(super) generation: u64,
    pub(super) loaded: Instant,
    fresh_from: SystemTime,
    fresh_until: SystemTime,
    /// Before this it is in the advisory window.
    mandatory_from: Option<SystemTime>,
    expires_at: Option<SystemTime>,
    is_refused: bool,
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

impl<V> Entry<V> {
    /// `None` if the value has expired already.
    pub(super) fn new(
        loaded: Loaded<V>,
        generation: u64,
        at: Moment,
        policy: &RefreshPolicy,
        jitter: Jitter,
    ) -> Option<Self> {
        let now = at.system;
        let windows = Windows::new(loaded.expires_at, now, policy, jitter)?;
        let fresh_until = later(now, windows.fresh_for.clamp(SHORTEST, LONGEST));
        let fresh_until = loaded
            .expires_at
            .map_or(fresh_until, |end| end.min(fresh_until));
        let mandatory_from = loaded.expires_at.map(|expires_at| {
            let from = expires_at.checked_sub(windows.mandatory);
            from.unwrap_or(now).max(fresh_until)
        });
        Some(Self {
            value: Arc::new(loaded.value),
            generation,
            loaded: at.instant,
            fresh_from: now.checked_sub(SLEW).unwrap_or(now),
            fresh_until,
            mandatory_from,
            expires_at: loaded.expires_at,
            is_refused: false,
        })
    }

    pub(super) fn phase(&self, now: SystemTime) -> Phase {
        let is_past = |limit: Option<SystemTime>| limit.is_some_and(|limit| limit <= now);
        if is_past(self.expires_at) {
            Phase::Expired
        } else if self.is_refused || is_past(self.mandatory_from) {
            Phase::Mandatory
        } else if self.is_fresh(now) {
            Phase::Fresh
        } else {
            Phase::Advisory
        }
    }

    /// The quick question. A value that seems to come from the future is not fresh: the clock was set back,
    /// and no longer tells when the value expires.
    pub(super) fn is_fresh(&self, now: SystemTime) -> bool {
        self.fresh_from <= now && now < self.fresh_until
    }

    /// A server does not take it: wait for another one, from now on.
    pub(super) fn refuse(&mut self) {
        self.is_refused = true;
        self.fresh_until = self.fresh_from;
    }

    /// The value, if a server does not take it.
    pub(super) fn refused(&self) -> Option<Arc<V>> {
        self.is_refused.then(|| Arc::clone(&self.value))
    }
}

/// How long a value is fresh, and how long its last window is.
struct Windows {
    fresh_for: Duration,
    mandatory: Duration,
}

impl Windows {
    fn new(
        expires_at: Option<SystemTime>,
        now: SystemTime,
        policy: &RefreshPolicy,
        jitter: Jitter,
    ) -> Option<Self> {
        let Some(expires_at) = expires_at else {
            return Some(Self::without_expiry(policy, jitter));
        };
        let life = expires_at.duration_since(now).ok()?;
        (!life.is_zero()).then(|| Self::of_life(life, policy, jitter))
    }

    fn without_expiry(policy: &RefreshPolicy, jitter: Jitter) -> Self {
        Self {
            fresh_for: jitter.shorten(policy.without_expiry, JITTERED),
            mandatory: Duration::ZERO,
        }
    }

    fn of_life(life: Duration, policy: &RefreshPolicy, jitter: Jitter) -> Self {
        let mandatory = policy.mandatory.min(life / 10);
        let advisory = policy.advisory.unwrap_or_else(|| advisory_for(life));
        let advisory = jitter.shorten(advisory.min(life / 2), JITTERED);
        Self {
            fresh_for: life - advisory.max(mandatory),
            mandatory,
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

#[cfg(test)]
mod tests {
    use super::*;

    const START: SystemTime = SystemTime::UNIX_EPOCH;
    const HOUR: u64 = 3600;

    fn at(secs: u64) -> SystemTime {
        START + Duration::from_secs(1_000_000 + secs)
    }

    fn entry(expires_at: Option<SystemTime>, jitter: f64) -> Option<Entry<()>> {
        let policy = RefreshPolicy::default().jitter(move || jitter);
        let loaded = Loaded {
            value: (),
            expires_at,
        };
        Entry::new(loaded, 1, Moment::present(at(0)), &policy, policy.draw())
    }

    /// The seconds at which a value of this life enters its windows.
    fn windows(life: u64, jitter: f64) -> (u64, u64) {
        let entry = entry(Some(at(life)), jitter).unwrap();
        let starts = |phase| (0..life).find(|second| entry.phase(at(*second)) == phase);
        assert_eq!(entry.phase(at(life)), Phase::Expired);
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
        let entry = entry(None, 0.0).unwrap();
        assert_eq!(entry.phase(at(15 * 60 - 1)), Phase::Fresh);
        assert_eq!(entry.phase(at(15 * 60)), Phase::Advisory);
        assert_eq!(entry.phase(at(1000 * HOUR)), Phase::Advisory);
    }

    #[test]
    fn a_dying_value_is_not_refreshed_in_a_loop() {
        for life in [1500, 500].map(Duration::from_millis) {
            let entry = entry(Some(at(0) + life), 0.0).unwrap();
            let last = life.min(SHORTEST) - Duration::from_nanos(1);
            assert_eq!(entry.phase(at(0) + last), Phase::Fresh);
            assert!(!entry.is_fresh(at(0) + life));
            assert_eq!(entry.phase(at(0) + life), Phase::Expired);
        }
    }

    #[test]
    fn expired_on_arrival_and_absurd_expiry() {
        assert!(entry(Some(at(0)), 0.0).is_none());
        assert!(entry(Some(START), 0.0).is_none());
        let entry = entry(Some(at(u32::MAX.into())), 0.0).unwrap();
        assert_eq!(entry.phase(at(24 * HOUR - 1)), Phase::Fresh);
        assert_eq!(entry.phase(at(24 * HOUR)), Phase::Advisory);
    }

    #[test]
    fn a_clock_that_was_set_back_makes_values_stale() {
        let entry = entry(Some(at(HOUR)), 0.0).unwrap();
        assert_eq!(entry.phase(at(0) - Duration::from_secs(5)), Phase::Fresh);
        assert_eq!(entry.phase(at(0) - Duration::from_secs(6)), Phase::Advisory);
    }
}
