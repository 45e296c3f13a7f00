//! Schemas to types, seen in the code that a user gets.

mod composed;
mod depth;
mod docs;
mod enums;
mod integers;
mod null;
mod objects;
mod recursion;
mod secrets;
mod subtypes;
mod tags;
mod used;

use serde_json::{Value, json};

use crate::Note;
use crate::generate::{Generated, generate, model};
use crate::lower::Choices;

/// A document whose only operation answers with the schema `Answer`, and takes the schema `Request` if there is one.
fn document(schemas: &Value) -> Value {
    let of = |name: &str| {
        let reference = format!("#/components/schemas/{name}");
        json!({"application/json": {"schema": {"$ref": reference}}})
    };
    let mut operation = json!({"operationId": "call", "responses": {
        "200": {"description": "ok", "content": of("Answer")},
    }});
    if schemas.get("Request").is_some() {
        operation["requestBody"] = json!({"required": true, "content": of("Request")});
    }
    json!({
        "openapi": "3.0.1",
        "info": {"title": "t", "version": "1"},
        "paths": {"/": {"post": operation}},
        "components": {"schemas": schemas},
    })
}

fn generated(schemas: &Value) -> Generated {
    of_document(&document(schemas), &Choices::default())
}

fn of_document(document: &Value, choices: &Choices) -> Generated {
    let bytes = document.to_string();
    match generate("t.json", bytes.as_bytes(), None, choices) {
        Ok(generated) => generated,
        Err(error) => panic!("{error}"),
    }
}

/// What there is to say of the types, without making code of them.
fn notes(schemas: &Value) -> Vec<Note> {
    let bytes = document(schemas).to_string();
    match model("t.json", bytes.as_bytes(), None, &Choices::default()) {
        Ok(lowered) => lowered.notes,
        Err(error) => panic!("{error}"),
    }
}

/// The code of the types, in one line.
fn types(schemas: &Value) -> String {
    squeeze(&generated(schemas).code)
}

fn squeeze(code: &str) -> String {
    let types = code
        .split_once("pub mod types")
        .map_or("", |(_, types)| types);
    let words: Vec<_> = types.split_whitespace().collect();
    words.join(" ").replace("( ", "(").replace(" )", ")")
}

/// The type that a member of this schema gets.
fn member(schema: &Value) -> String {
    member_among(schema, &json!({}))
}

/// The same beside other schemas.
fn member_among(schema: &Value, others: &Value) -> String {
    let mut schemas = others.clone();
    schemas["Answer"] = json!({"type": "object", "required": ["a"], "properties": {"a": schema, "b": {"type": "string"}}});
    let code = types(&schemas);
    let (_, rest) = code
        .split_once("pub a: ")
        .unwrap_or_else(|| panic!("{code}"));
    let (ty, _) = rest
        .split_once(", pub b:")
        .unwrap_or_else(|| panic!("{code}"));
    ty.to_owned()
}
