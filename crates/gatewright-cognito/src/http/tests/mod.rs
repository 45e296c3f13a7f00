mod errors;
mod limits;
mod repeats;
mod secrets;

use http::Method;
use serde_json::{Value, json};

use super::*;
use crate::ErrorKind;
use crate::testing::{Server, ok};

const READS: Operation = operation(Repeat::Harmless);
const SPENDS: Operation = operation(Repeat::IfNotServed);

const fn operation(repeat: Repeat) -> Operation {
    Operation {
        service: "Service",
        name: "Operation",
        repeat,
    }
}

fn client_at(server: &Server, endpoint: &str) -> JsonClient {
    let random = Random::new(|bytes| bytes.fill(u8::MAX));
    JsonClient::new(server.service(), random, &endpoint.parse().unwrap()).unwrap()
}

async fn call(server: &Server, operation: &Operation) -> Result<JsonResponse, Error> {
    let input = json!({ "ClientId": "client", "PASSWORD": "planted" });
    client_at(server, "https://cognito.test")
        .call(operation, &input)
        .await
}

/// The error of a call, in a test that expects one.
async fn error(server: &Server, operation: &Operation) -> Error {
    call(server, operation).await.err().unwrap()
}

#[tokio::test]
async fn a_call_is_one_post_in_the_json_protocol_of_aws() {
    let server = Server::that([ok(&json!({ "Text": "yes" }))]);
    let mut response = call(&server, &READS).await.unwrap();
    assert_eq!(response.text("Text").as_deref(), Some("yes"));

    let call = &server.calls()[0];
    assert_eq!(
        (&call.head.method, call.head.uri.to_string().as_str()),
        (&Method::POST, "https://cognito.test/")
    );
    let headers = &call.head.headers;
    assert_eq!(headers["content-type"], "application/x-amz-json-1.1");
    assert_eq!(headers["x-amz-target"], "Service.Operation");
    assert_eq!(
        call.input,
        json!({ "ClientId": "client", "PASSWORD": "planted" })
    );
}

#[tokio::test]
async fn an_endpoint_below_a_path_is_called_there() {
    let server = Server::that([ok(&json!({}))]);
    let client = client_at(&server, "http://127.0.0.1:4566/idp");
    client.call(&READS, &Value::Null).await.unwrap();
    assert_eq!(server.calls()[0].head.uri, "http://127.0.0.1:4566/idp/");
}

#[test]
fn an_endpoint_that_others_can_listen_to_is_refused_before_anything_is_sent() {
    let server = Server::that([]);
    let endpoint = "http://cognito.test".parse().unwrap();
    let error = JsonClient::new(server.service(), Random::default(), &endpoint).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
}
