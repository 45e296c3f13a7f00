use serde_json::{Value, json};

use super::super::schema;
use crate::node::Node;
use crate::source::Source;

/// A schema of OpenAPI 3.1 in the words of 3.0, and what was wrong with it.
fn of_3_1(written: &Value) -> (Value, Vec<String>) {
    of("3.1.0", written)
}

fn of(version: &str, written: &Value) -> (Value, Vec<String>) {
    let document = json!({"openapi": version, "schema": written, "components": {"schemas": {
        "Boat": {"$anchor": "boat", "$id": "https://a.example/boat", "$defs": {"Mast": {"type": "string"}}, "type": "object"},
    }}});
    let source = Source::of(&document);
    let found = schema(&Node::root(&source).child("schema").unwrap());
    let repairs = source.finish().unwrap();
    let repairs = repairs.iter().map(|repair| repair.message.clone());
    (serde_json::to_value(found).unwrap(), repairs.collect())
}

/// The schema is read as one of OpenAPI 3.0 is, and nothing in it is wrong.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the tests are tables of values"
)]
fn is_read_as(written: Value, as_3_0: Value) {
    let (found, repairs) = of_3_1(&written);
    let (expected, _) = of("3.0.3", &as_3_0);
    assert_eq!(found, expected, "{written}");
    assert!(repairs.is_empty(), "{written}: {repairs:?}");
}

#[test]
fn null_is_a_type_among_others() {
    is_read_as(
        json!({"type": ["integer", "null"]}),
        json!({"type": "integer", "nullable": true}),
    );
    is_read_as(json!({"type": ["string"]}), json!({"type": "string"}));
    is_read_as(
        json!({"type": "null"}),
        json!({"enum": [null], "nullable": true}),
    );
    is_read_as(
        json!({"type": ["null"]}),
        json!({"enum": [null], "nullable": true}),
    );
    is_read_as(json!({"const": null}), json!({"enum": [null]}));
    is_read_as(
        json!({"anyOf": [{"type": "string"}, {"type": "null"}]}),
        json!({"anyOf": [{"type": "string"}, {"enum": [null], "nullable": true}]}),
    );
}

