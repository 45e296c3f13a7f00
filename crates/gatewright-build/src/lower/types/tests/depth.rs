use serde_json::{Map, Value, json};

use super::generated;

/// `Answer` holds `T1`, which holds `T2`, and so on.
fn chain(length: usize) -> Value {
    let name = |index: usize| match index {
        0 => "Answer".to_owned(),
        _ => format!("T{index}"),
    };
    let schemas = (0..length).map(|index| {
        let next = json!({"$ref": format!("#/components/schemas/{}", name(index + 1))});
        let properties = if index + 1 < length {
            json!({"next": next, "name": {"type": "string"}})
        } else {
            json!({"name": {"type": "string"}})
        };
        (
            name(index),
            json!({"type": "object", "properties": properties}),
        )
    });
    Value::Object(schemas.collect::<Map<_, _>>())
}

#[test]
fn types_of_a_usual_depth_stay_what_they_are() {
    let generated = generated(&chain(20));
    assert!(generated.code.contains("next: Option<types::T19>"));
    assert!(generated.notes.is_empty(), "{:?}", generated.notes);
}

#[test]
fn what_lies_too_deep_for_the_compiler_is_any_json_and_noted() {
    let generated = generated(&chain(300));
    assert!(generated.code.contains("next: Option<types::T20>"));
    assert!(generated.code.contains("next: Option<rt::Value>"));
    let note = &generated.notes[0];
    assert!(note.message.contains("too deep"), "{note}");
    assert!(
        !generated.code.contains("struct T299"),
        "no way leads there"
    );
}
