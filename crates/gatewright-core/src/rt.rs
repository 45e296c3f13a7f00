//! Time, waits, tasks and randomness: the only module that knows the runtime.
//!
//! Today that is Tokio. All other modules use this one, so that another kind of target changes this module only.

use std::fmt;
use std::future::Future;
use std::hash::{BuildHasher, RandomState};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime};

use tokio::runtime::Handle;
use tokio::task::{AbortHandle, JoinHandle};
pub use tokio::time::{Instant, Sleep};

/// A source of wall-clock time, which signatures and expiry use. It can be set back. Clones share it. By default it is the
/// system's clock.
///
/// A provider takes one so that its tests run at fixed times:
///
/// ```
/// use gatewright_core::rt::Clock;
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
    #[inline]
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

/// Monotonic time, which waits use. Tests pause it.
pub fn instant() -> Instant {
    Instant::now()
}

/// Waits for this time.
///
/// # Panics
///
/// Outside of a Tokio runtime with timers, when it is polled.
pub fn sleep(time: Duration) -> Sleep {
    tokio::time::sleep(time)
}

/// Waits until then.
///
/// # Panics
///
/// As [`sleep`].
pub fn sleep_until(deadline: Instant) -> Sleep {
    tokio::time::sleep_until(deadline)
}

/// The result of `work`, or [`Elapsed`] if it takes longer than `limit`. The work is then dropped.
///
/// # Errors
///
/// When the time is over.
///
/// # Panics
///
/// As [`sleep`].
pub async fn timeout<T>(limit: Duration, work: impl Future<Output = T>) -> Result<T, Elapsed> {
    tokio::time::timeout(limit, work).await.map_err(|_| Elapsed)
}

/// [`timeout`] at a point in time.
///
/// # Errors
///
/// When the time is over.
///
/// # Panics
///
/// As [`sleep`].
pub async fn timeout_at<T>(deadline: Instant, work: impl Future<Output = T>) -> Result<T, Elapsed> {
    let done = tokio::time::timeout_at(deadline, work).await;
    done.map_err(|_| Elapsed)
}

/// The time for some work is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Elapsed;

impl fmt::Display for Elapsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the time limit is over")
    }
}

impl std::error::Error for Elapsed {}

/// Begins `work` in a separate task, which continues if no caller waits for it.
///
/// # Errors
///
/// When there is no runtime to run it in. The work is then dropped.
pub fn spawn<T: Send + 'static>(
    work: impl Future<Output = T> + Send + 'static,
) -> Result<Task<T>, NoRuntime> {
    let runtime = Handle::try_current().map_err(|_| NoRuntime)?;
    Ok(Task(runtime.spawn(work)))
}

/// Runs `work` that blocks, on a thread for blocking work.
///
/// # Errors
///
/// When the work panics, or its runtime is shut down.
///
/// # Panics
///
/// Outside of a Tokio runtime.
pub async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Lost> {
    tokio::task::spawn_blocking(work).await.map_err(|_| Lost)
}

/// A task: a future of its result. Dropping it does not stop the task.
#[derive(Debug)]
pub struct Task<T>(JoinHandle<T>);

impl<T> Task<T> {
    /// What stops the task.
    pub fn stopper(&self) -> Stopper {
        Stopper(self.0.abort_handle())
    }
}

impl<T> Future for Task<T> {
    type Output = Result<T, Lost>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0).poll(cx).map_err(|_| Lost)
    }
}

/// Stops a task.
#[derive(Clone, Debug)]
pub struct Stopper(AbortHandle);

impl Stopper {
    /// Stops the task, unless it has ended.
    pub fn stop(&self) {
        self.0.abort();
    }
}

/// There is no runtime here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoRuntime;

impl fmt::Display for NoRuntime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no Tokio runtime: call from inside one")
    }
}

impl std::error::Error for NoRuntime {}

/// A task that gave no result: it panicked or was stopped, or its runtime was shut down. The text of a panic is left out: it
/// may hold anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lost;

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the work panicked, or its Tokio runtime was shut down")
    }
}

impl std::error::Error for Lost {}

/// Fills `bytes` with random numbers of the operating system.
///
/// # Errors
///
/// When the system has none.
pub fn fill_random(bytes: &mut [u8]) -> Result<(), NoRandomness> {
    getrandom::fill(bytes).map_err(|_| NoRandomness)
}

/// The system gave no random numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoRandomness;

impl fmt::Display for NoRandomness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the operating system gives no random numbers")
    }
}

impl std::error::Error for NoRandomness {}

/// 128 bits that cannot be guessed.
///
/// Where the system gives none, those of std's hash maps, which are as good as the seed that std got: nothing here is a key,
/// so that a call need not fail for it.
pub fn random_bits() -> u128 {
    let mut bytes = [0; 16];
    match fill_random(&mut bytes) {
        Ok(()) => u128::from_le_bytes(bytes),
        Err(NoRandomness) => random_hash() << 64 | random_hash(),
    }
}

/// 64 bits; each state has different keys.
fn random_hash() -> u128 {
    RandomState::new().hash_one(()).into()
}

/// A number from 0 to 1, to spread waits.
pub fn jitter() -> f64 {
    f64::from(random_hash() as u32) / f64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn jitter_is_random_and_between_0_and_1() {
        let drawn: Vec<f64> = std::iter::repeat_with(jitter).take(64).collect();
        assert!(drawn.iter().all(|drawn| (0.0..=1.0).contains(drawn)));
        assert!(drawn.iter().any(|one| *one != drawn[0]));
    }

    #[test]
    fn bits_differ_each_time() {
        let system: HashSet<u128> = (0..1_000).map(|_| random_bits()).collect();
        let hashed: HashSet<u128> = (0..1_000).map(|_| random_hash()).collect();
        assert_eq!((system.len(), hashed.len()), (1_000, 1_000));
        assert!(hashed.iter().all(|bits| *bits <= u64::MAX.into()));
    }

    #[test]
    fn each_bit_is_random() {
        let (any, all) = (0..100).fold((0, u128::MAX), |(any, all), _| {
            let bits = random_bits();
            (any | bits, all & bits)
        });
        assert_eq!((any, all), (u128::MAX, 0));
    }

    #[test]
    fn a_task_needs_a_runtime() {
        assert_eq!(spawn(async {}).err(), Some(NoRuntime));
    }

    #[tokio::test]
    async fn a_task_that_panics_or_is_stopped_is_lost() {
        let task = spawn(async { panic!("on purpose") }).unwrap();
        assert_eq!(task.await, Err::<(), _>(Lost));
        let task = spawn(std::future::pending::<()>()).unwrap();
        task.stopper().stop();
        assert_eq!(task.await, Err(Lost));
        assert_eq!(blocking(|| 7).await, Ok(7));
    }
}
