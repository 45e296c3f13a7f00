//! A clock that both sides read and a test moves.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

/// 2 November 2026, 03:04:05 UTC: a day of one digit.
const START: u64 = 1_793_588_645;

#[derive(Clone, Debug)]
pub(crate) struct Clock(Arc<AtomicU64>);

impl Clock {
    pub(crate) fn new() -> Self {
        Self(Arc::new(AtomicU64::new(START)))
    }

    pub(crate) fn advance(&self, by: Duration) {
        self.0.fetch_add(by.as_secs(), Ordering::Relaxed);
    }

    /// Seconds since 1970.
    pub(crate) fn seconds(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    /// As the crates of gatewright take it.
    pub(crate) fn shared(&self) -> gatewright_core::rt::Clock {
        let clock = self.clone();
        gatewright_core::rt::Clock::new(move || clock.now())
    }

    pub(crate) fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(self.seconds())
    }
}
