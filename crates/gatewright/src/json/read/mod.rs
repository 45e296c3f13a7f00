//! Any format into any value, in place.
//!
//! Errors name the place as a JSON pointer and never hold what was read, which may be confidential; that is why a
//! format is never asked for a certain type: it would complain by itself, and quote the value.

mod number;
mod object;
pub(super) mod slot;
mod types;
pub(super) mod union;

use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Number, Value};

use gatewright_core::kit::printable::Printable;
use number::Found;
use slot::{FromJson, Integer, ItemsMut, Nothing, Slot};

/// `serde::Deserialize` by way of [`FromJson`].
#[inline]
pub fn deserialize<'de, T: FromJson, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut value = T::blank();
    Fill::<false>(&mut value).deserialize(deserializer)?;
    Ok(value)
}

/// JSON without the byte order mark that some senders, of .NET above all, put before it. A reader may ignore it (RFC 8259,
/// section 8.1).
pub(crate) fn without_bom(json: &[u8]) -> &[u8] {
    json.strip_prefix(b"\xef\xbb\xbf").unwrap_or(json)
}

/// JSON in memory into a value.
pub(crate) fn from_slice(json: &[u8], value: &mut dyn FromJson) -> serde_json::Result<()> {
    match std::str::from_utf8(json) {
        // A text within a text needs no check of its own.
        Ok(json) => match read_whole::<_, false>(serde_json::Deserializer::from_str(json), value) {
            Err(error) if number::is_inexact(&error) => read_exactly(json, value, error),
            read => read,
        },
        // The error, with its place. Or none: nobody reads the members that the type does not name.
        Err(_) => read_whole::<_, false>(serde_json::Deserializer::from_slice(json), value),
    }
}

/// `serde_json` shows an integer of more than 64 bits as the nearest `f64`, unless it is asked for 128 bits.
#[cold]
fn read_exactly(
    json: &str,
    value: &mut dyn FromJson,
    inexact: serde_json::Error,
) -> serde_json::Result<()> {
    match read_whole::<_, true>(serde_json::Deserializer::from_str(json), value) {
        // There was no such error before: what is there has a point or an exponent.
        Err(error) if error.is_syntax() => Err(inexact),
        read => read,
    }
}

fn read_whole<'de, R: serde_json::de::Read<'de>, const EXACT: bool>(
    mut json: serde_json::Deserializer<R>,
    value: &mut dyn FromJson,
) -> serde_json::Result<()> {
    Fill::<EXACT>(value).deserialize(&mut json)?;
    json.end()
}

/// A value to read into; with `EXACT`, integers of more than 64 bits too, from JSON.
struct Fill<'a, const EXACT: bool>(&'a mut dyn FromJson);

