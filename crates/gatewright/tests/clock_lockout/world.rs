//! The true time, and the machine's clock beside it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

use tokio::time::{Instant, advance};

const START: Duration = Duration::from_secs(1_800_000_000);

pub(crate) struct World {
    began: Instant,
    /// Seconds in which the process was frozen, so that its waits did not go on.
    frozen: AtomicI64,
    /// Seconds that the machine's clock is ahead.
    ahead: AtomicI64,
}

impl World {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self {
            began: Instant::now(),
            frozen: AtomicI64::new(0),
            ahead: AtomicI64::new(0),
        })
    }

    /// The true time.
    pub(crate) fn truth(&self) -> SystemTime {
        let frozen = self.frozen.load(Ordering::SeqCst);
        shift(
            SystemTime::UNIX_EPOCH + START + self.began.elapsed(),
            frozen,
        )
    }

    /// What the machine's clock shows.
    pub(crate) fn machine(&self) -> SystemTime {
        shift(self.truth(), self.ahead.load(Ordering::SeqCst))
    }

    pub(crate) fn set_machine_ahead(&self, seconds: i64) {
        self.ahead.store(seconds, Ordering::SeqCst);
    }

    pub(crate) fn freeze(&self, seconds: i64) {
        self.frozen.fetch_add(seconds, Ordering::SeqCst);
    }

    pub(crate) async fn pass(&self, seconds: u64) {
        advance(Duration::from_secs(seconds)).await;
    }
}

/// `time` and so many seconds.
pub(crate) fn shift(time: SystemTime, seconds: i64) -> SystemTime {
    let distance = Duration::from_secs(seconds.unsigned_abs());
    if seconds < 0 {
        time - distance
    } else {
        time + distance
    }
}
