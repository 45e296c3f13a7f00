//! Each type that a method may return.

use bytes::Bytes;
use gatewright::client::{FromResponse, PlainText, RawResponse};
use gatewright::error::UnexpectedResponse;
use gatewright::{Body, BoxError, Error, HttpService, Response, rest_endpoint};
use serde::Deserialize;

use crate::{BASE, answering};

#[derive(Debug, Deserialize, PartialEq)]
struct Pet {
    name: String,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Refusal {
    reason: String,
}

/// A type with a codec of its own.
struct Lines(Vec<String>);

impl FromResponse for Lines {
    const ACCEPT: Option<&'static str> = Some("text/csv");
    const STREAMED: bool = false;

    fn from_response(response: http::Response<Body>) -> Result<Self, UnexpectedResponse> {
        let text = PlainText::from_response(response)?;
        Ok(Self(text.lines().map(str::to_owned).collect()))
    }
}

type Alias<T> = Result<T, Error<Refusal>>;

#[rest_endpoint]
trait Pets {
    #[get("/")]
    async fn pet(&self) -> gatewright::Result<Pet>;

    #[get("/")]
    async fn maybe(&self) -> gatewright::Result<Option<Pet>>;

    #[get("/")]
    async fn nothing(&self) -> gatewright::Result<()>;

    #[get("/")]
    async fn text(&self) -> gatewright::Result<PlainText>;

    #[get("/")]
    async fn bytes(&self) -> gatewright::Result<RawResponse>;

    #[get("/")]
    async fn stream(&self) -> gatewright::Result<Response<Body>>;

    #[get("/")]
    async fn with_head(&self) -> Result<Response<Pet>, Error>;

    #[get("/")]
    async fn own(&self) -> gatewright::Result<Lines>;

    #[get("/")]
    async fn typed(&self) -> Alias<Pet>;
}

fn client(
    status: u16,
    content_type: &'static str,
    body: &'static [u8],
) -> PetsClient<impl HttpService> {
    PetsClient::new(answering(status, content_type, body), BASE.parse().unwrap())
}

fn tom() -> Pet {
    Pet {
        name: "Tom".to_owned(),
    }
}

#[tokio::test]
async fn json_is_decoded_and_nothing_is_null() -> Result<(), BoxError> {
    let json = client(200, "application/json", br#"{"name": "Tom"}"#);
    assert_eq!(json.pet().await?, tom());
    assert_eq!(json.maybe().await?, Some(tom()));
    let nothing = client(204, "application/json", b"");
    assert_eq!(nothing.maybe().await?, None);
    nothing.nothing().await?;
    Ok(())
}

#[tokio::test]
async fn text_bytes_and_streams_come_as_they_are() -> Result<(), BoxError> {
    let answer = client(200, "text/plain", b"\"a\"\nb");
    assert_eq!(&*answer.text().await?, "\"a\"\nb");
    assert_eq!(
        *answer.bytes().await?.bytes(),
        Bytes::from_static(b"\"a\"\nb")
    );
    let stream = answer.stream().await?.into_body();
    assert_eq!(stream.into_bytes(64).await?, "\"a\"\nb");
    assert_eq!(answer.own().await?.0, ["\"a\"", "b"]);
    Ok(())
}

#[tokio::test]
async fn a_response_has_status_and_headers() -> Result<(), BoxError> {
    let created = client(201, "application/json", br#"{"name": "Tom"}"#);
    let response = created.with_head().await?;
    assert_eq!(response.status(), 201);
    assert_eq!(response.headers()["content-type"], "application/json");
    assert_eq!(response.request_id(), Some("r-1"));
    assert_eq!(response.into_body(), tom());
    Ok(())
}

#[tokio::test]
async fn errors_of_the_api_have_their_type() {
    let refused = client(409, "application/json", br#"{"reason": "taken"}"#);
    let error = refused.typed().await.unwrap_err();
    let reason = "taken".to_owned();
    assert_eq!(error.api(), Some(&Refusal { reason }), "{error:?}");
    assert_eq!(refused.pet().await.unwrap_err().status().unwrap(), 409);
}

#[tokio::test]
async fn an_answer_of_another_type_is_an_error_that_keeps_it() {
    let text = client(200, "text/html", b"<html>");
    let Error::Unexpected(answer) = text.pet().await.unwrap_err() else {
        panic!("the answer is not what was declared");
    };
    assert_eq!(&answer.body()[..], b"<html>");
}
