//! The two APIs of the table.

use gatewright_document::Document;
use gatewright_local::{Builder, LocalGateway};
use serde_json::{Value, json};

/// An operation whose response is its own name.
fn says(name: &str) -> Value {
    let integration = json!({"type": "mock", "requestTemplates": {"application/json": "{\"statusCode\": 200}"},
        "responses": {"default": {"statusCode": "200", "responseTemplates": {"application/json": format!("{{\"said\": \"{name}\"}}")}}}});
    json!({"responses": {"200": {"description": "d"}}, "x-amazon-apigateway-integration": integration})
}

fn with(mut operation: Value, security: &str) -> Value {
    operation["security"] = json!([{security: []}]);
    operation
}

/// A REST API at the stage `prod`.
pub(crate) fn rest() -> Builder {
    rest_with(&Value::Null)
}

/// The same with these gateway responses.
pub(crate) fn rest_with(responses: &Value) -> Builder {
    let any = "x-amazon-apigateway-any-method";
    let document = json!({
        "openapi": "3.0.1", "info": {"title": "truth", "version": "1"},
        "x-amazon-apigateway-gateway-responses": responses,
        "paths": {
            "/existing": {"get": says("existing")},
            "/pets/{id}": {"get": says("variable")},
            "/pets/mine": {"get": says("static")},
            "/files/{proxy+}": {any: says("files")},
            "/test": {"post": says("test")},
            "/test/any": {any: says("any")},
            "/{proxy+}": {"options": says("preflight")},
            "/part1": {"get": says("part1")},
            "/part1/{param+}": {"get": says("greedy")},
            "/part1/hardcoded-value": {"get": says("hardcoded")},
            "/keyed": {"get": with(says("keyed"), "key")},
            "/signed": {"get": with(says("signed"), "sigv4")},
        },
        "components": {"securitySchemes": {
            "key": {"type": "apiKey", "name": "x-api-key", "in": "header"},
            "sigv4": {"type": "apiKey", "name": "Authorization", "in": "header", "x-amazon-apigateway-authtype": "awsSigv4"},
        }},
    });
    builder(&document)
        .stage("prod")
        .credentials("AKIDTRUTH", "truth-secret", None)
}

/// An HTTP API at the root.
pub(crate) fn http(cors: &Value) -> Builder {
    let any = "x-amazon-apigateway-any-method";
    let operation = json!({"responses": {"200": {"description": "d", "content": {"application/json": {"example": {"said": "x"}}}}}});
    let document = json!({
        "openapi": "3.0.1", "info": {"title": "truth", "version": "1"}, "x-amazon-apigateway-importexport-version": "1.0",
        "x-amazon-apigateway-cors": cors,
        "paths": {"/pets": {"get": operation}, "/files/{proxy+}": {any: operation}},
    });
    builder(&document)
}

fn builder(document: &Value) -> Builder {
    let document = Document::from_slice("truth.json", document.to_string().as_bytes()).unwrap();
    LocalGateway::builder(document)
        .clock(crate::now)
        .region("eu-west-1")
}
