//! Providers that fail, hang and panic.

use tokio::time::Instant;

use crate::support::*;

#[tokio::test(start_paused = true)]
async fn a_failed_refresh_keeps_the_valid_token_and_backs_off() {
    let peer = Peer::new(|call| match call {
        1 => Step::Give(HOUR),
        _ => Step::Fail("down"),
    });
    let cache = cache(&peer);
    assert_eq!(get(&cache).await.as_deref(), Ok("t1"));
    pass(ADVISORY).await;
    // Ten minutes of a caller each second. Pauses of 10, 20, 40, 80, 160 and 300 seconds.
    for _ in 0..600 {
        assert_served(&cache, "t1");
        pass(secs(1)).await;
    }
    assert_eq!(peer.calls(), 1 + 6);
}

#[tokio::test(start_paused = true)]
async fn after_expiry_all_waiters_get_the_error_of_one_call() {
    let peer = Peer::new(|call| match call {
        2 => Step::Fail("down"),
        _ => Step::Give(HOUR),
    });
    let cache = cache(&peer);
    assert_eq!(get(&cache).await.as_deref(), Ok("t1"));
    pass(HOUR).await;
    let waiting: Vec<_> = (0..100)
        .map(|_| {
            let cache = cache.clone();
            tokio::spawn(async move { get(&cache).await })
        })
        .collect();
    for waiter in waiting {
        assert_eq!(waiter.await.unwrap(), Err("down".to_owned()));
    }
    // Until the pause is over, at once.
    assert_eq!(get_now(&cache), Some(Err("down".to_owned())));
    assert_eq!(peer.calls(), 2);
    pass(secs(1)).await;
    assert_eq!(get(&cache).await.as_deref(), Ok("t3"));
}

#[tokio::test(start_paused = true)]
async fn the_first_load_may_fail_too() {
    let peer = Peer::new(|call| match call {
        1..4 => Step::Fail("down"),
        _ => Step::Give(HOUR),
    });
    let cache = cache(&peer);
    // A caller each second; pauses of 1, 2 and 4.
    for (second, calls) in [1, 2, 2, 3, 3, 3, 3].into_iter().enumerate() {
        assert_eq!(get(&cache).await, Err("down".to_owned()), "{second}");
        assert_eq!(peer.calls(), calls, "{second}");
        pass(secs(1)).await;
    }
    assert_eq!(get(&cache).await.as_deref(), Ok("t4"));
}

#[tokio::test(start_paused = true)]
async fn in_the_mandatory_window_a_failed_refresh_falls_back_to_the_token() {
    let peer = Peer::new(|call| match call {
        1 => Step::Give(HOUR),
        _ => Step::Fail("down"),
    });
    let cache = cache(&peer);
    assert_eq!(get(&cache).await.as_deref(), Ok("t1"));
    pass(MANDATORY).await;
    assert_eq!(get(&cache).await.as_deref(), Ok("t1"));
    assert_served(&cache, "t1");
    pass(secs(30)).await;
    assert_eq!(get(&cache).await, Err("down".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_hangs_costs_all_waiters_one_time_limit() {
    let peer = Peer::new(|call| match call {
        1 => Step::Hang,
        _ => Step::Give(HOUR),
    });
    let cache = cache(&peer);
    let began = Instant::now();
    let waiting: Vec<_> = (0..100)
        .map(|_| {
            let cache = cache.clone();
            tokio::spawn(async move { get(&cache).await })
        })
        .collect();
    for waiter in waiting {
        let error = waiter.await.unwrap().unwrap_err();
        assert_eq!(error, "the provider gave no response within 20s");
    }
    assert_eq!(began.elapsed().as_secs(), 20);
    assert_eq!(peer.calls(), 1);
    pass(secs(1)).await;
    assert_eq!(get(&cache).await.as_deref(), Ok("t2"));
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_hangs_delays_nobody_while_the_token_is_valid() {
    let peer = Peer::new(|call| match call {
        2 => Step::Hang,
        _ => Step::Give(HOUR),
    });
    let cache = cache(&peer);
    assert_eq!(get(&cache).await.as_deref(), Ok("t1"));
    pass(ADVISORY).await;
    for _ in 0..31 {
        assert_served(&cache, "t1");
        pass(secs(1)).await;
    }
    // 20 seconds of hanging, a pause of 10, and a call that works.
    assert_eq!(peer.calls(), 3);
    assert_served(&cache, "t3");
}

#[tokio::test(start_paused = true)]
async fn a_panic_is_an_error_and_the_next_call_works() {
    let peer = Peer::new(|call| match call {
        1 => Step::Panic,
        _ => Step::Give(HOUR),
    });
    let cache = cache(&peer);
    assert_eq!(get(&cache).await, Err("the provider panicked".to_owned()));
    pass(secs(1)).await;
    assert_eq!(get(&cache).await.as_deref(), Ok("t2"));
}

#[tokio::test(start_paused = true)]
async fn a_panic_in_the_background_keeps_the_valid_token() {
    let peer = Peer::new(|call| match call {
        2 => Step::Panic,
        _ => Step::Give(HOUR),
    });
    let cache = cache(&peer);
    assert_eq!(get(&cache).await.as_deref(), Ok("t1"));
    pass(ADVISORY).await;
    assert_served(&cache, "t1");
    settle().await;
    assert_eq!(peer.calls(), 2);
    assert_served(&cache, "t1");
    pass(secs(10)).await;
    assert_served(&cache, "t1");
    settle().await;
    assert_served(&cache, "t3");
}
