//! A document of OpenAPI 3.1, from the file to authorized calls that the local gateway takes by the same document.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

use gatewright::layers::{ApiKeyLayer, BearerTokenLayer};
use gatewright::multipart::File;
use gatewright::{BoxError, BoxService, Error, GatewayErrorKind, Token};
use gatewright_local::LocalGateway;
use gatewright_tests::parrots::types::{
    Bird, Color, Owl, Page, Parrot, ParrotKind, ParrotWordsItem, SetPictureBody,
};
use gatewright_tests::parrots::{Client, ListBirdsParams};
use serde_json::{Value, json};

const KEY: &str = "a-key-of-the-parrots-test";
const TOKEN: &str = "a-token-of-the-parrots-test";

async fn parrots() -> Result<(LocalGateway, Client), BoxError> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/parrots.yaml");
    let gateway = LocalGateway::from_path(path)?
        .api_key(KEY)
        .lambda_token(format!("Bearer {TOKEN}"))
        .respond("listBirds", 200, &[], page())
        .start()
        .await?;
    let client = Client::new(service(&gateway, KEY, TOKEN)?, gateway.url().parse()?);
    Ok((gateway, client))
}

fn service(gateway: &LocalGateway, key: &str, token: &str) -> Result<BoxService, BoxError> {
    let stack = gatewright::stack(&gateway.url().parse()?);
    let stack = stack.api_key(ApiKeyLayer::new(key)?);
    Ok(stack
        .token(BearerTokenLayer::new(Token::new(token)))
        .build())
}

fn page() -> Value {
    json!({"next": null, "birds": [
        {"kind": "parrot", "words": ["hello", 5], "color": "blue"},
        {"kind": "owl", "sight": [1, 2.5], "rings": 2},
        {"kind": "kiwi"},
    ]})
}

fn parrot() -> Parrot {
    Parrot {
        kind: ParrotKind::Parrot,
        words: vec![
            ParrotWordsItem::Text("hello".to_owned()),
            ParrotWordsItem::Integer(5),
        ],
        color: Some(Color::Green),
    }
}

#[tokio::test]
async fn an_application_s_own_document_becomes_calls_that_pass() -> Result<(), BoxError> {
    let (_gateway, client) = parrots().await?;
    let params = ListBirdsParams {
        limit: Some(3),
        color: Some(Color::Red),
    };
    let Page { birds, next } = client.list_birds(params).await?;
    assert!(next.is_none());
    assert!(
        matches!(&birds[0], Bird::Parrot(Parrot { color: Some(Color::Unknown(blue)), .. }) if blue == "blue")
    );
    assert!(
        matches!(&birds[1], Bird::Owl(Owl { sight, rings: Some(2), .. }) if *sight == [1.0, 2.5])
    );
    assert!(matches!(&birds[2], Bird::Unknown(_)));

    client.add_bird(&Bird::Parrot(parrot())).await?;
    let file = File::new("rio.png", "image/png", vec![0xff, 0xd8]);
    client
        .set_picture("Rio", SetPictureBody { file, note: None })
        .await?;
    Ok(())
}

#[tokio::test]
async fn with_a_wrong_credential_a_call_is_refused() -> Result<(), BoxError> {
    let (gateway, _) = parrots().await?;
    let client = Client::new(
        service(&gateway, "a-wrong-key-of-the-test", "wrong")?,
        gateway.url().parse()?,
    );
    let refused = client.list_birds(ListBirdsParams::default()).await;
    assert!(
        matches!(refused, Err(Error::Gateway(error)) if error.kind() == GatewayErrorKind::Unauthorized)
    );
    let refused = client.add_bird(&Bird::Parrot(parrot())).await;
    assert!(
        matches!(refused, Err(Error::Gateway(error)) if error.kind() == GatewayErrorKind::Forbidden)
    );
    Ok(())
}
