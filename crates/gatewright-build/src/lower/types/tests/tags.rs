//! Members that are no texts and tell types apart.

use serde_json::{Value, json};

use super::types;

fn kind(tag: &Value) -> Value {
    json!({"type": "object", "required": ["ok", "a"], "properties": {"ok": tag, "a": {"type": "string"}}})
}

fn union(mapping: &Value, first: &Value, second: &Value) -> String {
    let mut answer = json!({"oneOf": [{"$ref": "#/components/schemas/Good"}, {"$ref": "#/components/schemas/Bad"}]});
    if !mapping.is_null() {
        answer["discriminator"] = json!({"propertyName": "ok", "mapping": mapping});
    }
    types(&json!({"Answer": answer, "Good": kind(first), "Bad": kind(second)}))
}

#[test]
fn booleans_and_integers_tell_types_apart() {
    let boolean = json!({"type": "boolean"});
    let mapped = union(
        &json!({"true": "#/components/schemas/Good", "false": "Bad"}),
        &boolean,
        &boolean,
    );
    let of = |values: [&str; 2]| {
        format!(
            "by \"ok\" {{ Good(types::Good) = [{}], Bad(types::Bad) = [{}], }}",
            values[0], values[1]
        )
    };
    assert!(mapped.contains(&of(["\"true\"", "\"false\""])), "{mapped}");
    let boolean = |value: bool| json!({"type": "boolean", "enum": [value]});
    for mapping in [json!({}), Value::Null] {
        let listed = union(&mapping, &boolean(true), &boolean(false));
        assert!(listed.contains(&of(["\"true\"", "\"false\""])), "{listed}");
        let untyped = union(
            &mapping,
            &json!({"enum": [true]}),
            &json!({"enum": [false]}),
        );
        assert!(
            untyped.contains(&of(["\"true\"", "\"false\""])),
            "{untyped}"
        );
        let integers = union(
            &mapping,
            &json!({"type": "integer", "enum": [0]}),
            &json!({"enum": [1, -2]}),
        );
        assert!(
            integers.contains(&of(["\"0\"", "\"1\", \"-2\""])),
            "{integers}"
        );
    }
}
