//! Objects: which member a name stands for, and which are missing.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use super::{Fill, at};
use crate::json::shape::{Json, MembersMut, Object};

pub(super) fn fill<'de, A: MapAccess<'de>>(
    object: &mut dyn Object,
    map: A,
) -> Result<(), A::Error> {
    let (mut map, mut filled) = (Some(map), Ok(()));
    object.members_mut(&mut |members| {
        if let Some(map) = map.take() {
            filled = fill_members(members, map);
        }
    });
    filled
}

/// Of a name that comes twice, the last value counts.
fn fill_members<'de, A: MapAccess<'de>>(
    members: MembersMut<'_>,
    mut map: A,
) -> Result<(), A::Error> {
    let MembersMut {
        names,
        known,
        mut rest,
    } = members;
    let (mut seen, mut next) = (Seen::default(), 0);
    if let Some(rest) = &mut rest {
        rest.clear();
    }
    while let Some(name) = map.next_key_seed(FindName {
        names,
        next,
        keep: rest.is_some(),
    })? {
        match (name, &mut rest) {
            (Name::Known(index), _) => {
                let read = map.next_value_seed(Fill(&mut *known[index]));
                read.map_err(|error| at(names[index], &error))?;
                seen.insert(index);
                next = index + 1;
            }
            (Name::Other(name), Some(rest)) => {
                let read = map.next_value_seed(Fill(rest.insert(&name)));
                read.map_err(|error| at(&name, &error))?;
            }
            (Name::Other(_), None) => drop(map.next_value::<IgnoredAny>()?),
        }
    }
    set_absent(names, known, &seen).map_err(|name| at(name, &A::Error::custom("is missing")))
}

/// Settles the members that were not there; the name of one that must be.
fn set_absent<'a>(
    names: &[&'a str],
    known: &mut [&mut dyn Json],
    seen: &Seen,
) -> Result<(), &'a str> {
    for (index, (name, member)) in names.iter().zip(known).enumerate() {
        if !seen.contains(index) && !member.set_absent() {
            return Err(name);
        }
    }
    Ok(())
}

/// The indexes of the members that were there; only those of a very large type take memory.
#[derive(Default)]
struct Seen {
    low: u64,
    high: Vec<usize>,
}

impl Seen {
    #[inline]
    fn insert(&mut self, index: usize) {
        match index {
            0..64 => self.low |= 1 << index,
            _ => self.high.push(index),
        }
    }

    #[inline]
    fn contains(&self, index: usize) -> bool {
        match index {
            0..64 => self.low & (1 << index) != 0,
            _ => self.high.contains(&index),
        }
    }
}

/// Which member a name stands for.
enum Name {
    Known(usize),
    /// The name, if it is kept.
    Other(String),
}

/// Finds a name. Most senders write members in the order of the document, so the search begins at `next`.
struct FindName<'a> {
    names: &'a [&'a str],
    next: usize,
    keep: bool,
}

impl<'de> DeserializeSeed<'de> for FindName<'_> {
    type Value = Name;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Name, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for FindName<'_> {
    type Value = Name;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    #[inline]
    fn visit_str<E>(self, name: &str) -> Result<Name, E> {
        let index = match self.names.get(self.next) {
            Some(next) if *next == name => Some(self.next),
            _ => self.names.iter().position(|other| *other == name),
        };
        let other = || {
            Name::Other(if self.keep {
                name.to_owned()
            } else {
                String::new()
            })
        };
        Ok(index.map_or_else(other, Name::Known))
    }
}
