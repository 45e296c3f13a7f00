use serde_json::json;

use super::{generated, member, member_among, types};

#[test]
fn formats_have_types_of_their_own_and_unknown_ones_are_text() {
    let of = |ty: &str, format: &str| member(&json!({"type": ty, "format": format}));
    assert_eq!(of("string", "date-time"), "rt::format::DateTime");
    assert_eq!(of("string", "date"), "rt::format::Date");
    assert_eq!(of("string", "uuid"), "rt::format::Uuid");
    assert_eq!(of("string", "byte"), "rt::format::Base64");
    for format in ["binary", "password", "email", "no such format"] {
        assert_eq!(of("string", format), "String");
    }
    assert_eq!(
        (of("integer", "int32"), of("integer", "int64")),
        ("i32".into(), "i64".into())
    );
    assert_eq!(
        (of("number", "float"), of("number", "double")),
        ("f64".into(), "f64".into())
    );
}

#[test]
fn keywords_of_another_type_change_nothing() {
    assert_eq!(
        member(&json!({"type": "string", "format": "uuid", "items": {}})),
        "rt::format::Uuid"
    );
    assert_eq!(
        member(&json!({"type": "integer", "format": "int32", "minimum": 0.5})),
        "i32"
    );
    assert_eq!(
        member(&json!({"type": "boolean", "format": "yesno"})),
        "bool"
    );
    assert_eq!(member(&json!({"type": "number", "pattern": "x"})), "f64");
    assert_eq!(
        member(&json!({"type": "array", "items": {"type": "string"}, "enum": [[]]})),
        "Vec<String>"
    );
    assert_eq!(member(&json!({"items": {"type": "boolean"}})), "Vec<bool>");
}

#[test]
fn what_says_nothing_is_any_json() {
    for schema in [
        json!({}),
        json!({"type": "object"}),
        json!({"type": "object", "additionalProperties": false}),
        json!({"not": {"type": "string"}}),
        json!({"title": "t", "minLength": 1}),
        json!({"allOf": [{}, {"description": "d"}]}),
    ] {
        assert_eq!(member(&schema), "rt::Value", "{schema}");
    }
}

#[test]
fn other_members_are_kept_with_the_type_they_have() {
    let map = |rest| member(&json!({"type": "object", "additionalProperties": rest}));
    assert_eq!(map(json!(true)), "rt::BTreeMap<String, rt::Value>");
    assert_eq!(map(json!({})), "rt::BTreeMap<String, rt::Value>");
    let nullable = json!({"type": "integer", "nullable": true});
    assert_eq!(map(nullable), "rt::BTreeMap<String, Option<i64>>");
    let code = types(
        &json!({"Answer": {"type": "object", "properties": {"a": {}},
        "additionalProperties": {"type": "object", "properties": {"x": {}}}}}),
    );
    assert!(
        code.contains("additional_properties: rt::BTreeMap<String, types::AnswerValue>"),
        "{code}"
    );
}

#[test]
fn null_makes_optional_wherever_it_is_said() {
    let others = json!({
        "Name": {"type": "string", "nullable": true},
        "Again": {"$ref": "#/components/schemas/Name"},
        "Thing": {"type": "object", "properties": {"x": {}}},
    });
    let to = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let of = |schema| member_among(&schema, &others);
    assert_eq!(of(to("Name")), "Option<types::Name>");
    assert_eq!(of(to("Again")), "Option<types::Again>");
    assert_eq!(
        of(json!({"allOf": [to("Thing")], "nullable": true})),
        "Option<types::Thing>"
    );
    assert_eq!(
        of(json!({"oneOf": [to("Thing"), {"nullable": true}]})),
        "Option<types::Thing>"
    );
    assert_eq!(
        of(json!({"anyOf": [{"enum": [null]}, to("Thing")]})),
        "Option<types::Thing>"
    );
    assert_eq!(
        of(json!({"type": "array", "items": to("Name")})),
        "Vec<Option<types::Name>>"
    );
}

#[test]
fn schemas_without_a_name_are_called_after_their_place() {
    let code = types(&json!({"Answer": {"type": "object", "properties": {
        "list": {"type": "array", "items": {"type": "object", "title": "A title", "properties": {"x": {}}}},
    }}}));
    assert!(code.contains("/// A title #[derive"), "{code}");
    assert!(code.contains("pub struct AnswerListItem"), "{code}");
}

#[test]
fn names_that_differ_by_case_alone_are_told_apart() {
    let one = json!({"type": "object", "properties": {"x": {"type": "string"}}});
    let to = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let code = types(&json!({
        "PetId": one, "Petid": one, "pet-id": one,
        "Answer": {"type": "object", "properties": {"a": to("PetId"), "A": to("Petid"), "_a": to("pet-id")}},
    }));
    assert!(code.contains("pub a: Option<types::PetId>, pub a_2: Option<types::Petid2>, pub a_3: Option<types::PetId3>"), "{code}");
}

#[test]
fn a_deprecated_member_or_type_is_marked() {
    let generated = generated(&json!({
        "Answer": {"type": "object", "deprecated": true, "properties": {"a": {"type": "string", "deprecated": true}}},
    }));
    let code: Vec<_> = generated.code.lines().map(str::trim).collect();
    let after = |mark: &str| code.iter().filter(|line| line.contains(mark)).count();
    assert_eq!(after("#[deprecated]"), 2);
}

#[test]
fn a_member_that_is_demanded_but_not_described_can_be_sent_and_is_noted() {
    let generated = generated(
        &json!({"Answer": {"type": "object", "required": ["size", "Weight", "name"], "properties": {
            "name": {"type": "string"}, "weight": {"type": "integer"}}}}),
    );
    let code = super::squeeze(&generated.code);
    for part in [
        "pub name: String, pub weight: Option<i64>, /// Demanded, but not described. pub weight_2: Option<rt::Value>,",
        "read Answer { name, weight, weight_2 = \"Weight\", size, }",
    ] {
        assert!(code.contains(part), "{part} is missing in {code}");
    }
    let messages = generated.notes.iter().map(ToString::to_string);
    assert_eq!(
        messages.collect::<Vec<_>>(),
        ["Weight", "size"].map(|name| format!(
            "#/components/schemas/Answer: demands `{name}`, which it does not describe; any JSON is taken there"
        ))
    );
}
