//! A client of `fixtures/parcels.yaml` against the local gateway, and what it sends.

use aws_credential_types::Credentials;
use gatewright::layers::{ApiKeyLayer, BearerTokenLayer, SigV4Layer};
use gatewright::{BoxError, GatewayErrorKind, Token};
use gatewright_local::{LocalGateway, Received, TokenClaims, Verdict};
use gatewright_tests::parcels;

const TICKET: &str = "a-ticket-that-the-functions-take";
const KEY: &str = "a-key-of-the-parcels-plan";

async fn gateway() -> Result<LocalGateway, BoxError> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/parcels.yaml");
    let gateway = LocalGateway::from_path(path)?
        .credentials("AKIDPARCELS", "parcels-secret", None)
        .api_key(KEY)
        .lambda_token(TICKET)
        .lambda_allows("doorkeeper");
    Ok(gateway.start().await?)
}

/// A client whose one token is this.
fn client(gateway: &LocalGateway, token: &str) -> Result<parcels::Client, BoxError> {
    let aws = Credentials::new("AKIDPARCELS", "parcels-secret", None, None, "test");
    let credentials = parcels::Credentials {
        token: BearerTokenLayer::new(Token::new(token)),
        x_tenant: BearerTokenLayer::new(Token::new("tenant-7")),
        region: BearerTokenLayer::new(Token::new("north")),
        api_key: ApiKeyLayer::new(KEY)?,
        iam: SigV4Layer::new("eu-north-1", aws),
    };
    Ok(parcels::Client::connect(
        gateway.url().parse()?,
        credentials,
    ))
}

/// The only request that arrived, if it passed.
fn passed(gateway: &LocalGateway) -> Received {
    let mut requests = gateway.requests();
    let request = requests.pop().unwrap();
    assert_eq!(request.verdict, Verdict::Passed, "{request}");
    request
}

#[tokio::test]
async fn an_operation_without_its_own_security_sends_the_token_of_the_api() -> Result<(), BoxError>
{
    let gateway = gateway().await?;
    client(&gateway, TICKET)?.list_depots().await?;
    passed(&gateway);
    let refused = client(&gateway, "another-ticket")?.list_depots().await;
    let Err(gatewright::Error::Gateway(error)) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(error.kind(), GatewayErrorKind::AccessDenied);
    Ok(())
}

#[tokio::test]
async fn one_token_serves_every_authorizer_that_reads_it() -> Result<(), BoxError> {
    let gateway = gateway().await?;
    let token = gateway.mint_token(TokenClaims::new().scope("depots/move"));
    let client = client(&gateway, &token)?;
    client.list_depots().await?;
    client.move_depot("7").await?;
    passed(&gateway);
    Ok(())
}

#[tokio::test]
async fn a_key_that_a_function_reads_is_sent_once_and_bare() -> Result<(), BoxError> {
    let gateway = gateway().await?;
    let client = client(&gateway, TICKET)?;
    client.list_quotes().await?;
    assert_eq!(passed(&gateway).headers["x-api-key"], KEY);
    client.get_quote("7").await?;
    assert_eq!(passed(&gateway).headers["x-api-key"], KEY);
    Ok(())
}

#[tokio::test]
async fn a_person_that_an_authorizer_reads_differs_from_call_to_call() -> Result<(), BoxError> {
    let gateway = gateway().await?;
    let client = client(&gateway, TICKET)?;
    for person in ["ada", "bob"] {
        client.get_recipient(person).await?;
        let request = passed(&gateway);
        assert_eq!(request.headers["x-recipient"], person);
        assert!(!request.headers.contains_key("authorization"));
    }
    Ok(())
}

#[tokio::test]
async fn only_authorization_says_bearer() -> Result<(), BoxError> {
    let gateway = gateway().await?;
    client(&gateway, TICKET)?.list_tenants().await?;
    let request = passed(&gateway);
    assert_eq!(request.headers["authorization"], format!("Bearer {TICKET}"));
    assert_eq!(request.headers["x-tenant"], "tenant-7");
    assert_eq!(request.uri.query(), Some("region=north"));
    Ok(())
}

#[tokio::test]
async fn the_first_of_two_alternatives_passes_alone() -> Result<(), BoxError> {
    let gateway = gateway().await?;
    client(&gateway, TICKET)?.print_label().await?;
    let request = passed(&gateway);
    let signature = request.headers["authorization"].to_str()?;
    assert!(signature.starts_with("AWS4-HMAC-SHA256 "));
    Ok(())
}

#[tokio::test]
async fn open_operations_send_no_credential() -> Result<(), BoxError> {
    let gateway = gateway().await?;
    let client = client(&gateway, TICKET)?;
    client.get_status().await?;
    client.get_version().await?;
    client.list_doors().await?;
    for request in gateway.requests() {
        assert_eq!(request.verdict, Verdict::Passed);
        let names = ["authorization", "x-api-key", "x-tenant"];
        assert!(
            names
                .iter()
                .all(|name| !request.headers.contains_key(*name))
        );
    }
    Ok(())
}
