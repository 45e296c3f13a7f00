//! Objects: their members taken one by one, and put one by one.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Json, JsonError, expected};

/// The members of an object that is being read.
#[derive(Debug)]
pub struct Fields(Map<String, Value>);

impl Fields {
    /// The members of `value`.
    ///
    /// # Errors
    ///
    /// When it is not an object.
    pub fn of(value: Value) -> Result<Self, JsonError> {
        match value {
            Value::Object(map) => Ok(Self(map)),
            other => Err(expected("an object", &other)),
        }
    }

    /// Reads the member `name`.
    ///
    /// # Errors
    ///
    /// When it has another shape, or is absent and its type has no value for that.
    pub fn take<T: Json>(&mut self, name: &str) -> Result<T, JsonError> {
        let read = self
            .0
            .remove(name)
            .map_or_else(T::from_absent, T::from_json);
        read.map_err(|error| error.at(name))
    }

    /// Reads all members that were not taken.
    ///
    /// # Errors
    ///
    /// When one of them is not a `T`.
    pub fn rest<T: Json>(self) -> Result<BTreeMap<String, T>, JsonError> {
        Json::from_json(Value::Object(self.0))
    }
}

/// The members of an object that is being written.
#[derive(Debug, Default)]
pub struct Members(Map<String, Value>);

impl Members {
    /// Writes the member `name`, unless its value is to be left out.
    pub fn put<T: Json>(&mut self, name: &str, value: &T) {
        if let Some(value) = value.to_json() {
            self.0.insert(name.to_owned(), value);
        }
    }

    /// Writes further members; one that was put by name stays.
    pub fn put_rest<T: Json>(&mut self, rest: &BTreeMap<String, T>) {
        for (name, value) in rest {
            if !self.0.contains_key(name) {
                self.put(name, value);
            }
        }
    }

    /// The object.
    pub fn into_json(self) -> Option<Value> {
        Some(Value::Object(self.0))
    }
}
