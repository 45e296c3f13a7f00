use serde_json::{Value, json};

use super::generated;

/// The lines of documentation of the member `a`.
fn docs(schema: &Value) -> Vec<String> {
    let code = generated(&json!({"Answer": {"type": "object", "properties": {"a": schema}}})).code;
    let lines: Vec<_> = code.lines().map(str::trim).collect();
    let end = lines
        .iter()
        .position(|line| line.starts_with("pub a: "))
        .unwrap_or_default();
    let docs = lines[..end]
        .iter()
        .rev()
        .take_while(|line| line.starts_with("///"));
    let mut docs: Vec<_> = docs.map(|line| (*line).to_owned()).collect();
    docs.reverse();
    docs
}

#[test]
fn what_a_schema_demands_stands_in_one_line() {
    let text = json!({"type": "string", "description": "A name.", "minLength": 1, "maxLength": 64, "pattern": "^[a-z]+$",
        "format": "email", "default": "x", "example": "y", "readOnly": true});
    assert_eq!(
        docs(&text),
        [
            "/// A name.",
            "///",
            "/// Read-only; format `email`; 1 to 64 characters; pattern `^[a-z]+$`; default `\"x\"`; for example `\"y\"`."
        ]
    );
    let number = json!({"type": "number", "minimum": 0, "exclusiveMinimum": true, "maximum": 1.5, "multipleOf": 0.5});
    assert_eq!(
        docs(&number),
        ["/// More than 0; at most 1.5; a multiple of 0.5."]
    );
    let integer = json!({"type": "integer", "minimum": -1, "maximum": 9, "exclusiveMaximum": true});
    assert_eq!(docs(&integer), ["/// At least -1; less than 9."]);
    let list = json!({"type": "array", "items": {}, "minItems": 1, "uniqueItems": true});
    assert_eq!(docs(&list), ["/// At least 1 item; no item twice."]);
    let map = json!({"type": "object", "additionalProperties": true, "minProperties": 2, "maxProperties": 2});
    assert_eq!(docs(&map), ["/// Exactly 2 members."]);
    assert_eq!(
        docs(&json!({"type": "boolean", "enum": [true]})),
        ["/// Always `true`."]
    );
}

#[test]
fn what_only_the_type_says_is_not_repeated() {
    for schema in [
        json!({"type": "string", "format": "date-time"}),
        json!({"type": "string", "format": "uuid"}),
        json!({"type": "integer", "format": "int32"}),
        json!({"type": "string", "minLength": 0}),
    ] {
        assert_eq!(docs(&schema), [""; 0], "{schema}");
    }
}

#[test]
fn hostile_text_stays_in_its_place() {
    let schema = json!({"type": "string", "pattern": "```\n    panic!() */ \"#", "default": "`\u{202e}`",
        "format": "[x](y)`", "example": "a\n\nb"});
    let docs = docs(&schema);
    let [line] = docs.as_slice() else {
        panic!("{docs:?}")
    };
    assert_eq!(line.matches('`').count(), 8, "{line}");
    assert!(!line.contains('\u{202e}'), "{line}");
}

#[test]
fn long_values_are_cut_and_long_examples_left_out() {
    let long = "x".repeat(1_000);
    let docs = docs(&json!({"type": "string", "default": long, "example": long}));
    assert!(docs.len() == 1 && docs[0].len() < 120, "{docs:?}");
    assert!(
        docs[0].ends_with("x…`.") && !docs[0].contains("example"),
        "{docs:?}"
    );
}

#[test]
fn a_title_that_says_no_more_than_the_name_is_left_out() {
    assert!(docs(&json!({"type": "string", "title": "A"})).is_empty());
    let other = json!({"type": "string", "title": "The first letter"});
    assert_eq!(docs(&other), ["/// The first letter"]);
    let described = json!({"type": "string", "title": "a", "description": "A letter."});
    assert_eq!(docs(&described), ["/// A letter."]);
}
