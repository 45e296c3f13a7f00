//! What a request validator asks for.

use bytes::Bytes;
use gatewright_document::Document;
use gatewright_local::{Gateway, LocalGateway};
use http::Request;
use serde_json::{Value, json};

const SOURCE: &str = "LS test_api_gateway_request_validator, 2024-01-10";

fn gateway(validator: Option<&str>) -> Gateway {
    let parameter = |name: &str, place: &str| json!({"name": name, "in": place, "required": true, "schema": {"type": "string"}});
    let mut operation = json!({
        "parameters": [parameter("qs1", "query"), parameter("x-header-param", "header")],
        "requestBody": {"required": true, "content": {"application/json": {"schema":
            {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}}}}},
        "responses": {"200": {"description": "d", "content": {"application/json": {"example": {"message": "passed"}}}}},
    });
    if let Some(validator) = validator {
        operation["x-amazon-apigateway-request-validator"] = Value::from(validator);
    }
    let document = json!({
        "openapi": "3.0.1", "info": {"title": "truth", "version": "1"},
        "x-amazon-apigateway-request-validators": {
            "all": {"validateRequestParameters": true, "validateRequestBody": true},
            "body": {"validateRequestParameters": false, "validateRequestBody": true},
        },
        "paths": {"/checked": {"get": operation, "post": operation}},
    });
    let document = Document::from_slice("truth.json", document.to_string().as_bytes()).unwrap();
    LocalGateway::builder(document)
        .clock(crate::now)
        .build()
        .unwrap()
}

/// The status and the body of `POST /checked` with this query, this header and this body.
fn send(gateway: &Gateway, method: &str, query: &str, header: &str, body: &str) -> (u16, String) {
    let request = Request::builder()
        .method(method)
        .uri(format!("/checked{query}"));
    let request = request
        .header("x-header-param", header)
        .body(Bytes::from(body.to_owned()));
    let response = gateway.handle(request.unwrap(), crate::now());
    let body = String::from_utf8_lossy(response.body()).into_owned();
    (response.status().as_u16(), body)
}

const RIGHT: &str = r#"{"a": 1}"#;

fn passed() -> (u16, String) {
    (200, r#"{"message":"passed"}"#.to_owned())
}

fn invalid() -> (u16, String) {
    (400, r#"{"message":"Invalid request body"}"#.to_owned())
}

fn missing(names: &str) -> (u16, String) {
    let message = format!("Missing required request parameters: [{names}]");
    (400, json!({ "message": message }).to_string())
}

#[test]
fn missing_parameters_are_named_headers_first() {
    let all = gateway(Some("all"));
    for (query, header, expected) in [
        ("?qs1=x", "y", passed()),
        ("", "", missing("x-header-param, qs1")),
        ("?qs1=x", "", missing("x-header-param")),
        ("", "y", missing("qs1")),
        // A blank value is a missing one.
        ("?qs1=", "y", missing("qs1")),
    ] {
        let found = send(&all, "POST", query, header, RIGHT);
        assert_eq!(found, expected, "{query} {header} ({SOURCE})");
    }
}

#[test]
fn a_validator_asks_for_the_body_that_it_says() {
    let wrong = r#"{"a": "x"}"#;
    let (all, body, none) = (gateway(Some("all")), gateway(Some("body")), gateway(None));
    for (row, found, expected) in [
        (
            "does not fit",
            send(&all, "POST", "?qs1=x", "y", wrong),
            invalid(),
        ),
        (
            "GET without",
            send(&all, "GET", "?qs1=x", "y", ""),
            invalid(),
        ),
        (
            "of bodies alone",
            send(&body, "POST", "", "", RIGHT),
            passed(),
        ),
        (
            "of bodies alone, wrong",
            send(&body, "POST", "", "", "[]"),
            invalid(),
        ),
        (
            "no validator",
            send(&none, "POST", "", "", "nonsense"),
            passed(),
        ),
    ] {
        assert_eq!(found, expected, "{row} ({SOURCE})");
    }
}
