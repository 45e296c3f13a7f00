//! A `format: password`, seen in what `Debug` shows.

use serde_json::{Value, json};

use super::{squeeze, types};

fn password() -> Value {
    json!({"type": "string", "format": "password"})
}

/// The code that shows a value of the schema `Answer`, which has the member `a` of this schema and the member `b`.
fn shown(a: &Value) -> String {
    let code = types(&json!({
        "Answer": {"type": "object", "properties": {"a": a, "b": {"type": "string"}}},
        "Pin": password(),
        "Door": {"type": "object", "properties": {"lock": {"$ref": "#/components/schemas/Pin"}}},
    }));
    let (_, shown) = code.split_once("for Answer {").unwrap_or_default();
    shown
        .split_once("finish()")
        .unwrap_or_default()
        .0
        .to_owned()
}

const HIDDEN: &str = r#".field("a", &rt::format_args!("[redacted]"))"#;

#[test]
fn a_password_is_hidden_wherever_it_stands_in_a_member() {
    let pin = json!({"$ref": "#/components/schemas/Pin"});
    for schema in [
        password(),
        pin.clone(),
        json!({"type": "string", "format": "password", "nullable": true, "enum": ["x", "y"]}),
        json!({"description": "The PIN.", "allOf": [pin]}),
        json!({"allOf": [pin, {"minLength": 4}]}),
        json!({"oneOf": [pin, {"type": "integer"}]}),
        json!({"type": "array", "items": pin}),
        json!({"type": "object", "additionalProperties": pin}),
        json!({"format": "password", "minLength": 4, "type": "string", "items": {}}),
    ] {
        let shown = shown(&schema);
        assert!(shown.contains(HIDDEN), "{schema}: {shown}");
        assert!(
            shown.contains(r#".field("b", &self.b)"#),
            "{schema}: {shown}"
        );
    }
}

#[test]
fn a_struct_that_has_no_secret_of_its_own_derives_what_it_shows() {
    for schema in [
        json!({"type": "string", "format": "email"}),
        json!({"$ref": "#/components/schemas/Door"}),
        json!({"$ref": "#/components/schemas/Nobody"}),
    ] {
        assert_eq!(shown(&schema), "", "{schema}");
    }
}

#[test]
fn secrets_under_names_that_nobody_describes_are_hidden() {
    let code = types(
        &json!({"Answer": {"type": "object", "properties": {"b": {"type": "string"}},
        "additionalProperties": password()}}),
    );
    let hidden =
        r#".field("b", &self.b) .field("additional_properties", &rt::format_args!("[redacted]"))"#;
    assert!(code.contains(hidden), "{code}");
}

#[test]
fn schemas_that_go_round_in_a_circle_end() {
    let code = types(&json!({
        "Answer": {"type": "object", "properties": {"a": {"$ref": "#/components/schemas/Many"}}},
        "Many": {"type": "array", "items": {"$ref": "#/components/schemas/Many"}},
    }));
    assert!(!code.contains("[redacted]"), "{code}");
}

#[test]
fn a_password_among_parts_and_parameters_is_hidden() {
    let document = json!({
        "openapi": "3.0.1", "info": {"title": "t", "version": "1"},
        "paths": {"/": {"post": {
            "operationId": "call",
            "parameters": [
                {"name": "pin", "in": "query", "schema": password()},
                {"name": "X-Old", "in": "header", "schema": {"type": "string"}},
            ],
            "requestBody": {"required": true, "content": {"multipart/form-data": {"schema":
                {"type": "object", "properties": {"word": password(), "note": {"type": "string"}}}}}},
            "responses": {},
        }}},
    });
    let code = super::of_document(&document, &crate::lower::Choices::default()).code;
    let parts = squeeze(&code);
    let all = code.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        parts.contains(
            r#".field("word", &rt::format_args!("[redacted]")) .field("note", &self.note)"#
        ),
        "{parts}"
    );
    assert!(
        all.contains(
            r#".field("pin", &rt::format_args!("[redacted]")) .field("x_old", &self.x_old)"#
        ),
        "{all}"
    );
    assert!(all.contains("pub pin: Option<String>"), "{all}");
}
