//! "OIDC": the app's own provider gives the token of another issuer.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use gatewright::{Error, GatewayErrorKind, Token};
use gatewright_amplify::Apis;
use gatewright_local::{Gateway, TokenClaims};

use crate::support::{config, header, received, serving};

fn partners() -> Gateway {
    serving("partners-http-api.json").build().unwrap()
}

fn token_of(gateway: &Gateway, audience: &str) -> String {
    gateway.mint_token(TokenClaims::new().subject("alice").audience(audience))
}

/// `getLatestAuthToken` of the page's `MyOIDCAuthProvider`.
#[tokio::test]
async fn the_provider_of_the_app_is_asked_for_each_request() {
    let gateway = partners();
    let asked = Arc::new(AtomicUsize::new(0));
    let provider = {
        let (gateway, asked) = (gateway.clone(), Arc::clone(&asked));
        move || {
            asked.fetch_add(1, Ordering::Relaxed);
            let token = token_of(&gateway, "partners-app");
            async move { Ok(Token::new(token)) }
        }
    };
    let apis = Apis::from_config(config("OPENID_CONNECT"))
        .token("yourApiName", provider)
        .transport(gateway.clone())
        .build()
        .unwrap();
    for _ in 0..2 {
        let answer = apis.get("yourApiName", "/partners").unwrap().send().await;
        assert_eq!(answer.unwrap().status(), 200);
    }
    assert_eq!(asked.load(Ordering::Relaxed), 2);
    let received = received(&gateway);
    assert_eq!(received.principal.as_deref(), Some("alice"));
    // The bare token, as Amplify sends it.
    assert!(
        header(&received, "authorization")
            .unwrap()
            .starts_with("eyJ")
    );
    assert!(received.headers["authorization"].is_sensitive());
}

#[tokio::test]
async fn bearer_goes_before_the_token_if_the_api_wants_it() {
    let gateway = partners();
    let token = Token::new(token_of(&gateway, "partners-app"));
    let apis = Apis::from_config(config("OPENID_CONNECT"))
        .token("yourApiName", token)
        .bearer("yourApiName")
        .transport(gateway.clone())
        .build()
        .unwrap();
    let answer = apis.get("yourApiName", "/partners").unwrap().send().await;
    assert_eq!(answer.unwrap().status(), 200);
    let received = received(&gateway);
    assert!(
        header(&received, "authorization")
            .unwrap()
            .starts_with("Bearer eyJ")
    );
}

#[tokio::test]
async fn a_token_for_another_audience_is_refused_by_the_gateway() {
    let gateway = partners();
    let token = Token::new(token_of(&gateway, "somebody-else"));
    let apis = Apis::from_config(config("OPENID_CONNECT"))
        .token("yourApiName", token)
        .transport(gateway)
        .build()
        .unwrap();
    let answer = apis.get("yourApiName", "/partners").unwrap().send().await;
    let Err(Error::Gateway(refusal)) = answer else {
        panic!("{answer:?}");
    };
    assert_eq!(refusal.kind(), GatewayErrorKind::Unauthorized);
}

/// The page asks for the provider before `Amplify.configure`, which fails without; so does `build`.
#[test]
fn a_missing_provider_is_an_error_at_construction() {
    let error = Apis::from_config(config("OPENID_CONNECT")).build();
    assert_eq!(
        error.unwrap_err().to_string(),
        "API `yourApiName` (OPENID_CONNECT) has no tokens: give it a provider with `.token(\"yourApiName\", ..)`"
    );
}

#[tokio::test]
async fn a_provider_that_fails_is_the_error_of_the_call_and_nothing_is_sent() {
    let gateway = partners();
    let provider = || async { Err("the sign-in of the partners is down".into()) };
    let apis = Apis::from_config(config("OPENID_CONNECT"))
        .token("yourApiName", provider)
        .transport(gateway.clone())
        .build()
        .unwrap();
    let answer = apis.get("yourApiName", "/partners").unwrap().send().await;
    let Err(Error::Credentials(error)) = answer else {
        panic!("{answer:?}");
    };
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert_eq!(source, "the sign-in of the partners is down");
    assert!(gateway.requests().is_empty());
}
