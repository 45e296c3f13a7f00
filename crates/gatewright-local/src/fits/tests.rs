//! Values that fit and that do not.

use serde_json::json;

use super::*;

fn fault_of(schema: &Value, value: &Value) -> Option<String> {
    let schemas = json!({
        "Pet": { "type": "object", "required": ["name"], "properties": {
            "name": { "type": "string" },
            "mother": { "$ref": "#/components/schemas/Pet" },
        } },
        "Loop": { "allOf": [{ "$ref": "#/components/schemas/Loop" }] },
    });
    let schema = serde_json::from_value(schema.clone()).unwrap();
    let schemas = serde_json::from_value(schemas).unwrap();
    check(value, &schema, &schemas, Side::Request).err()
}

#[track_caller]
fn refuses(schema: &Value, value: &Value, fault: &str) {
    assert_eq!(fault_of(schema, value).as_deref(), Some(fault), "{schema}");
}

#[track_caller]
fn takes(schema: &Value, value: &Value) {
    assert_eq!(fault_of(schema, value), None, "{schema}");
}

#[test]
fn types_are_told_apart() {
    for (kind, good, bad) in [
        ("string", json!("a"), json!(1)),
        ("integer", json!(1), json!(1.5)),
        ("number", json!(1.5), json!("1")),
        ("boolean", json!(true), json!("true")),
        ("array", json!([]), json!({})),
        ("object", json!({}), json!(null)),
    ] {
        let schema = json!({ "type": kind });
        takes(&schema, &good);
        refuses(&schema, &bad, &format!("/ is not of the type {kind}"));
    }
    takes(&json!({ "type": "string", "nullable": true }), &json!(null));
}

#[test]
fn members_are_followed_and_named() {
    let pet = json!({ "$ref": "#/components/schemas/Pet" });
    takes(
        &pet,
        &json!({ "name": "Rex", "mother": { "name": "Lassie" }, "other": 1 }),
    );
    refuses(
        &pet,
        &json!({ "name": "Rex", "mother": {} }),
        "/mother/name is missing",
    );
    refuses(
        &pet,
        &json!({ "name": 1 }),
        "/name is not of the type string",
    );
    let pets = json!({ "type": "array", "items": pet });
    refuses(&pets, &json!([{ "name": "Rex" }, {}]), "/1/name is missing");
}

#[test]
fn members_that_nobody_named_follow_additional_properties() {
    let closed = json!({ "type": "object", "additionalProperties": false });
    refuses(&closed, &json!({ "a": 1 }), "/a is not a known property");
    let typed = json!({ "type": "object", "additionalProperties": { "type": "string" } });
    takes(&typed, &json!({ "a": "b" }));
    refuses(&typed, &json!({ "a": 1 }), "/a is not of the type string");
}

#[test]
fn what_is_read_only_need_not_be_sent() {
    let schema = json!({ "type": "object", "required": ["id"], "properties": {
        "id": { "type": "string", "readOnly": true } } });
    takes(&schema, &json!({}));
}

#[test]
fn bounds_count() {
    let text = json!({ "type": "string", "minLength": 2, "maxLength": 3 });
    takes(&text, &json!("äö"));
    refuses(&text, &json!("a"), "/ is below its `minLength`");
    refuses(&text, &json!("abcd"), "/ is above its `maxLength`");
    let items = json!({ "type": "array", "items": {}, "minItems": 1 });
    refuses(&items, &json!([]), "/ is below its `minItems`");
    let number = json!({ "type": "number", "minimum": 0, "exclusiveMinimum": true, "maximum": 1, "multipleOf": 0.1 });
    takes(&number, &json!(0.3));
    refuses(&number, &json!(0), "/ is below its `minimum`");
    refuses(&number, &json!(1.1), "/ is above its `maximum`");
    refuses(
        &number,
        &json!(0.25),
        "/ is no multiple of its `multipleOf`",
    );
    refuses(
        &json!({ "type": "string", "enum": ["a"] }),
        &json!("b"),
        "/ is none of its `enum`",
    );
}

#[test]
fn compositions_are_all_one_or_any() {
    let (text, short) = (json!({ "type": "string" }), json!({ "maxLength": 1 }));
    let all = json!({ "allOf": [text, short] });
    takes(&all, &json!("a"));
    refuses(&all, &json!("ab"), "/ is above its `maxLength`");
    let any = json!({ "anyOf": [text, { "type": "integer" }] });
    takes(&any, &json!(1));
    refuses(&any, &json!(true), "/ fits none of `anyOf`");
    let one = json!({ "oneOf": [text, { "enum": ["a"] }] });
    takes(&one, &json!("b"));
    refuses(&one, &json!("a"), "/ fits 2 of `oneOf`");
    refuses(&one, &json!(1), "/ fits 0 of `oneOf`");
    let none = json!({ "not": text });
    takes(&none, &json!(1));
    refuses(&none, &json!("a"), "/ fits what it must `not`");
}

#[test]
fn null_fits_where_it_is_listed() {
    takes(&json!({ "enum": [null] }), &json!(null));
    takes(
        &json!({ "type": "string", "enum": ["a", null] }),
        &json!(null),
    );
    refuses(
        &json!({ "type": "string", "enum": ["a"] }),
        &json!(null),
        "/ is not of the type string",
    );
    refuses(
        &json!({ "enum": [null, "a"] }),
        &json!("b"),
        "/ is none of its `enum`",
    );
}

#[test]
fn what_is_listed_of_another_type_is_no_value() {
    let schema = json!({ "type": "object", "enum": ["gone"] });
    takes(&schema, &json!({ "code": "gone" }));
    refuses(&schema, &json!("gone"), "/ is not of the type object");
    takes(&json!({ "type": "integer", "enum": [1, 2] }), &json!(2.0));
}

#[test]
fn a_boolean_and_an_integer_tell_which_choice_is_meant() {
    let choice = json!({
        "oneOf": [{ "$ref": "#/components/schemas/Pet" }, { "type": "object" }],
        "discriminator": { "propertyName": "kind", "mapping": { "true": "Pet", "0": "#/components/schemas/Pet" } },
    });
    for told in [json!(true), json!("true")] {
        refuses(&choice, &json!({ "kind": told }), "/name is missing");
        takes(&choice, &json!({ "kind": told, "name": "Rex" }));
    }
}

#[test]
fn a_schema_that_contains_itself_ends() {
    takes(&json!({ "$ref": "#/components/schemas/Loop" }), &json!({}));
}

#[test]
fn a_discriminator_tells_which_choice_is_meant() {
    let choice = json!({
        "oneOf": [{ "$ref": "#/components/schemas/Pet" }, { "type": "object" }],
        "discriminator": { "propertyName": "kind" },
    });
    takes(&choice, &json!({ "kind": "Pet", "name": "Rex" }));
    refuses(&choice, &json!({ "kind": "Pet" }), "/name is missing");
}
