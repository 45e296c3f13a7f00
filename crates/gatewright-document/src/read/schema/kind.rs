//! Which kind of schema a set of keywords makes: openapiv3 has one for each type whose own keywords stand alone, one for
//! each way to combine schemas, and [`AnySchema`] for every mixture.

use openapiv3::{
    AnySchema, ArrayType, BooleanType, IntegerType, NumberType, ObjectType, SchemaKind, StringType,
    Type,
};
use serde_json::{Number, Value};

use super::keywords::{Array, Combined, Keywords, Numeric, Object, Text};

/// Keywords that belong together.
#[derive(PartialEq)]
enum Group {
    Format,
    Enum,
    Text,
    Numeric,
    Object,
    Array,
    Combined,
}

/// The kind of schema that has these keywords.
pub(super) fn kind(keywords: Keywords) -> SchemaKind {
    use Group as G;
    match keywords.typ {
        Some("string")
            if only(&keywords, &[G::Format, G::Enum, G::Text])
                && values_are(&keywords, Value::is_string) =>
        {
            SchemaKind::Type(Type::String(string(keywords)))
        }
        Some("number")
            if only(&keywords, &[G::Format, G::Enum, G::Numeric])
                && values_are(&keywords, Value::is_number) =>
        {
            SchemaKind::Type(Type::Number(number(keywords)))
        }
        Some("integer")
            if only(&keywords, &[G::Format, G::Enum, G::Numeric]) && is_whole(&keywords) =>
        {
            SchemaKind::Type(Type::Integer(integer(keywords)))
        }
        Some("boolean")
            if only(&keywords, &[G::Enum]) && values_are(&keywords, Value::is_boolean) =>
        {
            SchemaKind::Type(Type::Boolean(BooleanType {
                enumeration: values(&keywords, Value::as_bool),
            }))
        }
        Some("object") if only(&keywords, &[G::Object]) => {
            SchemaKind::Type(Type::Object(object(keywords.object)))
        }
        Some("array") if only(&keywords, &[G::Array]) => {
            SchemaKind::Type(Type::Array(array(keywords.array)))
        }
        None if only(&keywords, &[G::Combined]) => combined(keywords),
        _ => any(keywords),
    }
}

/// Whether every keyword is of one of these groups.
fn only(keywords: &Keywords, groups: &[Group]) -> bool {
    let present = [
        (Group::Format, keywords.format.is_some()),
        (Group::Enum, keywords.enumeration.is_some()),
        (Group::Text, keywords.text != Text::default()),
        (Group::Numeric, keywords.numeric != Numeric::default()),
        (Group::Object, keywords.object != Object::default()),
        (Group::Array, keywords.array != Array::default()),
        (Group::Combined, keywords.combined != Combined::default()),
    ];
    present
        .iter()
        .all(|(group, is_present)| !is_present || groups.contains(group))
}

/// Whether every value of the enumeration is null or passes.
fn values_are(keywords: &Keywords, passes: fn(&Value) -> bool) -> bool {
    keywords
        .enumeration
        .iter()
        .flatten()
        .all(|value| value.is_null() || passes(value))
}

fn is_whole(keywords: &Keywords) -> bool {
    let Numeric {
        multiple_of,
        minimum,
        maximum,
        ..
    } = &keywords.numeric;
    let bounds = [multiple_of, minimum, maximum];
    values_are(keywords, Value::is_i64) && bounds.into_iter().flatten().all(Number::is_i64)
}

/// The values of the enumeration; null as `None`.
fn values<T>(keywords: &Keywords, value: impl Fn(&Value) -> Option<T>) -> Vec<Option<T>> {
    keywords.enumeration.iter().flatten().map(value).collect()
}

fn string(keywords: Keywords) -> StringType {
    StringType {
        enumeration: values(&keywords, |value| value.as_str().map(str::to_owned)),
        format: keywords.format.into(),
        pattern: keywords.text.pattern,
        min_length: keywords.text.min_length,
        max_length: keywords.text.max_length,
    }
}

