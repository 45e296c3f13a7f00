//! Types without parts: numbers, and texts of a known form.

use gatewright_codegen::model::{Format, Integer, Ty};
use openapiv3::{
    AnySchema, IntegerFormat, IntegerType, NumberFormat, NumberType, Schema, SchemaKind,
    StringFormat, StringType, Type, VariantOrUnknownOrEmpty,
};

/// The least and the greatest value that a schema allows, as far as it says.
type Bounds = (Option<i128>, Option<i128>);

pub(in crate::lower) fn integer(integer: &IntegerType) -> Ty {
    let format = match &integer.format {
        VariantOrUnknownOrEmpty::Item(IntegerFormat::Int32) => Some("int32"),
        VariantOrUnknownOrEmpty::Unknown(name) => Some(name.as_str()),
        _ => None,
    };
    let bounds = (
        integer.minimum.map(i128::from),
        integer.maximum.map(i128::from),
    );
    Ty::Integer(range(format, bounds))
}

/// The same of a schema of mixed keywords, such as one whose `maximum` is beyond `i64`.
pub(super) fn integer_of(any: &AnySchema) -> Ty {
    Ty::Integer(range(any.format.as_deref(), bounds_of(any)))
}

/// The range of the integers of a schema; that of `i64` if it says nothing of them.
pub(super) fn integer_range(schema: &Schema) -> Integer {
    let ty = match &schema.schema_kind {
        SchemaKind::Type(Type::Integer(of)) => integer(of),
        SchemaKind::Any(any) => integer_of(any),
        _ => Ty::Integer(Integer::I64),
    };
    match ty {
        Ty::Integer(range) => range,
        _ => Integer::I64,
    }
}

/// A number is an integer if its format says so and nothing else of it contradicts.
pub(in crate::lower) fn number(number: &NumberType) -> Ty {
    let format = match &number.format {
        VariantOrUnknownOrEmpty::Unknown(name) => Some(name.as_str()),
        VariantOrUnknownOrEmpty::Item(NumberFormat::Float | NumberFormat::Double)
        | VariantOrUnknownOrEmpty::Empty => None,
    };
    let listed = number.enumeration.iter().flatten();
    let mut numbers = listed.chain(&number.multiple_of);
    let bounds = (number.minimum.and_then(end), number.maximum.and_then(end));
    number_of_format(format, numbers.all(|number| number.fract() == 0.0), bounds)
}

/// The same of a schema of mixed keywords.
pub(super) fn number_of(any: &AnySchema) -> Ty {
    let listed = any.enumeration.iter().filter_map(serde_json::Value::as_f64);
    let mut numbers = listed.chain(any.multiple_of);
    let is_whole = numbers.all(|number| number.fract() == 0.0);
    number_of_format(any.format.as_deref(), is_whole, bounds_of(any))
}

fn number_of_format(format: Option<&str>, is_whole: bool, bounds: Bounds) -> Ty {
    match format.and_then(integer_format) {
        Some(_) if is_whole => Ty::Integer(range(format, bounds)),
        _ => Ty::F64,
    }
}

/// The range that the format names, `i64` without one, unless the bounds allow more than that: then the first that has both.
fn range(format: Option<&str>, bounds: Bounds) -> Integer {
    let named = format.and_then(integer_format).unwrap_or(Integer::I64);
    let holds = |range: &Integer| {
        [bounds.0, bounds.1]
            .into_iter()
            .flatten()
            .all(|end| range.holds(end))
    };
    // Nobody writes the last unsigned number of 64 bits for anything else.
    let is_unsigned = match bounds {
        (Some(least), _) => least >= 0,
        (None, greatest) => greatest == Some(u64::MAX.into()),
    };
    let unsigned = is_unsigned.then_some(Integer::U64);
    let mut ranges = [Some(named), Some(Integer::I64), unsigned]
        .into_iter()
        .flatten();
    ranges.find(holds).unwrap_or(Integer::I128)
}

/// The formats of OpenAPI's registry, and those that other generators write beside them.
fn integer_format(name: &str) -> Option<Integer> {
    Some(match name.to_ascii_lowercase().as_str() {
        "int8" => Integer::I8,
        "int16" => Integer::I16,
        "int32" => Integer::I32,
        "int64" | "long" | "int" | "integer" => Integer::I64,
        "int128" => Integer::I128,
        "uint8" => Integer::U8,
        "uint16" => Integer::U16,
        "uint32" => Integer::U32,
        "uint64" | "uint" => Integer::U64,
        "uint128" => Integer::U128,
        _ => return None,
    })
}

fn bounds_of(any: &AnySchema) -> Bounds {
    (any.minimum.and_then(end), any.maximum.and_then(end))
}

/// A bound as an integer; none of one that no integer reaches. Of the last unsigned number of 64 bits, the document's model
/// has the nearest `f64`, which is the next one.
pub(in crate::lower) fn end(bound: f64) -> Option<i128> {
    const U64_END: f64 = 18_446_744_073_709_551_616.0;
    // 2^127
    const END: f64 = 170_141_183_460_469_231_731_687_303_715_884_105_728.0;
    match bound {
        U64_END => Some(u64::MAX.into()),
        bound if bound.abs() < END => Some(bound as i128),
        _ => None,
    }
}

/// The type of a text. One of an unknown form is a text like any other, and so is `binary`: it stands for bytes only
/// where they are a body, or a part of a form.
pub(in crate::lower) fn string(string: &StringType) -> Ty {
    string_of(match &string.format {
        VariantOrUnknownOrEmpty::Item(StringFormat::DateTime) => Some("date-time"),
        VariantOrUnknownOrEmpty::Item(StringFormat::Date) => Some("date"),
        VariantOrUnknownOrEmpty::Item(StringFormat::Byte) => Some("byte"),
        VariantOrUnknownOrEmpty::Unknown(name) => Some(name),
        _ => None,
    })
}

/// The same by the format's name.
pub(super) fn string_of(format: Option<&str>) -> Ty {
    let format = match format {
        Some("date-time") => Format::DateTime,
        Some("date") => Format::Date,
        Some("byte") => Format::Base64,
        Some("uuid") => Format::Uuid,
        _ => return Ty::String,
    };
    Ty::Format(format)
}
