use serde_json::{Value, json};

use super::{document, generated, notes, of_document, types};
use crate::lower::Choices;

fn to(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn base() -> Value {
    json!({"type": "object", "required": ["id"], "properties": {
        "id": {"type": "string"}, "note": {"type": "string", "format": "date"}}})
}

#[test]
fn all_of_is_one_struct_and_what_is_said_last_wins() {
    let code = types(&json!({"Base": base(), "Answer": {
        "allOf": [to("Base"), {"required": ["note"]}],
        "properties": {"id": {"type": "integer"}, "note": {"description": "Only described."}, "more": {"type": "boolean"}},
    }}));
    let fields =
        "pub struct Answer { pub id: i64, pub note: rt::format::Date, pub more: Option<bool>, }";
    assert!(code.contains(fields), "{code}");
}

#[test]
fn a_type_inside_a_shared_schema_is_one_type() {
    let own =
        json!({"type": "object", "properties": {"state": {"type": "string", "enum": ["on"]}}});
    let child =
        |member: &str| json!({"allOf": [to("Base"), {"properties": {member: {"type": "string"}}}]});
    let code = types(&json!({"Base": own, "A": child("a"), "B": child("b"),
        "Answer": {"type": "object", "properties": {"a": to("A"), "b": to("B"), "base": to("Base")}}}));
    assert_eq!(
        code.matches("pub state: Option<types::BaseState>").count(),
        3,
        "{code}"
    );
    assert_eq!(code.matches("pub enum").count(), 1, "{code}");
}

#[test]
fn all_of_one_is_that_one_whatever_stands_beside_it() {
    for parts in [
        json!([to("Base")]),
        json!([to("Base"), {"description": "d", "nullable": true}]),
    ] {
        let code = types(
            &json!({"Base": base(), "Answer": {"type": "object", "allOf": parts, "title": "t"}}),
        );
        assert!(code.contains("pub type Answer = types::Base;"), "{code}");
    }
}

#[test]
fn all_of_texts_is_the_narrowest() {
    let code = types(&json!({
        "Answer": {"type": "object", "properties": {"a": {"allOf": [{"type": "string"}, to("Kind")]}}},
        "Kind": {"type": "string", "enum": ["x"]},
    }));
    assert!(
        code.contains("X = \"x\"") && !code.contains("rt::Value"),
        "{code}"
    );
}

#[test]
fn all_of_an_object_and_a_text_is_any_json_and_noted() {
    let generated = generated(&json!({"Base": base(),
        "Answer": {"type": "object", "properties": {"a": {"allOf": [to("Base"), {"type": "string"}]}}}}));
    assert!(generated.code.contains("pub a: Option<rt::Value>"));
    assert!(
        generated.notes[0].message.contains("any JSON"),
        "{}",
        generated.notes[0]
    );
}

#[test]
fn alternatives_beside_members_are_each_with_them() {
    let kind = |name: &str, member: &str| {
        json!({"type": "object", "required": ["kind", member],
        "properties": {"kind": {"type": "string", "enum": [name]}, member: {"type": "string"}}})
    };
    let code = types(&json!({
        "Base": base(), "Cat": kind("cat", "purr"),
        "Dogs": {"oneOf": [kind("pug", "snore"), kind("husky", "howl")]},
        "Answer": {"allOf": [to("Base"), {"oneOf": [to("Cat"), to("Dogs")]}]},
    }));
    assert!(
        code.contains(
            "pub struct AnswerCat { pub id: String, pub note: Option<rt::format::Date>, pub kind:"
        ),
        "{code}"
    );
    assert!(code.contains("Answer by \"kind\" { Cat(types::AnswerCat) = [\"cat\"], Pug(types::AnswerPug) = [\"pug\"], Husky(types::AnswerHusky) = [\"husky\"], }"), "{code}");
}

#[test]
fn alternatives_that_only_demand_other_members_change_nothing() {
    let code = types(
        &json!({"Answer": {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}},
        "oneOf": [{"required": ["a"]}, {"not": {"required": ["b"]}}]}}),
    );
    assert!(
        code.contains("pub struct Answer { pub a: Option<String>, pub b: Option<String>, }"),
        "{code}"
    );
}

#[test]
fn what_cannot_be_told_apart_is_kept_beside_what_is_known() {
    let either = json!([{"properties": {"x": {"type": "string"}}}, {"properties": {"y": {"type": "string"}}}]);
    let generated =
        generated(&json!({"Answer": {"allOf": [base(), {"oneOf": either}, {"anyOf": either}]}}));
    assert!(
        generated
            .code
            .contains("pub additional_properties: rt::BTreeMap<String, rt::Value>")
    );
    assert!(generated.notes[0].message.contains("additional_properties"));
}

