//! What a value is made of, to be written.

use serde::ser::{Serialize, Serializer};
use serde_json::Value;

/// A type whose values can be written.
pub trait ToJson {
    /// Calls `to` once. `name` is handed on; only a member has one.
    fn write(&self, name: &str, to: &mut dyn Sink);

    /// The same for a value that is there: one that has no value itself is `null`, and not left out.
    #[inline]
    fn write_present(&self, name: &str, to: &mut dyn Sink)
    where
        Self: Sized,
    {
        self.write(name, to);
    }
}

/// Takes values: the members of an object, the items of a list, or one value.
///
/// A method for each kind of value, and not one that takes an enum of them: where a type calls it, it is always the same
/// one, which processors foresee. The branch on an enum was missed so often that it took a tenth of the time to write.
pub trait Sink {
    /// A known member that is left out; `null` elsewhere.
    fn absent(&mut self, name: &str);

    /// `true` or `false`.
    fn bool(&mut self, name: &str, value: bool);

    /// An integer.
    fn i64(&mut self, name: &str, value: i64);

    /// An integer that may have more than 64 bits.
    fn wide(&mut self, name: &str, value: Wide);

    /// A number.
    fn f64(&mut self, name: &str, value: f64);

    /// A text.
    fn text(&mut self, name: &str, value: &str);

    /// Any value.
    fn any(&mut self, name: &str, value: &Value);

    /// A list.
    fn items(&mut self, name: &str, value: &dyn Items);

    /// An object, or a map.
    fn object(&mut self, name: &str, value: &dyn Object);
}

/// A list to write.
pub trait Items {
    /// The number of items.
    fn len(&self) -> usize;

    /// Writes the items, in order.
    fn write_each(&self, to: &mut dyn Sink);
}

/// An object to write: members that its type names, and others.
pub trait Object {
    /// Writes the members that the type names.
    fn write_members(&self, to: &mut dyn Sink);

    /// The others, if there are any.
    fn others(&self) -> Option<Others<'_>> {
        None
    }
}

/// The members of an object that its type does not name.
#[allow(
    missing_debug_implementations,
    reason = "shows a value to the codec, not to people"
)]
pub struct Others<'a> {
    /// The names of the members that the type names. A member with such a name is not written, so that no name occurs
    /// twice.
    pub known: &'a [&'a str],
    /// The members.
    pub members: &'a dyn Map,
}

/// Members by name.
pub trait Map {
    /// Calls `with` for each.
    fn each(&self, with: &mut dyn FnMut(&str, &dyn ToJson));
}

/// An integer that may have more than 64 bits.
#[derive(Clone, Copy, Debug)]
pub enum Wide {
    /// Below zero, or above.
    Signed(i128),
    /// At least zero.
    Unsigned(u128),
}

/// As one of 64 bits wherever it is one, which every format takes.
impl Serialize for Wide {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Wide::Signed(number) => match (i64::try_from(number), u64::try_from(number)) {
                (Ok(number), _) => serializer.serialize_i64(number),
                (_, Ok(number)) => serializer.serialize_u64(number),
                _ => serializer.serialize_i128(number),
            },
            Wide::Unsigned(number) => match u64::try_from(number) {
                Ok(number) => serializer.serialize_u64(number),
                Err(_) => serializer.serialize_u128(number),
            },
        }
    }
}
