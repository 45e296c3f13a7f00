//! Values of schemas.

use super::*;

fn made_for(side: Side, schema: &Value, schemas: &Value) -> Option<Value> {
    let schema = serde_json::from_value(schema.clone()).unwrap();
    super::made(
        &schema,
        &serde_json::from_value(schemas.clone()).unwrap(),
        side,
    )
}

fn made(schema: &Value, schemas: &Value) -> Option<Value> {
    made_for(Side::Response, schema, schemas)
}

fn plain(schema: &Value) -> Value {
    made(schema, &json!({})).unwrap()
}

#[test]
fn a_value_that_the_schema_names_goes_first() {
    for (schema, value) in [
        (
            json!({ "type": "string", "enum": ["cat", "dog"] }),
            json!("cat"),
        ),
        (
            json!({ "type": "string", "enum": ["cat", "dog"], "default": "dog" }),
            json!("dog"),
        ),
        (
            json!({ "type": "string", "default": "dog", "example": "Rex" }),
            json!("Rex"),
        ),
        (json!({ "type": "boolean" }), json!(true)),
    ] {
        assert_eq!(plain(&schema), value, "{schema}");
    }
}

#[test]
fn a_value_that_contradicts_its_schema_is_not_taken() {
    let schema = json!({ "type": "string", "example": 7, "default": "Rex" });
    assert_eq!(plain(&schema), json!("Rex"));
}

#[test]
fn an_array_that_has_no_item_and_needs_one_is_left_out() {
    let node = json!({ "$ref": "#/components/schemas/Node" });
    let schemas = json!({ "Node": { "type": "object", "properties": {
        "children": { "type": "array", "minItems": 1, "items": node } } } });
    assert_eq!(made(&node, &schemas), Some(json!({})));
}

#[test]
fn a_schema_that_lists_nothing_but_null_is_null() {
    for schema in [
        json!({ "enum": [null] }),
        json!({ "type": "string", "enum": [null] }),
        json!({ "type": "object", "enum": [null, null] }),
    ] {
        assert_eq!(plain(&schema), Value::Null, "{schema}");
    }
    assert_eq!(plain(&json!({ "enum": [null, "a"] })), json!("a"));
    let object =
        json!({ "type": "object", "required": ["a"], "properties": { "a": { "enum": [null] } } });
    assert_eq!(plain(&object), json!({ "a": null }));
    let either = json!({ "oneOf": [{ "enum": [null] }, { "type": "integer" }] });
    assert_eq!(plain(&either), json!(1));
}

#[test]
fn what_a_choice_lists_for_its_tag_is_kept() {
    let schema = json!({ "oneOf": [{ "$ref": "#/components/schemas/Zero" }], "discriminator": { "propertyName": "code" } });
    let schemas = json!({ "Zero": { "type": "object", "required": ["code"],
        "properties": { "code": { "type": "integer", "enum": [0] } } } });
    assert_eq!(made(&schema, &schemas), Some(json!({ "code": 0 })));
}

#[test]
fn where_no_choice_has_a_value_there_is_none() {
    let node = json!({ "$ref": "#/components/schemas/Node" });
    let schemas = json!({ "Node": { "type": "object", "required": ["self"], "properties": {
        "self": { "nullable": true, "oneOf": [node] },
        "items": { "type": "array", "items": { "anyOf": [node] } } } } });
    assert_eq!(
        made(&node, &schemas),
        Some(json!({ "self": null, "items": [] }))
    );
}

#[test]
fn a_choice_is_told_by_a_value_of_its_members_type() {
    let outcome = |name: &str, tag: Value| {
        json!({ "oneOf": [{ "$ref": format!("#/components/schemas/{name}") }],
        "discriminator": { "propertyName": "ok", "mapping": { tag.to_string(): name } } })
    };
    let schemas = json!({
        "Good": { "type": "object", "required": ["ok"], "properties": { "ok": { "type": "boolean" } } },
        "Code": { "type": "object", "required": ["ok"], "properties": { "ok": { "type": "integer" } } },
    });
    assert_eq!(
        made(&outcome("Good", json!(false)), &schemas),
        Some(json!({ "ok": false }))
    );
    assert_eq!(
        made(&outcome("Code", json!(0)), &schemas),
        Some(json!({ "ok": 0 }))
    );
}

#[test]
fn the_model_empty_is_an_empty_object() {
    assert_eq!(
        plain(&json!({ "title": "Empty Schema", "type": "object" })),
        json!({})
    );
}

#[test]
fn objects_and_arrays_are_filled_through_references() {
    let schemas = json!({
        "Pets": { "type": "array", "minItems": 2, "items": { "$ref": "#/components/schemas/Pet" } },
        "Pet": { "type": "object", "properties": {
            "name": { "type": "string" },
            "tags": { "type": "object", "additionalProperties": { "type": "integer" } },
            "password": { "type": "string", "writeOnly": true },
        } },
    });
    let pet = json!({ "name": "string", "tags": { "key": 1 } });
    assert_eq!(
        made(&json!({ "$ref": "#/components/schemas/Pets" }), &schemas),
        Some(json!([pet, pet]))
    );
}

