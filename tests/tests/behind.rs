//! A service of the user's behind the local gateway, called by a typed client.

use axum::extract::Path;
use axum::routing::get;
use axum::{Extension, Json, Router};
use gatewright::layers::BearerTokenLayer;
use gatewright::{BoxError, Error, Token};
use gatewright_local::{Admission, GatewayError, LocalGateway, Reply, TokenClaims, Verdict};
use gatewright_tests::gate::Client;
use serde_json::{Value, json};

/// What a user writes: an axum application that knows who calls.
fn app() -> Router {
    let customer = async |Extension(admission): Extension<Admission>| {
        Json(json!({"operation": admission.operation, "who": admission.principal}))
    };
    let open = async |Path(rest): Path<String>| Json(json!({ "rest": rest }));
    Router::new()
        .route("/customer", get(customer))
        .route("/files/{*rest}", get(open))
}

#[tokio::test]
async fn an_axum_app_behind_the_gateway_is_called_as_behind_the_real_one() -> Result<(), BoxError> {
    let document = format!("{}/fixtures/gate.json", env!("CARGO_MANIFEST_DIR"));
    let throttled = || Reply::error(GatewayError::Throttled);
    let gateway = LocalGateway::from_path(document)?
        .in_front_of(app())
        .respond_in_turn("GET /customer", [throttled(), throttled(), Reply::usual()])
        .start()
        .await?;
    let client = |scope: &str| -> Result<Client, BoxError> {
        let token = gateway.mint_token(TokenClaims::new().subject("alice").scope(scope));
        let base = gateway.url().parse()?;
        let stack = gatewright::stack(&base).token(BearerTokenLayer::new(Token::new(token)));
        Ok(Client::new(stack.build(), base))
    };

    // The stack retries what is throttled.
    let response = client("gate/read")?.get_customer().await?;
    let body: Value = serde_json::from_str(&response.text())?;
    assert_eq!(body, json!({"operation": "GET /customer", "who": "alice"}));
    assert_eq!(gateway.requests().len(), 3);

    let refused = client("gate/write")?.get_customer().await;
    assert!(matches!(refused, Err(Error::Gateway(_))), "{refused:?}");
    let last = gateway.requests().pop().ok_or("no request")?;
    let Verdict::Refused { reason, .. } = last.verdict else {
        return Err("let through".into());
    };
    assert_eq!(reason, "the token has none of the scopes gate/read");
    Ok(())
}
