//! The whole chain from a template: a client of each of its APIs calls the local gateway of that API.

use std::fs;

use aws_credential_types::Credentials;
use gatewright::layers::{ApiKeyLayer, BearerTokenLayer, SigV4Layer};
use gatewright::{
    AuthorizeErrorKind, Body, BoxError, BoxService, Error, GatewayErrorKind, HttpService, Token,
};
use gatewright_build::configure;
use gatewright_document::ReadOptions;
use gatewright_local::{LocalGateway, TokenClaims, Verdict};
use gatewright_tests::{berths, birds, keepers, tides};
use http::Request;
use tower::ServiceBuilder;
use tower::util::Oneshot;

type TestResult = Result<(), BoxError>;

const KEY: &str = "a-key-of-the-template-test";
const TICKET: &str = "a-ticket-of-the-template-test";

fn path(fixture: &str) -> String {
    format!("{}/fixtures/{fixture}", env!("CARGO_MANIFEST_DIR"))
}

async fn start(fixture: &str, api: &str) -> Result<LocalGateway, BoxError> {
    let options = ReadOptions::new().resource(api);
    let gateway = LocalGateway::from_path_with(path(fixture), &options)?
        .credentials("AKIDTEMPLATE", "template-secret", None)
        .api_key(KEY)
        .lambda_token(TICKET);
    Ok(gateway.start().await?)
}

/// The stack of a user who has every credential.
fn stack(token: String) -> Result<BoxService, BoxError> {
    let credentials = Credentials::new("AKIDTEMPLATE", "template-secret", None, None, "test");
    let ticket = BearerTokenLayer::new(Token::new(TICKET))
        .raw()
        .in_header("x-gate".parse()?);
    let service = ServiceBuilder::new()
        .layer(ApiKeyLayer::new(KEY)?)
        .layer(ticket)
        .layer(BearerTokenLayer::new(Token::new(token)))
        .layer(SigV4Layer::new("us-east-1", credentials))
        .service(gatewright::transport::https());
    Ok(service.boxed())
}

fn is_missing<T, E>(result: Result<T, Error<E>>) -> bool {
    matches!(result, Err(Error::Credentials(error)) if error.kind() == AuthorizeErrorKind::MissingCredential)
}

/// A transport that sends what it is given, whatever the operation demands.
fn careless() -> BoxService {
    let guarded = gatewright::transport::https();
    let service = tower::service_fn(move |mut request: Request<Body>| {
        request.extensions_mut().clear();
        Oneshot::new(guarded.clone(), request)
    });
    service.boxed()
}

fn is_refused<T, E>(result: &Result<T, Error<E>>) -> bool {
    matches!(result, Err(Error::Gateway(error)) if matches!(error.kind(),
        GatewayErrorKind::Unauthorized | GatewayErrorKind::MissingAuthenticationToken | GatewayErrorKind::Forbidden))
}

fn passed(gateway: &LocalGateway) -> usize {
    let requests = gateway.requests();
    let passed = requests
        .iter()
        .filter(|request| request.verdict == Verdict::Passed);
    passed.count()
}

#[tokio::test]
async fn a_rest_api_of_sam_is_called_with_what_auth_adds_and_nothing_less() -> TestResult {
    let gateway = start("aviary.yaml", "BirdsApi").await?;
    let token = gateway.mint_token(TokenClaims::new().subject("warden"));
    let client = birds::Client::new(stack(token)?, gateway.url().parse()?);
    client.list_birds().await?;
    client.find_bird("robin").await?;
    let _: i64 = client.count_eggs().await?;
    assert_eq!(passed(&gateway), 3);
    let sent = gateway.requests();
    assert_eq!(sent[0].headers["x-api-key"], KEY);
    assert!(sent[0].headers.contains_key("authorization"));
    assert_eq!(sent[1].headers["x-gate"], TICKET);
    assert!(!sent[1].headers.contains_key("authorization"));

    let bare = birds::Client::new(gatewright::transport::https(), gateway.url().parse()?);
    assert!(is_missing(bare.list_birds().await));
    assert!(is_missing(bare.find_bird("robin").await));
    let unguarded = birds::Client::new(careless(), gateway.url().parse()?);
    assert!(is_refused(&unguarded.list_birds().await));
    assert!(is_refused(&unguarded.find_bird("robin").await));
    Ok(())
}

#[tokio::test]
async fn an_http_api_without_a_body_is_called_by_its_events() -> TestResult {
    let gateway = start("aviary.yaml", "KeepersApi").await?;
    let token = gateway.mint_token(TokenClaims::new().subject("staff").scope("keepers/read"));
    let client = keepers::Client::new(stack(token)?, gateway.url().parse()?);
    client.get_keepers().await?;
    client.get_keepers_by_id("7").await?;
    client.get_hours().await?;
    client
        .any_night_by_proxy(http::Method::PUT, "owls/2")
        .await?;
    assert_eq!(passed(&gateway), 4);

    let bare = keepers::Client::new(gatewright::transport::https(), gateway.url().parse()?);
    bare.get_hours().await?;
    assert!(is_missing(bare.get_keepers().await));
    assert!(is_missing(bare.get_keepers_by_id("7").await));
    let unguarded = keepers::Client::new(careless(), gateway.url().parse()?);
    assert!(is_refused(&unguarded.get_keepers().await));
    Ok(())
}

#[tokio::test]
async fn both_apis_of_a_template_of_cloudformation_are_called() -> TestResult {
    let gateway = start("harbour.json", "BerthsApi").await?;
    let client = berths::Client::new(stack(String::new())?, gateway.url().parse()?);
    client.get_berth("7").await?;
    let bare = berths::Client::new(gatewright::transport::https(), gateway.url().parse()?);
    assert!(is_missing(bare.get_berth("7").await));
    let unguarded = berths::Client::new(careless(), gateway.url().parse()?);
    assert!(is_refused(&unguarded.get_berth("7").await));

    let gateway = start("harbour.json", "TidesApi").await?;
    let token = gateway.mint_token(TokenClaims::new().subject("sailor").scope("tides/read"));
    let client = tides::Client::new(stack(token)?, gateway.url().parse()?);
    client.get_tides().await?;
    let bare = tides::Client::new(gatewright::transport::https(), gateway.url().parse()?);
    assert!(is_missing(bare.get_tides().await));
    let unguarded = tides::Client::new(careless(), gateway.url().parse()?);
    assert!(is_refused(&unguarded.get_tides().await));
    Ok(())
}

#[test]
fn what_a_template_hides_is_in_no_client() {
    let template = path("aviary.yaml");
    let hidden = "never-in-generated-code";
    assert!(fs::read_to_string(&template).is_ok_and(|text| text.contains(hidden)));
    for api in ["BirdsApi", "KeepersApi"] {
        let generated = configure()
            .resource(api)
            .generate(&template)
            .unwrap_or_else(|e| panic!("{e}"));
        assert!(!format!("{generated:?}").contains(hidden));
    }
}
