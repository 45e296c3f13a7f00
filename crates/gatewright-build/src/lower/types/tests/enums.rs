use serde_json::{Value, json};

use super::{generated, member, types};

fn of(schema: &Value) -> String {
    types(&json!({"Answer": {"type": "object", "properties": {"a": schema}}}))
}

#[test]
fn texts_and_integers_become_enums() {
    let texts = of(&json!({"type": "string", "enum": ["up", "down", "up", ""]}));
    assert!(
        texts.contains("{ Up = \"up\", Down = \"down\", Empty = \"\", }"),
        "{texts}"
    );
    let integers = of(&json!({"type": "integer", "enum": [1, -2, 1]}));
    assert!(
        integers.contains("Value1 = 1, ValueMinus2 = - 2, }"),
        "{integers}"
    );
}

#[test]
fn without_a_type_the_values_decide() {
    assert!(of(&json!({"enum": ["a", "b"]})).contains("string_enum!"));
    assert!(of(&json!({"enum": [1, 2]})).contains("integer_enum!"));
    assert_eq!(member(&json!({"enum": [true]})), "bool");
    assert_eq!(member(&json!({"enum": [1.5, 2]})), "f64");
}

#[test]
fn with_a_type_that_yaml_did_not_keep_the_type_decides() {
    let texts = of(&json!({"type": "string", "enum": [1, true, "x"]}));
    assert!(
        texts.contains("= \"1\", True = \"true\", X = \"x\""),
        "{texts}"
    );
    let integers = of(&json!({"type": "integer", "enum": ["1", 2]}));
    assert!(integers.contains("Value1 = 1, Value2 = 2"), "{integers}");
}

#[test]
fn null_in_the_list_makes_the_member_optional() {
    assert_eq!(
        member(&json!({"type": "string", "enum": ["a", null]})),
        "Option<types::AnswerA>"
    );
    assert_eq!(
        member(&json!({"type": "boolean", "enum": [true, null]})),
        "Option<bool>"
    );
}

#[test]
fn values_of_several_types_are_any_json_and_documented() {
    let schema = json!({"enum": [1, "many", {"a": null}]});
    assert_eq!(member(&schema), "rt::Value");
    let generated = generated(&json!({"Answer": {"type": "object", "properties": {"a": schema}}}));
    assert!(
        generated
            .code
            .contains("/// One of `1`, `\"many\"`, `{\"a\":null}`.")
    );
    assert_eq!(
        generated.notes[0].pointer,
        "#/components/schemas/Answer/properties/a"
    );
}

#[test]
fn several_lists_of_texts_are_one() {
    let open =
        json!({"anyOf": [{"type": "string", "enum": ["a"]}, {"enum": ["b"]}, {"type": "string"}]});
    let code = of(&open);
    assert!(
        code.contains("A = \"a\", B = \"b\"") && !code.contains("json_union!"),
        "{code}"
    );
    let texts = json!({"oneOf": [{"type": "string", "format": "date"}, {"type": "string"}]});
    assert_eq!(member(&texts), "String");
}
