//! Lists as bodies, headers that a gateway may demand, and secrets that nobody is shown.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

use gatewright::{Body, BoxError, HttpService};
use gatewright_tests::depot::types::{Crate, Door};
use gatewright_tests::depot::{Client, FetchLabelParams};
use http::{Request, Response};

fn depot() -> Client<impl HttpService> {
    let silent = tower::service_fn(async |_| Ok::<_, BoxError>(Response::new(Body::empty())));
    Client::new(silent, "https://depot.example.com/v1".parse().unwrap())
}

fn text(request: &Request<Body>) -> &str {
    std::str::from_utf8(request.body().as_bytes().unwrap()).unwrap()
}

fn crates() -> [Crate; 2] {
    [("nails", Some(2.5)), ("wool", None)].map(|(name, weight_kg)| Crate {
        name: name.to_owned(),
        weight_kg,
    })
}

#[test]
fn a_list_is_sent_as_an_array() {
    let request = depot().store_crates(&crates()).into_request().unwrap();
    let sent = r#"[{"name":"nails","weightKg":2.5},{"name":"wool"}]"#;
    assert_eq!(text(&request), sent);
    assert_eq!(request.headers()["content-type"], "application/json");
    let request = depot().store_crates(&[]).into_request().unwrap();
    assert_eq!(text(&request), "[]");
}

#[test]
fn a_list_that_is_not_required_may_be_left_out() {
    let request = depot().replace_crates(None).into_request().unwrap();
    assert!(request.body().as_bytes().unwrap().is_empty());
    let crates = crates();
    let request = depot().replace_crates(Some(&crates[1..])).into_request();
    assert_eq!(text(&request.unwrap()), r#"[{"name":"wool"}]"#);
}

#[test]
fn headers_that_a_gateway_demands_are_sent() {
    let crate_id = "7d444840-9dc0-11d1-b245-5ffdce74fad2".into();
    let call = depot().fetch_label(&crate_id, "application/json", FetchLabelParams::default());
    let request = call.into_request().unwrap();
    assert_eq!(request.headers()["content-type"], "application/json");
    assert_eq!(request.headers()["accept"], "*/*");
}

#[test]
fn debug_shows_no_secret() {
    let door = Door {
        name: "gate".to_owned(),
        pin: "pin-4711".to_owned(),
        former_pins: Some(vec!["pin-0815".to_owned()]),
    };
    assert_eq!(
        format!("{door:?}"),
        r#"Door { name: "gate", pin: [redacted], former_pins: [redacted] }"#
    );
    let params = FetchLabelParams {
        pin: Some("pin-4711".to_owned()),
        ..FetchLabelParams::default()
    };
    assert_eq!(
        format!("{params:?}"),
        "FetchLabelParams { pin: [redacted], colour: None }"
    );
}
