//! The whole chain: a document becomes a client, the client's requests are authorized by layers and judged by a local
//! gateway that enforces the same document.

use aws_credential_types::Credentials;
use gatewright::layers::{ApiKeyLayer, BearerTokenLayer, SigV4Layer};
use gatewright::{
    AuthorizeErrorKind, Body, BoxError, BoxService, Error, GatewayErrorKind, HttpService, Token,
};
use gatewright_local::{LocalGateway, TokenClaims, Verdict};
use gatewright_tests::{feed, gate, menagerie};
use tower::ServiceBuilder;

type TestResult = Result<(), BoxError>;

const KEY: &str = "a-key-of-the-chain-test";
const TICKET: &str = "a-ticket-of-the-chain-test";

async fn start(fixture: &str) -> Result<LocalGateway, BoxError> {
    let path = format!("{}/fixtures/{fixture}", env!("CARGO_MANIFEST_DIR"));
    let gateway = LocalGateway::from_path(path)?
        .credentials("AKIDCHAIN", "chain-secret", Some("chain-session-token"))
        .api_key(KEY)
        .lambda_token(TICKET);
    Ok(gateway.start().await?)
}

fn credentials(secret: &str) -> Credentials {
    Credentials::new(
        "AKIDCHAIN",
        secret,
        Some("chain-session-token".to_owned()),
        None,
        "test",
    )
}

/// The stack of a user who has every credential.
fn stack(gateway: &LocalGateway, key: &str, secret: &str) -> Result<BoxService, BoxError> {
    let token = gateway.mint_token(TokenClaims::new().subject("alice").scope("gate/read"));
    let ticket = BearerTokenLayer::new(Token::new(TICKET))
        .raw()
        .in_header("x-ticket".parse()?);
    let service = ServiceBuilder::new()
        .layer(ApiKeyLayer::new(key)?)
        .layer(ticket)
        .layer(BearerTokenLayer::new(Token::new(token)).raw())
        .layer(SigV4Layer::new("us-west-2", credentials(secret)))
        .service(gatewright::transport::https());
    Ok(service.boxed())
}

fn kind<T, E: std::fmt::Debug>(result: Result<T, Error<E>>) -> Option<GatewayErrorKind> {
    match result {
        Err(Error::Gateway(error)) => Some(error.kind()),
        _ => None,
    }
}

#[tokio::test]
async fn every_authorization_passes_with_one_stack() -> TestResult {
    let gateway = start("gate.json").await?;
    let client = gate::Client::new(
        stack(&gateway, KEY, "chain-secret")?,
        gateway.url().parse()?,
    );

    client.get_open().await?;
    client
        .get_signed_by_name("rex", gate::GetSignedByNameParams::default())
        .await?;
    client
        .post_signed_by_name("rex")
        .body(["any", "body"])
        .await?;
    client.get_keyed().await?;
    client.put_both().body(Body::text("text")).await?;
    client.get_customer().await?;
    client.get_custom().await?;
    client
        .any_files_by_proxy(http::Method::DELETE, "a b/c%2Fd/é")
        .await?;

    let requests = gateway.requests();
    assert_eq!(requests.len(), 8);
    assert!(
        requests
            .iter()
            .all(|request| request.verdict == Verdict::Passed),
        "{requests:#?}"
    );
    assert!(
        requests[0].headers.get("authorization").is_none(),
        "nothing unasked is sent"
    );
    assert_eq!(requests[7].uri.path(), "/live/files/a%20b/c%252Fd/%C3%A9");
    Ok(())
}

#[tokio::test]
async fn odd_values_arrive_as_they_were_given_and_are_signed_right() -> TestResult {
    let gateway = start("gate.json").await?;
    let client = gate::Client::new(
        stack(&gateway, KEY, "chain-secret")?,
        gateway.url().parse()?,
    );
    for value in [
        "a b", "a/b", "a%2Fb", "é€", "urn:x@y", "1+1", "a;b=c&d", "'()*!~", "...",
    ] {
        let params = gate::GetSignedByNameParams {
            q: Some(value.to_owned()),
            tag: Some(vec![value.to_owned(), String::new(), "z".to_owned()]),
        };
        client
            .get_signed_by_name(value, params)
            .await
            .map_err(|e| format!("{value}: {e}"))?;
        client
            .post_signed_by_name(value)
            .body(Body::text(value))
            .await
            .map_err(|e| format!("{value}: {e}"))?;
    }
    Ok(())
}

#[tokio::test]
async fn wrong_credentials_are_typed_errors() -> TestResult {
    let gateway = start("gate.json").await?;
    let base = || gateway.url().parse();
    let wrong_key = gate::Client::new(
        stack(&gateway, "not-the-right-key-at-all", "chain-secret")?,
        base()?,
    );
    assert_eq!(
        kind(wrong_key.get_keyed().await),
        Some(GatewayErrorKind::Forbidden)
    );
    let wrong_secret = gate::Client::new(stack(&gateway, KEY, "wrong-secret")?, base()?);
    let wrong = wrong_secret.get_signed_by_name("rex", gate::GetSignedByNameParams::default());
    assert_eq!(kind(wrong.await), Some(GatewayErrorKind::InvalidSignature));

    let bearer = BearerTokenLayer::new(Token::new("not.a.token"));
    let service = ServiceBuilder::new()
        .layer(bearer)
        .service(gatewright::transport::https());
    let wrong_token = gate::Client::new(service, base()?);
    let error = wrong_token.get_customer().await.unwrap_err();
    assert_eq!(error.status(), Some(http::StatusCode::UNAUTHORIZED));
    assert!(error.request_id().is_some());
    assert_eq!(
        kind::<(), _>(Err(error)),
        Some(GatewayErrorKind::Unauthorized)
    );
    Ok(())
}

