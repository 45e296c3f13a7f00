//! The caches of tokens and credentials, under more callers than any program has, with providers that are kind and mean.
//!
//! All callers end. Nobody gets a value that has expired by the clock of the test, and nobody who asks after a `forget` gets a value
//! of before. When the last handle is dropped, nothing runs any more.
//!
//! `GATEWRIGHT_SEED` sets the seed, a number; a failure prints the one that was used.

#![allow(clippy::unwrap_used, reason = "a test fails where it cannot go on")]
#![cfg(all(feature = "bearer", feature = "sigv4"))]

mod caches;
mod clock_set;
mod provider;
mod world;

use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::{Builder, Handle};
use tokio::task::{JoinSet, yield_now};
use tokio::time::{sleep, timeout};

use self::caches::{Cache, credentials, tokens};
use self::provider::{Mood, Provider};
use self::world::{Pace, Random, Tally, World};

const TASKS: usize = 10_000;
const GETS: usize = 20;
const SEED: u64 = 0x6c6f_6164;
/// Callers that wait longer are stuck, by the clock that the runtime goes by.
const STUCK: Duration = Duration::from_secs(300);

/// A load is judged by the clock that it began with: set forward since then, the clock lets a value through that has expired.
/// In paused time the jumps come at the same points of each run, here they do not. To become true when that is mended.
const JUMPS_ON_MANY_THREADS: bool = true;

fn seed() -> u64 {
    let given = std::env::var("GATEWRIGHT_SEED").ok();
    given.map_or(SEED, |seed| seed.parse().unwrap())
}

/// One caller, from its first get to its last.
async fn caller<C: Cache>(cache: C, world: Arc<World>, mut random: Random) -> Tally {
    let mut tally = Tally::default();
    for _ in 0..GETS {
        pause(&world, &mut random).await;
        disturb(&cache, &world, &mut random);
        let before = world.look();
        let patience = world.pace.patience(&mut random);
        let Ok(outcome) = timeout(patience, cache.get()).await else {
            tally.given_up += 1;
            continue;
        };
        let Some(value) = outcome else {
            tally.failed += 1;
            continue;
        };
        if C::IS_LENIENT && value.is_late {
            tally.served += 1;
        } else {
            tally.count(value, before, world.look());
        }
        if random.one_in(50) {
            cache.refuse(value).await;
        }
    }
    tally
}

/// Some callers come at once, others later.
async fn pause(world: &World, random: &mut Random) {
    match world.pace.pause(random) {
        Some(pause) => sleep(pause).await,
        None => yield_now().await,
    }
}

/// Now and then the clock jumps, or another user signs in.
fn disturb<C: Cache>(cache: &C, world: &World, random: &mut Random) {
    let jumps = JUMPS_ON_MANY_THREADS || world.pace == Pace::Paused;
    // A clock that is set during a load makes its value late, and nobody could tell it from one that expired later.
    if jumps && !C::IS_LENIENT && random.one_in(4_000) {
        world.jump(random);
    }
    if random.one_in(2_000) {
        world.forget(|| cache.forget());
    }
}

/// A round of all callers, and the end of the cache.
async fn round<C: Cache>(pace: Pace, seed: u64, cache: impl FnOnce(Arc<Provider>) -> C) {
    let world = Arc::new(World::new(pace));
    let provider = Arc::new(Provider::new(Arc::clone(&world), Random::new(seed)));
    let cache = cache(Arc::clone(&provider));
    let mut callers = JoinSet::new();
    let mut random = Random::new(!seed);
    for _ in 0..TASKS {
        let random = Random::new(random.next());
        callers.spawn(caller(cache.clone(), Arc::clone(&world), random));
    }
    let tallies = timeout(STUCK, callers.join_all()).await;
    let tally = Tally::sum(tallies.expect("every caller ends"));
    let told = format!("GATEWRIGHT_SEED={seed}: {tally:?}, {provider:?}, {world:?}");
    println!("{told}");
    tally.check(TASKS * GETS, &told);
    for mood in Mood::ALL {
        assert!(provider.calls(mood) > 0, "never {mood:?}, {told}");
    }
    // The cache goes away under a load that never ends.
    provider.hang_from_now_on();
    cache.forget();
    let asked = timeout(Duration::from_millis(1), cache.get()).await;
    assert!(asked.is_err(), "{told}");
    drop(cache);
    until_all_is_quiet(&provider).await;
}

/// Waits until no task runs, and until nobody but the test holds the provider.
async fn until_all_is_quiet(provider: &Arc<Provider>) {
    let is_quiet =
        || Handle::current().metrics().num_alive_tasks() == 0 && Arc::strong_count(provider) == 1;
    let quiet = async {
        while !is_quiet() {
            yield_now().await;
        }
    };
    timeout(STUCK, quiet).await.expect("nothing runs any more");
}

#[tokio::test(start_paused = true)]
async fn tokens_hold_under_load() {
    round(Pace::Paused, seed(), tokens).await;
}

#[tokio::test(start_paused = true)]
async fn tokens_hold_under_another_load() {
    round(Pace::Paused, seed().wrapping_add(1), tokens).await;
}

#[tokio::test(start_paused = true)]
async fn credentials_hold_under_load() {
    round(Pace::Paused, seed().wrapping_add(2), credentials).await;
}

#[test]
fn tokens_hold_on_many_threads() {
    let runtime = Builder::new_multi_thread()
        .worker_threads(4)
        .enable_time()
        .build()
        .unwrap();
    runtime.block_on(round(Pace::Real, seed().wrapping_add(3), tokens));
}
