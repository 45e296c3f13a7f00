//! When to ask a provider again: the settings.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::rt;

const MINUTE: Duration = Duration::from_secs(60);

/// When a cache of credentials or tokens asks its provider again, and how long it waits for a response.
///
/// Before a value expires it passes two windows. In the **advisory** one it is served at once while one load runs in
/// the background. In the **mandatory** one, the last before it expires, calls wait for that load, and are served the
/// old value if the load fails. A value that has expired is never served.
///
/// | setting | default |
/// | --- | --- |
/// | [`advisory_window`](Self::advisory_window) | by lifetime: 5 min up to 20 min, 15 min below 90 min, else 60 min |
/// | [`mandatory_window`](Self::mandatory_window) | 60 s |
/// | [`time_limit`](Self::time_limit) | 20 s for one load |
/// | [`back_off`](Self::back_off) | 10 s, doubled after each failure up to 5 min, while there is a value to serve |
/// | [`back_off_without_value`](Self::back_off_without_value) | 1 s, doubled up to 5 s |
/// | [`without_expiry`](Self::without_expiry) | 15 min |
/// | [`jitter`](Self::jitter) | random |
///
/// The windows are never longer than a half and a tenth of a value's lifetime, and every value is asked for
/// again after 24 hours at the latest. The lengths of the windows are those that the AWS SDKs agreed on in 2026.
///
/// ```
/// use std::time::Duration;
/// use gatewright_core::{CachedToken, RefreshPolicy, Token};
///
/// let policy = RefreshPolicy::default().time_limit(Duration::from_secs(5));
/// let tokens = CachedToken::with_policy(|| async { Ok(Token::new("eyJhbGciOi")) }, policy);
/// # let _ = tokens;
/// ```
#[derive(Clone)]
pub struct RefreshPolicy {
    pub(super) advisory: Option<Duration>,
    pub(super) mandatory: Duration,
    pub(super) without_expiry: Duration,
    pub(super) time_limit: Duration,
    pub(super) calm: BackOff,
    pub(super) urgent: BackOff,
    jitter: Arc<dyn Fn() -> f64 + Send + Sync>,
}

impl RefreshPolicy {
    /// How long before it expires a value is refreshed in the background. Jitter shortens it by up to a fifth.
    #[must_use]
    pub fn advisory_window(mut self, window: Duration) -> Self {
        self.advisory = Some(window);
        self
    }

    /// How long before a value expires calls wait for the next one.
    #[must_use]
    pub fn mandatory_window(mut self, window: Duration) -> Self {
        self.mandatory = window;
        self
    }

    /// When to ask again, in the background, for a value that does not say when it expires.
    #[must_use]
    pub fn without_expiry(mut self, age: Duration) -> Self {
        self.without_expiry = age;
        self
    }

    /// How long one load may take, at most a day. It is then dropped, and counts as failed for all that wait for it.
    #[must_use]
    pub fn time_limit(mut self, limit: Duration) -> Self {
        self.time_limit = limit.min(24 * 60 * MINUTE);
        self
    }

    /// How long to leave a provider alone that failed while there is a value to serve: `first`, then doubled up to
    /// `longest`. Jitter shortens each by up to a half.
    ///
    /// The same holds for values that a server refuses as soon as they are loaded.
    #[must_use]
    pub fn back_off(mut self, first: Duration, longest: Duration) -> Self {
        self.calm = BackOff { first, longest };
        self
    }

    /// As [`back_off`](Self::back_off), while there is nothing to serve or in the mandatory window. Until then calls
    /// fail at once, with the error of the last load.
    #[must_use]
    pub fn back_off_without_value(mut self, first: Duration, longest: Duration) -> Self {
        self.urgent = BackOff { first, longest };
        self
    }

    /// Where jitter comes from: a function that returns a number from 0 (none) to 1 (most).
    #[must_use]
    pub fn jitter(mut self, jitter: impl Fn() -> f64 + Send + Sync + 'static) -> Self {
        self.jitter = Arc::new(jitter);
        self
    }

    pub(super) fn draw(&self) -> Jitter {
        let drawn = (self.jitter)();
        // Not `clamp`, which lets NaN through.
        Jitter(if drawn >= 0.0 { drawn.min(1.0) } else { 0.0 })
    }
}

impl Default for RefreshPolicy {
    fn default() -> Self {
        Self {
            advisory: None,
            mandatory: MINUTE,
            without_expiry: 15 * MINUTE,
            time_limit: Duration::from_secs(20),
            calm: BackOff {
                first: Duration::from_secs(10),
                longest: 5 * MINUTE,
            },
            urgent: BackOff {
                first: Duration::from_secs(1),
                longest: Duration::from_secs(5),
            },
            jitter: Arc::new(rt::jitter),
        }
    }
}

impl fmt::Debug for RefreshPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RefreshPolicy")
            .field("advisory_window", &self.advisory)
            .field("mandatory_window", &self.mandatory)
            .field("without_expiry", &self.without_expiry)
            .field("time_limit", &self.time_limit)
            .field("back_off", &self.calm)
            .field("back_off_without_value", &self.urgent)
            .finish_non_exhaustive()
    }
}

/// From 0 to 1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Jitter(f64);

impl Jitter {
    /// `duration`, shortened by up to `share` of it.
    pub(super) fn shorten(self, duration: Duration, share: f64) -> Duration {
        let seconds = duration.as_secs_f64() * (1.0 - share * self.0);
        Duration::try_from_secs_f64(seconds).unwrap_or(duration)
    }
}

/// Doubled each time, up to the longest.
#[derive(Clone, Copy, Debug)]
pub(super) struct BackOff {
    first: Duration,
    longest: Duration,
}

impl BackOff {
    /// The pause after as many failures in a row.
    pub(super) fn pause(self, failures: u32, jitter: Jitter) -> Duration {
        let doubled = 2_u32.saturating_pow(failures.saturating_sub(1));
        let pause = self.first.saturating_mul(doubled).min(self.longest);
        jitter.shorten(pause, 0.5)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pause(failures: u32, jitter: f64) -> Duration {
        let policy = RefreshPolicy::default().jitter(move || jitter);
        policy.calm.pause(failures, policy.draw())
    }

    #[test]
    fn pauses_double_up_to_the_longest_and_jitter_halves_them_at_most() {
        let pauses = [1, 2, 3, 5, 6, u32::MAX].map(|failures| pause(failures, 0.0).as_secs());
        assert_eq!(pauses, [10, 20, 40, 160, 300, 300]);
        assert_eq!(pause(1, 1.0), Duration::from_secs(5));
    }

    #[test]
    fn jitter_out_of_range_is_brought_into_it() {
        for (drawn, secs) in [(f64::NAN, 10), (-3.0, 10), (f64::INFINITY, 5), (7.0, 5)] {
            assert_eq!(pause(1, drawn).as_secs(), secs, "{drawn}");
        }
    }

    #[test]
    fn extreme_settings_do_not_overflow() {
        let most = BackOff {
            first: Duration::MAX,
            longest: Duration::MAX,
        };
        assert_eq!(most.pause(u32::MAX, Jitter(0.0)), Duration::MAX);
    }
}
