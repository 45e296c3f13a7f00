//! Discovery, and tokens for a client itself.

use gatewright::{GatewayErrorKind, ProvideToken, Token};
use gatewright_integration::count::Counter;
use gatewright_integration::peers::issuer;
use gatewright_oidc::{Client, Error, ErrorKind, Provider};

use super::{App, LIFETIME, call, claim};
use crate::support::refusal;

async fn service(app: &App) -> Client {
    let client = app.provider().await.client("service");
    client.secret("service-secret").scope("notes:read")
}

#[tokio::test]
async fn client_credentials_are_accepted_by_a_jwt_authorizer_and_renewed_when_they_expire() {
    let app = App::default();
    let tokens = app.cached(service(&app).await.client_credentials());
    let first = call(&tokens).await.unwrap();
    assert_eq!(claim(&first, "client_id"), Some("service"));
    let second = call(&tokens).await.unwrap();
    assert_eq!(claim(&second, "jti"), claim(&first, "jti"), "it was kept");
    app.clock.set(LIFETIME);
    let third = call(&tokens).await.unwrap();
    assert_ne!(claim(&third, "jti"), claim(&first, "jti"));
    assert_eq!(app.token_requests(), 2);
}

#[tokio::test]
async fn a_secret_in_the_body_is_accepted() {
    let app = App::default();
    let client = app.provider().await.client("service-post");
    let client = client.secret("service-post-secret").scope("notes:read");
    let tokens = app.cached(client.secret_in_body().client_credentials());
    let answer = call(&tokens).await.unwrap();
    assert_eq!(claim(&answer, "client_id"), Some("service-post"));
}

#[tokio::test]
async fn a_token_without_the_scope_and_one_of_nobodys_are_refused() {
    let app = App::default();
    let client = app
        .provider()
        .await
        .client("service")
        .secret("service-secret");
    let without_scope = call(&app.cached(client.client_credentials())).await;
    assert_eq!(refusal(without_scope).0, 403);
    let of_nobodys = call(&app.cached(Token::new("not.a.token"))).await;
    assert_eq!(refusal(of_nobodys), (401, GatewayErrorKind::Unauthorized));
}

async fn failure(tokens: &impl ProvideToken) -> Error {
    *tokens
        .provide_token()
        .await
        .unwrap_err()
        .downcast()
        .unwrap()
}

#[tokio::test]
async fn a_wrong_secret_and_an_impossible_resource_are_typed_errors() {
    let app = App::default();
    let wrong = service(&app).await.secret("hunter2").client_credentials();
    let error = failure(&wrong).await;
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::InvalidClient, Some("invalid_client"))
    );
    assert!(error.description().is_some());
    assert!(!format!("{error} {error:?}").contains("hunter2"));

    let impossible = service(&app).await.parameter("resource", "not-a-uri");
    let error = failure(&impossible.client_credentials()).await;
    let refused = (ErrorKind::Refused, Some("invalid_target"));
    assert_eq!((error.kind(), error.code()), refused);
}

#[tokio::test]
async fn an_issuer_by_another_name_is_refused() {
    let other = issuer().replace("127.0.0.1", "localhost");
    let found = Provider::discover(&other, Counter::default().transport()).await;
    assert_eq!(found.unwrap_err().kind(), ErrorKind::IssuerMismatch);
}
