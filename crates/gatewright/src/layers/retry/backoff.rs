//! How long to wait before the next attempt.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tower::util::rng::{HasherRng, Rng};

/// A wait from 0 to a limit that doubles each time.
#[derive(Clone)]
pub(super) struct Backoff {
    first: Duration,
    longest: Duration,
    jitter: Arc<dyn Fn() -> f64 + Send + Sync>,
}

impl Default for Backoff {
    fn default() -> Self {
        Self {
            first: Duration::from_millis(100),
            longest: Duration::from_secs(5),
            jitter: Arc::new(|| HasherRng::new().next_f64()),
        }
    }
}

impl Backoff {
    pub(super) fn with_waits(self, first: Duration, longest: Duration) -> Self {
        Self {
            first,
            longest,
            ..self
        }
    }

    pub(super) fn with_jitter(self, jitter: impl Fn() -> f64 + Send + Sync + 'static) -> Self {
        Self {
            jitter: Arc::new(jitter),
            ..self
        }
    }

    /// The wait after as many attempts.
    pub(super) fn wait(&self, attempts: u32) -> Duration {
        let doubled = 2_u32.saturating_pow(attempts.saturating_sub(1));
        let limit = self.first.saturating_mul(doubled).min(self.longest);
        let drawn = (self.jitter)();
        // Not `clamp`, which lets NaN through.
        let share = if drawn >= 0.0 { drawn.min(1.0) } else { 0.0 };
        Duration::try_from_secs_f64(limit.as_secs_f64() * share).unwrap_or(limit)
    }
}

impl fmt::Debug for Backoff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} to {:?}", self.first, self.longest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait(attempts: u32, jitter: f64) -> u128 {
        let backoff = Backoff::default().with_jitter(move || jitter);
        backoff.wait(attempts).as_millis()
    }

    #[test]
    fn waits_double_up_to_the_longest_and_jitter_takes_its_share() {
        let waits = [1, 2, 3, 6, 7, u32::MAX].map(|attempts| wait(attempts, 1.0));
        assert_eq!(waits, [100, 200, 400, 3200, 5000, 5000]);
        assert_eq!((wait(3, 0.5), wait(3, 0.0)), (200, 0));
    }

    #[test]
    fn jitter_out_of_range_and_extreme_settings_do_no_harm() {
        assert_eq!(
            (wait(1, f64::NAN), wait(1, -1.0), wait(1, 9.0)),
            (0, 0, 100)
        );
        let most = Backoff::default().with_waits(Duration::MAX, Duration::MAX);
        assert_eq!(most.with_jitter(|| 1.0).wait(9), Duration::MAX);
    }

    #[test]
    fn jitter_is_random_by_default() {
        let backoff = Backoff::default();
        let drawn: Vec<f64> = (0..64).map(|_| (backoff.jitter)()).collect();
        assert!(drawn.iter().all(|drawn| (0.0..=1.0).contains(drawn)));
        assert!(drawn.iter().any(|it| *it < 0.5) && drawn.iter().any(|it| *it > 0.5));
    }
}
