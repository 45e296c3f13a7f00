//! Values without parts, each put where it belongs.

use serde::de::Error;
use serde_json::{Number, Value};

use super::number::{self, Found};
use super::slot::{FromJson, Integer, Nothing, Slot};
use super::union;

pub(super) fn bool<E: Error>(to: &mut dyn FromJson, read: bool) -> Result<(), E> {
    match to.slot() {
        Slot::Bool(place) => *place = read,
        other => return put(other, read.into(), Found::Kind("a boolean")),
    }
    Ok(())
}

pub(super) fn i64<E: Error>(to: &mut dyn FromJson, read: i64) -> Result<(), E> {
    match (to.slot(), i32::try_from(read)) {
        (Slot::I64(place), _) => *place = read,
        (Slot::I32(place), Ok(read)) => *place = read,
        (Slot::F64(place), _) => *place = read as f64,
        (other, _) => return integer(other, read.into(), read.into()),
    }
    Ok(())
}

pub(super) fn u64<E: Error>(to: &mut dyn FromJson, read: u64) -> Result<(), E> {
    if let Ok(read) = i64::try_from(read) {
        return i64(to, read);
    }
    match to.slot() {
        Slot::F64(place) => *place = read as f64,
        other => return integer(other, read.into(), read.into()),
    }
    Ok(())
}

/// An integer may also be written as `1.0` or `1e3`, as JSON allows.
pub(super) fn f64<E: Error>(to: &mut dyn FromJson, read: f64) -> Result<(), E> {
    match to.slot() {
        Slot::F64(place) => *place = read,
        Slot::I32(_) | Slot::I64(_) | Slot::Integer(_) if number::is_exact_integer(read) => {
            return i64(to, read as i64);
        }
        other => return put(other, read.into(), Found::Float(read)),
    }
    Ok(())
}

pub(super) fn i128<E: Error>(to: &mut dyn FromJson, read: i128) -> Result<(), E> {
    match to.slot() {
        Slot::F64(place) => *place = read as f64,
        other => return integer(other, read, number::value(read, read as f64)),
    }
    Ok(())
}

pub(super) fn u128<E: Error>(to: &mut dyn FromJson, read: u128) -> Result<(), E> {
    if let Ok(read) = i128::try_from(read) {
        return i128(to, read);
    }
    match to.slot() {
        Slot::F64(place) => *place = read as f64,
        Slot::Integer(place) => return in_range(place.set_unsigned(read), place),
        other => return put(other, (read as f64).into(), Found::Integer),
    }
    Ok(())
}

/// A number in the form that the feature `arbitrary_precision` of `serde_json` gives it.
pub(super) fn number<E: Error>(to: &mut dyn FromJson, number: &Number) -> Result<(), E> {
    match (number.as_i128(), number.as_u128(), number.as_f64()) {
        (Some(number), ..) => match i64::try_from(number) {
            Ok(number) => i64(to, number),
            Err(_) => i128(to, number),
        },
        (None, Some(number), _) => u128(to, number),
        (None, None, Some(number)) => f64(to, number),
        (None, None, None) => Err(expected(&to.slot(), Found::TooLarge)),
    }
}

#[inline]
pub(super) fn text<E: Error>(to: &mut dyn FromJson, read: &str) -> Result<(), E> {
    match to.slot() {
        Slot::String(place) => *place = read.to_owned(),
        Slot::Text(place) => place.set(read),
        other => return put_text(other, read),
    }
    Ok(())
}

#[cold]
fn put_text<E: Error>(place: Slot<'_>, read: &str) -> Result<(), E> {
    put(place, read.into(), Found::Kind("a string"))
}

pub(super) fn null<E: Error>(to: &mut dyn FromJson) -> Result<(), E> {
    if to.set_nothing(Nothing::Null) {
        return Ok(());
    }
    put(to.slot(), Value::Null, Found::Kind("null"))
}

/// An integer where its range matters, or where any value can be put.
fn integer<E: Error>(place: Slot<'_>, number: i128, value: Value) -> Result<(), E> {
    match place {
        Slot::Integer(place) => in_range(place.set(number), place),
        other => put(other, value, Found::Integer),
    }
}

fn in_range<E: Error>(is_set: bool, place: &mut dyn Integer) -> Result<(), E> {
    if is_set {
        return Ok(());
    }
    Err(expected(&Slot::Integer(place), Found::Integer))
}

/// Where any value can be put.
pub(super) fn put<E: Error>(place: Slot<'_>, value: Value, found: Found) -> Result<(), E> {
    match place {
        Slot::Any(place) => *place = value,
        Slot::Union(place) => union::read(place, value),
        other => return Err(expected(&other, found)),
    }
    Ok(())
}

#[cold]
pub(super) fn expected<E: Error>(place: &Slot<'_>, found: Found) -> E {
    let range = number::range(place).map(number::kind);
    let what = match place {
        Slot::Bool(_) => "a boolean",
        Slot::I32(_) | Slot::I64(_) | Slot::Integer(_) => range.as_deref().unwrap_or("an integer"),
        Slot::F64(_) => "a number",
        Slot::String(_) | Slot::Text(_) => "a string",
        Slot::Null => "null",
        Slot::Any(_) | Slot::Union(_) => "any JSON",
        Slot::Items(_) => "an array",
        Slot::Object(_) => "an object",
    };
    let found = number::found(place, found);
    E::custom(format_args!("expected {what}, found {found}"))
}
