//! Every way to build a schema on itself, up to three levels deep: lists, members, maps, `allOf`, `oneOf` and `anyOf`, around
//! a reference to the schema, to one that refers to it, and to what ends. Each is code, or an error with a place; the
//! test ends, so each takes bounded time and a bounded stack.

use gatewright_build::configure;
use serde_json::{Value, json};

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn object(member: &str) -> Value {
    json!({"type": "object", "properties": {member: {"type": "integer"}}})
}

fn leaves() -> Vec<Value> {
    let ends = [json!({"type": "string"}), object("leaf"), json!({})];
    [reference("Kite"), reference("Tail")]
        .into_iter()
        .chain(ends)
        .collect()
}

/// All schemas that are one level around `inner`.
fn around(inner: &Value) -> Vec<Value> {
    let mut found = vec![
        json!({"type": "array", "items": inner}),
        json!({"type": "object", "properties": {"m": inner}}),
        json!({"type": "object", "required": ["m"], "properties": {"m": inner}}),
        json!({"type": "object", "additionalProperties": inner}),
        json!({"allOf": [inner]}),
        json!({"allOf": [inner, {"required": ["m"]}]}),
        json!({"properties": {"own": {"type": "string"}}, "oneOf": [inner, object("rank")]}),
        json!({"properties": {"own": {"type": "string"}}, "anyOf": [inner, object("rank")], "allOf": [reference("Tail")]}),
    ];
    for keyword in ["allOf", "oneOf", "anyOf"] {
        for other in [object("rank"), reference("Tail"), reference("Kite")] {
            found.push(json!({keyword: [inner, other]}));
        }
    }
    found
}

/// What the other schema is that the shape may refer to.
fn tails() -> [Value; 3] {
    [
        json!({"type": "object", "properties": {"kite": reference("Kite")}}),
        json!({"allOf": [reference("Kite"), object("more")]}),
        json!({"oneOf": [reference("Kite"), {"type": "string"}]}),
    ]
}

fn document(kite: &Value, tail: &Value) -> Vec<u8> {
    let content = json!({"application/json": {"schema": reference("Kite")}});
    let operation = json!({
        "operationId": "fly", "requestBody": {"content": content},
        "responses": {"200": {"description": "ok", "content": content}},
    });
    let document = json!({
        "openapi": "3.0.1", "info": {"title": "t", "version": "1"},
        "paths": {"/kites": {"post": operation}},
        "components": {"schemas": {"Kite": kite, "Tail": tail}},
    });
    document.to_string().into_bytes()
}

/// Generates a client of each `step`th shape, with each tail in turn.
fn check(shapes: &[Value], step: usize) {
    let tails = tails();
    let mut checked = 0;
    for (index, shape) in shapes.iter().enumerate().step_by(step) {
        let tail = &tails[(index / step) % tails.len()];
        let bytes = document(shape, tail);
        if let Err(error) = configure().generate_from_slice("kite.json", &bytes) {
            let error = error.to_string();
            assert!(error.starts_with("kite.json#/"), "{shape}: {error}");
        }
        checked += 1;
    }
    assert!(checked * step >= shapes.len());
}

#[test]
fn a_schema_that_is_built_on_itself_becomes_code_or_an_error_with_a_place() {
    let one: Vec<_> = leaves().iter().flat_map(around).collect();
    let two: Vec<_> = one.iter().flat_map(around).collect();
    check(&one, 1);
    check(&two, 1);
    let three: Vec<_> = two.iter().flat_map(around).collect();
    // 17 ways a level and 3 tails: a step that shares no factor with either meets all of them, a part at a time.
    check(&three, 53);
}

fn generated(kite: &Value, tail: &Value) -> String {
    let generated = configure().generate_from_slice("kite.json", &document(kite, tail));
    let code = generated.expect("a client").code;
    code.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn an_item_that_is_its_list_s_owner_and_more_is_one_type() {
    let item = json!({"allOf": [reference("Kite"), object("rank")]});
    let kite = json!({"type": "object", "properties": {"name": {"type": "string"}, "below": {"type": "array", "items": item}}});
    let code = generated(&kite, &json!({}));
    let own = "pub struct KiteBelowItem { pub name: Option<String>, pub below: Option<Vec<types::KiteBelowItem>>, pub rank: Option<i64>, }";
    assert!(code.contains(own), "{code}");
}

#[test]
fn a_member_that_is_its_owner_and_more_is_boxed() {
    let member = json!({"allOf": [reference("Kite"), {"required": ["name"]}]});
    let kite =
        json!({"type": "object", "properties": {"name": {"type": "string"}, "above": member}});
    let code = generated(&kite, &json!({}));
    let own =
        "pub struct KiteAbove { pub name: String, pub above: Option<Box<types::KiteAbove>>, }";
    assert!(code.contains(own), "{code}");
}

#[test]
fn a_map_that_is_its_own_value_and_more_has_a_name() {
    let value = json!({"allOf": [reference("Kite"), {"required": ["m"]}]});
    let code = generated(
        &json!({"type": "object", "additionalProperties": value}),
        &json!({}),
    );
    assert!(
        code.contains("pub type Kite = rt::BTreeMap<String, rt::BTreeMap<String, types::"),
        "{code}"
    );
}

#[test]
fn a_union_that_is_one_of_itself_is_one_of_the_others() {
    let kite = json!({"oneOf": [reference("Kite"), reference("Tail"), object("leaf")]});
    let tail = json!({"oneOf": [reference("Kite"), object("end")]});
    let code = generated(&kite, &tail);
    assert!(!code.contains("Kite(types::Kite)"), "{code}");
    let generated = configure().generate_from_slice("kite.json", &document(&kite, &tail));
    let notes = generated.expect("a client").notes;
    assert!(
        notes
            .iter()
            .any(|note| note.message.contains("one of itself")),
        "{notes:?}"
    );
}
