//! What a document says of parameters besides their types, in either version.

use serde_json::{Value, json};

use super::super::{Choices, ParameterType, Select};
use super::{call, client, squeezed};

fn strings() -> Value {
    json!({"type": "array", "items": {"type": "string"}})
}

#[test]
fn what_a_document_says_of_a_parameter_is_documented() {
    let operation = json!({"parameters": [
        {"name": "p", "in": "query", "description": "How many.", "deprecated": true, "allowEmptyValue": true,
         "schema": {"type": "integer", "default": 10, "maximum": 50}},
    ], "responses": {}});
    let code = client("get", "/", &operation, &Choices::default()).code;
    for line in [
        "/// Deprecated.",
        "/// How many.",
        "/// At most 50; default `10`.",
        "/// May be sent empty.",
    ] {
        assert!(code.contains(line), "{line} is missing in {code}");
    }
}

#[test]
fn a_chosen_type_wins() {
    let operation = json!({"parameters": [
        {"name": "p", "in": "query", "required": true, "explode": false, "schema": strings()},
    ], "responses": {}});
    let mut choices = Choices::default();
    let select = Select::operation("call");
    choices
        .parameters
        .push((select, "p".to_owned(), ParameterType::I64));
    let (signature, chain) = call(&client("get", "/", &operation, &choices));
    assert!(signature.starts_with("p: i64)"), "{signature}");
    assert_eq!(chain, r#".query("p", &p)"#);
}

#[test]
fn a_parameter_that_operations_share_is_one_type() {
    let shared = json!({"name": "p", "in": "query", "schema": {"type": "string", "enum": ["a"]}});
    let document = json!({
        "openapi": "3.0.1", "info": {"title": "t", "version": "1"},
        "components": {"parameters": {"Sort": shared}},
        "paths": {"/a": {"get": {"parameters": [{"$ref": "#/components/parameters/Sort"}]}},
                  "/b": {"get": {"parameters": [{"$ref": "#/components/parameters/Sort"}]}}},
    });
    let bytes = document.to_string();
    let generated = crate::generate::generate("t.json", bytes.as_bytes(), &Choices::default());
    let code = squeezed(&generated.unwrap());
    assert_eq!(code.matches("pub enum").count(), 1, "{code}");
    assert_eq!(code.matches("pub p: Option<types::P>").count(), 2, "{code}");
}

#[test]
fn swagger_s_collection_formats_become_styles() {
    let parameter = |name: &str, place: &str, format: &str| json!({"name": name, "in": place, "required": true, "type": "array", "items": {"type": "string"}, "collectionFormat": format});
    let document = json!({
        "swagger": "2.0", "info": {"title": "t", "version": "1"},
        "paths": {"/{x}": {"get": {"operationId": "call", "parameters": [
            parameter("x", "path", "csv"), parameter("a", "query", "csv"), parameter("b", "query", "ssv"),
            parameter("c", "query", "tsv"), parameter("d", "query", "pipes"), parameter("e", "query", "multi"),
            parameter("f", "header", "csv"),
        ], "responses": {}}}},
    });
    let bytes = document.to_string();
    let generated = crate::generate::generate("t.json", bytes.as_bytes(), &Choices::default());
    let (_, chain) = call(&generated.unwrap());
    assert_eq!(
        chain,
        r#".path_as("x", &x, rt::PathStyle::Simple).query_as("a", &a, rt::QueryStyle::COMMA).query_as("b", &b, rt::QueryStyle::SPACE).query_as("c", &c, rt::QueryStyle::TAB).query_as("d", &d, rt::QueryStyle::PIPE).query("e", &e).header_as("f", &f, rt::HeaderStyle::Simple)"#
    );
}