#[tokio::test]
async fn a_credential_that_nobody_gave_is_an_error_before_anything_is_sent() -> TestResult {
    let gateway = start("gate.json").await?;
    let client = gate::Client::new(gatewright::transport::https(), gateway.url().parse()?);
    client.get_open().await?;
    for result in [
        client.get_keyed().await,
        client.get_customer().await,
        client.get_custom().await,
    ] {
        let Err(Error::Credentials(error)) = result else {
            return Err("nothing was missed".into());
        };
        assert_eq!(error.kind(), AuthorizeErrorKind::MissingCredential);
        assert!(error.to_string().contains("Layer"), "{error}");
    }
    assert_eq!(gateway.requests().len(), 1);
    Ok(())
}

#[tokio::test]
async fn answers_are_decoded_as_the_document_says() -> TestResult {
    let gateway = start("menagerie.json").await?;
    let signer = SigV4Layer::new("us-east-1", credentials("chain-secret"));
    let service = ServiceBuilder::new()
        .layer(signer)
        .service(gatewright::transport::https());
    let client = menagerie::Client::new(service, gateway.url().parse()?);

    let animals = client
        .get_animals(menagerie::GetAnimalsParams::default())
        .await?;
    assert!(animals[0].id.is_some());
    let cat = menagerie::types::NewAnimal {
        r#type: Some(menagerie::types::Kind::Cat),
        price: Some(1.5),
    };
    assert!(client.create_animal(&cat).await?.animal.is_some());
    client.delete_animals_by_animal_id("7").await?;
    let page = client.get_root().await?;
    assert_eq!(
        (page.content_type(), page.text().as_ref()),
        (Some("text/html"), "<html><body>Welcome</body></html>")
    );

    let sent = gateway.requests();
    let body: serde_json::Value = serde_json::from_slice(&sent[1].body)?;
    assert_eq!(body, serde_json::json!({"price": 1.5, "type": "cat"}));
    // The document says nothing about authorization, the configuration says AWS_IAM.
    assert!(
        sent.iter()
            .all(|request| request.headers.contains_key("authorization"))
    );
    assert_eq!(menagerie::ENDPOINT, "https://menagerie.example.com/live");
    Ok(())
}

#[tokio::test]
async fn documented_errors_are_chosen_by_status_and_keep_their_body() -> TestResult {
    let path = format!("{}/fixtures/menagerie.json", env!("CARGO_MANIFEST_DIR"));
    for (status, body) in [
        (404, r#"{"message":"no such animal"}"#),
        (409, r#"{"reason":"asleep"}"#),
        (500, "{}"),
    ] {
        let answer = serde_json::from_str::<serde_json::Value>(body)?;
        let gateway = LocalGateway::from_path(&path)?
            .credentials("AKIDCHAIN", "chain-secret", Some("chain-session-token"))
            .respond("GetAnimal", status, &[], answer)
            .start()
            .await?;
        let signer = SigV4Layer::new("us-east-1", credentials("chain-secret"));
        let service = ServiceBuilder::new()
            .layer(signer)
            .service(gatewright::transport::https());
        let client = menagerie::Client::new(service, gateway.url().parse()?);
        let error = client.get_animal("7").await.unwrap_err();
        assert_eq!(error.status().map(|s| s.as_u16()), Some(status));
        match (status, error) {
            (404, Error::Api(error)) => {
                let problem = menagerie::types::Problem {
                    message: "no such animal".to_owned(),
                };
                assert_eq!(
                    error.error(),
                    &menagerie::types::GetAnimalError::Status404(problem)
                );
                assert_eq!(error.body(), body);
            }
            (409, Error::Api(error)) => {
                let refusal = menagerie::types::Refusal {
                    reason: "asleep".to_owned(),
                };
                assert_eq!(
                    error.error(),
                    &menagerie::types::GetAnimalError::Status4xx(refusal)
                );
            }
            (500, Error::Unexpected(error)) => assert_eq!(error.body(), "{}"),
            (_, other) => return Err(format!("{status}: {other:?}").into()),
        }
    }
    Ok(())
}

#[tokio::test]
async fn http_apis_take_their_jwt_and_greedy_paths() -> TestResult {
    let gateway = start("feed-http-api.json").await?;
    let token = gateway.mint_token(TokenClaims::new().audience("feed-app").scope("feed/read"));
    let bearer = BearerTokenLayer::new(Token::new(token));
    let service = ServiceBuilder::new()
        .layer(bearer)
        .service(gatewright::transport::https());
    let client = feed::Client::new(service, gateway.url().parse()?);

    client.get_items_by_id("1").await?;
    client
        .any_by_proxy(http::Method::POST, "x/y")
        .body(Body::text("z"))
        .await?;

    let no_scope = gateway.mint_token(TokenClaims::new().audience("feed-app"));
    let service = ServiceBuilder::new()
        .layer(BearerTokenLayer::new(Token::new(no_scope)))
        .service(gatewright::transport::https());
    let error = feed::Client::new(service, gateway.url().parse()?)
        .get_items_by_id("1")
        .await
        .unwrap_err();
    assert_eq!(
        kind::<(), _>(Err(error)),
        Some(GatewayErrorKind::AccessDenied)
    );
    Ok(())
}

#[tokio::test]
async fn a_value_that_would_change_the_route_is_never_sent() -> TestResult {
    let gateway = start("gate.json").await?;
    let client = gate::Client::new(
        stack(&gateway, KEY, "chain-secret")?,
        gateway.url().parse()?,
    );
    for value in ["", ".", ".."] {
        let sent = client.post_signed_by_name(value).await;
        assert!(matches!(sent, Err(Error::Request(_))), "{value}: {sent:?}");
    }
    assert!(gateway.requests().is_empty());
    Ok(())
}
