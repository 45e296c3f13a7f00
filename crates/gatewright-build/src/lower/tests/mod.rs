//! Parameters, bodies and answers, seen in the code that a user gets.

mod bodies;
mod console_names;
mod cors;
mod described;
mod head;
mod left_out;
mod own_choices;
mod owned_headers;
mod parameters;
mod responses;

use serde_json::{Value, json};

use super::Choices;
use crate::generate::{Generated, generate};

/// The client of a document whose only operation, `call`, has these members.
fn client(method: &str, path: &str, operation: &Value, choices: &Choices) -> Generated {
    let mut operation = operation.clone();
    operation["operationId"] = json!("call");
    let document = json!({
        "openapi": "3.0.1",
        "info": {"title": "t", "version": "1"},
        "paths": {path: {method: operation}},
        "components": {"schemas": {
            "Color": {"type": "string", "enum": ["red"]},
            "Flat": {"type": "object", "properties": {"a": {"type": "string"}}},
            "Deep": {"type": "object", "properties": {"a": {"$ref": "#/components/schemas/Flat"}}},
            "Circle": {"type": "array", "items": {"$ref": "#/components/schemas/Circle"}},
        }},
    });
    match generate("t.json", document.to_string().as_bytes(), None, choices) {
        Ok(generated) => generated,
        Err(error) => panic!("{error}"),
    }
}

/// The code in one line, without commas at the ends of lists.
fn squeezed(generated: &Generated) -> String {
    let words: Vec<_> = generated.code.split_whitespace().collect();
    let code = words.join(" ").replace("( ", "(").replace(" .", ".");
    let code = code.replace(", )", ")").replace(" )", ")");
    code.replace("[ ", "[").replace(", ]", "]")
}

/// The signature of `call` after `self`, and the chain that it is, up to its call.
fn call(generated: &Generated) -> (String, String) {
    let code = squeezed(generated);
    let between = |text: &str, start: &str, end: &str| {
        let (_, rest) = text.split_once(start).unwrap_or_default();
        rest.split_once(end).unwrap_or_default().0.to_owned()
    };
    let signature = between(&code, "pub fn call(&self", " {");
    let (_, body) = code.split_once("pub fn call(&self").unwrap_or_default();
    let chain = between(body, "rt::Auth::NONE)", ".call");
    (signature.trim_start_matches(", ").to_owned(), chain)
}

fn notes(generated: &Generated) -> Vec<String> {
    let said = generated.notes.iter().filter(|note| !note.is_expected);
    said.map(ToString::to_string).collect()
}
