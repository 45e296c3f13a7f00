//! Headers that the transport and the layers set: no arguments, and no places of tokens.

use serde_json::{Value, json};

use super::super::Choices;
use super::{call, client};
use crate::generate::generate;

const OWNED: [&str; 11] = [
    "Host",
    "Connection",
    "Content-Length",
    "transfer-encoding",
    "TE",
    "Upgrade",
    "Trailer",
    "Keep-Alive",
    "Proxy-Authorization",
    "Expect",
    "X-Amz-Content-Sha256",
];

#[test]
fn a_header_parameter_that_the_transport_sets_is_left_out_with_a_note() {
    for name in OWNED {
        for is_required in [true, false] {
            let operation = json!({"parameters": [
                {"name": name, "in": "header", "required": is_required, "schema": {"type": "string"}},
            ], "responses": {}});
            let generated = client("get", "/", &operation, &Choices::default());
            assert!(call(&generated).0.starts_with(')'), "{name}");
            let notes: Vec<_> = generated.notes.iter().map(ToString::to_string).collect();
            let notes = notes.join("\n");
            assert!(
                notes.contains(&format!("the header `{name}` is left to the ")),
                "{notes}"
            );
            assert!(notes.contains("#/paths/~1/get/parameters/0"), "{notes}");
        }
    }
}

#[test]
fn other_headers_of_aws_stay_arguments() {
    for name in [
        "x-amz-meta-title",
        "x-amz-acl",
        "X-Amz-Invocation-Type",
        "If-Match",
    ] {
        let operation = json!({"parameters": [
            {"name": name, "in": "header", "required": true, "schema": {"type": "string"}},
        ], "responses": {}});
        let generated = client("get", "/", &operation, &Choices::default());
        let chain = call(&generated).1.to_ascii_lowercase();
        let expected = format!(r#".header("{}""#, name.to_ascii_lowercase());
        assert!(chain.contains(&expected), "{chain}");
    }
}

/// What a document is refused for whose only operation demands this scheme.
fn refusal(scheme: &Value) -> Option<String> {
    let document = json!({
        "openapi": "3.0.1",
        "info": {"title": "t", "version": "1"},
        "paths": {"/pets": {"get": {"security": [{"usher": []}], "responses": {}}}},
        "components": {"securitySchemes": {"usher": scheme}},
    });
    let outcome = generate(
        "t.json",
        document.to_string().as_bytes(),
        None,
        &Choices::default(),
    );
    outcome.err().map(|error| error.to_string())
}

#[test]
fn a_token_in_a_header_that_the_transport_sets_is_an_error_with_its_place() {
    for name in OWNED {
        let source = format!("method.request.header.{name}, method.request.header.X-Ticket");
        for scheme in [
            json!({"type": "apiKey", "in": "header", "name": name}),
            json!({"type": "apiKey", "in": "header", "name": name, "x-amazon-apigateway-authtype": "custom"}),
            json!({"type": "apiKey", "in": "header", "name": "Unused",
                "x-amazon-apigateway-authorizer": {"type": "request", "identitySource": source}}),
        ] {
            let refusal = refusal(&scheme).unwrap_or_else(|| panic!("{name} is taken"));
            assert!(refusal.contains("#/paths/~1pets/get"), "{refusal}");
            assert!(
                refusal.contains("`usher` puts its token into the header"),
                "{refusal}"
            );
        }
    }
    for name in ["Authorization", "x-api-key", "Cookie", "X-Ticket"] {
        let scheme = json!({"type": "apiKey", "in": "header", "name": name});
        assert_eq!(refusal(&scheme), None, "{name}");
    }
}
