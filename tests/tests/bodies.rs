//! Forms and multipart bodies, as they are sent.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

use gatewright::multipart::File;
use gatewright::{Body, BoxError, HttpService};
use gatewright_tests::kiosk::types::{Kind, Order, Place, SendLetterBody};
use gatewright_tests::zoo::types::BuyBody;
use gatewright_tests::{kiosk, zoo};
use http::{Request, Response};

/// What answers nothing: calls are taken apart here.
fn silent() -> impl HttpService {
    tower::service_fn(async |_| Ok::<_, BoxError>(Response::new(Body::empty())))
}

fn zoo() -> zoo::Client<impl HttpService> {
    zoo::Client::new(silent(), "https://zoo.example.com/v1".parse().unwrap())
}

fn kiosk() -> kiosk::Client<impl HttpService> {
    kiosk::Client::new(silent(), "https://kiosk.example.com/v1".parse().unwrap())
}

fn text(request: &Request<Body>) -> &str {
    std::str::from_utf8(request.body().as_bytes().unwrap()).unwrap()
}

#[test]
fn a_form_is_its_members() {
    let days = Some(vec!["mo".to_owned(), "tu".to_owned()]);
    let body = BuyBody {
        name: "Ann & Co".to_owned(),
        days,
        adults: None,
    };
    let request = zoo().buy(&body).into_request().unwrap();
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
fn a_form_writes_each_member_as_the_document_says() {
    let body = Order {
        papers: vec!["a,b".to_owned(), "c".to_owned()],
        days: Some(vec!["mo".to_owned(), "tu".to_owned()]),
        gifts: Some(vec!["x".to_owned(), "y".to_owned()]),
        place: Some(Place {
            x: Some(1),
            y: None,
        }),
    };
    let request = kiosk().order(&body).into_request().unwrap();
    assert_eq!(
        text(&request),
        "papers=a%2Cb,c&days=mo%7Ctu&gifts=x&gifts=y&place=%7B%22x%22%3A1%7D"
    );
    assert_eq!(
        request.headers()["content-type"],
        "application/x-www-form-urlencoded"
    );
}

#[test]
fn a_multipart_body_has_a_part_for_each_value() {
    let file = |name: &str| File::new(name, "image/png", "png");
    let body = SendLetterBody {
        subject: "Hello".to_owned(),
        photo: file("ann.png"),
        more: vec![file("bob.png"), file("eve.png")],
        topics: vec![Kind::Daily],
        place: Some(Place {
            x: None,
            y: Some(2),
        }),
        table: Some("1,2".to_owned()),
        scan: None,
    };
    let request = kiosk().send_letter(body).into_request().unwrap();
    let content_type = request.headers()["content-type"].to_str().unwrap();
    let boundary = content_type
        .strip_prefix("multipart/form-data; boundary=")
        .unwrap();
    let png = "content-type: image/png\r\n\r\npng";
    let expected: String = [
        ("subject", "\r\n\r\nHello".to_owned()),
        ("photo", format!("; filename=\"ann.png\"\r\n{png}")),
        ("more", format!("; filename=\"bob.png\"\r\n{png}")),
        ("more", format!("; filename=\"eve.png\"\r\n{png}")),
        ("topics", "\r\n\r\ndaily".to_owned()),
        (
            "place",
            "\r\ncontent-type: application/json\r\n\r\n{\"y\":2}".to_owned(),
        ),
        ("table", "\r\ncontent-type: text/csv\r\n\r\n1,2".to_owned()),
    ]
    .iter()
    .map(|(name, rest)| {
        format!("--{boundary}\r\ncontent-disposition: form-data; name=\"{name}\"{rest}\r\n")
    })
    .collect();
    assert_eq!(text(&request), format!("{expected}--{boundary}--\r\n"));
}

#[test]
fn text_is_sent_as_utf_8() {
    let request = kiosk().send_note(Some("é")).into_request().unwrap();
    assert_eq!(text(&request), "é");
    assert_eq!(
        request.headers()["content-type"],
        "text/plain; charset=utf-8"
    );
    let nothing = kiosk().send_note(None).into_request().unwrap();
    assert_eq!(text(&nothing), "");
}

#[test]
fn bytes_are_sent_as_the_documents_media_type() {
    let request = kiosk().put_scan(&"1".into(), Body::from(vec![1, 2]));
    let request = request.into_request().unwrap();
    assert_eq!(
        request.headers()["content-type"],
        "application/octet-stream"
    );
}
