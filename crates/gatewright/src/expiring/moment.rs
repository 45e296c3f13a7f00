//! The two kinds of time that a cache lives in.

use std::time::SystemTime;

use tokio::time::Instant;

use crate::clock::instant;

/// A point in the system's time, which expiry is stated in and which can be set back, and in the one that only goes on,
/// which waits are measured in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment {
    pub(super) system: SystemTime,
    pub(super) instant: Instant,
}

impl Moment {
    /// The present, when the caller's clock shows `system`.
    pub(super) fn present(system: SystemTime) -> Self {
        Self {
            system,
            instant: instant(),
        }
    }

    /// The present, by the clock that this moment was read from.
    pub(super) fn moved_on(self) -> Self {
        let instant = instant();
        let elapsed = instant.duration_since(self.instant);
        Self {
            system: self.system.checked_add(elapsed).unwrap_or(self.system),
            instant,
        }
    }
}
