//! Schemas that are referred to but do not stand where a document names its schemas: `#/components/schemas/A/properties/b`,
//! `#/definitions/A` in a document of OpenAPI 3.0, `schemas/pet.yaml`. Each gets a name, so that every reference of the model leads to
//! one.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use crate::Pointer;
use crate::files::stem;

/// The schemas that were referred to so far, in that order.
#[derive(Default)]
pub(crate) struct UnnamedSchemas {
    places: RefCell<IndexMap<Pointer, String>>,
    names: RefCell<HashSet<String>>,
    /// The last number that was given to names of the same way.
    numbers: RefCell<HashMap<String, usize>>,
}

impl UnnamedSchemas {
    /// The name of the schema at `at`, the same each time: the way to it from the document at `base`, made different from every
    /// other name.
    pub(crate) fn name(
        &self,
        at: &Pointer,
        base: &Pointer,
        is_named: impl Fn(&str) -> bool,
    ) -> String {
        let mut places = self.places.borrow_mut();
        if let Some(known) = places.get(at) {
            return known.clone();
        }
        let way = way(at, base).join(" ");
        let name = match at.file().filter(|file| base.file() != Some(file)) {
            Some(file) => self.name_in_file(file, at, &way, is_named),
            None => self.new_name(&way, is_named),
        };
        places.insert(at.clone(), name.clone());
        name
    }

    /// A schema of another file is called as there, if that is a name: `pet.yaml`, `common.yaml#/components/schemas/Pet` and
    /// `common.yaml#/Pet` are all `Pet`. One that is deeper within, or whose name is taken, has the name of the file before it.
    fn name_in_file(
        &self,
        file: &str,
        at: &Pointer,
        way: &str,
        is_named: impl Fn(&str) -> bool,
    ) -> String {
        let stem = stem(file);
        let is_taken = is_named(way) || self.names.borrow().contains(way);
        let is_name = matches!(
            at.steps()[..],
            [_] | ["components", "schemas", ..] | ["definitions" | "schemas", _, ..]
        );
        if way.is_empty() {
            self.new_name(stem, is_named)
        } else if is_name && !is_taken {
            self.new_name(way, is_named)
        } else {
            self.new_name(&format!("{stem} {way}"), is_named)
        }
    }

    /// `base`, or with the first number that makes it new. Numbers are never tried twice, lest it take forever.
    fn new_name(&self, base: &str, is_named: impl Fn(&str) -> bool) -> String {
        let mut names = self.names.borrow_mut();
        let mut numbers = self.numbers.borrow_mut();
        let number = numbers.entry(base.to_owned()).or_insert(1);
        let mut name = base.to_owned();
        while is_named(&name) || names.contains(&name) {
            *number += 1;
            name = format!("{base} {number}");
        }
        names.insert(name.clone());
        name
    }

    /// The name and the place of the schema that was the `index`th to be referred to.
    pub(crate) fn get(&self, index: usize) -> Option<(String, Pointer)> {
        let places = self.places.borrow();
        let (at, name) = places.get_index(index)?;
        Some((name.clone(), at.clone()))
    }
}

/// The keys on the way to a place from `base`, without those that only say that a schema comes.
fn way<'a>(at: &'a Pointer, base: &Pointer) -> Vec<&'a str> {
    let Some((parent, key)) = at.split_last().filter(|_| at != base) else {
        return Vec::new();
    };
    let mut keys = way(parent, base);
    let is_first = parent == base || parent.split_last().is_none();
    let says_nothing = if is_first {
        matches!(
            key,
            "components" | "definitions" | "paths" | "schemas" | "properties"
        )
    } else {
        matches!(key, "schemas" | "properties" | "schema")
    };
    if !says_nothing {
        keys.push(key);
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(keys: &[&str]) -> Pointer {
        keys.iter().fold(Pointer::root(), |at, key| at.key(key))
    }

    #[test]
    fn a_place_has_one_name_and_a_name_one_place() {
        let elsewhere = UnnamedSchemas::default();
        let name = |keys: &[&str]| {
            elsewhere.name(&at(keys), &Pointer::root(), |name| {
                name == "x definitions taken"
            })
        };
        let b = ["components", "schemas", "A", "properties", "b"];
        assert_eq!(name(&b), "A b");
        assert_eq!(name(&["components", "schemas", "A b"]), "A b 2");
        assert_eq!(name(&b), "A b");
        assert_eq!(
            name(&["paths", "/a", "get", "responses", "200", "schema"]),
            "/a get responses 200"
        );
        assert_eq!(
            name(&["x", "definitions", "taken"]),
            "x definitions taken 2"
        );
        assert_eq!(elsewhere.get(1).unwrap().0, "A b 2");
        assert!(elsewhere.get(4).is_none());
    }
}
