//! The one place that reads the clock by which waits are measured.

use tokio::time::Instant;

/// The time that only goes on; tests pause it.
pub(crate) fn instant() -> Instant {
    Instant::now()
}
