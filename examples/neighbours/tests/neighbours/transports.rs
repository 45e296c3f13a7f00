//! Clients of others as the transport of signed calls.

use gatewright::client::RestClient;
use gatewright::layers::SigV4Layer;
use gatewright::layers::sigv4::PayloadHash;
use gatewright::{Auth, BaseUrl, Body, BoxError, BoxService};
use http::Request;
use http_body_util::BodyExt;
use neighbours::{hyper, reqwest, typed};
use tower::{Layer, ServiceExt};

use crate::credentials;
use crate::server::serve;

async fn base() -> BaseUrl {
    format!("http://{}", serve().await).parse().unwrap()
}

/// A signed call whose body is in memory, and one whose body is a stream, which the signer reads.
async fn both_calls_pass(transport: BoxService, base: BaseUrl) {
    let service = SigV4Layer::new("eu-west-1", credentials()).layer(transport);
    let rest = RestClient::new(service, base);
    for body in [Body::from(r#""Emma""#), stream(r#""Emma""#)] {
        let call = rest.post("addBook", "/books/a%20b", Auth::IAM).body(body);
        let title: gatewright::Result<String> = call.call().await;
        assert_eq!(title.unwrap(), "Emma");
    }
}

fn stream(text: &'static str) -> Body {
    Body::new(Body::from(text).map_frame(|frame| frame))
}

#[tokio::test]
async fn signed_calls_pass_over_hyper() {
    let base = base().await;
    both_calls_pass(hyper::on_hyper(&base), base).await;
}

#[tokio::test]
async fn signed_calls_pass_over_reqwest_0_13() {
    let base = base().await;
    both_calls_pass(reqwest::on_reqwest(&base).unwrap(), base).await;
}

#[tokio::test]
async fn signed_calls_pass_over_reqwest_0_12() {
    let base = base().await;
    both_calls_pass(reqwest::on_reqwest_0_12(&base).unwrap(), base).await;
}

#[tokio::test]
async fn a_signed_stream_passes_over_reqwest_by_hand() -> Result<(), BoxError> {
    let base = base().await;
    let service = gatewright::stack(&base)
        .iam(SigV4Layer::new("eu-west-1", credentials()))
        .build_on(reqwest::by_hand(::reqwest::Client::new()));
    let request = Request::put(format!("{base}/books"))
        .extension(PayloadHash::of(b"Emma")) // so that the signer does not read it
        .body(stream("Emma"))?;
    let response = service.oneshot(request).await?;
    assert_eq!(response.into_body().collect().await?.to_bytes(), "Emma");
    Ok(())
}

#[tokio::test]
async fn a_typed_stack_signs_and_sends() {
    let base = base().await;
    let transport = hyper::on_hyper(&base);
    let service = typed::typed(base.origin(), credentials(), transport).unwrap();
    let rest = RestClient::new(service, base);
    let call = rest.post("addBook", "/books", Auth::IAM).body("Emma");
    let title: gatewright::Result<String> = call.call().await;
    assert_eq!(title.unwrap(), "Emma");
}
