//! The only place of this crate that reads the system's clock.

use std::time::SystemTime;

/// Tells the gateway the time.
pub(crate) type Clock = Box<dyn Fn() -> SystemTime + Send + Sync>;

/// The system's clock.
pub(crate) fn system() -> Clock {
    #[allow(clippy::disallowed_methods, reason = "the one place that may")]
    Box::new(SystemTime::now)
}
