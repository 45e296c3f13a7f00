use serde_json::{Value, json};

use super::{generated, types};

fn to(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// An object that demands `member`.
fn demands(member: &str, schema: &Value) -> Value {
    json!({"type": "object", "required": [member], "properties": {member: schema}})
}

#[test]
fn a_required_member_that_no_value_could_end_is_made_optional_and_noted() {
    let generated = generated(&json!({"Answer": demands("next", &to("Answer"))}));
    assert!(
        generated
            .code
            .contains("pub next: Option<Box<types::Answer>>"),
        "{}",
        generated.code
    );
    let note = &generated.notes[0];
    assert_eq!(note.pointer, "#/components/schemas/Answer");
    assert!(
        note.message.contains("`next` is required") && note.message.contains("optional"),
        "{note}"
    );
}

#[test]
fn so_is_one_through_other_types() {
    let generated = generated(&json!({
        "Answer": demands("b", &to("Named")), "Named": to("B"), "B": demands("a", &to("Answer")),
    }));
    assert!(generated.code.contains("Option<"), "{}", generated.code);
    assert!(!generated.notes.is_empty());
}

#[test]
fn one_that_can_end_stays_required() {
    for end in [
        json!({"type": "array", "items": to("Answer")}),
        json!({"type": "object", "additionalProperties": to("Answer")}),
    ] {
        let generated = generated(&json!({"Answer": demands("next", &end)}));
        assert!(generated.notes.is_empty(), "{:?}", generated.notes);
        assert!(!generated.code.contains("Option<"), "{}", generated.code);
    }
    let union = json!({"oneOf": [to("Answer"), {"type": "string"}]});
    let code = types(&json!({"Answer": demands("next", &union)}));
    assert!(code.contains("pub next: Box<types::AnswerNext>"), "{code}");
    assert!(code.contains("Answer(Box<types::Answer>)"), "{code}");
}

#[test]
fn a_member_that_only_answers_have_ends_a_request() {
    let mut schema = demands("next", &to("Request"));
    schema["properties"]["next"] = json!({"allOf": [to("Request")], "readOnly": true});
    let generated = generated(&json!({"Request": schema, "Answer": {"type": "string"}}));
    assert!(
        generated
            .code
            .contains("pub next: Option<Box<types::Request>>"),
        "{}",
        generated.code
    );
    assert!(generated.notes.is_empty(), "{:?}", generated.notes);
}
