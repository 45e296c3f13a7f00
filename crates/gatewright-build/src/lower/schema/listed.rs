//! The values that a schema lists: `enum`.

use openapiv3::{AnySchema, Schema, SchemaKind, Type};
use serde_json::Value;

/// Whether a schema lists texts or integers, of which an enum is made.
pub(in crate::lower) fn is_enum(schema: &Schema) -> bool {
    !texts(schema).is_empty() || !integers(schema).is_empty()
}

/// The values that a schema lists, as the texts by which a member with that schema tells types apart: those of texts, of integers
/// and of booleans.
pub(super) fn tags(schema: &Schema) -> Vec<String> {
    let texts = texts(schema);
    if !texts.is_empty() {
        return texts;
    }
    let integers = integers(schema)
        .into_iter()
        .map(|number| number.to_string());
    integers.chain(booleans(schema)).collect()
}

fn booleans(schema: &Schema) -> Vec<String> {
    let booleans: Vec<bool> = match &schema.schema_kind {
        SchemaKind::Type(Type::Boolean(boolean)) => {
            boolean.enumeration.iter().flatten().copied().collect()
        }
        SchemaKind::Any(any)
            if any.typ.as_deref() == Some("boolean")
                || any.typ.is_none() && values(any).all(Value::is_boolean) =>
        {
            values(any).filter_map(Value::as_bool).collect()
        }
        _ => Vec::new(),
    };
    booleans.iter().map(ToString::to_string).collect()
}

/// The texts that a schema lists. Of a string that is listed without quotes (`1`, `true`), which is YAML for something
/// else, the text counts, because the type says so.
pub(super) fn texts(schema: &Schema) -> Vec<String> {
    match &schema.schema_kind {
        SchemaKind::Type(Type::String(string)) => {
            string.enumeration.iter().flatten().cloned().collect()
        }
        SchemaKind::Any(any) if any.typ.as_deref() == Some("string") => {
            values(any).filter_map(text).collect()
        }
        SchemaKind::Any(any) if any.typ.is_none() && values(any).all(Value::is_string) => {
            values(any).filter_map(text).collect()
        }
        _ => Vec::new(),
    }
}

/// The integers that a schema lists, also those that stand in quotes where the type says integer.
pub(super) fn integers(schema: &Schema) -> Vec<i128> {
    match &schema.schema_kind {
        SchemaKind::Type(Type::Integer(integer)) => integer
            .enumeration
            .iter()
            .flatten()
            .copied()
            .map(i128::from)
            .collect(),
        SchemaKind::Any(any) if any.typ.as_deref() == Some("integer") => {
            values(any).filter_map(integer).collect()
        }
        SchemaKind::Any(any)
            if any.typ.is_none() && values(any).all(|value| whole(value).is_some()) =>
        {
            values(any).filter_map(whole).collect()
        }
        _ => Vec::new(),
    }
}

/// The values that a schema of mixed keywords lists, without null.
pub(in crate::lower) fn values(any: &AnySchema) -> impl Iterator<Item = &Value> {
    any.enumeration.iter().filter(|value| !value.is_null())
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        _ => None,
    }
}

/// An integer, also one in quotes or with a point. One of more than 64 bits is not known to its last digit.
fn integer(value: &Value) -> Option<i128> {
    let quoted = || value.as_str().and_then(|text| text.parse().ok());
    let exact = |number: &f64| number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0;
    let pointed = || Some(value.as_f64().filter(exact)? as i128);
    whole(value).or_else(quoted).or_else(pointed)
}

/// A number without a point.
fn whole(value: &Value) -> Option<i128> {
    value
        .as_i64()
        .map(i128::from)
        .or(value.as_u64().map(i128::from))
}

/// The values that a schema lists and that are of its type, if it has one, and null.
pub(in crate::lower) fn values_of_type(any: &AnySchema) -> impl Iterator<Item = &Value> {
    let is_of_type = |value: &&Value| match any.typ.as_deref() {
        Some("object") => value.is_object() || value.is_null(),
        Some("array") => value.is_array() || value.is_null(),
        _ => true,
    };
    any.enumeration.iter().filter(is_of_type)
}

/// Whether null is one of the listed values.
pub(super) fn has_null(schema: &Schema) -> bool {
    null_and_others(schema).0
}

/// Whether null is the only listed value.
pub(super) fn is_only_null(schema: &Schema) -> bool {
    null_and_others(schema) == (true, false)
}

/// Whether null is listed, and whether anything else is.
fn null_and_others(schema: &Schema) -> (bool, bool) {
    fn of<T>(values: &[Option<T>]) -> (bool, bool) {
        let is_listed = |is: fn(&Option<T>) -> bool| values.iter().any(is);
        (is_listed(Option::is_none), is_listed(Option::is_some))
    }
    match &schema.schema_kind {
        SchemaKind::Type(Type::String(string)) => of(&string.enumeration),
        SchemaKind::Type(Type::Integer(integer)) => of(&integer.enumeration),
        SchemaKind::Type(Type::Number(number)) => of(&number.enumeration),
        SchemaKind::Type(Type::Boolean(boolean)) => of(&boolean.enumeration),
        SchemaKind::Any(any) => {
            let has_null = any.enumeration.iter().any(Value::is_null);
            (has_null, values(any).next().is_some())
        }
        _ => (false, false),
    }
}
