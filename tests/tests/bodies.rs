//! Forms and multipart bodies, as they are sent.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

use gatewright::{BaseUrl, Multipart};
use gatewright_tests::zoo::{Requests, types::BuyBody};

fn base() -> BaseUrl {
    "https://zoo.example.com/v1".parse().unwrap()
}

#[test]
fn a_form_is_its_members() {
    let days = Some(vec!["mo".to_owned(), "tu".to_owned()]);
    let body = BuyBody {
        name: "Ann & Co".to_owned(),
        days,
        adults: None,
    };
    let request = Requests::buy(&base(), &body).unwrap();
    assert_eq!(
        request.headers()["content-type"],
        "application/x-www-form-urlencoded"
    );
    let mut pairs: Vec<_> = std::str::from_utf8(request.body().as_bytes().unwrap())
        .unwrap()
        .split('&')
        .collect();
    pairs.sort_unstable();
    assert_eq!(pairs, ["days=mo", "days=tu", "name=Ann%20%26%20Co"]);
}

#[test]
fn a_multipart_body_brings_its_boundary() {
    let body = Multipart::new().file("photo", "ann.png", "image/png", vec![1, 2, 3]);
    let request = Requests::picture(&base(), body).unwrap();
    let content_type = request.headers()["content-type"].to_str().unwrap();
    let boundary = content_type
        .strip_prefix("multipart/form-data; boundary=")
        .unwrap();
    assert!(
        request
            .body()
            .as_bytes()
            .unwrap()
            .starts_with(format!("--{boundary}\r\n").as_bytes())
    );
}
