//! Any format into any value, in place.
//!
//! Errors name the place as a JSON pointer and never hold what was read, which may be confidential; that is why a
//! format is never asked for a certain type: it would complain by itself, and quote the value.

mod number;
mod object;
mod scalar;
pub(super) mod slot;
mod types;
pub(super) mod union;

use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use gatewright_core::kit::printable::Printable;
use number::Found;
use scalar::{expected, put};
use slot::{FromJson, ItemsMut, Slot};

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
    let Ok(text) = std::str::from_utf8(json) else {
        // The error, with its place. Or none: nobody reads the members that the type does not name.
        return read_exactly(json, value);
    };
    // A text within a text needs no check of its own.
    match read_whole::<_, false>(serde_json::Deserializer::from_str(text), value) {
        Err(inexact) if number::is_inexact(&inexact) => match read_exactly(json, value) {
            // There was no such error before: what is there has a point or an exponent.
            Err(error) if error.is_syntax() => Err(inexact),
            read => read,
        },
        read => read,
    }
}

/// `serde_json` shows an integer of more than 64 bits as the nearest `f64`, unless it is asked for 128 bits. From bytes, for
/// the code that reads texts is the faster the less others share it.
#[cold]
fn read_exactly(json: &[u8], value: &mut dyn FromJson) -> serde_json::Result<()> {
    read_whole::<_, true>(serde_json::Deserializer::from_slice(json), value)
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
        scalar::bool(self.0, read)
    }

    fn visit_i64<E: Error>(self, read: i64) -> Result<(), E> {
        scalar::i64(self.0, read)
    }

    fn visit_u64<E: Error>(self, read: u64) -> Result<(), E> {
        scalar::u64(self.0, read)
    }

    fn visit_i128<E: Error>(self, read: i128) -> Result<(), E> {
        scalar::i128(self.0, read)
    }

    fn visit_u128<E: Error>(self, read: u128) -> Result<(), E> {
        scalar::u128(self.0, read)
    }

    fn visit_f64<E: Error>(self, read: f64) -> Result<(), E> {
        scalar::f64(self.0, read)
    }

    #[inline]
    fn visit_str<E: Error>(self, read: &str) -> Result<(), E> {
        scalar::text(self.0, read)
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        scalar::null(self.0)
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        scalar::null(self.0)
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
            (_, Value::Number(number)) => scalar::number(self.0, number),
            (_, _) => Err(expected(&self.0.slot(), Found::TooLarge)),
        }
    }
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
