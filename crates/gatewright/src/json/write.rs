//! Any value into any format.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::shape::{Items, Json, Members, Object, View};

/// `serde::Serialize` by way of [`Json`].
#[inline]
pub fn serialize<S: Serializer>(value: &dyn Json, serializer: S) -> Result<S::Ok, S::Error> {
    Shown(&value.view()).serialize(serializer)
}

/// By reference, because copying a view costs more than the call that made it.
struct Shown<'a>(&'a View<'a>);

impl Serialize for Shown<'_> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self.0 {
            View::Absent => serializer.serialize_none(),
            View::Bool(value) => serializer.serialize_bool(value),
            View::I64(value) => serializer.serialize_i64(value),
            View::F64(value) => serializer.serialize_f64(value),
            View::Text(value) => serializer.serialize_str(value),
            View::Any(value) => value.serialize(serializer),
            View::Items(items) => write_items(items, serializer),
            View::Object(object) => write_object(object, serializer),
        }
    }
}

#[inline]
fn write_items<S: Serializer>(items: &dyn Items, serializer: S) -> Result<S::Ok, S::Error> {
    let mut seq = serializer.serialize_seq(Some(items.len()))?;
    let mut index = 0;
    while let Some(item) = items.get(index) {
        seq.serialize_element(&Shown(&item.view()))?;
        index += 1;
    }
    seq.end()
}

#[inline]
fn write_object<S: Serializer>(object: &dyn Object, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    let mut written = Ok(());
    object.members(&mut |members| written = write_members(members, &mut map));
    written?;
    map.end()
}

/// A known member without a value is left out; a further one is `null`, as in a list. A further member that is called
/// like a known one is not written, or the name would stand there twice.
#[inline]
fn write_members<M: SerializeMap>(members: Members<'_>, map: &mut M) -> Result<(), M::Error> {
    for (name, member) in members.names.iter().zip(members.known) {
        if !matches!(member, View::Absent) {
            map.serialize_entry(name, &Shown(member))?;
        }
    }
    let mut written = Ok(());
    if let Some(rest) = members.rest {
        rest.each(&mut |name, member| {
            if written.is_ok() && !members.names.contains(&name) {
                written = map.serialize_entry(name, &Shown(&member.view()));
            }
        });
    }
    written
}
