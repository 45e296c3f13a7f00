//! A thousand calls at once.

use gatewright_integration::app::App;
use gatewright_integration::peers::Cloud;
use serde_json::Value;
use tokio::task::JoinSet;

const CALLS: usize = 1_000;

/// The three operations that a stampede would repeat.
fn loads(app: &App) -> [usize; 3] {
    let names = [
        "GetId",
        "GetCredentialsForIdentity",
        "GetTokensFromRefreshToken",
    ];
    names.map(|name| app.sent.of(name))
}

/// Begins that many calls of a route that guests may call, and users as well.
fn crowd(app: &App) -> JoinSet<gatewright::Result<Value>> {
    let calls = (0..CALLS).map(|_| {
        let app = app.clone();
        async move { app.for_guests().await }
    });
    calls.collect()
}

async fn assert_all_answered(calls: JoinSet<gatewright::Result<Value>>) {
    for outcome in calls.join_all().await {
        outcome.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_calls_load_once_as_guest_at_sign_in_and_at_expiry() {
    let test = "a_thousand_calls_load_once_as_guest_at_sign_in_and_at_expiry";
    let Some((cloud, server)) = Cloud::moved(test).await else {
        return;
    };
    let app = App::new(&cloud);
    assert_all_answered(crowd(&app)).await;
    assert_eq!(loads(&app), [1, 1, 0]);

    let calls = crowd(&app);
    app.sign_in("crowd").await;
    assert_all_answered(calls).await;
    assert_all_answered(crowd(&app)).await;
    assert_eq!(loads(&app), [2, 2, 0]);
    app.for_users().await.unwrap();

    // The credentials and the tokens have ended.
    app.clock.set(3_900);
    server.set(3_900);
    assert_all_answered(crowd(&app)).await;
    assert_eq!(loads(&app), [2, 3, 1]);
    app.for_users().await.unwrap();
    assert_eq!(app.sent.of("iam"), 4 * CALLS);
}
