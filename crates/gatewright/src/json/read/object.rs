//! Objects: the member for each name, and the missing members.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use super::slot::{FromJson, MembersMut, Nothing, ObjectMut};
use super::{Fill, NUMBER, at};

pub(super) fn fill<'de, A: MapAccess<'de>, const EXACT: bool>(
    object: &mut dyn ObjectMut,
    map: A,
) -> Result<(), A::Error> {
    let (mut map, mut filled) = (Some(map), Ok(()));
    object.members_mut(&mut |members| {
        if let Some(map) = map.take() {
            filled = fill_members::<A, EXACT>(members, map);
        }
    });
    filled
}

/// If a name comes twice, the last value counts.
fn fill_members<'de, A: MapAccess<'de>, const EXACT: bool>(
    members: MembersMut<'_>,
    mut map: A,
) -> Result<(), A::Error> {
    let MembersMut {
        names,
        known,
        mut rest,
    } = members;
    let mut find = Find::new(names, rest.is_some());
    if let Some(rest) = &mut rest {
        rest.clear();
    }
    while map.next_key_seed(&mut find)?.is_some() {
        if let Some(member) = known.get_mut(find.index) {
            let read = map.next_value_seed(Fill::<EXACT>(&mut **member));
            read.map_err(|error| at(names[find.index], &error))?;
        } else if let Some(rest) = &mut rest {
            let read = map.next_value_seed(Fill::<EXACT>(rest.insert(&find.other)));
            read.map_err(|error| at(&find.other, &error))?;
        } else {
            map.next_value::<IgnoredAny>()?;
        }
    }
    set_absent(names, known, &find.seen).map_err(|name| at(name, &A::Error::custom("is missing")))
}

/// Handles the members that are absent. Returns the name of a required one.
fn set_absent<'a>(
    names: &[&'a str],
    known: &mut [&mut dyn FromJson],
    seen: &Seen,
) -> Result<(), &'a str> {
    for (word, names) in names.chunks(64).enumerate() {
        let mut absent = !seen.word(word) & (u64::MAX >> (64 - names.len()));
        while absent != 0 {
            let index = absent.trailing_zeros() as usize;
            if !known[word * 64 + index].set_nothing(Nothing::Absent) {
                return Err(names[index]);
            }
            absent &= absent - 1;
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

    /// Those of 64 indexes.
    #[inline]
    fn word(&self, word: usize) -> u64 {
        match word {
            0 => self.low,
            _ => self.high.get(word - 1).copied().unwrap_or(0),
        }
    }
}

/// Finds the members for names. Most senders write members in the order of the document, so the search begins behind the
/// member that was found before.
struct Find<'a> {
    names: &'a [&'a str],
    seen: Seen,
    /// Where the search begins.
    next: usize,
    /// Of the member that was found; beyond the last for another name.
    index: usize,
    /// That other name, if it is kept.
    other: String,
    keep: bool,
}

impl<'a> Find<'a> {
    fn new(names: &'a [&'a str], keep: bool) -> Self {
        Self {
            names,
            seen: Seen::default(),
            next: 0,
            index: 0,
            other: String::new(),
            keep,
        }
    }

    #[inline]
    fn found(&mut self, index: usize) {
        self.index = index;
        self.next = index + 1;
        self.seen.insert(index);
    }

    /// For a name that is not surely the next one: `false` if it is none of a member. Members that are left out are the most
    /// frequent reason, so it is one of those behind.
    #[inline(never)]
    fn search(&mut self, name: &str) -> bool {
        let (before, behind) = self.names.split_at(self.next);
        let is_name = |other: &&str| *other == name;
        if let Some(index) = behind.iter().position(is_name) {
            self.found(self.next + index);
        } else if let Some(index) = before.iter().position(is_name) {
            self.found(index);
        } else {
            self.index = self.names.len();
            if self.keep {
                name.clone_into(&mut self.other);
            }
            return name != NUMBER;
        }
        true
    }
}

impl<'de> DeserializeSeed<'de> for &mut Find<'_> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for &mut Find<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    #[inline]
    fn visit_str<E: Error>(self, name: &str) -> Result<(), E> {
        match self.names.get(self.next) {
            Some(next) if is_surely(next, name) => self.found(self.next),
            _ if self.search(name) => {}
            _ => return Err(not_an_object()),
        }
        Ok(())
    }
}

#[cold]
fn not_an_object<E: Error>() -> E {
    E::custom("expected an object, found a number")
}

/// Whether two names are the same, for those of usual length; `false` for others. No call, as `==` is one.
#[inline]
fn is_surely(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    one.len() == other.len()
        && match one.len() {
            2..=3 => same_ends::<2>(one, other),
            4..=8 => same_ends::<4>(one, other),
            9..=16 => same_ends::<8>(one, other),
            _ => false,
        }
}

/// Both ends, which overlap or touch.
#[inline]
fn same_ends<const N: usize>(one: &[u8], other: &[u8]) -> bool {
    one.first_chunk::<N>() == other.first_chunk() && one.last_chunk::<N>() == other.last_chunk()
}
