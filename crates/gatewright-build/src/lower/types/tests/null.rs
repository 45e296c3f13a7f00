//! Null, as a value of its own and as the only one.

use serde_json::{Value, json};

use super::{generated, member, types};

fn code(schemas: &Value) -> String {
    let code = types(schemas);
    let (_, request) = code.split_once("pub struct Request {").unwrap();
    request.split_once("json_object!").unwrap().0.to_owned()
}

fn request(properties: &Value) -> String {
    code(&json!({
        "Answer": {"type": "object", "properties": {"ok": {"type": "boolean"}}},
        "Request": {"type": "object", "required": ["must"], "properties": properties},
    }))
}

#[test]
fn a_member_that_may_be_absent_and_null_tells_them_apart_where_it_is_sent() {
    for nullable in [
        json!({"type": "string", "nullable": true}),
        json!({"type": ["string", "null"]}),
        json!({"oneOf": [{"type": "string"}, {"enum": [null]}]}),
        json!({"allOf": [{"type": "string", "nullable": true}]}),
    ] {
        let code = request(&json!({"a": nullable, "must": nullable}));
        assert!(code.contains("pub a: Option<Option<String>>"), "{code}");
        assert!(code.contains("pub must: Option<String>"), "{code}");
        assert!(
            code.contains("/// `None` leaves it out, `Some(None)` is `null`. pub a"),
            "{code}"
        );
    }
    let code = request(
        &json!({"a": {"$ref": "#/components/schemas/Answer"}, "b": {"type": "string"},
        "c": {"type": "string", "nullable": true, "readOnly": true, "description": "By the API."},
        "d": {"type": "string", "nullable": true, "description": "A note."}}),
    );
    assert!(code.contains("pub a: Option<types::Answer>"), "{code}");
    assert!(code.contains("pub b: Option<String>"), "{code}");
    assert!(code.contains("pub c: Option<String>"), "{code}");
    assert!(code.contains("/// A note. `None` leaves it out, `Some(None)` is `null`. pub d: Option<Option<String>>"), "{code}");
}

/// There is nothing to do about the difference.
#[test]
fn of_what_only_arrives_null_and_absent_are_both_no_value() {
    let schema =
        json!({"type": "object", "properties": {"a": {"type": "string", "nullable": true}}});
    let code = types(&json!({"Answer": schema}));
    assert!(code.contains("pub a: Option<String>"), "{code}");
    let both =
        types(&json!({"Answer": {"$ref": "#/components/schemas/Request"}, "Request": schema}));
    assert!(both.contains("pub a: Option<Option<String>>"), "{both}");
}

#[test]
fn a_schema_that_lists_nothing_but_null_is_null() {
    for only in [
        json!({"enum": [null]}),
        json!({"enum": [null], "nullable": true}),
        json!({"type": "string", "enum": [null]}),
        json!({"type": "object", "enum": [null], "nullable": true}),
        json!({"type": "integer", "enum": [null, null]}),
    ] {
        assert_eq!(member(&only), "()", "{only}");
        let code = request(&json!({"a": only, "must": only}));
        assert!(code.contains("pub a: Option<()>"), "{code}");
        assert!(code.contains("pub must: ()"), "{code}");
    }
}

#[test]
fn what_else_is_listed_beside_null_decides() {
    assert_eq!(member(&json!({"enum": [null, true]})), "Option<bool>");
    assert_eq!(member(&json!({"enum": [null, 1.5]})), "Option<f64>");
    assert_eq!(
        member(&json!({"enum": [null, 7]})),
        "Option<types::AnswerA>"
    );
    assert_eq!(member(&json!({"enum": [{"a": 1}]})), "rt::Value");
    assert_eq!(member(&json!({"enum": [[1]]})), "rt::Value");
    assert_eq!(member(&json!({"enum": []})), "rt::Value");
    assert_eq!(member(&json!({"type": "string", "enum": []})), "String");
}

#[test]
fn null_is_among_what_is_listed() {
    let docs =
        |schema: Value| types(&json!({"Answer": {"type": "object", "properties": {"a": schema}}}));
    for schema in [
        json!({"enum": [true, null]}),
        json!({"type": "boolean", "enum": [true, null]}),
    ] {
        let code = docs(schema);
        assert!(
            code.contains("/// One of `true`, `null`. pub a: Option<bool>"),
            "{code}"
        );
    }
    let code = docs(json!({"enum": [null]}));
    assert!(
        code.contains("/// Always `null`. pub a: Option<()>"),
        "{code}"
    );
}

/// An object is never a text.
#[test]
fn what_is_listed_of_another_type_is_no_fact() {
    let generated = generated(
        &json!({"Answer": {"type": "object", "enum": ["gone"], "properties": {"a": {"type": "string"}}}}),
    );
    assert!(!generated.code.contains("Always"), "{}", generated.code);
}
