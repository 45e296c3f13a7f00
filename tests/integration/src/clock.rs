//! Clocks: ours, and that of a peer.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

use tokio::sync::{Mutex, MutexGuard};

static HOLDER: Mutex<()> = Mutex::const_new(());

/// A peer's clock; it is set right again when this is dropped.
#[derive(Debug)]
pub struct MovedClock {
    file: PathBuf,
    _holder: MutexGuard<'static, ()>,
}

impl MovedClock {
    pub(crate) async fn hold(file: PathBuf) -> Self {
        let holder = HOLDER.lock().await;
        Self {
            file,
            _holder: holder,
        }
    }

    /// Sets the peer's clock so many seconds before the system's, or behind it.
    ///
    /// # Panics
    ///
    /// When the file that moves it cannot be written.
    pub fn set(&self, seconds: i64) {
        // The peer reads the file whenever it asks for the time: it must never be half written.
        let new = self.file.with_extension("new");
        let moved =
            fs::write(&new, format!("{seconds:+}")).and_then(|()| fs::rename(&new, &self.file));
        moved.expect("the clock's file can be replaced");
    }
}

impl Drop for MovedClock {
    fn drop(&mut self) {
        self.set(0);
    }
}

/// A clock of ours that can be moved; clones move together.
#[derive(Clone, Debug, Default)]
pub struct OurClock(Arc<AtomicI64>);

impl OurClock {
    /// Sets it so many seconds before the system's, or behind it.
    pub fn set(&self, seconds: i64) {
        self.0.store(seconds, Ordering::SeqCst);
    }

    /// The time, for whoever asks for a function.
    pub fn reader(&self) -> impl Fn() -> SystemTime + Clone + Send + Sync + use<> {
        let clock = self.clone();
        move || clock.now()
    }

    /// The time.
    pub fn now(&self) -> SystemTime {
        #[expect(
            clippy::disallowed_methods,
            reason = "the peers live by the system's clock"
        )]
        let now = SystemTime::now();
        let seconds = self.0.load(Ordering::SeqCst);
        let distance = Duration::from_secs(seconds.unsigned_abs());
        if seconds < 0 {
            now - distance
        } else {
            now + distance
        }
    }
}
