//! Where the time comes from: the one place that reads the clocks.

#[cfg(any(feature = "bearer", feature = "sigv4"))]
pub use self::system::Clock;

use tokio::time::Instant;

/// The time that only goes on, which waits are measured in; tests pause it.
pub(crate) fn instant() -> Instant {
    Instant::now()
}

/// The time that the world agrees on, which signatures and expiry are stated in. It can be set back.
#[cfg(any(feature = "bearer", feature = "sigv4"))]
mod system {
    use std::fmt;
    use std::sync::Arc;
    use std::time::SystemTime;

    /// A source of the time, shared by its clones. By default the system's clock.
    ///
    /// For a provider whose tests are at fixed times, as those of the layers are:
    ///
    /// ```
    /// use gatewright::expiring::Clock;
    /// use std::time::SystemTime;
    ///
    /// let clock = Clock::new(|| SystemTime::UNIX_EPOCH);
    /// assert_eq!(clock.now(), SystemTime::UNIX_EPOCH);
    /// assert!(Clock::default().now() > clock.now());
    /// ```
    #[derive(Clone)]
    pub struct Clock(Arc<dyn Fn() -> SystemTime + Send + Sync>);

    impl Clock {
        /// Takes the time from `now`.
        pub fn new(now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
            Self(Arc::new(now))
        }

        /// The present.
        pub fn now(&self) -> SystemTime {
            (self.0)()
        }
    }

    impl Default for Clock {
        /// The system clock.
        #[allow(
            clippy::disallowed_methods,
            reason = "this is the place it may be read in"
        )]
        fn default() -> Self {
            Self::new(SystemTime::now)
        }
    }

    impl fmt::Debug for Clock {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("Clock")
        }
    }
}
