//! "Customizing HTTP request headers": a header that the API's CORS settings were told of. A browser has to be allowed to send
//! it; anybody else simply sends it, and a signature covers it.

use aws_credential_types::Credentials;
use gatewright::Auth;
use gatewright_amplify::Apis;
use gatewright_local::Gateway;

use crate::support::{config, header, received, shop};

fn shop_and_apis() -> (Gateway, Apis) {
    let gateway = shop().credentials("AKIDEXAMPLE", "a-secret", None);
    let gateway = gateway.build().unwrap();
    let credentials = Credentials::new("AKIDEXAMPLE", "a-secret", None, None, "test");
    let apis = Apis::from_config(config("AWS_IAM"))
        .credentials("yourApiName", credentials)
        .transport(gateway.clone())
        .build();
    (gateway, apis.unwrap())
}

#[tokio::test]
async fn a_custom_header_is_sent_and_signed() {
    let (gateway, apis) = shop_and_apis();
    let request = apis.get("yourApiName", "/items").unwrap();
    let request = request.header("my-custom-header", "a value");
    assert_eq!(request.send().await.unwrap().status(), 200);
    let received = received(&gateway);
    assert_eq!(header(&received, "my-custom-header"), Some("a value"));
    let signature = header(&received, "authorization").unwrap();
    assert!(signature.contains("my-custom-header;"), "{signature}");
}

/// The last step of the page deploys the API; from then on it answers a browser's question so.
#[tokio::test]
async fn the_gateway_tells_a_browser_that_it_may_send_the_header() {
    let (_, apis) = shop_and_apis();
    let rest = apis.rest("yourApiName").unwrap();
    let preflight = rest
        .options("preflight", "/items", Auth::NONE)
        .header("origin", &"https://app.shop.example")
        .header("access-control-request-method", &"GET")
        .header("access-control-request-headers", &"my-custom-header");
    let result = preflight.call::<gatewright::Result<gatewright::RawResponse>>();
    let result = result.await.unwrap();
    let allowed = result.headers()["access-control-allow-headers"].to_str();
    let mut allowed = allowed.unwrap().split(',');
    assert!(allowed.any(|name| name == "my-custom-header"));
}
