//! `AWS_LAMBDA`: a token that a Lambda authorizer knows, from the app's own provider.

use gatewright::{Error, GatewayErrorKind, Token};
use gatewright_amplify::Apis;
use gatewright_local::LocalGateway;

use crate::support::{config, mode};

async fn called_with(token: &'static str) -> gatewright::Result<gatewright::RawResponse> {
    let export = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/shop.json");
    let gateway = LocalGateway::from_path(export).unwrap();
    let gateway = gateway.lambda_token("what the function knows").build();
    let apis = Apis::from_config(config(&[("stores", mode("AWS_LAMBDA"))]))
        .token("stores", move || async move { Ok(Token::new(token)) })
        .transport(gateway.unwrap())
        .build()
        .unwrap();
    apis.get("stores", "/stores").unwrap().send().await
}

#[tokio::test]
async fn the_token_of_the_provider_lets_the_request_in() {
    let answer = called_with("what the function knows").await;
    assert_eq!(answer.unwrap().status(), 200);
}

#[tokio::test]
async fn another_token_is_refused_by_the_gateway() {
    let answer = called_with("something else").await;
    let Err(Error::Gateway(refusal)) = answer else {
        panic!("{answer:?}");
    };
    assert_eq!(refusal.kind(), GatewayErrorKind::AccessDenied);
}
