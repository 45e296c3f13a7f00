//! The machine's clock is wrong, and is set right.

use std::time::Duration;

use gatewright::layers::SigV4Layer;

use crate::gateway::{Api, distance};
use crate::provider::{Ends, Provider};
use crate::world::World;

const HOUR: u64 = 3_600;
const URL: &str = "https://api.test/pets";

/// Calls each minute; the clock is ahead by each of these in turn, for twenty calls, and by the last one for eighty.
async fn calls_with(ends: Ends, aheads: &[i64]) {
    let world = World::new();
    let provider = Provider::new(&world, ends, HOUR);
    let layer = SigV4Layer::new("eu-west-1", provider.clone());
    let mut api = Api::new(URL, &world, &provider, &layer);
    let mut failed = Vec::new();
    for ahead in aheads {
        world.set_machine_ahead(*ahead);
        failed.extend(api.calls(20, 60).await);
    }
    failed.extend(api.calls(60, 60).await);
    let told = format!("{ends:?}, ahead {aheads:?}");
    assert!(
        failed.is_empty(),
        "{told}: {} failed, such as {:?}",
        failed.len(),
        failed.first()
    );
    let sent = api.signed_at().len();
    let calls = 60 + 20 * aheads.len();
    assert!(
        sent <= calls + 2 * aheads.len() + provider.calls(),
        "{told}: {sent} sent of {calls}"
    );
    // The provider is not asked for each call, whatever the clock makes of its credentials.
    assert!(
        provider.calls() <= calls / 4,
        "{told}: {} asked for",
        provider.calls()
    );
}

#[tokio::test(start_paused = true)]
async fn calls_go_on_when_a_clock_that_was_behind_is_set_right() {
    for behind in [600, 3_000, 4_000, 7_200] {
        calls_with(Ends::ByTheTruth, &[-behind, 0]).await;
    }
}

#[tokio::test(start_paused = true)]
async fn calls_go_on_with_a_lifetime_that_began_when_the_clock_was_behind() {
    for behind in [3_000, 4_000, 7_200] {
        calls_with(Ends::ByTheMachine, &[-behind, 0]).await;
        calls_with(Ends::ByTheMachine, &[-behind]).await;
    }
}

#[tokio::test(start_paused = true)]
async fn calls_work_while_the_clock_is_further_ahead_than_credentials_last() {
    for ahead in [3_500, 4_000, 7_200, 20_000] {
        calls_with(Ends::ByTheTruth, &[ahead]).await;
    }
}

#[tokio::test(start_paused = true)]
async fn calls_go_on_when_a_clock_that_was_ahead_is_set_right() {
    for ahead in [600, 4_000, 7_200] {
        calls_with(Ends::ByTheTruth, &[ahead, 0]).await;
        calls_with(Ends::ByTheMachine, &[ahead, 0]).await;
    }
}

#[tokio::test(start_paused = true)]
async fn calls_go_on_while_the_clock_is_set_back_and_forth() {
    for aheads in [[0, -7_200, 0], [0, 4_000, 0], [-4_000, 4_000, 0]] {
        calls_with(Ends::ByTheTruth, &aheads).await;
        calls_with(Ends::ByTheMachine, &aheads).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_is_set_right_is_believed_from_the_second_call_on() {
    for ahead in [-7_200, -600, 600, 7_200] {
        let world = World::new();
        let provider = Provider::new(&world, Ends::ByTheTruth, 12 * HOUR);
        let layer = SigV4Layer::new("eu-west-1", provider.clone());
        let mut api = Api::new(URL, &world, &provider, &layer);
        world.set_machine_ahead(ahead);
        assert_eq!(api.calls(3, 60).await, [""; 0], "{ahead}");
        world.set_machine_ahead(0);
        assert_eq!(api.calls(1, 60).await, [""; 0], "{ahead}");
        api.signed_at();
        let now = world.machine();
        assert_eq!(api.call().await, Ok(()), "{ahead}");
        let signed_at = api.signed_at();
        assert_eq!(signed_at.len(), 1, "{ahead}");
        assert!(
            distance(signed_at[0], now) < Duration::from_secs(2),
            "{ahead}"
        );
    }
}

/// A machine sleeps, its clock too, and its credentials end meanwhile.
#[tokio::test(start_paused = true)]
async fn the_first_call_after_a_sleep_in_which_clock_and_credentials_stopped_succeeds() {
    for sleep in [3_600, 3_900, 7_200, 40_000] {
        let world = World::new();
        let provider = Provider::new(&world, Ends::ByTheTruth, HOUR);
        let layer = SigV4Layer::new("eu-west-1", provider.clone());
        let mut api = Api::new(URL, &world, &provider, &layer);
        assert_eq!(api.call().await, Ok(()), "{sleep}");
        world.pass(sleep).await;
        world.set_machine_ahead(-i64::try_from(sleep).unwrap());
        assert_eq!(api.call().await, Ok(()), "{sleep}");
        assert_eq!(api.signed_at().len(), 3, "{sleep}");
        assert_eq!(provider.calls(), 2, "{sleep}");
    }
}
