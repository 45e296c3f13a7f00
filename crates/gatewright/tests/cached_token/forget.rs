//! Another user signs in: what was cached belongs to the past.

use std::sync::Arc;

use crate::support::*;

#[tokio::test(start_paused = true)]
async fn a_forgotten_token_is_not_given_again() {
    let peer = Peer::new(|_| Step::Give(HOUR));
    let cache = cache(&peer);
    assert_eq!(get(&cache).await.as_deref(), Ok("t1"));
    cache.clone().forget();
    assert_eq!(get_now(&cache), None);
    assert_eq!(get(&cache).await.as_deref(), Ok("t2"));
}

#[tokio::test(start_paused = true)]
async fn who_waits_for_a_load_that_is_forgotten_gets_the_next_one() {
    let peer = Peer::new(|_| Step::Slowly(secs(2), HOUR));
    let cache = cache(&peer);
    let waiters: Vec<_> = (0..1000).map(|_| tokio::spawn(waiter(&cache))).collect();
    settle().await;
    assert_eq!(peer.calls(), 1);
    cache.forget();
    for waiter in waiters {
        assert_eq!(waiter.await.unwrap().as_deref(), Ok("t2"));
    }
    assert_eq!(peer.calls(), 2);
}

fn waiter(
    cache: &gatewright::layers::bearer::CachedToken<Arc<Peer>>,
) -> impl Future<Output = Result<String, String>> + Send + 'static {
    let cache = cache.clone();
    async move { get(&cache).await }
}

#[tokio::test(start_paused = true)]
async fn failures_of_the_past_hold_nobody_up() {
    let peer = Peer::new(|call| match call {
        1 => Step::Fail("signed out"),
        _ => Step::Give(HOUR),
    });
    let cache = cache(&peer);
    assert_eq!(get(&cache).await, Err("signed out".to_owned()));
    assert_eq!(get(&cache).await, Err("signed out".to_owned()));
    assert_eq!(peer.calls(), 1);
    cache.forget();
    assert_eq!(get(&cache).await.as_deref(), Ok("t2"));
}
