//! Responses with a false `Date`: of a middlebox, or of an API that sets the header itself.

use std::sync::Arc;
use std::time::Duration;

use gatewright::layers::SigV4Layer;
use gatewright::layers::sigv4::CachedCredentials;

use crate::gateway::{Api, distance};
use crate::provider::{Ends, Provider};
use crate::world::World;

const HOUR: u64 = 3_600;
const LIES: [i64; 9] = [
    300, 3_000, 3_500, 3_700, 7_200, 86_000, -3_700, -7_200, -86_000,
];

#[tokio::test(start_paused = true)]
async fn one_response_with_a_false_date_costs_no_call() {
    for lie in LIES {
        let world = World::new();
        let provider = Provider::new(&world, Ends::ByTheTruth, HOUR);
        let layer = SigV4Layer::new("eu-west-1", provider.clone());
        let mut api = Api::new("https://api.test/pets", &world, &provider, &layer);
        api.lie(lie);
        assert_eq!(api.calls(1, 30).await, [""; 0], "{lie}");
        api.lie(0);
        let failed = api.calls(200, 30).await;
        assert!(
            failed.is_empty(),
            "{lie}: {} failed, such as {:?}",
            failed.len(),
            failed.first()
        );
        let sent = api.signed_at().len();
        assert!(sent <= 201 + 2 + provider.calls(), "{lie}: {sent} sent");
        assert!(
            provider.calls() <= 6,
            "{lie}: {} asked for",
            provider.calls()
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_date_that_is_a_little_off_changes_no_signature() {
    for lie in [-239, -30, 30, 239] {
        let world = World::new();
        let provider = Provider::new(&world, Ends::ByTheTruth, HOUR);
        let layer = SigV4Layer::new("eu-west-1", provider.clone());
        let mut api = Api::new("https://api.test/pets", &world, &provider, &layer);
        api.lie(lie);
        for _ in 0..5 {
            let now = world.machine();
            assert_eq!(api.call().await, Ok(()), "{lie}");
            assert_eq!(api.signed_at(), [now], "{lie}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_date_beyond_all_bounds_is_not_believed() {
    for days in [-3_650, -2, 2, 3_650] {
        let world = World::new();
        let provider = Provider::new(&world, Ends::ByTheTruth, HOUR);
        let layer = SigV4Layer::new("eu-west-1", provider.clone());
        let mut api = Api::new("https://api.test/pets", &world, &provider, &layer);
        api.lie(days * 24 * 3_600);
        for _ in 0..5 {
            let now = world.machine();
            assert_eq!(api.call().await, Ok(()), "{days}");
            assert_eq!(api.signed_at(), [now], "{days}");
        }
    }
}

/// API A lies, API B does not. Both are called in turn, twice a minute.
async fn calls_beside_a_liar(
    lie: i64,
    life: u64,
    layers: [SigV4Layer<Provider>; 2],
    world: &Arc<World>,
    provider: &Provider,
) {
    let [first, second] = layers;
    let mut liar = Api::new("https://a.test/pets", world, provider, &first);
    let mut honest = Api::new("https://b.test/pets", world, provider, &second);
    liar.lie(lie);
    let mut failed = Vec::new();
    for _ in 0..200 {
        // What it costs to lie is the liar's.
        let _ = liar.call().await;
        let now = world.machine();
        failed.extend(honest.call().await.err());
        let signed_at = honest.signed_at();
        assert!(
            signed_at
                .iter()
                .all(|at| distance(*at, now) < Duration::from_secs(2)),
            "{lie}: signed by the liar's clock"
        );
        world.pass(30).await;
    }
    assert!(
        failed.is_empty(),
        "{lie}: {} failed, such as {:?}",
        failed.len(),
        failed.first()
    );
    // Three times as often as the credentials end.
    let ends = usize::try_from(200 * 30 / life).unwrap() + 1;
    assert!(
        provider.calls() <= 3 * ends,
        "{lie}: {} asked for",
        provider.calls()
    );
}

#[tokio::test(start_paused = true)]
async fn a_false_date_of_one_api_harms_no_other_of_the_same_credentials() {
    for (lie, life) in [(3_600, HOUR), (80_000, HOUR), (3_600, 300), (-80_000, HOUR)] {
        let world = World::new();
        let provider = Provider::new(&world, Ends::ByTheTruth, life);
        let clock = Arc::clone(&world);
        let cache = CachedCredentials::new(provider.clone()).clock(move || clock.machine());
        let layers = [(); 2].map(|()| SigV4Layer::from_cache("eu-west-1", cache.clone()));
        calls_beside_a_liar(lie, life, layers, &world, &provider).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_false_date_of_one_api_harms_no_other_of_the_same_layer() {
    for (lie, life) in [(3_600, HOUR), (80_000, HOUR), (3_600, 300), (-80_000, HOUR)] {
        let world = World::new();
        let provider = Provider::new(&world, Ends::ByTheTruth, life);
        let layer = SigV4Layer::new("eu-west-1", provider.clone());
        calls_beside_a_liar(lie, life, [layer.clone(), layer], &world, &provider).await;
    }
}

/// A refusal with a false date lets the credentials seem to have ended, and there are no others.
#[tokio::test(start_paused = true)]
async fn a_refusal_with_a_false_date_stops_no_call_of_another_api_while_the_provider_is_down() {
    for lie in [3_700, 7_200, 80_000, -80_000] {
        let world = World::new();
        let provider = Provider::new(&world, Ends::ByTheTruth, HOUR);
        let layer = SigV4Layer::new("eu-west-1", provider.clone());
        let mut liar = Api::new("https://a.test/pets", &world, &provider, &layer);
        let mut honest = Api::new("https://b.test/pets", &world, &provider, &layer);
        assert_eq!(honest.call().await, Ok(()), "{lie}");
        provider.go_down();
        liar.lie(lie);
        liar.refuse();
        for _ in 0..50 {
            let _ = liar.call().await;
            assert_eq!(honest.call().await, Ok(()), "{lie}");
            world.pass(60).await;
        }
    }
}
