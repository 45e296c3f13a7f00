//! Interceptors see the request as it is at their place.

use gatewright::{Body, BoxService, Token};
use gatewright_amplify::Apis;
use http::{HeaderName, HeaderValue, Request};
use serde_json::json;
use tower::layer::layer_fn;
use tower::util::MapRequestLayer;

use crate::support::{Server, config, credentials, mode};

/// Adds a header that tells which headers of interest the request has had here.
fn probe(name: &'static str) -> impl Fn(Request<Body>) -> Request<Body> + Clone {
    move |mut request: Request<Body>| {
        let seen = ["x-first", "x-api-key", "authorization"];
        let seen = seen
            .into_iter()
            .filter(|name| request.headers().contains_key(*name));
        let seen = seen.collect::<Vec<_>>().join(" ");
        let name = HeaderName::from_static(name);
        request
            .headers_mut()
            .insert(name, HeaderValue::try_from(seen).unwrap());
        request
    }
}

fn text<'a>(request: &'a Request<Body>, name: &str) -> &'a str {
    request.headers()[name].to_str().unwrap()
}

#[tokio::test]
async fn what_is_added_before_signing_is_signed_and_what_is_added_after_is_not() {
    let server = Server::new();
    let settings = json!({ "authorizationType": "AWS_IAM", "apiKey": "EXAMPLE-key" });
    let apis = Apis::from_config(config(&[("a", settings)]))
        .credentials("a", credentials())
        .after_signing("a", MapRequestLayer::new(probe("x-after")))
        .before_signing("a", MapRequestLayer::new(probe("x-first")))
        .before_signing("a", MapRequestLayer::new(probe("x-second")))
        .transport(server.service())
        .build()
        .unwrap();
    apis.get("a", "/items").unwrap().send().await.unwrap();
    let request = server.only();
    assert_eq!(text(&request, "x-first"), "x-api-key");
    assert_eq!(text(&request, "x-second"), "x-first x-api-key");
    assert_eq!(text(&request, "x-after"), "x-first x-api-key authorization");
    let signature = text(&request, "authorization");
    let (_, signed) = signature.split_once("SignedHeaders=").unwrap();
    let (signed, _) = signed.split_once(',').unwrap();
    assert_eq!(signed, "host;x-amz-date;x-api-key;x-first;x-second");
}

#[tokio::test]
async fn both_places_see_the_token() {
    let server = Server::new();
    let apis = Apis::from_config(config(&[("a", mode("OPENID_CONNECT"))]))
        .token("a", Token::new("a-token"))
        .before_signing("a", MapRequestLayer::new(probe("x-before")))
        .after_signing("a", MapRequestLayer::new(probe("x-after")))
        .transport(server.service())
        .build()
        .unwrap();
    apis.get("a", "/items").unwrap().send().await.unwrap();
    let request = server.only();
    assert_eq!(text(&request, "x-before"), "authorization");
    assert_eq!(text(&request, "x-after"), "authorization");
}

#[tokio::test]
async fn an_interceptor_is_for_its_api_alone() {
    let server = Server::new();
    let apis = Apis::from_config(config(&[("a", mode("NONE")), ("b", mode("NONE"))]))
        .before_signing("a", MapRequestLayer::new(probe("x-first")))
        .transport(server.service())
        .build()
        .unwrap();
    apis.get("b", "/items").unwrap().send().await.unwrap();
    assert!(!server.only().headers().contains_key("x-first"));
}

/// Any layer will do, not only those that change requests.
#[tokio::test]
async fn an_interceptor_sees_answers_too() {
    let hidden = layer_fn(|inner: BoxService| {
        tower::ServiceExt::map_response(inner, |mut response: http::Response<Body>| {
            response.headers_mut().remove("x-result");
            response
        })
    });
    let apis = Apis::from_config(config(&[("a", mode("NONE"))]))
        .after_signing("a", hidden)
        .transport(Server::new().service())
        .build()
        .unwrap();
    let response = apis.get("a", "/items").unwrap().send().await.unwrap();
    assert!(!response.headers().contains_key("x-result"));
}

#[tokio::test]
async fn everything_else_of_the_stack_can_be_changed() {
    let server = Server::answering(http::StatusCode::SERVICE_UNAVAILABLE);
    let apis = Apis::from_config(config(&[("a", mode("NONE"))]))
        .stack("a", |stack| {
            stack.retry(gatewright::layers::RetryLayer::new().attempts(1))
        })
        .transport(server.service())
        .build()
        .unwrap();
    let answer = apis.get("a", "/items").unwrap().send().await;
    assert_eq!(answer.unwrap_err().status().unwrap(), 503);
    assert_eq!(server.count(), 1);
}
