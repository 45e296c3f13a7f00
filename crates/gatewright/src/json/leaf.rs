//! The types that generated types are made of.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Json, JsonError, expected};

impl Json for Value {
    fn from_json(value: Value) -> Result<Self, JsonError> {
        Ok(value)
    }

    fn to_json(&self) -> Option<Value> {
        Some(self.clone())
    }
}

impl Json for String {
    fn from_json(value: Value) -> Result<Self, JsonError> {
        match value {
            Value::String(text) => Ok(text),
            other => Err(expected("a string", &other)),
        }
    }

    fn to_json(&self) -> Option<Value> {
        Some(self.as_str().into())
    }
}

impl Json for bool {
    fn from_json(value: Value) -> Result<Self, JsonError> {
        value.as_bool().ok_or_else(|| expected("a boolean", &value))
    }

    fn to_json(&self) -> Option<Value> {
        Some((*self).into())
    }
}

impl Json for i64 {
    fn from_json(value: Value) -> Result<Self, JsonError> {
        whole(&value).ok_or_else(|| expected("a 64-bit integer", &value))
    }

    fn to_json(&self) -> Option<Value> {
        Some((*self).into())
    }
}

/// An integer, also one that is written as `1.0` or `1e3`, as JSON allows.
fn whole(value: &Value) -> Option<i64> {
    // Every integral f64 of less than 2^53 is exact.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let float = || {
        value
            .as_f64()
            .filter(|float| float.fract() == 0.0 && float.abs() < EXACT)
    };
    value.as_i64().or_else(|| float().map(|float| float as i64))
}

impl Json for i32 {
    fn from_json(value: Value) -> Result<Self, JsonError> {
        let whole = whole(&value).and_then(|whole| i32::try_from(whole).ok());
        whole.ok_or_else(|| expected("a 32-bit integer", &value))
    }

    fn to_json(&self) -> Option<Value> {
        Some((*self).into())
    }
}

impl Json for f64 {
    fn from_json(value: Value) -> Result<Self, JsonError> {
        value.as_f64().ok_or_else(|| expected("a number", &value))
    }

    fn to_json(&self) -> Option<Value> {
        Some((*self).into())
    }
}

impl<T: Json> Json for Option<T> {
    fn from_json(value: Value) -> Result<Self, JsonError> {
        if value.is_null() {
            Ok(None)
        } else {
            T::from_json(value).map(Some)
        }
    }

    fn from_absent() -> Result<Self, JsonError> {
        Ok(None)
    }

    fn to_json(&self) -> Option<Value> {
        self.as_ref()?.to_json()
    }
}

impl<T: Json> Json for Box<T> {
    fn from_json(value: Value) -> Result<Self, JsonError> {
        T::from_json(value).map(Box::new)
    }

    fn from_absent() -> Result<Self, JsonError> {
        T::from_absent().map(Box::new)
    }

    fn to_json(&self) -> Option<Value> {
        (**self).to_json()
    }
}

impl<T: Json> Json for Vec<T> {
    fn from_json(value: Value) -> Result<Self, JsonError> {
        let Value::Array(items) = value else {
            return Err(expected("an array", &value));
        };
        let read =
            |(index, item)| T::from_json(item).map_err(|e: JsonError| e.at(format!("{index}")));
        items.into_iter().enumerate().map(read).collect()
    }

    fn to_json(&self) -> Option<Value> {
        Some(
            self.iter()
                .map(|item| item.to_json().unwrap_or_default())
                .collect(),
        )
    }
}

impl<T: Json> Json for BTreeMap<String, T> {
    fn from_json(value: Value) -> Result<Self, JsonError> {
        let Value::Object(members) = value else {
            return Err(expected("an object", &value));
        };
        let read = |(key, item)| match T::from_json(item) {
            Ok(value) => Ok((key, value)),
            Err(error) => Err(error.at(key)),
        };
        members.into_iter().map(read).collect()
    }

    fn to_json(&self) -> Option<Value> {
        let write =
            |(key, value): (&String, &T)| (key.clone(), value.to_json().unwrap_or_default());
        Some(Value::Object(self.iter().map(write).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Fields;
    use serde_json::json;

    #[test]
    fn absent_and_null_are_none() {
        let mut fields = Fields::of(json!({"a": null})).unwrap();
        assert_eq!(fields.take::<Option<String>>("a").unwrap(), None);
        assert_eq!(fields.take::<Option<String>>("b").unwrap(), None);
        assert_eq!(None::<String>.to_json(), None);
    }

    #[test]
    fn an_error_names_the_place_and_not_the_value() {
        let read = |value| {
            BTreeMap::<String, Vec<i64>>::from_json(value)
                .unwrap_err()
                .to_string()
        };
        assert_eq!(
            read(json!({"a/b": [1, "hunter2"]})),
            "at /a~1b/1: expected a 64-bit integer, found a string"
        );
        let missing = Fields::of(json!({}))
            .unwrap()
            .take::<String>("id")
            .unwrap_err();
        assert_eq!(missing.to_string(), "at /id: is missing");
    }

    #[test]
    fn integers_may_be_written_as_floats() {
        assert_eq!(i64::from_json(json!(3.0)).unwrap(), 3);
        assert!(i64::from_json(json!(3.5)).is_err());
        assert!(i32::from_json(json!(5_000_000_000_i64)).is_err());
        assert_eq!(i64::from_json(json!(i64::MAX)).unwrap(), i64::MAX);
    }
}
