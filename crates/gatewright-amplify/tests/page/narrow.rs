//! Cognito and the APIs over one transport that serves one call at a time: nothing waits for itself.

use gatewright::{BoxService, HttpService};
use gatewright_amplify::{Apis, Config};
use gatewright_cognito::{SignOut, Step};
use serde_json::json;
use tokio::task::JoinSet;
use tower::ServiceBuilder;
use tower::buffer::BufferLayer;
use tower::limit::{ConcurrencyLimitLayer, GlobalConcurrencyLimitLayer};

use crate::cognito::{PASSWORD, pools, trusting, world};
use crate::support::{ENDPOINT, shop};

fn config() -> Config {
    let api = |mode: &str| json!({ "endpointType": "REST", "endpoint": ENDPOINT, "authorizationType": mode });
    let mut file = pools();
    file["awsAPIPlugin"] = json!({
        "orders": api("AWS_IAM"), "profile": api("AMAZON_COGNITO_USER_POOLS"),
    });
    Config::from_slice("amplifyconfiguration.json", file.to_string().as_bytes()).unwrap()
}

async fn five_calls(apis: &Apis, api: &'static str, path: &'static str) {
    let mut calls = JoinSet::new();
    for _ in 0..5 {
        let apis = apis.clone();
        calls.spawn(async move { apis.get(api, path).unwrap().send().await });
    }
    for response in calls.join_all().await {
        assert_eq!(response.unwrap().status(), 200);
    }
}

async fn calls_as_a_guest_and_as_a_user(narrow: fn(BoxService) -> BoxService) {
    let gateway = trusting(shop());
    let transport = narrow(world(&gateway, true));
    let apis = Apis::from_config(config()).transport(transport);
    let apis = apis.build().unwrap();
    five_calls(&apis, "orders", "/items").await;
    let session = apis.session().unwrap();
    let step = session.sign_in("alice", PASSWORD).await.unwrap();
    assert!(matches!(step, Step::SignedIn));
    five_calls(&apis, "orders", "/items").await;
    five_calls(&apis, "profile", "/profile/orders").await;
    assert!(session.sign_out(SignOut::Revoke).await.is_complete());
    five_calls(&apis, "orders", "/items").await;
}

#[tokio::test(start_paused = true)]
async fn a_concurrency_limit_of_one_lets_all_calls_through() {
    calls_as_a_guest_and_as_a_user(|transport| {
        let limit = ConcurrencyLimitLayer::new(1);
        ServiceBuilder::new()
            .layer(limit)
            .service(transport)
            .boxed()
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_global_concurrency_limit_of_one_lets_all_calls_through() {
    calls_as_a_guest_and_as_a_user(|transport| {
        let limit = GlobalConcurrencyLimitLayer::new(1);
        ServiceBuilder::new()
            .layer(limit)
            .service(transport)
            .boxed()
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_buffer_of_one_lets_all_calls_through() {
    calls_as_a_guest_and_as_a_user(|transport| {
        let (buffer, limit) = (BufferLayer::new(1), ConcurrencyLimitLayer::new(1));
        let transport = ServiceBuilder::new().layer(limit).service(transport);
        ServiceBuilder::new()
            .layer(buffer)
            .service(transport)
            .boxed()
    })
    .await;
}