#[test]
fn compositions_are_merged_and_the_first_choice_is_taken() {
    let schemas =
        json!({ "Base": { "type": "object", "properties": { "id": { "type": "integer" } } } });
    let all = json!({ "allOf": [
        { "$ref": "#/components/schemas/Base" },
        { "type": "object", "properties": { "name": { "type": "string" } } },
    ] });
    assert_eq!(
        made(&all, &schemas),
        Some(json!({ "id": 1, "name": "string" }))
    );
    let one = json!({ "oneOf": [{ "$ref": "#/components/schemas/Gone" }, { "type": "string" }] });
    assert_eq!(made(&one, &schemas), Some(json!("string")));
}

#[test]
fn a_schema_that_contains_itself_ends() {
    let node = json!({ "$ref": "#/components/schemas/Node" });
    let schemas = json!({ "Node": { "type": "object", "required": ["next"], "properties": {
        "next": { "nullable": true, "allOf": [node] },
        "parent": node,
        "children": { "type": "array", "items": node },
    } } });
    assert_eq!(
        made(&node, &schemas),
        Some(json!({ "next": null, "children": [] }))
    );
    let needs_itself = json!({ "Node": { "type": "object", "required": ["next"], "properties": { "next": node } } });
    assert_eq!(made(&node, &needs_itself), None);
}

#[test]
fn a_schema_that_unfolds_without_end_is_cut() {
    let level = |next: usize| {
        let next = json!({ "$ref": format!("#/components/schemas/L{next}") });
        let properties: Map<_, _> = (0..10).map(|n| (format!("p{n}"), next.clone())).collect();
        json!({ "type": "object", "properties": properties })
    };
    let schemas: Map<_, _> = (0..12).map(|n| (format!("L{n}"), level(n + 1))).collect();
    let made = made(
        &json!({ "$ref": "#/components/schemas/L0" }),
        &Value::Object(schemas),
    )
    .unwrap();
    assert!(made.to_string().len() < 100_000);
}

#[test]
fn schemas_within_each_other_are_made_as_deep_as_readers_of_json_go() {
    let level = |next: usize| {
        let inner = json!({ "$ref": format!("#/components/schemas/L{next}") });
        json!({ "type": "object", "properties": { "inner": { "type": "array", "items": inner } } })
    };
    let schemas: Map<_, _> = (0..300).map(|n| (format!("L{n}"), level(n + 1))).collect();
    let outermost = json!({ "$ref": "#/components/schemas/L0" });
    let text = made(&outermost, &Value::Object(schemas))
        .unwrap()
        .to_string();
    assert!(text.matches("inner").count() >= 40, "{text}");
    assert!(serde_json::from_str::<Value>(&text).is_ok(), "{text}");
}

#[test]
fn requests_and_answers_have_properties_of_their_own() {
    let schema = json!({ "type": "object", "required": ["id"], "properties": {
        "id": { "type": "integer", "readOnly": true },
        "password": { "type": "string", "writeOnly": true },
    } });
    let of = |side| made_for(side, &schema, &json!({})).unwrap();
    assert_eq!(of(Side::Request), json!({ "password": "string" }));
    assert_eq!(of(Side::Response), json!({ "id": 1 }));
}

#[test]
fn a_choice_with_a_discriminator_tells_its_kind() {
    let schemas =
        json!({ "Cat": { "type": "object", "properties": { "kind": { "type": "string" } } } });
    let choice = json!({
        "oneOf": [{ "$ref": "#/components/schemas/Cat" }],
        "discriminator": { "propertyName": "kind", "mapping": { "feline": "#/components/schemas/Cat" } },
    });
    assert_eq!(made(&choice, &schemas), Some(json!({ "kind": "feline" })));
}

#[test]
fn a_base_with_a_discriminator_is_one_of_the_schemas_that_build_on_it() {
    let base = json!({ "$ref": "#/components/schemas/Vessel" });
    let kind = |discriminator: Value| {
        json!({
            "Vessel": { "type": "object", "required": ["kind"], "discriminator": discriminator,
                "properties": { "kind": { "type": "string" }, "tender": base } },
            "Sloop": { "allOf": [base, { "type": "object", "properties": { "masts": { "type": "integer" } } }] },
        })
    };
    let plain = made(&base, &kind(json!({ "propertyName": "kind" }))).unwrap();
    assert_eq!(
        (&plain["kind"], &plain["masts"]),
        (&json!("Sloop"), &json!(1))
    );
    let mapping =
        json!({ "propertyName": "kind", "mapping": { "sl": "#/components/schemas/Sloop" } });
    assert_eq!(made(&base, &kind(mapping)).unwrap()["kind"], json!("sl"));
    // A list of kinds that would have no end is empty.
    let fleet = json!({
        "Vessel": { "type": "object", "required": ["kind"], "discriminator": { "propertyName": "kind" },
            "properties": { "kind": { "type": "string" } } },
        "Fleet": { "allOf": [base, { "type": "object", "properties": { "vessels": { "type": "array", "items": base } } }] },
    });
    assert_eq!(
        made(&base, &fleet).unwrap(),
        json!({ "kind": "Fleet", "vessels": [] })
    );
}
