//! Objects: the member for each name, and the missing members.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use super::slot::{FromJson, MembersMut, ObjectMut};
use super::{Fill, NUMBER, at};

pub(super) fn fill<'de, A: MapAccess<'de>>(
    object: &mut dyn ObjectMut,
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

/// If a name comes twice, the last value counts.
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

/// Handles the members that are absent. Returns the name of a required one.
fn set_absent<'a>(
    names: &[&'a str],
    known: &mut [&mut dyn FromJson],
    seen: &Seen,
) -> Result<(), &'a str> {
    for (index, (name, member)) in names.iter().zip(known).enumerate() {
        if !seen.contains(index) && !member.set_absent() {
            return Err(name);
        }
    }
    Ok(())
}

/// The indexes of the members that were there, a bit each; only those of a very large type take memory.
#[derive(Default)]
struct Seen {
    low: u64,
    high: Vec<u64>,
}

impl Seen {
    #[inline]
    fn insert(&mut self, index: usize) {
        match index {
            0..64 => self.low |= 1 << index,
            _ => self.insert_high(index),
        }
    }

    #[cold]
    fn insert_high(&mut self, index: usize) {
        let word = index / 64 - 1;
        if self.high.len() <= word {
            self.high.resize(word + 1, 0);
        }
        self.high[word] |= 1 << (index % 64);
    }

    #[inline]
    fn contains(&self, index: usize) -> bool {
        let word = match index {
            0..64 => self.low,
            _ => self.high.get(index / 64 - 1).copied().unwrap_or(0),
        };
        word & (1 << (index % 64)) != 0
    }
}

/// The member for a name.
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
    fn visit_str<E: Error>(self, name: &str) -> Result<Name, E> {
        let index = match self.names.get(self.next) {
            Some(next) if *next == name => Some(self.next),
            _ => self.names.iter().position(|other| *other == name),
        };
        match index {
            Some(index) => Ok(Name::Known(index)),
            None if name == NUMBER => Err(E::custom("expected an object, found a number")),
            None if self.keep => Ok(Name::Other(name.to_owned())),
            None => Ok(Name::Other(String::new())),
        }
    }
}
