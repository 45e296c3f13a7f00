//! The settings of the layer.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tower::retry::budget::{Budget, TpsBudget};

use super::backoff::Backoff;

const ATTEMPTS: u32 = 3;
const MAX_RETRY_AFTER: Duration = Duration::from_secs(20);

/// Retries calls that failed for a passing reason. It takes `http::Request<gatewright::Body>`.
///
/// | setting | default |
/// | --- | --- |
/// | [`attempts`](Self::attempts) | 3, the first one included |
/// | [`backoff`](Self::backoff) | up to 100 ms before the second attempt, doubled each time up to 5 s |
/// | [`max_retry_after`](Self::max_retry_after) | 20 s |
/// | [`budget`](Self::budget) | 10 retries a second, and one for every five attempts in the last 10 s that needed no retry |
/// | [`also_unsafe`](Self::also_unsafe) | off |
///
/// It needs the timer of a tokio runtime. See the [module docs](super) for the failures that are retried, and for an example.
#[derive(Clone)]
pub struct RetryLayer {
    pub(super) attempts: u32,
    pub(super) also_unsafe: bool,
    pub(super) max_retry_after: Duration,
    pub(super) backoff: Backoff,
    pub(super) budget: Arc<dyn Budget + Send + Sync>,
}

impl Default for RetryLayer {
    fn default() -> Self {
        Self::new()
    }
}

impl RetryLayer {
    /// A layer with the default settings. Its clones share one budget.
    pub fn new() -> Self {
        Self {
            attempts: ATTEMPTS,
            also_unsafe: false,
            max_retry_after: MAX_RETRY_AFTER,
            backoff: Backoff::default(),
            budget: Arc::new(TpsBudget::default()),
        }
    }

    /// The most attempts of one call, the first one included. 0 and 1 both turn retries off.
    #[must_use]
    pub fn attempts(mut self, most: u32) -> Self {
        self.attempts = most;
        self
    }

    /// The longest wait before the second attempt, and before any attempt. The waits are random below that; see
    /// [`jitter`](Self::jitter).
    #[must_use]
    pub fn backoff(mut self, first: Duration, longest: Duration) -> Self {
        self.backoff = self.backoff.with_waits(first, longest);
        self
    }

    /// Where jitter comes from: a function that returns a number from 0 (no wait) to 1 (the longest wait).
    #[must_use]
    pub fn jitter(mut self, jitter: impl Fn() -> f64 + Send + Sync + 'static) -> Self {
        self.backoff = self.backoff.with_jitter(jitter);
        self
    }

    /// The longest `Retry-After` to wait for. A response that asks for more is final: the caller gets it at once.
    #[must_use]
    pub fn max_retry_after(mut self, longest: Duration) -> Self {
        self.max_retry_after = longest;
        self
    }

    /// Decides whether a retry is affordable: an attempt that needs no retry makes a deposit, a retry a withdrawal.
    #[must_use]
    pub fn budget(mut self, budget: impl Budget + Send + Sync + 'static) -> Self {
        self.budget = Arc::new(budget);
        self
    }

    /// Also retries POST and PATCH requests without an `idempotency-key` when there is no response or a 502, 503 or 504,
    /// **although the API may already have processed them**.
    #[must_use]
    pub fn also_unsafe(mut self) -> Self {
        self.also_unsafe = true;
        self
    }
}

impl fmt::Debug for RetryLayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetryLayer")
            .field("attempts", &self.attempts)
            .field("also_unsafe", &self.also_unsafe)
            .field("max_retry_after", &self.max_retry_after)
            .field("backoff", &self.backoff)
            .finish_non_exhaustive()
    }
}
