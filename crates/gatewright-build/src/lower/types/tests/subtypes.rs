use serde_json::{Value, json};

use super::{generated, types};

fn to(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// An object with a kind, and a discriminator that reads it.
fn vessel(discriminator: &Value) -> Value {
    json!({"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}}, "discriminator": discriminator})
}

fn kind_of(base: &str, member: &str) -> Value {
    json!({"allOf": [to(base), {"type": "object", "properties": {member: {"type": "integer"}}}]})
}

#[test]
fn a_base_with_a_discriminator_is_one_of_the_schemas_that_build_on_it() {
    let code = types(
        &json!({"Answer": vessel(&json!({"propertyName": "kind"})), "Sloop": kind_of("Answer", "masts"), "Tug": kind_of("Answer", "power")}),
    );
    let variants =
        "Answer by \"kind\" { Sloop(types::Sloop) = [\"Sloop\"], Tug(types::Tug) = [\"Tug\"], }";
    assert!(code.contains(variants), "{code}");
    assert!(
        code.contains("pub struct Sloop { pub kind: String, pub masts: Option<i64>, }"),
        "{code}"
    );
    assert!(code.contains("Unknown(rt::Value)"), "{code}");
}

#[test]
fn its_mapping_names_the_texts_and_the_base_itself_if_it_says_so() {
    let mapping = json!({"propertyName": "kind", "mapping": {
        "sl": "#/components/schemas/Sloop", "sloop": "Sloop", "plain": "#/components/schemas/Answer"}});
    let code = types(
        &json!({"Answer": vessel(&mapping), "Sloop": kind_of("Answer", "masts"), "Tug": kind_of("Answer", "power")}),
    );
    let variants = "Answer by \"kind\" { Base(types::AnswerBase) = [\"plain\"], Sloop(types::Sloop) = [\"sl\", \"sloop\"], Tug(types::Tug) = [\"Tug\"], }";
    assert!(code.contains(variants), "{code}");
    assert!(
        code.contains("pub struct AnswerBase { pub kind: String, }"),
        "{code}"
    );
}

#[test]
fn texts_that_a_schema_lists_itself_stand_for_it() {
    let mut base = vessel(&json!({"propertyName": "kind"}));
    base["properties"]["kind"]["enum"] = json!(["sloop", "tug", "raft"]);
    let mut tug = kind_of("Answer", "power");
    tug["allOf"][1]["properties"]["kind"] = json!({"type": "string", "enum": ["raft"]});
    let code = types(&json!({"Answer": base, "Sloop": kind_of("Answer", "masts"), "Tug": tug}));
    let variants = "{ Sloop(types::Sloop) = [\"sloop\"], Tug(types::Tug) = [\"raft\"], }";
    assert!(code.contains(variants), "{code}");
}

#[test]
fn a_text_that_a_schema_says_by_an_extension_stands_for_it() {
    let mut sloop = kind_of("Answer", "masts");
    sloop["x-ms-discriminator-value"] = json!("#Fleet.Sloop");
    let code = types(&json!({"Answer": vessel(&json!({"propertyName": "kind"})), "Sloop": sloop}));
    assert!(
        code.contains("{ Sloop(types::Sloop) = [\"#Fleet.Sloop\"], }"),
        "{code}"
    );
}

#[test]
fn schemas_further_down_are_among_them_and_those_of_a_union_are_within_it() {
    let plain = types(
        &json!({"Answer": vessel(&json!({"propertyName": "kind"})), "Ship": kind_of("Answer", "masts"), "Brig": kind_of("Ship", "guns")}),
    );
    assert!(
        plain.contains("{ Ship(types::Ship) = [\"Ship\"], Brig(types::Brig) = [\"Brig\"], }"),
        "{plain}"
    );
    let mut ship = kind_of("Answer", "masts");
    ship["discriminator"] = json!({"propertyName": "rig"});
    let nested = types(
        &json!({"Answer": vessel(&json!({"propertyName": "kind"})), "Ship": ship, "Brig": kind_of("Ship", "guns")}),
    );
    assert!(
        nested.contains("read Answer by \"kind\" { Ship(types::Ship) = [\"Ship\", \"Brig\"], }"),
        "{nested}"
    );
    assert!(
        nested.contains("read Ship by \"rig\" { Brig(types::Brig) = [\"Brig\"], }"),
        "{nested}"
    );
}

#[test]
fn a_subtype_may_hold_its_base() {
    let child = json!({"allOf": [to("Answer"), {"properties": {"tows": to("Answer"), "fleet": {"type": "array", "items": to("Answer")}}}]});
    let generated =
        generated(&json!({"Answer": vessel(&json!({"propertyName": "kind"})), "Tug": child}));
    assert!(
        generated
            .code
            .contains("pub tows: Option<Box<types::Answer>>"),
        "{}",
        generated.code
    );
    assert!(generated.notes.is_empty(), "{:?}", generated.notes);
}

#[test]
fn a_base_that_nothing_builds_on_is_an_object() {
    let code = types(&json!({"Answer": vessel(&json!({"propertyName": "kind"}))}));
    assert!(
        code.contains("pub struct Answer { pub kind: String, }"),
        "{code}"
    );
}

#[test]
fn a_subtype_without_members_of_its_own_is_an_object_and_a_member_that_wraps_the_base_is_the_base()
{
    let code = types(&json!({"Answer": vessel(&json!({"propertyName": "kind"})),
        "Raft": {"allOf": [{"type": "object"}, to("Answer")]}, "Buoy": {"allOf": [to("Answer")]},
        "Tug": {"allOf": [to("Answer"), {"properties": {"tows": {"allOf": [to("Answer")], "description": "What it tows."}}}]}}));
    for part in [
        "pub struct Raft { pub kind: String, }",
        "pub struct Buoy { pub kind: String, }",
        "pub tows: Option<Box<types::Answer>>",
    ] {
        assert!(code.contains(part), "{part}: {code}");
    }
}

#[test]
fn many_subtypes_of_a_wide_base_are_merged_once_each() {
    let mut schemas = json!({"Answer": vessel(&json!({"propertyName": "kind"}))});
    for member in 0..12 {
        schemas["Answer"]["properties"][format!("m{member}")] = json!({"type": "string"});
    }
    for kind in 0..90 {
        schemas[format!("Kind{kind}")] = kind_of("Answer", "own");
    }
    assert_eq!(generated(&schemas).notes, []);
}
