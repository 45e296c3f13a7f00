//! JSON to a tree of values, with a bound on its size and with every key that an object has twice: a parser that
//! keeps the last of two in silence hides half of a document.

use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

use crate::Pointer;
use crate::value::{Key, Keys, Members, Value};
use crate::way::{Doubles, Way};

/// Reads JSON of at most `max_values` values; the pointers are those of keys that stand in their object more than once.
pub(crate) fn json(
    text: &str,
    max_values: usize,
) -> Result<(Value, Vec<Pointer>), serde_json::Error> {
    let tree = Tree::new(max_values);
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = tree.root().deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok((value, tree.doubles.into_inner().into_vec()))
}

/// What is kept while a tree is read.
struct Tree {
    left: Cell<usize>,
    doubles: RefCell<Doubles>,
    keys: RefCell<Keys>,
}

impl Tree {
    fn new(max_values: usize) -> Self {
        Self {
            left: Cell::new(max_values),
            doubles: RefCell::default(),
            keys: RefCell::default(),
        }
    }

    fn root(&self) -> Place<'_> {
        Place {
            tree: self,
            way: Way::default(),
        }
    }
}

/// A place in the tree.
#[derive(Clone, Copy)]
struct Place<'p> {
    tree: &'p Tree,
    way: Way<'p>,
}

impl<'p> Place<'p> {
    fn at(&self, way: Way<'p>) -> Self {
        Self {
            tree: self.tree,
            way,
        }
    }
}

impl<'de> DeserializeSeed<'de> for Place<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        let left = self.tree.left.get().checked_sub(1).ok_or_else(|| {
            D::Error::custom("holds more values than any API Gateway document does")
        })?;
        self.tree.left.set(left);
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Place<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element_seed(self.at(self.way.index(items.len())))? {
            items.push(item);
        }
        Ok(Value::Array(items.into()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut members = Members::default();
        while let Some(key) = access.next_key_seed(SharedKey(self.tree))? {
            let place = self.at(self.way.key(&key));
            let value = access.next_value_seed(place)?;
            if members.insert(key.clone(), value) {
                self.tree.doubles.borrow_mut().note(&place.way);
            }
        }
        Ok(Value::Object(members.into_object()))
    }
}

/// A key that is the same in memory wherever it stands.
struct SharedKey<'t>(&'t Tree);

impl<'de> DeserializeSeed<'de> for SharedKey<'_> {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for SharedKey<'_> {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, text: &str) -> Result<Key, E> {
        Ok(self.0.keys.borrow_mut().shared(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_is_the_one_of_serde_json() {
        let text =
            r#"{"a": [1, -2, 1.5, 1e40, "x\n", true, null, {}], "b": {"": 18446744073709551615}}"#;
        let expected: serde_json::Value = serde_json::from_str(text).unwrap();
        let (value, doubles) = json(text, 100).unwrap();
        assert_eq!((value.to_json(), doubles), (expected, Vec::new()));
        assert!(json("{} x", 100).is_err() && json("{", 100).is_err());
    }

    #[test]
    fn a_double_key_is_found_and_the_last_is_kept() {
        let (value, doubles) = json(
            r#"{"a": [{"b": 1, "c": 2, "b": 3}], "a/": 1, "a/": 2}"#,
            100,
        )
        .unwrap();
        assert_eq!(value.to_json()["a"][0]["b"], 3);
        let doubles: Vec<_> = doubles.iter().map(ToString::to_string).collect();
        assert_eq!(doubles, ["#/a/0/b", "#/a~1"]);
    }

    #[test]
    fn the_number_of_values_is_bounded() {
        assert!(json("[1, 2]", 3).is_ok());
        assert!(
            json("[1, 2, 3]", 3)
                .unwrap_err()
                .to_string()
                .contains("more values")
        );
    }
}
