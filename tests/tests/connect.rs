//! The short way: `Client::connect` with exactly the credentials that the document asks for.

use aws_credential_types::Credentials;
use gatewright::layers::{ApiKeyLayer, BearerTokenLayer, SigV4Layer};
use gatewright::{BoxError, Token};
use gatewright_local::{LocalGateway, TokenClaims, Verdict};
use gatewright_tests::{coordinates, gate};

#[tokio::test]
async fn each_credential_goes_where_its_authorizer_reads() -> Result<(), BoxError> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/gate.json");
    let gateway = LocalGateway::from_path(path)?
        .credentials("AKIDCONNECT", "connect-secret", None)
        .api_key("a-key-of-the-connect-test")
        .lambda_token("a-ticket-of-the-connect-test")
        .start()
        .await?;
    let aws = Credentials::new("AKIDCONNECT", "connect-secret", None, None, "test");
    let token = gateway.mint_token(TokenClaims::new().scope("gate/read"));
    let credentials = gate::Credentials {
        iam: SigV4Layer::new("us-west-2", aws),
        api_key: ApiKeyLayer::new("a-key-of-the-connect-test")?,
        customers: BearerTokenLayer::new(Token::new(token)),
        lambda: BearerTokenLayer::new(Token::new("a-ticket-of-the-connect-test")).raw(),
    };
    let client = gate::Client::connect(gateway.url().parse()?, credentials);

    client.get_open().await?;
    client.get_keyed().await?;
    client.put_both().await?;
    client.get_customer().await?;
    client.get_custom().await?;
    client.post_signed_by_name("rex").await?;
    let requests = gateway.requests();
    assert!(
        requests
            .iter()
            .all(|request| request.verdict == Verdict::Passed)
    );
    assert_eq!(
        requests[4].headers["x-ticket"],
        "a-ticket-of-the-connect-test"
    );
    Ok(())
}

#[test]
fn an_open_api_asks_for_nothing() -> Result<(), BoxError> {
    let client = coordinates::Client::connect(coordinates::ENDPOINT.parse()?);
    assert_eq!(
        client.rest().base().to_string(),
        "https://api.example.com/v1"
    );
    Ok(())
}
