//! What providers say about when their tokens expire.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use gatewright::layers::bearer::CachedToken;
use gatewright::token::Token;

use crate::support::*;

const EXPIRED: &str = "what the provider gave has expired already: is the system's clock right, and does the provider keep \
                       old values?";

fn jwt(exp: u64) -> Token {
    let claims = URL_SAFE_NO_PAD.encode(format!(r#"{{"exp":{exp}}}"#));
    Token::new(format!("e30.{claims}.c2ln"))
}

#[tokio::test(start_paused = true)]
async fn a_token_that_has_expired_on_arrival_is_a_failure() {
    let peer = Peer::new(|call| match call {
        1 => Step::Give(secs(0)),
        2 => Step::GiveToken(Token::new("old").with_expiry(START)),
        _ => Step::Give(HOUR),
    });
    let cache = cache(&peer);
    assert_eq!(get(&cache).await, Err(EXPIRED.to_owned()));
    assert_eq!(get_now(&cache), Some(Err(EXPIRED.to_owned())));
    pass(secs(1)).await;
    assert_eq!(get(&cache).await, Err(EXPIRED.to_owned()));
    assert_eq!(peer.calls(), 2);
    pass(secs(2)).await;
    assert_eq!(get(&cache).await.as_deref(), Ok("t3"));
}

#[tokio::test(start_paused = true)]
async fn an_expired_successor_does_not_displace_a_valid_token() {
    let peer = Peer::new(|call| match call {
        1 => Step::Give(HOUR),
        _ => Step::Give(secs(0)),
    });
    let cache = cache(&peer);
    assert_eq!(get(&cache).await.as_deref(), Ok("t1"));
    pass(ADVISORY).await;
    assert_served(&cache, "t1");
    settle().await;
    assert_eq!(peer.calls(), 2);
    assert_served(&cache, "t1");
}

#[tokio::test(start_paused = true)]
async fn a_token_without_expiry_is_served_until_there_is_another() {
    let peer = Peer::new(|call| match call {
        1 => Step::GiveToken(Token::new("opaque")),
        2 => Step::Fail("down"),
        _ => Step::GiveToken(Token::new("newer")),
    });
    let cache = cache(&peer);
    assert_eq!(get(&cache).await.as_deref(), Ok("opaque"));
    pass(secs(15 * 60 - 1)).await;
    assert_served(&cache, "opaque");
    settle().await;
    assert_eq!(peer.calls(), 1);
    pass(secs(1)).await;
    for calls in [2, 3] {
        assert_served(&cache, "opaque");
        settle().await;
        assert_eq!(peer.calls(), calls);
        pass(secs(10)).await;
    }
    assert_served(&cache, "newer");
}

#[tokio::test(start_paused = true)]
async fn a_jwt_says_itself_when_it_expires() {
    let peer = Peer::new(|call| Step::GiveToken(jwt(3600 * call as u64)));
    let cache = cache(&peer);
    let first = jwt(3600).secret().to_owned();
    assert_eq!(get(&cache).await, Ok(first.clone()));
    pass(ADVISORY).await;
    assert_served(&cache, &first);
    settle().await;
    assert_eq!(peer.calls(), 2);
    pass(HOUR).await;
    assert_eq!(get(&cache).await, Ok(jwt(2 * 3600).secret().to_owned()));
}

#[tokio::test(start_paused = true)]
async fn what_the_provider_says_wins_over_the_claim() {
    let peer = Peer::new(|_| Step::GiveToken(jwt(1).with_expiry(START + HOUR)));
    let cache = cache(&peer);
    assert!(get(&cache).await.is_ok());
    pass(secs(60)).await;
    assert!(get_now(&cache).unwrap().is_ok());
    assert_eq!(peer.calls(), 1);
}

#[tokio::test(start_paused = true)]
async fn absurd_expiries_do_no_harm() {
    for token in [
        Token::new("far").with_expiry(START + Duration::from_secs(1 << 40)),
        jwt(u64::MAX),
        jwt(1 << 53),
    ] {
        let secret = token.secret().to_owned();
        let peer = Peer::new(move |_| Step::GiveToken(token.clone()));
        let cache = cache(&peer);
        assert_eq!(get(&cache).await, Ok(secret.clone()));
        // Such a token is asked for again within a day.
        pass(24 * HOUR).await;
        assert_served(&cache, &secret);
        settle().await;
        assert_eq!(peer.calls(), 2);
    }
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_keeps_a_dying_token_is_not_asked_in_a_loop() {
    let peer = Peer::new(|_| Step::GiveToken(Token::new("dying").with_expiry(START + secs(60))));
    let cache = cache(&peer);
    // A caller each millisecond for a minute.
    for _ in 0..59_999 {
        assert_eq!(get(&cache).await.as_deref(), Ok("dying"));
        pass(Duration::from_millis(1)).await;
    }
    assert!(peer.calls() <= 8, "{}", peer.calls());
    pass(secs(1)).await;
    assert_eq!(get(&cache).await, Err(EXPIRED.to_owned()));
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_is_set_back_means_a_refresh_in_the_background() {
    let peer = Peer::new(|_| Step::Give(HOUR));
    let set_back = Arc::new(AtomicU64::new(0));
    let (clock, by) = (Arc::clone(&peer), Arc::clone(&set_back));
    let day = START + 24 * HOUR;
    let cache =
        CachedToken::with_policy(Arc::clone(&peer), policy()).clock(move || -> SystemTime {
            let since = clock.now().duration_since(START).unwrap();
            day + since - secs(by.load(Ordering::SeqCst))
        });
    // A token of the peer's own clock is a day old in the cache's.
    assert_eq!(get(&cache).await, Err(EXPIRED.to_owned()));
    set_back.store(24 * 3600, Ordering::SeqCst);
    pass(secs(1)).await;
    assert_eq!(get(&cache).await.as_deref(), Ok("t2"));
    set_back.store(25 * 3600, Ordering::SeqCst);
    assert_served(&cache, "t2");
    settle().await;
    assert_served(&cache, "t3");
    settle().await;
    assert_eq!(peer.calls(), 3);
}