impl<'de, const EXACT: bool> DeserializeSeed<'de> for Fill<'_, EXACT> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if EXACT && number::is_wide(&self.0.slot()) {
            return deserializer.deserialize_option(self);
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de, const EXACT: bool> Visitor<'de> for Fill<'_, EXACT> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E: Error>(self, read: bool) -> Result<(), E> {
        match self.0.slot() {
            Slot::Bool(place) => *place = read,
            other => return put(other, read.into(), Found::Kind("a boolean")),
        }
        Ok(())
    }

    fn visit_i64<E: Error>(self, read: i64) -> Result<(), E> {
        match (self.0.slot(), i32::try_from(read)) {
            (Slot::I64(place), _) => *place = read,
            (Slot::I32(place), Ok(read)) => *place = read,
            (Slot::F64(place), _) => *place = read as f64,
            (other, _) => return put_integer(other, read.into(), read.into()),
        }
        Ok(())
    }

    fn visit_u64<E: Error>(self, read: u64) -> Result<(), E> {
        if let Ok(read) = i64::try_from(read) {
            return self.visit_i64(read);
        }
        match self.0.slot() {
            Slot::F64(place) => *place = read as f64,
            other => return put_integer(other, read.into(), read.into()),
        }
        Ok(())
    }

    /// An integer may also be written as `1.0` or `1e3`, as JSON allows.
    fn visit_f64<E: Error>(self, read: f64) -> Result<(), E> {
        match self.0.slot() {
            Slot::F64(place) => *place = read,
            Slot::I32(_) | Slot::I64(_) | Slot::Integer(_) if number::is_exact_integer(read) => {
                return self.visit_i64(read as i64);
            }
            other => return put(other, read.into(), Found::Float(read)),
        }
        Ok(())
    }

    fn visit_i128<E: Error>(self, read: i128) -> Result<(), E> {
        match self.0.slot() {
            Slot::F64(place) => *place = read as f64,
            other => return put_integer(other, read, number::value(read, read as f64)),
        }
        Ok(())
    }

    fn visit_u128<E: Error>(self, read: u128) -> Result<(), E> {
        if let Ok(read) = i128::try_from(read) {
            return self.visit_i128(read);
        }
        match self.0.slot() {
            Slot::F64(place) => *place = read as f64,
            Slot::Integer(place) => return in_range(place.set_unsigned(read), place),
            other => return put(other, (read as f64).into(), Found::Integer),
        }
        Ok(())
    }

    #[inline]
    fn visit_str<E: Error>(self, read: &str) -> Result<(), E> {
        match self.0.slot() {
            Slot::String(place) => *place = read.to_owned(),
            Slot::Text(place) => place.set(read),
            other => return put_str(other, read),
        }
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        if self.0.set_nothing(Nothing::Null) {
            return Ok(());
        }
        put(self.0.slot(), Value::Null, Found::Kind("null"))
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.0.slot() {
            Slot::Integer(place) if EXACT && place.range().0 == 0 => {
                deserializer.deserialize_u128(self)
            }
            Slot::Integer(_) if EXACT => deserializer.deserialize_i128(self),
            _ => self.deserialize(deserializer),
        }
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<(), A::Error> {
        match self.0.slot() {
            Slot::Items(items) => fill_items::<A, EXACT>(items, seq),
            other => put_rest(other, SeqAccessDeserializer::new(seq), "an array"),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        match self.0.slot() {
            Slot::Object(object) => object::fill::<A, EXACT>(object, map),
            _ => self.fill_whole(MapAccessDeserializer::new(map)),
        }
    }
}

/// With its feature `arbitrary_precision`, which any crate of a program may turn on, `serde_json` presents a number as a map
/// with this member, which only its own types understand.
const NUMBER: &str = "$serde_json::private::Number";

impl<const EXACT: bool> Fill<'_, EXACT> {
    /// A map that may be a number.
    #[cold]
    fn fill_whole<'de, D: Deserializer<'de>>(self, map: D) -> Result<(), D::Error> {
        let value = Value::deserialize(map)?;
        match (self.0.slot(), &value) {
            (Slot::Any(_) | Slot::Union(_), _) | (_, Value::Object(_)) => {
                put(self.0.slot(), value, Found::Kind("an object"))
            }
            (_, Value::Number(number)) => self.fill_number(number),
            (_, _) => Err(expected(&self.0.slot(), Found::TooLarge)),
        }
    }

    fn fill_number<E: Error>(self, number: &Number) -> Result<(), E> {
        match (number.as_i128(), number.as_u128(), number.as_f64()) {
            (Some(number), ..) => match i64::try_from(number) {
                Ok(number) => self.visit_i64(number),
                Err(_) => self.visit_i128(number),
            },
            (None, Some(number), _) => self.visit_u128(number),
            (None, None, Some(number)) => self.visit_f64(number),
            (None, None, None) => Err(expected(&self.0.slot(), Found::TooLarge)),
        }
    }
}

#[cold]
fn put_str<E: Error>(place: Slot<'_>, read: &str) -> Result<(), E> {
    put(place, read.into(), Found::Kind("a string"))
}

/// An integer where its range matters, or where any value can be put.
fn put_integer<E: Error>(place: Slot<'_>, number: i128, value: Value) -> Result<(), E> {
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
fn put<E: Error>(place: Slot<'_>, value: Value, found: Found) -> Result<(), E> {
    match place {
        Slot::Any(place) => *place = value,
        Slot::Union(place) => union::read(place, value),
        other => return Err(expected(&other, found)),
    }
    Ok(())
}

/// The same for a value that is still to be read.
fn put_rest<'de, D: Deserializer<'de>>(
    place: Slot<'_>,
    value: D,
    found: &'static str,
) -> Result<(), D::Error> {
    let found = Found::Kind(found);
    match place {
        Slot::Any(_) | Slot::Union(_) => put(place, Value::deserialize(value)?, found),
        other => Err(expected(&other, found)),
    }
}

#[cold]
fn expected<E: Error>(place: &Slot<'_>, found: Found) -> E {
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

/// The same error, seen from the value that has it at `key`. A name of the sender's may be of any length and is at the front of
/// each place below it.
#[cold]
fn at<E: Error>(key: &str, error: &E) -> E {
    let key = Printable::name(key).to_string();
    let key = key.replace('~', "~0").replace('/', "~1");
    let text = error.to_string();
    match text.strip_prefix("at /") {
        Some(inner) => E::custom(format_args!("at /{key}/{inner}")),
        None => E::custom(format_args!("at /{key}: {text}")),
    }
}

/// A list to read one more item of.
struct NewItem<'a, const EXACT: bool>(&'a mut dyn ItemsMut);

impl<'de, const EXACT: bool> DeserializeSeed<'de> for NewItem<'_, EXACT> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let index = self.0.len();
        let read = Fill::<EXACT>(self.0.push()).deserialize(deserializer);
        read.map_err(|error| at(&index.to_string(), &error))
    }
}

fn fill_items<'de, A: SeqAccess<'de>, const EXACT: bool>(
    items: &mut dyn ItemsMut,
    mut seq: A,
) -> Result<(), A::Error> {
    items.clear();
    while seq
        .next_element_seed(NewItem::<EXACT>(&mut *items))?
        .is_some()
    {}
    Ok(())
}
