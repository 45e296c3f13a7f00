//! Copies of values, of bounded depth and size.

use crate::value::{Members, Object, Value};

/// As many bytes of a text count like a value.
const BYTES: usize = 256;

/// How much may still be copied: values, and texts by their length.
pub(super) struct Copies {
    left: usize,
}

impl Copies {
    pub(super) fn new(most: usize) -> Self {
        Self { left: most }
    }

    /// A copy, if that is not too much and the value nests no deeper than `depth` collections.
    pub(super) fn copy(&mut self, value: &Value, depth: usize) -> Option<Value> {
        self.left = self.left.checked_sub(cost(value))?;
        Some(match value {
            Value::Null => Value::Null,
            Value::Bool(flag) => Value::Bool(*flag),
            Value::Number(number) => Value::Number(number.clone()),
            Value::String(text) => Value::String(text.clone()),
            Value::Array(items) => {
                let depth = depth.checked_sub(1)?;
                let items = items.iter().map(|item| self.copy(item, depth));
                Value::Array(items.collect::<Option<_>>()?)
            }
            Value::Object(object) => Value::Object(self.object(object, depth.checked_sub(1)?)?),
        })
    }

    fn object(&mut self, object: &Object, depth: usize) -> Option<Object> {
        let mut members = Members::default();
        for (key, value) in object.members() {
            members.insert(key.clone(), self.copy(value, depth)?);
        }
        Some(members.into_object())
    }
}

fn cost(value: &Value) -> usize {
    match value {
        Value::String(text) => 1 + text.len() / BYTES,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_copy_is_the_same_and_counts() {
        let value = Value::from(json!({"a": [1, "x", null, {"b": true}], "c": 1.5}));
        let mut copies = Copies::new(15);
        assert_eq!(copies.copy(&value, 3), Some(value));
        assert_eq!(copies.left, 7);
    }

    #[test]
    fn what_is_too_deep_or_too_much_is_not_copied() {
        let value = Value::from(json!([[["x"]]]));
        assert!(Copies::new(100).copy(&value, 2).is_none());
        assert!(Copies::new(3).copy(&value, 3).is_none());
        let long = Value::from(json!("x".repeat(100 * BYTES)));
        assert!(Copies::new(100).copy(&long, 0).is_none());
    }
}
