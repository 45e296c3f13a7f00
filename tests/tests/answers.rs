//! Answers by their status and media type, and what is asked for.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

use std::convert::Infallible;

use gatewright::{Body, Error, HttpService};
use gatewright_tests::kiosk::Client;
use gatewright_tests::kiosk::types::{Paper, PutPaperError, PutPaperResponse};
use http::{Request, Response, StatusCode};

/// A client of a server that always answers so.
fn kiosk(status: u16, body: &'static str) -> Client<impl HttpService> {
    let server = tower::service_fn(move |_: Request<Body>| {
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = StatusCode::from_u16(status).unwrap();
        std::future::ready(Ok::<_, Infallible>(response))
    });
    Client::new(server, "https://kiosk.example.com/v1".parse().unwrap())
}

fn paper() -> Paper {
    Paper {
        title: "Morning".to_owned(),
        kind: None,
    }
}

async fn put(status: u16, body: &'static str) -> Result<PutPaperResponse, Error<PutPaperError>> {
    kiosk(status, body).put_paper(&"1".into(), &paper()).await
}

#[tokio::test]
async fn each_success_has_the_type_of_its_status() {
    let old = put(200, r#"{"title": "Morning"}"#).await.unwrap();
    assert!(matches!(old, PutPaperResponse::Status200(found) if found == paper()));
    let new = put(201, r#"{"id": "7"}"#).await.unwrap();
    assert!(matches!(new, PutPaperResponse::Status201(new) if new.id == "7"));
    let later = put(202, "soon").await.unwrap();
    assert!(matches!(later, PutPaperResponse::Status202(content) if content.text() == "soon"));
    assert!(matches!(
        put(204, "").await.unwrap(),
        PutPaperResponse::Status204
    ));
}

#[tokio::test]
async fn a_success_that_nobody_documented_is_kept() {
    let other = put(206, "part").await.unwrap();
    let PutPaperResponse::Other(content) = other else {
        panic!("{other:?}");
    };
    assert_eq!((content.status().as_u16(), &*content.text()), (206, "part"));
}

#[tokio::test]
async fn a_success_of_another_form_is_an_error_that_keeps_it() {
    let Err(Error::Unexpected(error)) = put(201, r#"{"title": "Morning"}"#).await else {
        panic!("it was decoded");
    };
    assert_eq!(error.status(), 201);
    assert_eq!(&error.body()[..], br#"{"title": "Morning"}"#);
}

#[tokio::test]
async fn errors_go_from_the_code_to_the_range_to_the_default() {
    for (status, body, wanted) in [
        (409, r#"{"by": "Ann"}"#, "Status409"),
        (404, r#"{"message": "gone", "extra": 1}"#, "Status4xx"),
        (501, r#"{"why": "broken"}"#, "Default"),
    ] {
        let Err(Error::Api(error)) = put(status, body).await else {
            panic!("{status} is no error of the API");
        };
        assert!(
            format!("{:?}", error.error()).starts_with(wanted),
            "{error:?}"
        );
        assert_eq!(
            (error.status().as_u16(), &error.body()[..]),
            (status, body.as_bytes())
        );
    }
}

#[tokio::test]
async fn one_type_under_several_statuses_is_that_type() {
    let patch = async |status, body| {
        let paper = paper();
        kiosk(status, body)
            .patch_paper(&"1".into(), &paper)
            .await
            .unwrap()
    };
    let body = r#"{"title": "Morning"}"#;
    assert_eq!(patch(200, body).await, Some(paper()));
    assert_eq!(patch(203, body).await, Some(paper()));
    assert_eq!(patch(204, "").await, None);
}

#[tokio::test]
async fn text_is_not_read_as_json() {
    let page = kiosk(200, "\"Morning\"").get_pages(&["1".into()], &Default::default());
    assert_eq!(&*page.await.unwrap(), "\"Morning\"");
}

#[tokio::test]
async fn any_media_type_with_a_schema_of_an_object_is_json() {
    let call = kiosk(200, r#"{"bytes": 3}"#).put_scan(&"1".into(), Body::from("abc"));
    assert_eq!(call.await.unwrap().bytes, 3);
}

#[test]
fn one_media_type_is_asked_for() {
    let kiosk = kiosk(200, "");
    let accept = |request: Result<Request<Body>, _>| {
        let request = request.unwrap_or_else(|error: gatewright::RequestError| panic!("{error}"));
        let accepts = request.headers().get_all("accept").iter();
        accepts
            .map(|accept| accept.to_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let id = "1".into();
    assert_eq!(accept(kiosk.get_scan(&id).into_request()), ["image/tiff"]);
    assert_eq!(
        accept(kiosk.put_paper(&id, &paper()).into_request()),
        ["application/json"]
    );
    let pages = kiosk.get_pages(&["1".into()], &Default::default());
    assert_eq!(accept(pages.into_request()), ["text/plain"]);
}
