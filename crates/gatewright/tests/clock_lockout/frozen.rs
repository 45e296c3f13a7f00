//! A process that freezes between signing and sending: a function that is paused, a laptop that is shut.

use gatewright::layers::SigV4Layer;

use crate::gateway::Api;
use crate::provider::{Ends, Provider};
use crate::world::World;

const MINUTES: [i64; 6] = [5, 8, 9, 12, 20, 50];

/// The call after `ahead` was learned freezes for so many minutes.
async fn freeze(minutes: i64, ahead: i64) {
    let world = World::new();
    let provider = Provider::new(&world, Ends::ByTheTruth, 2 * 3_600);
    let layer = SigV4Layer::new("eu-west-1", provider.clone());
    let mut api = Api::new("https://api.test/pets", &world, &provider, &layer);
    world.set_machine_ahead(ahead);
    assert_eq!(api.calls(2, 30).await, [""; 0]);
    api.signed_at();
    api.freeze(minutes * 60 + 2);
    let told = format!("frozen for {minutes} min, ahead {ahead} s");
    assert_eq!(api.call().await, Ok(()), "{told}");
    assert_eq!(api.signed_at().len(), 2, "{told}: signed again once");
    for _ in 0..3 {
        assert_eq!(api.call().await, Ok(()), "{told}, and later");
        assert_eq!(
            api.signed_at().len(),
            1,
            "{told}: the clock is as good as before"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_that_was_frozen_before_it_was_sent_is_signed_anew_once() {
    for minutes in MINUTES {
        freeze(minutes, 0).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_that_was_frozen_on_a_machine_with_a_wrong_clock_is_signed_anew_once() {
    for minutes in MINUTES {
        for ahead in [-4_000, -600, 600, 4_000] {
            freeze(minutes, ahead).await;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_is_not_signed_a_third_time() {
    let world = World::new();
    let provider = Provider::new(&world, Ends::ByTheTruth, 2 * 3_600);
    let layer = SigV4Layer::new("eu-west-1", provider.clone());
    let mut api = Api::new("https://api.test/pets", &world, &provider, &layer);
    // The gateway says that the machine is right, and refuses it all the same.
    world.set_machine_ahead(4_000);
    api.lie(4_000);
    assert!(api.call().await.is_err());
    assert!((1..=2).contains(&api.signed_at().len()));
}
