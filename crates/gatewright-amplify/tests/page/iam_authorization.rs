//! "IAM Authorization": the unauthenticated role until somebody signs in, the authenticated role from then on.

use aws_credential_types::Credentials;
use gatewright_amplify::Apis;
use gatewright_cognito::{SignOut, Step};
use gatewright_local::Gateway;
use serde_json::json;

use crate::cognito::{PASSWORD, pools, trusting, world};
use crate::support::{config, config_with, header, received, shop};

/// Whose signature the gateway saw.
async fn role(apis: &Apis, gateway: &Gateway) -> String {
    let answer = apis.get("yourApiName", "/items").unwrap().send().await;
    assert_eq!(answer.unwrap().status(), 200);
    received(gateway).principal.unwrap()
}

#[tokio::test]
async fn the_role_follows_the_sign_in_and_nothing_is_built_anew() {
    let gateway = trusting(shop());
    let config = config_with("AWS_IAM", &json!({}), &pools());
    let apis = Apis::from_config(config).transport(world(&gateway, true));
    let apis = apis.build().unwrap();
    assert_eq!(role(&apis, &gateway).await, "ASIAGUEST");

    let session = apis.session().unwrap();
    let step = session.sign_in("alice", PASSWORD).await.unwrap();
    assert!(matches!(step, Step::SignedIn));
    assert_eq!(role(&apis, &gateway).await, "ASIAUSER");

    let report = session.sign_out(SignOut::Revoke).await;
    assert!(report.is_complete());
    assert_eq!(role(&apis, &gateway).await, "ASIAGUEST");
}

#[tokio::test]
async fn requests_are_signed_for_the_region_of_the_file() {
    let gateway = trusting(shop());
    let config = config_with("AWS_IAM", &json!({}), &pools());
    let apis = Apis::from_config(config).transport(world(&gateway, true));
    role(&apis.build().unwrap(), &gateway).await;
    let received = received(&gateway);
    let signature = header(&received, "authorization").unwrap();
    assert!(
        signature.contains("/us-west-2/execute-api/aws4_request"),
        "{signature}"
    );
    assert_eq!(
        header(&received, "x-amz-security-token"),
        Some("session-of-guests")
    );
    assert!(received.headers["x-amz-security-token"].is_sensitive());
}

/// A method may ask for a key of a usage plan beside the signature.
#[tokio::test]
async fn a_key_of_the_file_goes_along_with_the_signature() {
    let gateway = trusting(shop().api_key("EXAMPLE-key"));
    let config = config_with("AWS_IAM", &json!({ "apiKey": "EXAMPLE-key" }), &pools());
    let apis = Apis::from_config(config).transport(world(&gateway, true));
    let apis = apis.build().unwrap();
    let answer = apis.get("yourApiName", "/orders").unwrap().send().await;
    assert_eq!(answer.unwrap().status(), 200);
    let signature = received(&gateway);
    assert!(
        header(&signature, "authorization")
            .unwrap()
            .contains(";x-api-key")
    );
}

/// On a server there is no sign-in, but there are AWS credentials of its own.
#[tokio::test]
async fn credentials_of_any_other_provider_take_the_place_of_cognito() {
    let gateway = shop().credentials("AKIDEXAMPLE", "a-secret", None);
    let gateway = gateway.build().unwrap();
    let credentials = Credentials::new("AKIDEXAMPLE", "a-secret", None, None, "test");
    let apis = Apis::from_config(config("AWS_IAM"))
        .credentials("yourApiName", credentials)
        .transport(gateway.clone())
        .build()
        .unwrap();
    assert!(apis.session().is_none());
    assert_eq!(role(&apis, &gateway).await, "AKIDEXAMPLE");
}
