use super::*;
use crate::AuthorizeErrorKind;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Counts its loads, and gives values that end after an hour of `server`'s time.
#[derive(Default)]
struct Numbers {
    loads: AtomicU64,
    /// Seconds that the server is ahead.
    ahead: u64,
}

const START: SystemTime = SystemTime::UNIX_EPOCH;
const HOUR: u64 = 3600;

fn at(seconds: u64) -> SystemTime {
    START + Duration::from_secs(1_000_000 + seconds)
}

impl Loader<u64> for Numbers {
    const WHAT: &'static str = "a number";

    async fn load(&self, load: Load<u64>) -> Result<Loaded<u64>, AuthorizeError> {
        let number = self.loads.fetch_add(1, Ordering::Relaxed) + 1;
        tokio::task::yield_now().await;
        let life = Duration::from_secs(HOUR);
        let ahead = Duration::from_secs(self.ahead);
        Ok(Loaded::new(number).until(load.now + life + ahead - Duration::from_secs(2 * HOUR)))
    }
}

/// A cache whose values end so many seconds after they are loaded, less an hour.
fn numbers(ahead: u64) -> RefreshingCache<Numbers, u64> {
    let provider = Numbers {
        ahead,
        ..Numbers::default()
    };
    RefreshingCache::new(Arc::new(provider), RefreshPolicy::default())
}

#[tokio::test]
async fn a_caller_just_after_a_load_begins_no_other() {
    let cache = numbers(2 * HOUR);
    let Fetch::Wait(wait) = cache.get(at(0)) else {
        panic!("the cache is empty");
    };
    assert_eq!(*wait.await.unwrap(), 1);
    // As if the value had not been there when it was looked for first.
    let Fetch::Ready(value) = cache.wait_or_serve(Instants::present(at(0).into())) else {
        panic!("there is a value");
    };
    assert_eq!(*value, 1);
}

#[tokio::test]
async fn a_value_that_is_expired_on_arrival_is_for_the_server_to_judge() {
    let cache = numbers(0);
    let strict = cache.get(at(0)).value().await.unwrap_err();
    assert_eq!(strict.kind(), AuthorizeErrorKind::ProviderFailed);
    let lenient = Clocks::from(at(0)).corrected(0);
    assert_eq!(*cache.get(lenient.clone()).value().await.unwrap(), 1);
    // It is not asked for again and again: the pauses after a failure hold.
    assert_eq!(*cache.get(lenient.clone()).value().await.unwrap(), 1);
    assert!(cache.get(at(0)).value().await.is_err());
}

#[tokio::test]
async fn a_value_is_used_if_either_clock_says_that_it_is_valid() {
    // The machine is two hours ahead: by its clock all values have ended.
    let cache = numbers(0);
    let behind = Clocks::from(at(0)).corrected(-7200);
    assert_eq!(*cache.get(behind).value().await.unwrap(), 1);
    for second in [1, 60, HOUR / 2] {
        let clocks = Clocks::from(at(second)).corrected(-7200);
        assert_eq!(*cache.get(clocks).value().await.unwrap(), 1);
    }
    // A false `Date` is ahead: by it all values have ended.
    let cache = numbers(2 * HOUR);
    for second in 0..100 {
        let clocks = Clocks::from(at(second)).corrected(3700);
        assert_eq!(*cache.get(clocks).value().await.unwrap(), 1);
    }
}

#[tokio::test]
async fn a_correction_brings_the_next_load_forward_and_refuses_nothing() {
    // The machine is two hours behind, and credentials of an hour seem to live for three.
    let cache = numbers(4 * HOUR);
    assert_eq!(*cache.get(at(0)).value().await.unwrap(), 1);
    let ahead = |second| Clocks::from(at(second)).corrected(7200);
    assert_eq!(*cache.get(ahead(60)).value().await.unwrap(), 1);
    assert_eq!(*cache.get(ahead(HOUR + 1)).value().await.unwrap(), 2);
}

#[tokio::test]
async fn a_caller_that_waits_as_one_user_is_not_served_as_another() {
    let cache = numbers(2 * HOUR);
    assert_eq!(*cache.get(at(0)).value().await.unwrap(), 1);
    let waiting = cache.get(at(5 * HOUR));
    tokio::task::yield_now().await;
    cache.forget();
    let error = waiting.value().await.unwrap_err();
    assert_eq!(error.kind(), AuthorizeErrorKind::UserChanged);
    assert_eq!(*cache.get(at(5 * HOUR)).value().await.unwrap(), 3);
}

#[tokio::test]
async fn a_caller_that_waits_as_a_guest_is_served_as_the_user_who_signs_in() {
    let cache = numbers(2 * HOUR);
    let waiting = cache.get(at(0));
    tokio::task::yield_now().await;
    cache.start_over(Holder::User);
    assert_eq!(*waiting.value().await.unwrap(), 2);
    cache.start_over(Holder::Nobody);
    let waiting = cache.get(at(0));
    tokio::task::yield_now().await;
    cache.start_over(Holder::User);
    assert_eq!(*waiting.value().await.unwrap(), 4);
}

