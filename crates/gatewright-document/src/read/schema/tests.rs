use openapiv3::{AdditionalProperties, ReferenceOr, Schema, SchemaKind, Type};
use serde_json::{Value, json};

use super::schema;
use crate::node::Node;
use crate::source::Source;

fn read(value: &Value) -> (ReferenceOr<Schema>, Vec<String>) {
    let source = Source::of(value);
    let found = schema(&Node::root(&source));
    let repairs = source.finish().unwrap();
    (
        found,
        repairs
            .iter()
            .map(|repair| repair.pointer.to_string())
            .collect(),
    )
}

fn item(value: &Value) -> Schema {
    read(value).0.into_item().unwrap()
}

#[test]
fn valid_schemas_are_read_as_openapiv3_reads_them() {
    let schemas = [
        json!({}),
        json!({"$ref": "#/components/schemas/A", "description": "ignored"}),
        json!({"type": "string", "format": "date-time", "pattern": "^a", "minLength": 1, "maxLength": 2}),
        json!({"type": "string", "enum": ["a", null], "nullable": true, "x-note": {"a": 1}}),
        json!({"type": "string", "enum": ["a", 1]}),
        json!({"type": "string", "properties": {"a": {}}}),
        json!({"type": "integer", "format": "int64", "minimum": 1, "maximum": 9, "multipleOf": 2, "enum": [2, 4]}),
        json!({"type": "integer", "minimum": 0.5, "exclusiveMinimum": true}),
        json!({"type": "integer", "maximum": 18_446_744_073_709_551_615u64}),
        json!({"type": "number", "format": "double", "minimum": 0.5, "exclusiveMaximum": true, "enum": [1, 2.5]}),
        json!({"type": "boolean", "enum": [true], "default": true, "readOnly": true}),
        json!({"type": "boolean", "format": "yesno"}),
        json!({"type": "array", "items": {"type": "array", "items": {}}, "minItems": 1, "uniqueItems": true}),
        json!({"type": "array", "items": {}, "enum": [[1]]}),
        json!({"type": "object", "required": ["b"], "minProperties": 1,
            "properties": {"b": {"$ref": "#/components/schemas/A"}, "a": {"type": "string", "deprecated": true, "example": [1]}}}),
        json!({"type": "object", "additionalProperties": false}),
        json!({"type": "object", "additionalProperties": {"type": "integer"}, "externalDocs": {"url": "u", "description": "d"}}),
        json!({"properties": {"a": {}}, "title": "t", "description": "d", "writeOnly": true}),
        json!({"oneOf": [{"$ref": "#/components/schemas/A"}, {"type": "string"}], "discriminator": {"propertyName": "k", "mapping": {"a": "#/components/schemas/A"}}}),
        json!({"allOf": [{"type": "object"}, {"required": ["a"]}]}),
        json!({"anyOf": [{}], "oneOf": [{}]}),
        json!({"anyOf": [{"type": "string"}]}),
        json!({"not": {"type": "string"}}),
        json!({"type": "object", "properties": {"a": {}}, "allOf": [{}], "oneOf": [{}], "anyOf": [{}], "not": {}}),
    ];
    for value in schemas {
        let expected: ReferenceOr<Schema> = serde_json::from_value(value.clone()).unwrap();
        let document = json!({"schema": value, "components": {"schemas": {"A": {}}}});
        let source = Source::of(&document);
        let found = schema(&Node::root(&source).child("schema").unwrap());
        assert_eq!(found, expected, "{value}");
        assert!(source.finish().unwrap().is_empty(), "{value}");
    }
}

#[test]
fn a_wrong_type_anywhere_is_left_out_and_said() {
    let keywords = [
        "nullable",
        "readOnly",
        "title",
        "description",
        "discriminator",
        "externalDocs",
        "type",
        "format",
        "enum",
        "pattern",
        "minLength",
        "multipleOf",
        "maximum",
        "exclusiveMinimum",
        "properties",
        "required",
        "additionalProperties",
        "items",
        "maxItems",
        "uniqueItems",
        "oneOf",
        "allOf",
        "anyOf",
        "not",
    ];
    for keyword in keywords {
        let value = match keyword {
            "enum" | "required" | "oneOf" | "allOf" | "anyOf" => json!({ keyword: 7 }),
            _ => json!({ keyword: [7] }),
        };
        let (_, repairs) = read(&value);
        assert_eq!(repairs, [format!("#/{keyword}")]);
    }
    assert_eq!(
        read(&json!({"properties": {"a": {"items": {"type": "strnig"}}}})).1,
        ["#/properties/a/items/type"]
    );
    assert_eq!(read(&json!(true)).1, ["#"]);
}

#[test]
fn types_of_other_dialects_are_understood() {
    let nullable = item(&json!({"type": ["string", "null"]}));
    assert!(
        nullable.schema_data.nullable
            && matches!(nullable.schema_kind, SchemaKind::Type(Type::String(_)))
    );
    assert!(matches!(
        item(&json!({"type": "String"})).schema_kind,
        SchemaKind::Type(Type::String(_))
    ));
    for open in [
        json!({"type": ["string", "integer"]}),
        json!({"type": "file"}),
        json!({"type": {"Ref": "T"}}),
    ] {
        assert!(
            matches!(item(&open).schema_kind, SchemaKind::Any(found) if found.typ.is_none()),
            "{open}"
        );
    }
    let discriminator = item(&json!({"type": "object", "discriminator": "kind"}))
        .schema_data
        .discriminator;
    assert_eq!(discriminator.unwrap().property_name, "kind");
}

#[test]
fn swagger_has_files_and_null_of_its_own() {
    let value = json!({"swagger": "2.0", "properties": {
        "f": {"type": "file"}, "n": {"type": "string", "x-nullable": true}, "d": {"discriminator": "kind"},
    }});
    let (found, repairs) = read(&value);
    assert!(repairs.is_empty(), "{repairs:?}");
    let found = serde_json::to_value(found).unwrap();
    let properties = &found["properties"];
    assert_eq!(
        properties["f"],
        json!({"type": "string", "format": "binary"})
    );
    assert_eq!(properties["n"]["nullable"], true);
    assert_eq!(properties["d"]["discriminator"]["propertyName"], "kind");
}

#[test]
fn a_schema_of_truth_allows_anything() {
    let additional = item(&json!({"type": "object", "additionalProperties": true}));
    let SchemaKind::Type(Type::Object(object)) = additional.schema_kind else {
        panic!("not an object")
    };
    assert_eq!(
        object.additional_properties,
        Some(AdditionalProperties::Any(true))
    );
}

#[test]
fn a_wrong_type_under_many_levels_costs_no_more_than_elsewhere() {
    let mut value = json!({"type": 5});
    for _ in 0..50 {
        value = json!({"type": "object", "properties": {"a": value}});
    }
    assert_eq!(read(&value).1.len(), 1);
}
