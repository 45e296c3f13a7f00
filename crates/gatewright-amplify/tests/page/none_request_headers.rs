//! "NONE": headers that are added to the request itself.

use gatewright_amplify::Apis;

use crate::support::{config, header, received, shop};

#[tokio::test]
async fn a_header_is_added_to_one_request() {
    let gateway = shop().build().unwrap();
    let apis = Apis::from_config(config("NONE"))
        .transport(gateway.clone())
        .build()
        .unwrap();
    let request = apis.get("yourApiName", "/status").unwrap();
    let request = request.header("headerField", "headerValue");
    assert_eq!(request.send().await.unwrap().status(), 200);
    assert_eq!(
        header(&received(&gateway), "headerfield"),
        Some("headerValue")
    );
    apis.get("yourApiName", "/status")
        .unwrap()
        .send()
        .await
        .unwrap();
    assert_eq!(header(&received(&gateway), "headerfield"), None);
}
