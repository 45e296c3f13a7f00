//! Enumerations. Those of texts and of integers become enums that tolerate other values; what else a document lists is
//! named in the documentation.

use gatewright_codegen::model::{Integer, IntegerVariant, Ty, TypeKind, Variant};
use indexmap::IndexSet;
use openapiv3::{AnySchema, Schema, SchemaKind, Type};
use serde_json::Value;

use super::scalar;
use crate::lower::names::{self, Scope};

/// The enum of a schema that lists texts or integers; the type of `null`, if that is all that a schema lists.
pub(super) fn kind(schema: &Schema) -> Option<TypeKind> {
    if lists_only_null(schema) {
        return Some(TypeKind::Alias(Ty::Unit));
    }
    let (texts, integers) = (texts(schema), integers(schema));
    match (texts.as_slice(), integers.as_slice()) {
        ([], []) => None,
        ([], integers) => Some(integer_enum(integers, scalar::integer_range(schema))),
        (texts, _) => Some(text_enum(texts)),
    }
}

/// The texts that a schema lists. Of a string that is listed without quotes (`1`, `true`), which is YAML for something
/// else, the text counts, because the type says so.
pub(super) fn texts(schema: &Schema) -> Vec<String> {
    match &schema.schema_kind {
        SchemaKind::Type(Type::String(string)) => {
            string.enumeration.iter().flatten().cloned().collect()
        }
        SchemaKind::Any(any) if any.typ.as_deref() == Some("string") => {
            listed(any).filter_map(text).collect()
        }
        SchemaKind::Any(any) if any.typ.is_none() && listed(any).all(Value::is_string) => {
            listed(any).filter_map(text).collect()
        }
        _ => Vec::new(),
    }
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
                || any.typ.is_none() && listed(any).all(Value::is_boolean) =>
        {
            listed(any).filter_map(Value::as_bool).collect()
        }
        _ => Vec::new(),
    };
    booleans.iter().map(ToString::to_string).collect()
}

/// The integers that a schema lists, also those that stand in quotes where the type says integer.
fn integers(schema: &Schema) -> Vec<i128> {
    match &schema.schema_kind {
        SchemaKind::Type(Type::Integer(integer)) => integer
            .enumeration
            .iter()
            .flatten()
            .copied()
            .map(i128::from)
            .collect(),
        SchemaKind::Any(any) if any.typ.as_deref() == Some("integer") => {
            listed(any).filter_map(integer).collect()
        }
        SchemaKind::Any(any)
            if any.typ.is_none() && listed(any).all(|value| whole(value).is_some()) =>
        {
            listed(any).filter_map(whole).collect()
        }
        _ => Vec::new(),
    }
}

/// The values that a schema of mixed keywords lists, without null.
pub(super) fn listed(any: &AnySchema) -> impl Iterator<Item = &Value> {
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
pub(super) fn listed_of_type(any: &AnySchema) -> impl Iterator<Item = &Value> {
    let is_of_type = |value: &&Value| match any.typ.as_deref() {
        Some("object") => value.is_object() || value.is_null(),
        Some("array") => value.is_array() || value.is_null(),
        _ => true,
    };
    any.enumeration.iter().filter(is_of_type)
}

/// Whether null is one of the listed values.
pub(super) fn lists_null(schema: &Schema) -> bool {
    null_and_others(schema).0
}

/// Whether null is the only listed value.
pub(super) fn lists_only_null(schema: &Schema) -> bool {
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
            (has_null, listed(any).next().is_some())
        }
        _ => (false, false),
    }
}

pub(super) fn text_enum(texts: &[String]) -> TypeKind {
    let mut scope = Scope::with(&["Unknown"]);
    let distinct: IndexSet<_> = texts.iter().collect();
    let variant = |text: &String| {
        let fallback = if text.is_empty() { "Empty" } else { "Other" };
        Variant {
            name: scope.unique(&names::camel(text, fallback), ""),
            wire: text.clone(),
        }
    };
    TypeKind::Enum {
        variants: distinct.into_iter().map(variant).collect(),
    }
}

/// `Value1`, `ValueMinus1`: an integer says nothing that could be a name.
fn integer_enum(integers: &[i128], range: Integer) -> TypeKind {
    let holds = |range: &Integer| integers.iter().all(|&number| range.holds(number));
    let range = if matches!(range, Integer::I128 | Integer::U64) {
        range
    } else {
        Integer::I64
    };
    let mut ranges = [range, Integer::I64, Integer::U64].into_iter();
    let integer = ranges.find(holds).unwrap_or(Integer::I128);
    let mut scope = Scope::with(&["Unknown"]);
    let distinct: IndexSet<_> = integers.iter().collect();
    let variant = |&value: &i128| {
        let sign = if value < 0 { "Minus" } else { "" };
        IntegerVariant {
            name: scope.unique(&format!("Value{sign}{}", value.unsigned_abs()), ""),
            value,
        }
    };
    TypeKind::IntegerEnum {
        integer,
        variants: distinct.into_iter().map(variant).collect(),
    }
}
