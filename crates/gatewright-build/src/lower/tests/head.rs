//! HEAD, whose responses have no body.

use serde_json::{Value, json};

use super::super::Choices;
use super::{call, client};

/// The signature of a HEAD method whose operation has these responses.
fn signature(responses: &Value) -> String {
    let operation = json!({ "responses": responses });
    call(&client("head", "/", &operation, &Choices::default())).0
}

fn json_of(schema: &Value) -> Value {
    json!({"description": "", "content": {"application/json": {"schema": schema}}})
}

#[test]
fn whatever_the_document_says_of_a_body_there_is_none() {
    let flat = json_of(&json!({"$ref": "#/components/schemas/Flat"}));
    let deep = json_of(&json!({"$ref": "#/components/schemas/Deep"}));
    let text =
        json!({"description": "", "content": {"text/plain": {"schema": {"type": "string"}}}});
    let bytes = json!({"description": "", "content": {"image/png": {}}});
    for responses in [
        json!({"200": flat}),
        json!({"default": flat}),
        json!({"2XX": json_of(&json!({"type": "array", "items": {"type": "string"}}))}),
        json!({"200": text}),
        json!({"200": bytes}),
        json!({"200": flat, "202": deep}),
        json!({"200": {"description": "", "content": {}}}),
        json!({"204": {"description": ""}}),
        json!({"200": {"description": ""}, "404": flat, "409": deep, "default": text}),
        json!({}),
    ] {
        let expected = ") -> rt::Call<S, rt::Response<()>>";
        assert_eq!(
            format!("){}", signature(&responses).trim_start_matches(')')),
            expected,
            "{responses}"
        );
    }
}

#[test]
fn a_body_that_is_documented_is_noted_without_a_warning() {
    let operation = json!({"responses": {"200": json_of(&json!({"type": "string"}))}});
    let notes = client("head", "/", &operation, &Choices::default()).notes;
    assert_eq!(notes.len(), 1, "{notes:?}");
    assert_eq!(notes[0].pointer, "#/paths/~1/head/responses/200");
    assert!(notes[0].is_expected, "{notes:?}");
}

#[test]
fn its_headers_are_in_its_documentation() {
    let headers =
        json!({"X-Count": {"description": "how many there are", "schema": {"type": "integer"}}});
    let operation = json!({"responses": {"200": {"description": "", "headers": headers}}});
    let code = client("head", "/", &operation, &Choices::default()).code;
    assert!(
        code.contains("/// The response has these headers:"),
        "{code}"
    );
    assert!(code.contains("X-Count` how many there are"), "{code}");
}