#[test]
fn alternatives_that_demand_nothing_are_told_apart_by_a_kind_that_may_be_missing() {
    let kind = |name: &str, member: &str| json!({"type": "object", "properties": {"kind": {"type": "string", "enum": [name]}, member: {"type": "string"}}});
    let code = |either: Value| types(&json!({"Answer": {"oneOf": either}}));
    let told = code(json!([kind("buoy", "rope"), kind("wreck", "depth")]));
    let expected = "Answer by \"kind\" { Buoy(types::AnswerBuoy) = [\"buoy\"], Wreck(types::AnswerWreck) = [\"wreck\"], }";
    assert!(told.contains(expected), "{told}");
    let same = code(json!([kind("buoy", "rope"), kind("buoy", "depth")]));
    assert!(!same.contains("by \"kind\""), "{same}");
    let mut demanding = kind("wreck", "depth");
    demanding["required"] = json!(["depth"]);
    let other = code(json!([kind("buoy", "rope"), demanding]));
    assert!(!other.contains("by \"kind\""), "{other}");
}

#[test]
fn a_text_that_several_alternatives_have_leaves_the_choice_to_the_rest() {
    let kind = |name: &str, demands: Value| {
        json!({"type": "object", "required": demands,
        "properties": {"kind": {"type": "string", "enum": [name]}, "x": {"type": "string"}}})
    };
    let code = types(&json!({"Answer": {"oneOf": [to("A"), to("B"), to("C")]},
        "A": kind("one", json!(["kind"])), "B": kind("one", json!(["kind", "x"])), "C": kind("two", json!(["kind"]))}));
    assert!(code.contains("Answer by \"kind\" { B(types::B) = [\"one\"], A(types::A) = [\"one\"], C(types::C) = [\"two\"], }"), "{code}");
}

#[test]
fn a_discriminator_that_names_no_inline_schema_is_done_without() {
    let inline =
        |member: &str| json!({"type": "object", "required": [member], "properties": {member: {}}});
    let code = types(
        &json!({"Answer": {"oneOf": [inline("a"), inline("b")], "discriminator": {"propertyName": "kind"}}}),
    );
    assert!(code.contains("json_union!(read Answer { Object"), "{code}");
}

#[test]
fn a_few_lines_cannot_ask_for_any_number_of_members() {
    let wide: serde_json::Map<_, _> = (0..100)
        .map(|i| (format!("m{i}"), json!({"type": "string"})))
        .collect();
    let mut schemas = json!({"Wide": {"type": "object", "properties": wide}});
    let mut all = serde_json::Map::new();
    for i in 0..40 {
        let name = format!("S{i}");
        schemas[&name] =
            json!({"allOf": [to("Wide"), {"properties": {"own": {"type": "string"}}}]});
        all.insert(name.clone(), to(&name));
    }
    schemas["Answer"] = json!({"type": "object", "properties": all});
    let notes = notes(&schemas);
    let refused = notes
        .iter()
        .filter(|note| note.message.contains("too many"));
    assert!(refused.count() > 10);
}

#[test]
fn a_circle_of_all_of_ends() {
    let code = types(&json!({
        "Answer": {"allOf": [to("Other"), {"type": "object", "properties": {"a": {"type": "string"}}}]},
        "Other": {"allOf": [to("Answer"), {"type": "object", "properties": {"b": {"type": "string"}}}]},
    }));
    assert!(
        code.contains("pub a: Option<String>") && code.contains("pub b: Option<String>"),
        "{code}"
    );
}

/// The types of a document of OpenAPI 3.1.
fn modern(schemas: &Value) -> String {
    let mut document = document(schemas);
    document["openapi"] = json!("3.1.0");
    of_document(&document, &Choices::default()).code
}

#[test]
fn constants_tell_kinds_apart_as_pydantic_writes_them() {
    let kind = |name: &str| json!({"type": "object", "required": ["kind"], "properties": {"kind": {"const": name, "type": "string"}}});
    let code = modern(&json!({"Cat": kind("cat"), "Dog": kind("dog"),
        "Answer": {"anyOf": [to("Cat"), to("Dog"), {"type": "null"}]}}));
    assert!(code.contains("by \"kind\""), "{code}");
    assert!(code.contains("Cat(types::Cat) = [\"cat\"]"), "{code}");
}

#[test]
fn a_list_of_types_is_an_enum_of_them() {
    let code = modern(
        &json!({"Answer": {"type": "object", "required": ["id"], "properties": {
        "id": {"type": ["string", "integer"]}, "at": {"type": ["string", "null"], "format": "date"}}}}),
    );
    assert!(code.contains("pub id: types::AnswerId"), "{code}");
    assert!(code.contains("Text(String), Integer(i64)"), "{code}");
    assert!(code.contains("pub at: Option<rt::format::Date>"), "{code}");
}
