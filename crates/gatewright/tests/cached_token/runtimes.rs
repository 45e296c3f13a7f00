//! More than one runtime, or one that goes away.

use tokio::runtime::{Builder, Runtime};

use crate::support::*;

fn runtime() -> Runtime {
    Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap()
}

#[test]
fn a_runtime_that_is_shut_down_under_a_load_leaves_it_to_another() {
    let (first, second) = (runtime(), runtime());
    let peer = first.block_on(async {
        Peer::new(|call| match call {
            1 => Step::Hang,
            _ => Step::Slowly(secs(0), HOUR),
        })
    });
    let cache = cache(&peer);
    first.block_on(async {
        assert_eq!(get_now(&cache), None);
        settle().await;
    });
    assert_eq!(peer.calls(), 1);
    let token = second.block_on(async {
        let waiter = tokio::spawn({
            let cache = cache.clone();
            async move { get(&cache).await }
        });
        settle().await;
        first.shutdown_background();
        waiter.await.unwrap()
    });
    assert_eq!(token.as_deref(), Ok("t2"));
    assert_eq!(peer.calls(), 2);
}

#[test]
fn a_load_in_a_runtime_that_nobody_drives_ends_with_its_time_limit() {
    let (first, second) = (runtime(), runtime());
    let peer = first.block_on(async { Peer::new(|_| Step::Give(HOUR)) });
    let cache = cache(&peer);
    // The load is spawned, and its runtime never runs again.
    first.block_on(async { assert_eq!(get_now(&cache), None) });
    second.block_on(async {
        let error = get(&cache).await.unwrap_err();
        assert_eq!(error, "the provider gave no response within 20s");
        pass(secs(1)).await;
        assert_eq!(get(&cache).await.as_deref(), Ok("t1"));
    });
    drop(first);
}

#[test]
fn two_runtimes_share_a_cache() {
    let (first, second) = (runtime(), runtime());
    let peer = first.block_on(async { Peer::new(|_| Step::Give(HOUR)) });
    let cache = cache(&peer);
    assert_eq!(first.block_on(get(&cache)).as_deref(), Ok("t1"));
    assert_eq!(second.block_on(get(&cache)).as_deref(), Ok("t1"));
    drop(first);
    assert_eq!(second.block_on(get(&cache)).as_deref(), Ok("t1"));
    assert_eq!(peer.calls(), 1);
}

#[test]
fn without_a_runtime_a_load_fails_and_a_hit_does_not() {
    let runtime = runtime();
    let peer = runtime.block_on(async { Peer::new(|_| Step::Give(HOUR)) });
    let cache = cache(&peer);
    let error = get_now(&cache).unwrap().unwrap_err();
    assert_eq!(
        error,
        "there is no Tokio runtime to ask the provider in: call from inside one"
    );
    assert_eq!(runtime.block_on(get(&cache)).as_deref(), Ok("t1"));
    assert_served(&cache, "t1");
}

#[test]
fn a_runtime_that_is_gone_is_an_error_and_no_loop() {
    let gone = runtime();
    let handle = gone.handle().clone();
    drop(gone);
    let runtime = runtime();
    let peer = runtime.block_on(async { Peer::new(|_| Step::Give(HOUR)) });
    let cache = cache(&peer);
    let _entered = handle.enter();
    let error = get_now(&cache).unwrap().unwrap_err();
    assert_eq!(
        error,
        "the Tokio runtime was shut down while the provider was asked"
    );
}