fn number(keywords: Keywords) -> NumberType {
    let enumeration = values(&keywords, Value::as_f64);
    let numeric = keywords.numeric;
    NumberType {
        format: keywords.format.into(),
        multiple_of: float(numeric.multiple_of),
        exclusive_minimum: numeric.exclusive_minimum.unwrap_or_default(),
        exclusive_maximum: numeric.exclusive_maximum.unwrap_or_default(),
        minimum: float(numeric.minimum),
        maximum: float(numeric.maximum),
        enumeration,
    }
}

fn integer(keywords: Keywords) -> IntegerType {
    let enumeration = values(&keywords, Value::as_i64);
    let numeric = keywords.numeric;
    let whole = |number: Option<Number>| number.and_then(|number| number.as_i64());
    IntegerType {
        format: keywords.format.into(),
        multiple_of: whole(numeric.multiple_of),
        exclusive_minimum: numeric.exclusive_minimum.unwrap_or_default(),
        exclusive_maximum: numeric.exclusive_maximum.unwrap_or_default(),
        minimum: whole(numeric.minimum),
        maximum: whole(numeric.maximum),
        enumeration,
    }
}

fn float(number: Option<Number>) -> Option<f64> {
    number.and_then(|number| number.as_f64())
}

fn object(object: Object) -> ObjectType {
    ObjectType {
        properties: object.properties.unwrap_or_default(),
        required: object.required.unwrap_or_default(),
        additional_properties: object.additional_properties,
        min_properties: object.min_properties,
        max_properties: object.max_properties,
    }
}

fn array(array: Array) -> ArrayType {
    ArrayType {
        items: array.items,
        min_items: array.min_items,
        max_items: array.max_items,
        unique_items: array.unique_items.unwrap_or_default(),
    }
}

/// One way to combine schemas; several of them at once are a mixture.
fn combined(keywords: Keywords) -> SchemaKind {
    match keywords.combined {
        Combined {
            one_of: Some(one_of),
            all_of: None,
            any_of: None,
            not: None,
        } => SchemaKind::OneOf { one_of },
        Combined {
            one_of: None,
            all_of: Some(all_of),
            any_of: None,
            not: None,
        } => SchemaKind::AllOf { all_of },
        Combined {
            one_of: None,
            all_of: None,
            any_of: Some(any_of),
            not: None,
        } => SchemaKind::AnyOf { any_of },
        Combined {
            one_of: None,
            all_of: None,
            any_of: None,
            not: Some(not),
        } => SchemaKind::Not { not },
        combined => any(Keywords {
            combined,
            ..keywords
        }),
    }
}

fn any(keywords: Keywords) -> SchemaKind {
    let Keywords {
        text,
        numeric,
        object,
        array,
        combined,
        ..
    } = keywords;
    SchemaKind::Any(AnySchema {
        typ: keywords.typ.map(str::to_owned),
        format: keywords.format,
        enumeration: keywords.enumeration.unwrap_or_default(),
        pattern: text.pattern,
        min_length: text.min_length,
        max_length: text.max_length,
        multiple_of: float(numeric.multiple_of),
        exclusive_minimum: numeric.exclusive_minimum,
        exclusive_maximum: numeric.exclusive_maximum,
        minimum: float(numeric.minimum),
        maximum: float(numeric.maximum),
        properties: object.properties.unwrap_or_default(),
        required: object.required.unwrap_or_default(),
        additional_properties: object.additional_properties,
        min_properties: object.min_properties,
        max_properties: object.max_properties,
        items: array.items,
        min_items: array.min_items,
        max_items: array.max_items,
        unique_items: array.unique_items,
        one_of: combined.one_of.unwrap_or_default(),
        all_of: combined.all_of.unwrap_or_default(),
        any_of: combined.any_of.unwrap_or_default(),
        not: combined.not,
    })
}
