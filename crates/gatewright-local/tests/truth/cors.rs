//! What an HTTP API says to the pages of other origins.

use serde_json::json;

use crate::{documents, row};

#[test]
fn a_preflight_says_how_long_it_is_good() {
    let cors =
        json!({"allowOrigins": ["https://app.example"], "allowMethods": ["GET"], "maxAge": 300});
    let gateway = documents::http(&cors).build().unwrap();
    let preflight = row("OPTIONS /pets", 204, "", "", "DG http-api-cors")
        .header("origin", "https://app.example")
        .header("access-control-request-method", "GET");
    let response = preflight.response(&gateway);
    assert_eq!(response.status(), 204);
    assert_eq!(response.headers()["access-control-max-age"], "300");
    let call =
        row("GET /pets", 200, "", "", "DG http-api-cors").header("origin", "https://app.example");
    assert!(
        !call
            .response(&gateway)
            .headers()
            .contains_key("access-control-max-age")
    );
}
