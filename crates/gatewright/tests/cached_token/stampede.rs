//! However many callers, one call of the provider.

use std::sync::Arc;

use gatewright::layers::bearer::CachedToken;
use tokio::task::JoinSet;

use crate::support::*;

const CALLERS: usize = 10_000;

/// All callers at once, each with its clone.
async fn stampede(cache: &CachedToken<Arc<Peer>>) -> Vec<Result<String, String>> {
    let mut callers = JoinSet::new();
    for _ in 0..CALLERS {
        let cache = cache.clone();
        callers.spawn(async move { get(&cache).await });
    }
    callers.join_all().await
}

#[tokio::test(start_paused = true)]
async fn a_stampede_on_an_empty_cache_is_one_call() {
    let peer = Peer::new(|_| Step::Slowly(secs(2), HOUR));
    let results = stampede(&cache(&peer)).await;
    assert_eq!(results.len(), CALLERS);
    assert!(results.iter().all(|result| result.as_deref() == Ok("t1")));
    assert_eq!(peer.calls(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_stampede_on_an_expired_token_is_one_call() {
    let peer = Peer::new(|_| Step::Slowly(secs(2), HOUR));
    let cache = cache(&peer);
    assert_eq!(get(&cache).await.as_deref(), Ok("t1"));
    pass(HOUR).await;
    let results = stampede(&cache).await;
    assert!(results.iter().all(|result| result.as_deref() == Ok("t2")));
    assert_eq!(peer.calls(), 2);
}

#[tokio::test(start_paused = true)]
async fn in_the_advisory_window_one_call_is_made_and_nobody_waits() {
    let peer = Peer::new(|_| Step::Slowly(secs(2), HOUR));
    let cache = cache(&peer);
    assert_eq!(get(&cache).await.as_deref(), Ok("t1"));
    pass(ADVISORY).await;
    for _ in 0..CALLERS {
        assert_served(&cache.clone(), "t1");
    }
    assert_eq!(stampede(&cache).await, vec![Ok("t1".to_owned()); CALLERS]);
    assert_eq!(peer.calls(), 2);
    pass(secs(3)).await;
    assert_served(&cache, "t2");
    assert_eq!(peer.calls(), 2);
}

#[test]
fn a_stampede_from_many_threads_is_one_call() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(4)
        .enable_time()
        .build()
        .unwrap();
    runtime.block_on(async {
        let peer = Peer::new(|_| Step::Slowly(secs(0), HOUR));
        let results = stampede(&cache(&peer)).await;
        assert!(results.iter().all(|result| result.as_deref() == Ok("t1")));
        assert_eq!(peer.calls(), 1);
    });
}

#[tokio::test(start_paused = true)]
async fn in_the_mandatory_window_all_wait_for_one_call() {
    let peer = Peer::new(|_| Step::Slowly(secs(2), HOUR));
    let cache = cache(&peer);
    assert_eq!(get(&cache).await.as_deref(), Ok("t1"));
    pass(MANDATORY).await;
    assert_eq!(get_now(&cache), None);
    let results = stampede(&cache).await;
    assert!(results.iter().all(|result| result.as_deref() == Ok("t2")));
    assert_eq!(peer.calls(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_fresh_token_is_served_without_a_call() {
    let peer = Peer::new(|_| Step::Give(HOUR));
    let cache = cache(&peer);
    assert_eq!(get(&cache).await.as_deref(), Ok("t1"));
    pass(secs(44 * 60)).await;
    assert_served(&cache, "t1");
    settle().await;
    assert_eq!(peer.calls(), 1);
}
