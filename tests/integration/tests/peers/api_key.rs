//! API keys and their quotas.
//!
//! ministack, unlike API Gateway, names no error type when it refuses a key, so that such an answer is one like any other.

use gatewright::Auth;
use gatewright::client::RestClient;
use gatewright::layers::ApiKeyLayer;
use gatewright_integration::peers::Cloud;
use serde_json::Value;

use crate::support::{rest, words};

/// The stage's only route that asks for a key alone.
async fn call(rest: &RestClient) -> gatewright::Result<Value> {
    rest.get("getKey", "/key", Auth::API_KEY).call().await
}

fn with_key(key: &str) -> RestClient {
    let layer = ApiKeyLayer::new(key).unwrap();
    rest(&Cloud::steady(), |stack| stack.api_key(layer))
}

fn made(name: &str) -> RestClient {
    with_key(Cloud::steady().text(&format!("/rest_api/api_keys/{name}")))
}

fn forbidden() -> (u16, String) {
    (403, "Forbidden".to_owned())
}

#[tokio::test]
async fn the_right_key_opens_the_route() {
    call(&made("good")).await.unwrap();
}

#[tokio::test]
async fn a_wrong_key_and_one_without_a_usage_plan_are_forbidden() {
    for rest in [with_key("a-key-that-nobody-made"), made("unplanned")] {
        assert_eq!(words(call(&rest).await), forbidden());
    }
}

#[tokio::test]
async fn the_gateway_refuses_a_call_without_a_key() {
    let rest = rest(&Cloud::steady(), |stack| stack);
    // Said to need nothing, so that it is sent at all.
    let outcome = rest.get("getKey", "/key", Auth::NONE).call().await;
    assert_eq!(words(outcome), forbidden());
}

#[tokio::test]
async fn a_quota_is_used_up() {
    let rest = made("small");
    for _ in 0..3 {
        call(&rest).await.unwrap();
    }
    assert_eq!(words(call(&rest).await), (429, "Limit Exceeded".to_owned()));
}
