//! Parameters in every style, as a server gets them.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

use std::collections::BTreeMap;
use std::error::Error as _;

use gatewright::{Body, BoxError, HttpService};
use gatewright_tests::kiosk::types::{
    FindPapersEdition, FindPapersSize, FindPapersXLimits, Kind, Place, Price,
};
use gatewright_tests::kiosk::{Client, FindPapersParams};

/// A client that sends nothing: calls are taken apart here.
fn kiosk() -> Client<impl HttpService> {
    let silent = tower::service_fn(async |_| Ok::<_, BoxError>(http::Response::new(Body::empty())));
    Client::new(silent, "https://kiosk.example.com/v1".parse().unwrap())
}

fn find(kinds: &[Kind], params: FindPapersParams) -> http::Request<Body> {
    kiosk().find_papers(kinds, params).into_request().unwrap()
}

/// The query of a search for nothing but the parameters.
fn query(params: FindPapersParams) -> String {
    find(&[], params)
        .uri()
        .query()
        .unwrap_or_default()
        .to_owned()
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

#[test]
fn what_is_not_given_is_not_sent() {
    let request = find(&[Kind::Daily], FindPapersParams::default());
    assert_eq!(
        request.uri(),
        "https://kiosk.example.com/v1/papers?kind=daily"
    );
    assert_eq!(request.headers().len(), 1, "{:?}", request.headers());
    assert_eq!(request.headers()["accept"], "application/json");
    assert_eq!(query(FindPapersParams::default()), "");
}

#[test]
fn lists_are_repeated_or_joined() {
    let kinds = [Kind::Daily, Kind::Unknown("a b".to_owned())];
    let request = find(&kinds, FindPapersParams::default());
    assert_eq!(request.uri().query(), Some("kind=daily&kind=a%20b"));
    let params = FindPapersParams {
        tag: Some(texts(&["a,b", "c"])),
        word: Some(texts(&["a", "b"])),
        page: Some(vec![1, -2]),
        ..Default::default()
    };
    assert_eq!(query(params), "tag=a%2Cb,c&word=a%20b&page=1%7C-2");
}

#[test]
fn objects_are_taken_apart_in_the_order_of_the_document() {
    let params = FindPapersParams {
        price: Some(Price {
            low: Some(1.5),
            high: Some(2.0),
        }),
        size: Some(FindPapersSize {
            width: 3,
            height: None,
        }),
        labels: Some(BTreeMap::from([("b".to_owned(), "x&y".to_owned())])),
        ..Default::default()
    };
    assert_eq!(
        query(params),
        "price%5Blow%5D=1.5&price%5Bhigh%5D=2&width=3&labels=b,x%26y"
    );
}

#[test]
fn json_is_sent_as_text() {
    let place = Place {
        x: Some(1),
        y: None,
    };
    let params = FindPapersParams {
        r#where: Some(place.clone()),
        r#as: Some("<a/>".to_owned()),
        x_where: Some(place),
        ..Default::default()
    };
    let request = find(&[], params);
    let expected = "where=%7B%22x%22%3A1%7D&as=%3Ca%2F%3E";
    assert_eq!(request.uri().query(), Some(expected));
    assert_eq!(request.headers()["x-where"], r#"{"x":1}"#);
}

#[test]
#[expect(deprecated, reason = "what is deprecated is sent all the same")]
fn texts_keep_their_type_their_form_and_what_they_may_hold() {
    let params = FindPapersParams {
        path: Some("a/b?c&d".to_owned()),
        since: Some("not a date".into()),
        edition: Some(FindPapersEdition::Unknown(7)),
        any: Some(String::new()),
        ..Default::default()
    };
    let expected = "path=a/b?c%26d&since=not%20a%20date&edition=7&any=";
    assert_eq!(query(params), expected);
}

#[test]
fn an_empty_list_is_sent_only_where_the_document_allows_it() {
    let params = FindPapersParams {
        tag: Some(vec![]),
        marks: Some(vec![]),
        x_shops: Some(vec![]),
        ..Default::default()
    };
    let request = find(&[], params);
    assert_eq!(request.uri().query(), Some("marks="));
    assert!(request.headers().get("x-shops").is_none());
}

#[test]
fn headers_are_one_line() {
    let params = FindPapersParams {
        x_shops: Some(vec![1, 22]),
        x_limits: Some(FindPapersXLimits {
            low: Some(1),
            high: Some(2),
        }),
        ..Default::default()
    };
    let request = find(&[], params);
    let lines: Vec<_> = request.headers().get_all("x-shops").iter().collect();
    assert_eq!(lines, ["1,22"]);
    assert_eq!(request.headers()["x-limits"], "low=1,high=2");
}

#[test]
fn a_path_takes_lists_and_objects_in_one_segment() {
    let ids = ["6f1c".into(), "a/b".into()];
    let spot = Place {
        x: Some(1),
        y: Some(2),
    };
    let request = kiosk().get_pages(&ids, &spot).into_request().unwrap();
    assert_eq!(request.uri().path(), "/v1/papers/6f1c,a%2Fb/pages/;x=1;y=2");
    assert!(kiosk().get_pages(&[], &spot).into_request().is_err());
}

#[test]
fn an_item_that_would_be_read_as_two_is_refused() {
    let params = FindPapersParams {
        word: Some(texts(&["two words"])),
        ..Default::default()
    };
    let error = kiosk().find_papers(&[], params).into_request().unwrap_err();
    assert!(error.to_string().contains("`word`"), "{error}");
    let source = error.source().unwrap().to_string();
    assert!(
        source.contains("two items") && !source.contains("words"),
        "{source}"
    );
}
