//! Types without parts: numbers, and texts of a known form.

use gatewright_codegen::model::{Format, Ty};
use openapiv3::{IntegerFormat, IntegerType, StringFormat, StringType, VariantOrUnknownOrEmpty};

pub(in crate::lower) fn integer(integer: &IntegerType) -> Ty {
    match integer.format {
        VariantOrUnknownOrEmpty::Item(IntegerFormat::Int32) => Ty::I32,
        _ => Ty::I64,
    }
}

/// The same by the format's name.
pub(super) fn integer_of(format: Option<&str>) -> Ty {
    match format {
        Some("int32") => Ty::I32,
        _ => Ty::I64,
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
