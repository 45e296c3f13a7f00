//! Callers that give up, and caches that are dropped.

use std::sync::Arc;
use std::time::Duration;

use crate::support::*;

#[tokio::test(start_paused = true)]
async fn the_caller_that_began_a_load_may_give_up() {
    let peer = Peer::new(|_| Step::Slowly(secs(2), HOUR));
    let cache = cache(&peer);
    let gave_up = tokio::time::timeout(secs(1), get(&cache)).await;
    assert!(gave_up.is_err());
    assert_eq!(get(&cache).await.as_deref(), Ok("t1"));
    assert_eq!(peer.calls(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_load_goes_on_when_nobody_waits_any_more() {
    let peer = Peer::new(|_| Step::Slowly(secs(2), HOUR));
    let cache = cache(&peer);
    // Polled once and dropped.
    assert_eq!(get_now(&cache), None);
    pass(secs(3)).await;
    assert_served(&cache, "t1");
    assert_eq!(peer.calls(), 1);
}

#[tokio::test(start_paused = true)]
async fn other_waiters_are_served_when_the_first_is_aborted() {
    let peer = Peer::new(|_| Step::Slowly(secs(2), HOUR));
    let cache = cache(&peer);
    let spawn = || {
        let cache = cache.clone();
        tokio::spawn(async move { get(&cache).await })
    };
    let (first, second) = (spawn(), spawn());
    settle().await;
    first.abort();
    assert_eq!(second.await.unwrap().as_deref(), Ok("t1"));
    assert_eq!(peer.calls(), 1);
}

#[tokio::test(start_paused = true)]
async fn dropping_the_last_handle_stops_the_load() {
    let peer = Peer::new(|_| Step::Hang);
    let first = cache(&peer);
    let second = first.clone();
    assert_eq!(get_now(&first), None);
    settle().await;
    assert_eq!(peer.calls(), 1);
    drop(first);
    settle().await;
    // The test, the clock, and the provider that cache and load share.
    assert_eq!(holders(&peer), 3);
    drop(second);
    settle().await;
    assert_eq!(holders(&peer), 1);
}

#[tokio::test(start_paused = true)]
async fn a_waiter_keeps_the_load_alive() {
    let peer = Peer::new(|_| Step::Slowly(secs(2), HOUR));
    let cache = cache(&peer);
    let waiter = tokio::spawn(async move { get(&cache).await });
    assert_eq!(waiter.await.unwrap().as_deref(), Ok("t1"));
    pass(Duration::from_millis(1)).await;
    assert_eq!(holders(&peer), 1);
}

fn holders(peer: &Arc<Peer>) -> usize {
    Arc::strong_count(peer)
}
