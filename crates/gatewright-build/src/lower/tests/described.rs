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
        "#[deprecated]",
        "/// How many.",
        "/// At most 50; default `10`.",
        "/// May be sent empty.",
    ] {
        assert!(code.contains(line), "{line} is missing in {code}");
    }
}

#[test]
fn a_deprecated_parameter_is_marked_where_it_is_a_field_and_described_where_it_is_an_argument() {
    let code = |is_required: bool| {
        let operation = json!({"parameters": [
            {"name": "p", "in": "query", "deprecated": true, "required": is_required, "schema": {"type": "string"}},
            {"name": "q", "in": "query", "schema": {"type": "string"}},
        ], "responses": {}});
        client("get", "/", &operation, &Choices::default())
    };
    let optional = squeezed(&code(false));
    assert!(
        optional.contains("#[deprecated] pub p: Option<String>"),
        "{optional}"
    );
    assert!(!optional.contains("Deprecated."), "{optional}");
    let required = squeezed(&code(true));
    assert!(required.contains("* `p`: Deprecated."), "{required}");
    assert!(!required.contains("#[deprecated]"), "{required}");
}

#[test]
fn what_is_said_of_an_argument_is_one_line_of_sentences() {
    let operation = json!({"parameters": [
        {"name": "p", "in": "query", "required": true, "description": "How far\nnorth",
         "schema": {"type": "integer", "description": "A latitude!", "maximum": 90}},
    ], "responses": {}});
    let code = client("get", "/", &operation, &Choices::default()).code;
    let line = "* `p`: How far north. A latitude! At most 90.";
    assert!(code.contains(line), "{code}");
}

#[test]
fn a_content_type_is_an_argument_only_where_no_body_brings_it() {
    let of = |method: &str, is_required: bool| {
        let operation = json!({"parameters": [
            {"name": "Content-Type", "in": "header", "required": is_required, "schema": {"type": "string"}},
        ], "responses": {}});
        let generated = client(method, "/", &operation, &Choices::default());
        let notes: Vec<_> = generated.notes.iter().map(ToString::to_string).collect();
        (call(&generated).0, notes.join("\n"))
    };
    let (signature, notes) = of("get", true);
    assert!(signature.starts_with("content_type: &str)"), "{signature}");
    assert!(!notes.contains("Content-Type"), "{notes}");
    let (signature, notes) = of("put", true);
    assert!(signature.starts_with(')'), "{signature}");
    assert!(
        notes.contains("`Content-Type` comes with the body; `.header(\"content-type\", ..)` of the call sets another"),
        "{notes}"
    );
    assert!(
        of("get", false)
            .1
            .contains("`Content-Type` is left to the layers")
    );
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
    let generated =
        crate::generate::generate("t.json", bytes.as_bytes(), None, &Choices::default());
    let code = squeezed(&generated.unwrap());
    assert_eq!(code.matches("pub enum").count(), 1, "{code}");
    assert_eq!(code.matches("pub p: Option<types::P>").count(), 2, "{code}");
}

#[test]
fn answers_and_bodies_that_operations_share_are_one_type() {
    let object = json!({"application/json": {"schema": {"type": "object", "properties": {"why": {"type": "string", "enum": ["no"]}}}}});
    let operation = json!({
        "requestBody": {"$ref": "#/components/requestBodies/Order"},
        "responses": {"200": {"$ref": "#/components/responses/Receipt"}, "404": {"$ref": "#/components/responses/404Gone"}},
    });
    let document = json!({
        "openapi": "3.0.1", "info": {"title": "t", "version": "1"},
        "paths": {"/a": {"post": operation}, "/b": {"post": operation}},
        "components": {
            "requestBodies": {"Order": {"required": true, "content": object}},
            "responses": {
                "Receipt": {"description": "ok", "content": object},
                "404Gone": {"description": "gone", "content": object},
            },
        },
    });
    let bytes = document.to_string();
    let generated =
        crate::generate::generate("t.json", bytes.as_bytes(), None, &Choices::default());
    let code = squeezed(&generated.unwrap());
    for name in ["OrderBody", "ReceiptResponse", "Response404Gone"] {
        assert_eq!(
            code.matches(&format!("pub struct {name} {{")).count(),
            1,
            "{code}"
        );
    }
    assert_eq!(
        (
            code.matches("pub struct").count(),
            code.matches("pub enum").count()
        ),
        (4, 3),
        "{code}"
    );
    let method =
        "body: &types::OrderBody) -> rt::Call<S, types::ReceiptResponse, types::Response404Gone>";
    assert_eq!(code.matches(method).count(), 2, "{code}");
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
    let generated =
        crate::generate::generate("t.json", bytes.as_bytes(), None, &Choices::default());
    let (_, chain) = call(&generated.unwrap());
    assert_eq!(
        chain,
        r#".path_as("x", &x, rt::PathStyle::Simple).query_as("a", &a, rt::QueryStyle::COMMA).query_as("b", &b, rt::QueryStyle::SPACE).query_as("c", &c, rt::QueryStyle::TAB).query_as("d", &d, rt::QueryStyle::PIPE).query("e", &e).header_as("f", &f, rt::HeaderStyle::Simple)"#
    );
}
