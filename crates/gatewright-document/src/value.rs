//! The tree of values that a document is. It is `serde_json`'s in a third of the memory: keys are shared, nothing has room to
//! grow, and only large objects have an index.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use serde_json::Number;

/// A value of a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Value {
    #[default]
    Null,
    Bool(bool),
    Number(Number),
    String(Box<str>),
    Array(Box<[Value]>),
    Object(Object),
}

impl Value {
    /// The member `key` of an object.
    pub(crate) fn get(&self, key: &str) -> Option<&Value> {
        self.as_object()?.get(key)
    }

    pub(crate) fn as_object(&self) -> Option<&Object> {
        match self {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }

    pub(crate) fn as_array(&self) -> Option<&[Value]> {
        match self {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        match self {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn as_number(&self) -> Option<&Number> {
        match self {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    pub(crate) fn as_u64(&self) -> Option<u64> {
        self.as_number()?.as_u64()
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    pub(crate) fn is_object(&self) -> bool {
        self.as_object().is_some()
    }

    pub(crate) fn is_array(&self) -> bool {
        self.as_array().is_some()
    }

    /// A copy for the model.
    pub(crate) fn to_json(&self) -> serde_json::Value {
        use serde_json::Value as Json;
        match self {
            Value::Null => Json::Null,
            Value::Bool(flag) => Json::Bool(*flag),
            Value::Number(number) => Json::Number(number.clone()),
            Value::String(text) => Json::String(text.to_string()),
            Value::Array(items) => Json::Array(items.iter().map(Value::to_json).collect()),
            Value::Object(object) => {
                let members = object.iter();
                let members = members.map(|(key, value)| (key.to_owned(), value.to_json()));
                Json::Object(members.collect())
            }
        }
    }
}

/// A key, one for all objects that have it.
pub(crate) type Key = Rc<str>;

/// The keys so far; a document has few that differ.
#[derive(Default)]
pub(crate) struct Keys(HashSet<Key>);

impl Keys {
    /// The key of this text, which is the same in memory wherever it stands.
    pub(crate) fn shared(&mut self, text: &str) -> Key {
        if let Some(known) = self.0.get(text) {
            return known.clone();
        }
        let key = Key::from(text);
        self.0.insert(key.clone());
        key
    }
}

/// The members of an object, in the document's order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Object {
    members: Box<[(Key, Value)]>,
    /// Where each key stands, if there are too many to look at all of them.
    #[expect(
        clippy::box_collection,
        reason = "most objects have none, and each value has room for one"
    )]
    places: Option<Box<HashMap<Key, usize>>>,
}

impl Object {
    pub(crate) fn get(&self, key: &str) -> Option<&Value> {
        self.get_key_value(key).map(|(_, value)| value)
    }

    pub(crate) fn get_key_value(&self, key: &str) -> Option<(&str, &Value)> {
        let (key, value) = match &self.places {
            Some(places) => self.members.get(*places.get(key)?)?,
            None => self.members.iter().find(|(found, _)| **found == *key)?,
        };
        Some((key, value))
    }

    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut Value> {
        let place = match &self.places {
            Some(places) => *places.get(key)?,
            None => self.members.iter().position(|(found, _)| **found == *key)?,
        };
        self.members.get_mut(place).map(|(_, value)| value)
    }

    /// Takes the value of a member out; null is left in its place.
    pub(crate) fn take(&mut self, key: &str) -> Option<Value> {
        self.get_mut(key).map(std::mem::take)
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = (&str, &mut Value)> {
        self.members.iter_mut().map(|(key, value)| (&**key, value))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.members.iter().map(|(key, value)| (&**key, value))
    }

    pub(crate) fn members(&self) -> &[(Key, Value)] {
        &self.members
    }

    pub(crate) fn into_members(self) -> impl Iterator<Item = (Key, Value)> {
        self.members.into_iter()
    }

    /// Adds a member, or sets it anew.
    pub(crate) fn set(&mut self, key: &str, value: Value) {
        *self = std::mem::take(self).with(key, value);
    }

    /// The same with this member.
    pub(crate) fn with(self, key: &str, value: Value) -> Self {
        let mut members = Members::default();
        for (key, value) in self.into_members() {
            members.insert(key, value);
        }
        members.insert(Key::from(key), value);
        members.into_object()
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &Value> {
        self.members.iter().map(|(_, value)| value)
    }
}

impl PartialEq for Object {
    fn eq(&self, other: &Self) -> bool {
        self.members.len() == other.members.len()
            && self
                .iter()
                .all(|(key, value)| other.get(key) == Some(value))
    }
}

/// An object being read.
#[derive(Default)]
pub(crate) struct Members {
    list: Vec<(Key, Value)>,
    /// As in the object; filled once it is needed.
    places: HashMap<Key, usize>,
}

/// As many members are looked at one by one.
const FEW: usize = 16;

impl Members {
    /// Adds a member, or sets it anew where it stands; true if it was there before.
    pub(crate) fn insert(&mut self, key: Key, value: Value) -> bool {
        if let Some(place) = self.place(&key) {
            self.list[place].1 = value;
            return true;
        }
        self.list.push((key, value));
        if self.list.len() > FEW {
            let new = self.places.len()..self.list.len();
            self.places
                .extend(new.map(|place| (self.list[place].0.clone(), place)));
        }
        false
    }

    /// Adds a member, unless its key is there.
    pub(crate) fn insert_new(&mut self, key: Key, value: Value) {
        if self.place(&key).is_none() {
            self.insert(key, value);
        }
    }

    fn place(&self, key: &Key) -> Option<usize> {
        if self.places.is_empty() {
            return self.list.iter().position(|(found, _)| found == key);
        }
        self.places.get(key).copied()
    }

    pub(crate) fn into_object(self) -> Object {
        let has_places = !self.places.is_empty();
        Object {
            members: self.list.into_boxed_slice(),
            places: has_places.then(|| Box::new(self.places)),
        }
    }
}

/// As tests write it.
#[cfg(test)]
impl From<serde_json::Value> for Value {
    fn from(value: serde_json::Value) -> Self {
        crate::tree::json(&value.to_string(), usize::MAX).unwrap().0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(size: usize) -> Object {
        let mut members = Members::default();
        for number in 0..size {
            assert!(!members.insert(number.to_string().into(), Value::Bool(true)));
        }
        assert!(members.insert("0".into(), Value::Null));
        members.into_object()
    }

    #[test]
    fn a_member_is_found_however_many_there_are() {
        for size in [1, FEW, FEW + 1, 1_000] {
            let object = object(size);
            assert_eq!(object.iter().count(), size);
            assert_eq!(object.get("0"), Some(&Value::Null));
            for number in 1..size {
                assert_eq!(object.get(&number.to_string()), Some(&Value::Bool(true)));
            }
            assert_eq!(object.get(&size.to_string()), None);
        }
    }

    #[test]
    fn a_copy_for_the_model_is_the_same() {
        let written = serde_json::json!({"b": [1, -2.5, "x", null, true], "a": {"c": {}}});
        assert_eq!(
            Value::from(written.clone()).to_json().to_string(),
            written.to_string()
        );
    }
}
