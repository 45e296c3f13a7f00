//! "OIDC", its second half: the user pool as the app's OpenID Connect provider, for the ID token instead of the access token.

use gatewright_amplify::Apis;
use gatewright_cognito::{Session, SignOut, Step};
use serde_json::json;

use crate::cognito::{PASSWORD, trusting, user_pool, with_password_flow, world};
use crate::support::{config_with, received, shop};

#[tokio::test]
async fn the_id_token_of_the_session_is_a_provider_like_any_other() {
    let gateway = trusting(shop());
    let transport = world(&gateway, false);
    let pool = with_password_flow(user_pool());
    let config = config_with("OPENID_CONNECT", &json!({}), &pool);
    let auth = config.auth.as_ref().unwrap();
    let session = Session::from_config(auth).unwrap();
    let session = session.transport(transport.clone()).build().unwrap();
    let apis = Apis::from_config(config)
        .token("yourApiName", session.id_token())
        .transport(transport)
        .build()
        .unwrap();

    let step = session.sign_in("alice", PASSWORD).await.unwrap();
    assert!(matches!(step, Step::SignedIn));
    let answer = apis.get("yourApiName", "/profile").unwrap().send().await;
    assert_eq!(answer.unwrap().status(), 200);
    assert_eq!(received(&gateway).principal.as_deref(), Some("alice"));

    // Nobody's token is left behind.
    let report = session.sign_out(SignOut::Local).await;
    assert!(report.is_complete());
    let answer = apis.get("yourApiName", "/profile").unwrap().send().await;
    assert!(matches!(answer, Err(gatewright::Error::Credentials(_))));
    assert_eq!(gateway.requests().len(), 1);
}
