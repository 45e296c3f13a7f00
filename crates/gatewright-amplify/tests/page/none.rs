//! "NONE": no interception at all.

use gatewright::Auth;
use gatewright_amplify::Apis;
use serde_json::json;

use crate::support::{config, config_with, header, received, shop};

#[tokio::test]
async fn nothing_is_put_on_a_request() {
    let gateway = shop().build().unwrap();
    let apis = Apis::from_config(config("NONE"))
        .transport(gateway.clone())
        .build()
        .unwrap();
    assert_eq!(apis.auth("yourApiName").unwrap(), Auth::NONE);
    let answer = apis.get("yourApiName", "/status").unwrap().send().await;
    assert_eq!(answer.unwrap().status(), 200);
    assert!(received(&gateway).headers.is_empty());
}

/// Neither a key nor pools of the file change that.
#[tokio::test]
async fn a_key_and_pools_of_the_file_are_left_where_they_are() {
    let pool = json!({ "CredentialsProvider": { "CognitoIdentity": { "Default": {
        "PoolId": "us-east-1:00000000-1111-2222-3333-444444444444", "Region": "us-east-1" } } } });
    let gateway = shop().build().unwrap();
    let config = config_with("NONE", &json!({ "apiKey": "EXAMPLE-key" }), &pool);
    let apis = Apis::from_config(config).transport(gateway.clone()).build();
    let apis = apis.unwrap();
    let answer = apis.get("yourApiName", "/status").unwrap().send().await;
    assert_eq!(answer.unwrap().status(), 200);
    assert!(received(&gateway).headers.is_empty());
    assert!(apis.session().is_none());
}

/// "when you want to manipulate the request yourself": the app's own authorization arrives as it is.
#[tokio::test]
async fn the_authorization_of_the_app_arrives_as_it_is() {
    let gateway = shop().lambda_token("what the function knows").build();
    let gateway = gateway.unwrap();
    let apis = Apis::from_config(config("NONE"))
        .transport(gateway.clone())
        .build()
        .unwrap();
    let request = apis.get("yourApiName", "/stores").unwrap();
    let request = request.header("authorization", "what the function knows");
    assert_eq!(request.send().await.unwrap().status(), 200);
    let received = received(&gateway);
    assert_eq!(
        header(&received, "authorization"),
        Some("what the function knows")
    );
}
