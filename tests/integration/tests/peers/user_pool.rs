//! A route with a Cognito authorizer.

use gatewright::layers::BearerTokenLayer;
use gatewright::{Auth, GatewayErrorKind, ProvideToken, Token};
use gatewright_cognito::ErrorKind;
use gatewright_integration::app::App;
use gatewright_integration::peers::Cloud;
use serde_json::Value;

use crate::support::{cause, refusal, rest};

/// Calls with the tokens of a layer.
async fn call<P: ProvideToken>(layer: BearerTokenLayer<P>) -> gatewright::Result<Value> {
    let rest = rest(&Cloud::steady(), |stack| stack.token(layer));
    rest.get("getUsers", "/users", Auth::BEARER).call().await
}

async fn alice() -> App {
    let app = App::new(&Cloud::steady());
    app.sign_in("alice").await;
    app
}

/// What the gateway told the API about the caller.
fn claim<'a>(answer: &'a Value, name: &str) -> Option<&'a str> {
    answer["authorizer"]["claims"][name].as_str()
}

#[tokio::test]
async fn the_access_token_is_accepted() {
    let answer = alice().await.with_token().await.unwrap();
    assert_eq!(claim(&answer, "token_use"), Some("access"));
    assert_eq!(claim(&answer, "username"), Some("alice"));
}

#[tokio::test]
async fn the_id_token_is_accepted_bare_and_as_a_bearer_token() {
    let tokens = alice().await.session.id_token();
    let layer = BearerTokenLayer::new(tokens);
    for layer in [layer.clone(), layer.raw()] {
        let answer = call(layer).await.unwrap();
        assert_eq!(claim(&answer, "token_use"), Some("id"));
        assert_eq!(claim(&answer, "cognito:username"), Some("alice"));
    }
}

#[tokio::test]
async fn without_a_user_nothing_is_sent() {
    let app = App::new(&Cloud::steady());
    assert_eq!(cause(app.with_token().await), ErrorKind::SignInRequired);
    assert_eq!(app.sent.of("users"), 0);
}

#[tokio::test]
async fn a_token_of_somebody_elses_is_unauthorized() {
    let outcome = call(BearerTokenLayer::new(Token::new("not.a.token")).raw()).await;
    assert_eq!(refusal(outcome), (401, GatewayErrorKind::Unauthorized));
}
