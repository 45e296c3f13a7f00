//! What apps are used to be let down by: custom domains, wrong clocks, media types, repeated writes, calls that hang.

use std::future::pending;
use std::time::{Duration, SystemTime};

use gatewright::client::IntoBody;
use gatewright::{Body, HttpService, Multipart};
use gatewright_amplify::Apis;
use gatewright_local::{Builder, Gateway, LocalGateway};
use http::{HeaderValue, Request, Response, StatusCode};
use serde_json::json;
use tower::service_fn;

use crate::support::{ENDPOINT, Server, config, credentials, mode};

fn gateway() -> Builder {
    let export = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/shop.json");
    let gateway = LocalGateway::from_path(export).unwrap();
    gateway.credentials("AKIDEXAMPLE", "a-secret", None)
}

fn signing(endpoint: &str, gateway: &Gateway) -> Apis {
    let settings =
        json!({ "authorizationType": "AWS_IAM", "region": "us-west-2", "endpoint": endpoint });
    Apis::from_config(config(&[("a", settings)]))
        .credentials("a", credentials())
        .transport(gateway.clone())
        .build()
        .unwrap()
}

#[tokio::test]
async fn a_domain_of_ones_own_is_signed_for_the_region_of_the_file() {
    for endpoint in [
        "https://api.shop.example/dev",
        "HTTPS://API.Shop.Example:443/dev/",
        "https://d111111abcdef8.cloudfront.net:8443/dev",
    ] {
        let apis = signing(endpoint, &gateway().build().unwrap());
        let answer = apis.get("a", "/items").unwrap().send().await;
        assert_eq!(answer.unwrap().status(), 200, "{endpoint}");
    }
}

#[tokio::test]
async fn a_wrong_clock_costs_one_attempt_and_no_call() {
    for minutes in [10, 24 * 60] {
        let ahead = Duration::from_secs(60 * minutes);
        #[expect(clippy::disallowed_methods, reason = "the app's clock is the system's")]
        let gateway = gateway()
            .clock(move || SystemTime::now() + ahead)
            .build()
            .unwrap();
        let apis = signing(ENDPOINT, &gateway);
        for _ in 0..3 {
            let answer = apis.get("a", "/items").unwrap().send().await;
            assert_eq!(answer.unwrap().status(), 200);
        }
        assert_eq!(gateway.requests().len(), 4);
    }
}

async fn posted(body: impl IntoBody) -> String {
    let gateway = gateway().build().unwrap();
    let apis = signing(ENDPOINT, &gateway);
    let request = apis.post("a", "/files/new").unwrap().body(body);
    assert_eq!(request.send().await.unwrap().status(), 200);
    let received = gateway.requests().pop().unwrap();
    let signature = received.headers["authorization"].to_str().unwrap();
    assert!(
        signature.contains("SignedHeaders=content-type;"),
        "{signature}"
    );
    received.headers["content-type"]
        .to_str()
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn a_body_keeps_its_media_type_and_the_signature_covers_it() {
    let form =
        Multipart::new()
            .text("title", "hat")
            .file("photo", "hat.png", "image/png", vec![0xff, 0]);
    assert!(
        posted(form)
            .await
            .starts_with("multipart/form-data; boundary=")
    );
    let form = Body::form(&json!({ "a b": "c+d" })).unwrap();
    assert_eq!(posted(form).await, "application/x-www-form-urlencoded");
    let octets = Body::from(vec![0, 0xff])
        .with_content_type(HeaderValue::from_static("application/octet-stream"));
    assert_eq!(posted(octets).await, "application/octet-stream");
    assert_eq!(posted(json!("text")).await, "application/json");
}

#[tokio::test]
async fn an_amz_header_of_the_apps_own_is_signed_like_any_other() {
    let gateway = gateway().build().unwrap();
    let request = signing(ENDPOINT, &gateway);
    let request = request
        .get("a", "/items")
        .unwrap()
        .header("X-Amz-Invocation-Type", "Event");
    assert_eq!(request.send().await.unwrap().status(), 200);
    let received = gateway.requests().pop().unwrap();
    let signature = received.headers["authorization"].to_str().unwrap();
    assert!(signature.contains(";x-amz-invocation-type"), "{signature}");
}

#[tokio::test(start_paused = true)]
async fn what_may_have_been_done_already_is_not_sent_again() {
    for (status, attempts) in [(500, 1), (503, 1), (504, 1), (429, 3)] {
        let server = Server::answering(StatusCode::from_u16(status).unwrap());
        let apis = Apis::from_config(config(&[("a", mode("NONE"))]));
        let apis = apis.transport(server.service()).build().unwrap();
        for request in [apis.post("a", "/orders"), apis.patch("a", "/orders")] {
            let before = server.count();
            let answer = request.unwrap().body(json!({ "hat": 1 })).send().await;
            assert_eq!(answer.unwrap_err().status().unwrap(), status);
            assert_eq!(server.count() - before, attempts, "{status}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_that_gets_no_answer_ends() {
    let silent = service_fn(|_: Request<Body>| pending::<gatewright::Result<Response<Body>>>());
    let apis = Apis::from_config(config(&[("a", mode("NONE"))])).transport(silent.boxed());
    let apis = apis.build().unwrap();
    let begun = tokio::time::Instant::now();
    let answer = apis.get("a", "/items").unwrap().send().await;
    assert!(answer.unwrap_err().is_timeout());
    assert_eq!(begun.elapsed().as_secs(), 60);
}
