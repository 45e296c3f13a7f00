//! "API Key": the file says `API_KEY` and has the key.

use gatewright::{Error, GatewayErrorKind};
use gatewright_amplify::Apis;
use serde_json::json;

use crate::support::{config_with, header, received, shop};

fn apis(key: &str, gateway: &gatewright_local::Gateway) -> Apis {
    let config = config_with("API_KEY", &json!({ "apiKey": key }), &json!({}));
    let builder = Apis::from_config(config).transport(gateway.clone());
    builder.build().unwrap()
}

#[tokio::test]
async fn the_key_of_the_file_goes_along() {
    let gateway = shop().api_key("EXAMPLE-of-the-page").build().unwrap();
    let apis = apis("EXAMPLE-of-the-page", &gateway);
    let answer = apis.get("yourApiName", "/catalog").unwrap().send().await;
    assert_eq!(answer.unwrap().status(), 200);
    let received = received(&gateway);
    assert_eq!(header(&received, "x-api-key"), Some("EXAMPLE-of-the-page"));
    assert!(received.headers["x-api-key"].is_sensitive());
    assert_eq!(header(&received, "authorization"), None);
}

#[tokio::test]
async fn a_key_that_the_gateway_does_not_know_is_its_refusal() {
    let gateway = shop().api_key("EXAMPLE-of-the-page").build().unwrap();
    let apis = apis("EXAMPLE-of-nobody", &gateway);
    let answer = apis.get("yourApiName", "/catalog").unwrap().send().await;
    let Err(Error::Gateway(refusal)) = answer else {
        panic!("{answer:?}");
    };
    assert_eq!(refusal.kind(), GatewayErrorKind::Forbidden);
}
