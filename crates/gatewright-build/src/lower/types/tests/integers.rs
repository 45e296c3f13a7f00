//! What a schema says of the range of its integers.

use serde_json::{Value, json};

use super::{member, types};

#[test]
fn a_format_names_the_type() {
    for (format, ty) in [
        ("int8", "i8"),
        ("int16", "i16"),
        ("int32", "i32"),
        ("int64", "i64"),
        ("int128", "i128"),
        ("uint8", "u8"),
        ("uint16", "u16"),
        ("uint32", "u32"),
        ("uint64", "u64"),
        ("uint128", "u128"),
        ("UInt64", "u64"),
        ("uint", "u64"),
        ("epoch", "i64"),
    ] {
        assert_eq!(member(&json!({"type": "integer", "format": format})), ty);
        let nullable = json!({"type": "integer", "format": format, "nullable": true});
        assert_eq!(member(&nullable), format!("Option<{ty}>"));
        let listed = json!({"type": "array", "items": {"type": "integer", "format": format}});
        assert_eq!(member(&listed), format!("Vec<{ty}>"));
    }
}

#[test]
fn bounds_beyond_the_type_widen_it() {
    let of = |keywords: Value| {
        let mut schema = json!({"type": "integer"});
        schema
            .as_object_mut()
            .unwrap()
            .extend(keywords.as_object().unwrap().clone());
        member(&schema)
    };
    assert_eq!(of(json!({})), "i64");
    assert_eq!(of(json!({"minimum": 0})), "i64");
    assert_eq!(of(json!({"minimum": 0, "maximum": i64::MAX})), "i64");
    assert_eq!(
        of(json!({"minimum": 0, "maximum": 9_223_372_036_854_775_808u64})),
        "u64"
    );
    assert_eq!(of(json!({"minimum": 1, "maximum": u64::MAX})), "u64");
    assert_eq!(of(json!({"maximum": u64::MAX})), "u64");
    assert_eq!(
        of(json!({"maximum": 10_000_000_000_000_000_000u64})),
        "i128"
    );
    assert_eq!(of(json!({"minimum": -1, "maximum": u64::MAX})), "i128");
    assert_eq!(of(json!({"minimum": 0, "maximum": 1e25})), "i128");
    assert_eq!(of(json!({"minimum": -1e25})), "i128");
    assert_eq!(of(json!({"minimum": 10_000_000_000_000_000_000u64})), "u64");
    // What nothing can reach says nothing.
    assert_eq!(of(json!({"minimum": 0, "maximum": 1e300})), "i64");
    assert_eq!(
        of(json!({"format": "int32", "maximum": 9_999_999_999u64})),
        "i64"
    );
    assert_eq!(of(json!({"format": "int32", "maximum": 10})), "i32");
    assert_eq!(of(json!({"format": "uint32", "minimum": -1})), "i64");
    assert_eq!(
        of(json!({"format": "int64", "minimum": 0, "maximum": u64::MAX})),
        "u64"
    );
    assert_eq!(of(json!({"minimum": 0.5})), "i64");
}

#[test]
fn a_number_with_the_format_of_an_integer_is_one() {
    assert_eq!(member(&json!({"type": "number", "format": "int64"})), "i64");
    assert_eq!(
        member(&json!({"type": "number", "format": "uint32", "nullable": true})),
        "Option<u32>"
    );
    assert_eq!(
        member(&json!({"type": "number", "format": "int32", "properties": {}})),
        "i32"
    );
    for format in ["double", "float", "decimal"] {
        assert_eq!(member(&json!({"type": "number", "format": format})), "f64");
    }
    assert_eq!(
        member(&json!({"type": "number", "format": "int32", "multipleOf": 0.5})),
        "f64"
    );
    assert_eq!(
        member(&json!({"type": "number", "format": "int32", "enum": [1, 2.5]})),
        "f64"
    );
}

#[test]
fn a_bound_beyond_64_bits_is_documented_in_all_its_digits() {
    let schema = json!({"type": "integer", "minimum": 0, "maximum": u64::MAX});
    let code = types(&json!({"Answer": {"type": "object", "properties": {"a": schema}}}));
    assert!(
        code.contains("At least 0; at most 18446744073709551615."),
        "{code}"
    );
}

#[test]
fn a_list_of_integers_holds_the_greatest_of_them() {
    let of =
        |schema: Value| types(&json!({"Answer": {"type": "object", "properties": {"a": schema}}}));
    let code = of(json!({"type": "integer", "enum": [1, u64::MAX]}));
    assert!(code.contains("Unknown(u64)"), "{code}");
    assert!(
        code.contains(
            ": u64 as_u64 { Value1 = 1, Value18446744073709551615 = 18446744073709551615, }"
        ),
        "{code}"
    );
    let code = of(json!({"enum": [-1, u64::MAX]}));
    assert!(
        code.contains(": i128 as_i128 { ValueMinus1 = - 1,"),
        "{code}"
    );
    let code = of(json!({"type": "integer", "format": "uint64", "enum": [1, 2]}));
    assert!(
        code.contains(": u64 as_u64 { Value1 = 1, Value2 = 2, }"),
        "{code}"
    );
    for small in [
        json!({"type": "integer", "format": "int32", "enum": [1, 2]}),
        json!({"type": "integer", "enum": [1.0, 2]}),
    ] {
        let code = of(small);
        assert!(
            code.contains("AnswerA { Value1 = 1, Value2 = 2, }"),
            "{code}"
        );
    }
}
