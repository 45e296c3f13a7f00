//! One session behind all that asks for it: several APIs of a file, clones of them, tasks and runtimes.

use gatewright_amplify::{Apis, Config};
use gatewright_cognito::{Session, SignOut, Step};
use gatewright_local::Gateway;
use serde_json::json;
use tokio::runtime::Runtime;
use tokio::task::JoinSet;

use crate::cognito::{PASSWORD, identity_pool, pools, trusting, user_pool, world};
use crate::support::{ENDPOINT, shop};

fn config() -> Config {
    let api = |mode: &str| json!({ "endpointType": "REST", "endpoint": ENDPOINT, "authorizationType": mode });
    let mut file = pools();
    file["awsAPIPlugin"] = json!({
        "orders": api("AWS_IAM"), "files": api("AWS_IAM"), "profile": api("AMAZON_COGNITO_USER_POOLS"),
    });
    Config::from_slice("amplifyconfiguration.json", file.to_string().as_bytes()).unwrap()
}

fn gateway_and_apis() -> (Gateway, Apis) {
    let gateway = trusting(shop());
    let apis = Apis::from_config(config()).transport(world(&gateway, true));
    (gateway, apis.build().unwrap())
}

async fn status(apis: &Apis, api: &str, path: &str) -> Option<u16> {
    let answer = apis.get(api, path).unwrap().send().await;
    answer.ok().map(|answer| answer.status().as_u16())
}

async fn sign_in(apis: &Apis) {
    let step = apis.session().unwrap().sign_in("alice", PASSWORD).await;
    assert!(matches!(step.unwrap(), Step::SignedIn));
}

fn callers(gateway: &Gateway) -> Vec<String> {
    let requests = gateway.requests().into_iter();
    requests.filter_map(|request| request.principal).collect()
}

#[tokio::test]
async fn a_sign_in_counts_for_every_api_of_the_file_and_so_does_a_sign_out() {
    let (gateway, apis) = gateway_and_apis();
    let clone = apis.clone();
    assert_eq!(status(&apis, "orders", "/items").await, Some(200));
    assert_eq!(status(&apis, "profile", "/profile/orders").await, None);

    sign_in(&clone).await;
    assert_eq!(status(&apis, "orders", "/items").await, Some(200));
    assert_eq!(status(&apis, "files", "/files/a").await, Some(200));
    assert_eq!(status(&apis, "profile", "/profile/orders").await, Some(200));

    let report = clone.session().unwrap().sign_out(SignOut::Local).await;
    assert!(report.is_complete());
    assert_eq!(status(&apis, "files", "/files/a").await, Some(200));
    assert_eq!(status(&apis, "profile", "/profile/orders").await, None);
    let expected = ["ASIAGUEST", "ASIAUSER", "ASIAUSER", "alice", "ASIAGUEST"];
    assert_eq!(callers(&gateway), expected);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn calls_of_many_tasks_all_come_through_while_somebody_signs_in() {
    let (gateway, apis) = gateway_and_apis();
    let mut calls = JoinSet::new();
    for index in 0..200 {
        let apis = apis.clone();
        let api = if index % 2 == 0 { "orders" } else { "files" };
        calls.spawn(async move { status(&apis, api, "/items").await });
    }
    sign_in(&apis).await;
    assert!(
        calls
            .join_all()
            .await
            .into_iter()
            .all(|status| status == Some(200))
    );
    assert_eq!(status(&apis, "orders", "/items").await, Some(200));
    assert_eq!(callers(&gateway).pop().as_deref(), Some("ASIAUSER"));
}

/// The session of the app may be for one of the two kinds only.
#[test]
fn a_session_without_the_pool_that_an_api_needs_is_a_problem_of_the_construction() {
    let gateway = trusting(shop());
    for (pool, problems) in [
        (
            identity_pool(),
            "API `profile` (AMAZON_COGNITO_USER_POOLS) has no tokens: the session has no user pool; add one with \
             `SessionBuilder::user_pool`, or a provider with `.token(\"profile\", ..)`",
        ),
        (
            user_pool(),
            "API `files` (AWS_IAM) has no credentials: the session has no identity pool; add one with \
             `SessionBuilder::identity_pool`, or a provider with `.credentials(\"files\", ..)`\n\
             API `orders` (AWS_IAM) has no credentials: the session has no identity pool; add one with \
             `SessionBuilder::identity_pool`, or a provider with `.credentials(\"orders\", ..)`",
        ),
    ] {
        let of_pool = Config::from_slice("a pool", pool.to_string().as_bytes()).unwrap();
        let session = Session::from_config(of_pool.auth.as_ref().unwrap()).unwrap();
        let session = session.transport(world(&gateway, true)).build().unwrap();
        let builder = Apis::from_config(config()).session(session);
        let error = builder.transport(gateway.clone()).build().unwrap_err();
        assert_eq!(error.to_string(), problems);
    }
}

#[test]
fn apis_outlive_the_runtime_that_they_were_called_in_first() {
    let (gateway, apis) = gateway_and_apis();
    for round in ["guest", "user"] {
        let runtime = Runtime::new().unwrap();
        runtime.block_on(async {
            assert_eq!(
                status(&apis, "orders", "/items").await,
                Some(200),
                "{round}"
            );
            sign_in(&apis).await;
        });
        drop(runtime);
    }
    let runtime = Runtime::new().unwrap();
    let last = runtime.block_on(status(&apis, "profile", "/profile/orders"));
    assert_eq!(last, Some(200));
    assert_eq!(callers(&gateway), ["ASIAGUEST", "ASIAUSER", "alice"]);
}