#[test]
fn several_types_are_a_choice_of_them_each_with_its_keywords() {
    is_read_as(
        json!({"type": ["string", "integer", "null"], "maxLength": 3, "minimum": 1, "description": "d"}),
        json!({"anyOf": [{"type": "string", "maxLength": 3}, {"type": "integer", "minimum": 1}], "nullable": true, "description": "d"}),
    );
    is_read_as(
        json!({"type": ["array", "object"], "items": {"type": "string"}, "properties": {"a": {}}, "required": ["a"]}),
        json!({"anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "object", "properties": {"a": {}}, "required": ["a"]}]}),
    );
    is_read_as(
        json!({"type": ["string", "integer", "boolean"], "enum": ["a", 1]}),
        json!({"anyOf": [{"type": "string", "enum": ["a"]}, {"type": "integer", "enum": [1]}]}),
    );
    is_read_as(
        json!({"type": ["string", "number"], "format": "date"}),
        json!({"anyOf": [{"type": "string", "format": "date"}, {"type": "number"}]}),
    );
}

#[test]
fn a_constant_is_the_only_value_that_is_listed() {
    is_read_as(
        json!({"const": "cat"}),
        json!({"type": "string", "enum": ["cat"]}),
    );
    is_read_as(
        json!({"const": "cat", "type": "string"}),
        json!({"type": "string", "enum": ["cat"]}),
    );
    is_read_as(json!({"const": 1}), json!({"type": "integer", "enum": [1]}));
    is_read_as(
        json!({"const": true}),
        json!({"type": "boolean", "enum": [true]}),
    );
    is_read_as(json!({"const": {"a": 1}}), json!({"enum": [{"a": 1}]}));
    // OpenAPI 3.0 has no such word.
    assert_eq!(of("3.0.3", &json!({"const": "cat"})).0, json!({}));
}

#[test]
fn a_bound_that_is_not_reached_is_a_number() {
    is_read_as(
        json!({"type": "integer", "exclusiveMinimum": 0, "exclusiveMaximum": 9}),
        json!({"type": "integer", "minimum": 0, "exclusiveMinimum": true, "maximum": 9, "exclusiveMaximum": true}),
    );
    is_read_as(
        json!({"type": "number", "minimum": 1, "exclusiveMinimum": 0}),
        json!({"type": "number", "minimum": 1}),
    );
    is_read_as(
        json!({"type": "number", "maximum": 5, "exclusiveMaximum": 5}),
        json!({"type": "number", "maximum": 5, "exclusiveMaximum": true}),
    );
}

#[test]
fn bytes_are_told_by_their_encoding_or_their_media_type() {
    let byte = json!({"type": "string", "format": "byte"});
    let binary = json!({"type": "string", "format": "binary"});
    is_read_as(
        json!({"type": "string", "contentEncoding": "base64"}),
        byte.clone(),
    );
    is_read_as(
        json!({"type": "string", "contentEncoding": "base64", "contentMediaType": "image/png"}),
        byte,
    );
    is_read_as(
        json!({"type": "string", "contentMediaType": "application/octet-stream"}),
        binary.clone(),
    );
    is_read_as(json!({"contentMediaType": "image/png"}), binary);
    for text in [
        "text/html",
        "application/json",
        "application/problem+json; charset=utf-8",
    ] {
        is_read_as(
            json!({"type": "string", "contentMediaType": text}),
            json!({"type": "string"}),
        );
    }
    is_read_as(
        json!({"type": "string", "contentEncoding": "base64url"}),
        json!({"type": "string"}),
    );
}

#[test]
fn truth_values_are_schemas() {
    is_read_as(json!(true), json!({}));
    is_read_as(
        json!({"type": "object", "properties": {"a": true, "b": false}, "additionalProperties": false}),
        json!({"type": "object", "properties": {"a": {}}, "additionalProperties": false}),
    );
    is_read_as(
        json!({"type": "array", "items": true}),
        json!({"type": "array"}),
    );
}

#[test]
fn the_first_items_of_a_list_are_some_of_its_items() {
    is_read_as(
        json!({"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}, {"type": "string"}], "items": false}),
        json!({"type": "array", "items": {"anyOf": [{"type": "string"}, {"type": "integer"}]}}),
    );
    is_read_as(
        json!({"type": "array", "prefixItems": [{"type": "number"}, {"type": "number"}]}),
        json!({"type": "array", "items": {"type": "number"}}),
    );
    is_read_as(
        json!({"type": "array", "prefixItems": [{"type": "number"}], "items": {"type": "string"}}),
        json!({"type": "array", "items": {"anyOf": [{"type": "number"}, {"type": "string"}]}}),
    );
}

#[test]
fn what_stands_beside_a_reference_counts() {
    let boat = json!({"$ref": "#/components/schemas/Boat"});
    is_read_as(
        json!({"$ref": "#/components/schemas/Boat", "description": "Hers.", "deprecated": true}),
        json!({"allOf": [boat], "description": "Hers.", "deprecated": true}),
    );
    is_read_as(
        json!({"$ref": "#/components/schemas/Boat", "required": ["name"]}),
        json!({"allOf": [boat, {"required": ["name"]}]}),
    );
    is_read_as(
        json!({"$ref": "#/components/schemas/Boat", "$comment": "x", "x-y": 1}),
        boat,
    );
}

#[test]
fn a_schema_is_found_by_its_pointer_its_anchor_and_its_id() {
    let boat = json!({"$ref": "#/components/schemas/Boat"});
    for reference in ["#boat", "https://a.example/boat"] {
        is_read_as(json!({"$ref": reference}), boat.clone());
    }
    is_read_as(json!({"$dynamicRef": "#boat"}), boat);
    let mast = of_3_1(&json!({"$ref": "#/components/schemas/Boat/$defs/Mast"})).0;
    assert_eq!(
        mast,
        json!({"$ref": "#/components/schemas/Boat $defs Mast"})
    );
    assert!(of_3_1(&json!({"$ref": "#ship"})).1[0].contains("leads to nothing"));
}

#[test]
fn the_first_example_counts() {
    let (found, _) = of_3_1(&json!({"type": "string", "examples": ["a", "b"]}));
    assert_eq!(found["example"], "a");
}

#[test]
fn in_openapi_3_0_these_words_are_still_wrong() {
    for written in [
        json!({"type": ["string", "null"]}),
        json!({"type": "integer", "exclusiveMinimum": 0}),
        json!({"properties": {"a": true}}),
        json!({"type": "null"}),
    ] {
        assert_eq!(of("3.0.3", &written).1.len(), 1, "{written}");
    }
    for unknown in [
        json!({"type": "text"}),
        json!({"type": ["string", "text"]}),
        json!({"type": []}),
    ] {
        assert_eq!(of_3_1(&unknown).1.len(), 1, "{unknown}");
    }
}
