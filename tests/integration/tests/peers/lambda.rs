//! A route with a Lambda authorizer, which takes a token as it is.

use gatewright::layers::BearerTokenLayer;
use gatewright::{Auth, GatewayErrorKind, Token};
use gatewright_integration::peers::Cloud;
use serde_json::Value;

use crate::support::{refusal, rest};

async fn call(token: &str) -> gatewright::Result<Value> {
    let layer = BearerTokenLayer::new(Token::new(token)).raw();
    let rest = rest(&Cloud::steady(), |stack| stack.token(layer));
    rest.get("getLambda", "/lambda", Auth::BEARER).call().await
}

#[tokio::test]
async fn the_token_is_what_the_function_decides_on() {
    let answer = call("friend").await.unwrap();
    assert_eq!(answer["authorizer"]["principalId"], "a-friend");
}

#[tokio::test]
async fn the_functions_refusal_is_the_gateways() {
    let outcome = call("stranger").await;
    assert_eq!(refusal(outcome), (403, GatewayErrorKind::AccessDenied));
}
