//! The clock is set while a load is under way.

use std::sync::Arc;
use std::time::Duration;

use gatewright::layers::bearer::CachedToken;
use gatewright::token::{ProvideToken, Token};
use tokio::time::sleep;

use crate::world::{Pace, World};

#[tokio::test(start_paused = true)]
async fn a_token_that_expires_because_the_clock_is_set_during_its_load_is_not_given() {
    let world = Arc::new(World::new(Pace::Paused));
    let before = world.now();
    let (clock, setter) = (Arc::clone(&world), Arc::clone(&world));
    let provider = move || {
        let setter = Arc::clone(&setter);
        async move {
            let end = setter.now() + Duration::from_secs(5);
            sleep(Duration::from_secs(1)).await;
            setter.shift_clock(10_000);
            Ok(Token::new("expired").with_expiry(end))
        }
    };
    let cache = CachedToken::new(provider).clock(move || clock.now());
    let given = cache.provide_token().await;
    assert_eq!(world.now(), before + Duration::from_secs(11));
    assert!(given.is_err(), "{given:?}");
}