#[tokio::test]
async fn a_value_of_an_epoch_that_is_over_is_gone_before_anybody_forgets_it() {
    let epochs = Epochs::new(Holder::User);
    let provider = Numbers {
        ahead: 2 * HOUR,
        ..Numbers::default()
    };
    let policy = RefreshPolicy::default();
    let cache = RefreshingCache::with_epochs(Arc::new(provider), policy, epochs.clone());
    assert_eq!(*cache.get(at(0)).value().await.unwrap(), 1);
    epochs.advance(Holder::User);
    assert!(cache.fresh(at(0)).is_none());
    assert_eq!(*cache.get(at(0)).value().await.unwrap(), 2);
}

/// Fails its first load.
#[derive(Default)]
struct Failing {
    loads: AtomicU64,
    epochs: Option<Epochs>,
}

impl Loader<u64> for Failing {
    const WHAT: &'static str = "a number";

    async fn load(&self, _load: Load<u64>) -> Result<Loaded<u64>, AuthorizeError> {
        let number = self.loads.fetch_add(1, Ordering::Relaxed) + 1;
        if number > 1 {
            return Ok(Loaded::new(number));
        }
        let error = AuthorizeError::provider_failed("a number", "nobody is signed in");
        let error = match &self.epochs {
            Some(epochs) => error.with_epoch(epochs.now()),
            None => error,
        };
        Err(AuthorizeError::provider_failed("a number", error))
    }
}

#[tokio::test(start_paused = true)]
async fn the_failure_of_an_epoch_that_is_over_does_not_hold_up_the_next_user() {
    let epochs = Epochs::new(Holder::Nobody);
    let provider = Failing {
        epochs: Some(epochs.clone()),
        ..Failing::default()
    };
    // The cache has epochs of its own, and knows those of the provider from its error alone.
    let cache = RefreshingCache::new(Arc::new(provider), RefreshPolicy::default());
    assert!(cache.get(at(0)).value().await.is_err());
    assert!(cache.get(at(0)).value().await.is_err());
    epochs.advance(Holder::User);
    assert_eq!(*cache.get(at(0)).value().await.unwrap(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_failure_holds_up_the_next_load_in_its_own_epoch() {
    let cache = RefreshingCache::new(Arc::new(Failing::default()), RefreshPolicy::default());
    for _ in 0..3 {
        assert!(cache.get(at(0)).value().await.is_err());
    }
    assert_eq!(cache.provider().loads.load(Ordering::Relaxed), 1);
    cache.clear();
    assert_eq!(*cache.get(at(0)).value().await.unwrap(), 2);
}

/// Never gives its first value.
#[derive(Default)]
struct StuckOnce(AtomicU64);

impl Loader<u64> for StuckOnce {
    const WHAT: &'static str = "a number";

    async fn load(&self, _load: Load<u64>) -> Result<Loaded<u64>, AuthorizeError> {
        let number = self.0.fetch_add(1, Ordering::Relaxed) + 1;
        if number == 1 {
            std::future::pending::<()>().await;
        }
        Ok(Loaded::new(number))
    }
}

#[tokio::test(start_paused = true)]
async fn a_load_of_an_epoch_that_is_over_is_not_waited_for() {
    let epochs = Epochs::new(Holder::Nobody);
    let (provider, policy) = (Arc::new(StuckOnce::default()), RefreshPolicy::default());
    let cache = RefreshingCache::with_epochs(provider, policy, epochs.clone());
    let guest = cache.get(at(0));
    tokio::task::yield_now().await;
    epochs.advance(Holder::User);
    let began = instant();
    assert_eq!(*cache.get(at(0)).value().await.unwrap(), 2);
    assert_eq!(*guest.value().await.unwrap(), 2);
    assert_eq!(instant(), began);
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_has_become_a_users_does_not_end_with_the_value_of_the_next_user() {
    let cache = RefreshingCache::with_epochs(
        Arc::new(AlwaysStuck),
        RefreshPolicy::default(),
        Epochs::new(Holder::Nobody),
    );
    let waiting = tokio::spawn(cache.get(at(0)).value());
    for _ in 0..2 {
        tokio::task::yield_now().await;
        cache.start_over(Holder::User);
    }
    let error = waiting.await.unwrap().unwrap_err();
    assert_eq!(error.kind(), AuthorizeErrorKind::UserChanged);
}

struct AlwaysStuck;

impl Loader<u64> for AlwaysStuck {
    const WHAT: &'static str = "a number";

    async fn load(&self, _load: Load<u64>) -> Result<Loaded<u64>, AuthorizeError> {
        std::future::pending().await
    }
}
