//! "Cognito User pool authorization": the access token of who is signed in, or the ID token if the API wants that.

use gatewright::Error;
use gatewright_amplify::{Apis, ApisBuilder};
use gatewright_cognito::{ErrorKind, Step};
use gatewright_local::Gateway;
use serde_json::json;

use crate::cognito::{PASSWORD, trusting, user_pool, with_password_flow, world};
use crate::support::{config_with, header, received, shop};

fn builder(gateway: &Gateway) -> ApisBuilder {
    let pool = with_password_flow(user_pool());
    let config = config_with("AMAZON_COGNITO_USER_POOLS", &json!({}), &pool);
    Apis::from_config(config).transport(world(gateway, false))
}

async fn signed_in(builder: ApisBuilder) -> Apis {
    let apis = builder.build().unwrap();
    let session = apis.session().unwrap();
    let step = session.sign_in("alice", PASSWORD).await.unwrap();
    assert!(matches!(step, Step::SignedIn));
    apis
}

/// The gateway takes an access token for a method with scopes, and for that alone.
#[tokio::test]
async fn the_access_token_is_included_as_authorization() {
    let gateway = trusting(shop());
    let apis = signed_in(builder(&gateway)).await;
    let request = apis.get("yourApiName", "/profile/orders").unwrap();
    assert_eq!(request.send().await.unwrap().status(), 200);
    let received = received(&gateway);
    assert_eq!(received.principal.as_deref(), Some("alice"));
    let authorization = header(&received, "authorization").unwrap();
    assert!(authorization.starts_with("eyJ"), "the bare token");
    assert!(received.headers["authorization"].is_sensitive());
}

#[tokio::test]
async fn the_id_token_takes_its_place_if_the_app_says_so() {
    let gateway = trusting(shop());
    let apis = signed_in(builder(&gateway).id_token("yourApiName")).await;
    let answer = apis.get("yourApiName", "/profile").unwrap().send().await;
    assert_eq!(answer.unwrap().status(), 200);
    let answer = apis.get("yourApiName", "/profile/orders").unwrap();
    assert_eq!(answer.send().await.unwrap_err().status().unwrap(), 401);
}

#[tokio::test]
async fn without_a_sign_in_nothing_is_sent() {
    let gateway = trusting(shop());
    let apis = builder(&gateway).build().unwrap();
    let answer = apis.get("yourApiName", "/profile").unwrap().send().await;
    let Err(Error::Credentials(error)) = answer else {
        panic!("{answer:?}");
    };
    let mut causes =
        std::iter::successors(std::error::Error::source(&error), |error| error.source());
    let cause = causes.find_map(|cause| cause.downcast_ref::<gatewright_cognito::Error>());
    assert_eq!(cause.unwrap().kind(), ErrorKind::SignInRequired);
    assert!(gateway.requests().is_empty());
}

/// Those of the file's user pool are not the only ones that an authorizer may know.
#[tokio::test]
async fn an_app_whose_users_sign_in_elsewhere_brings_the_tokens() {
    let gateway = trusting(shop());
    let token = gateway.mint_token(gatewright_local::TokenClaims::new().subject("bob"));
    let builder = builder(&gateway).token("yourApiName", gatewright::Token::new(token));
    let apis = builder.build().unwrap();
    assert!(apis.session().is_none());
    let answer = apis.get("yourApiName", "/profile").unwrap().send().await;
    assert_eq!(answer.unwrap().status(), 200);
    assert_eq!(received(&gateway).principal.as_deref(), Some("bob"));
}
