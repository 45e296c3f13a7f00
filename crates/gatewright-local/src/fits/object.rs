//! The members of an object.

use serde_json::{Map, Value};

use super::{Checker, Fits, fault};
use crate::sample::list;

impl Checker<'_> {
    pub(super) fn object(&self, value: &Value, schema: &Value, at: &str) -> Fits {
        let Some(members) = value.as_object() else {
            return Ok(());
        };
        self.required(members, schema, at)?;
        for (name, value) in members {
            self.member(name, value, schema, &format!("{at}/{name}"))?;
        }
        Ok(())
    }

    fn member(&self, name: &str, value: &Value, schema: &Value, at: &str) -> Fits {
        let known = schema.get("properties").and_then(|known| known.get(name));
        match (known, schema.get("additionalProperties")) {
            (Some(property), _) => self.value(value, property, at),
            (None, Some(Value::Bool(false))) => fault(at, "is not a known property"),
            (None, Some(other @ Value::Object(_))) => self.value(value, other, at),
            (None, _) => Ok(()),
        }
    }

    /// What is `readOnly` is required of answers only, what is `writeOnly` of requests only (OpenAPI 3.0, "Schema Object").
    fn required(&self, members: &Map<String, Value>, schema: &Value, at: &str) -> Fits {
        let is_foreign = |name| {
            let property = schema.get("properties").and_then(|all| all.get(name));
            property.is_some_and(|property| self.side.lacks(property))
        };
        let names = list(schema, "required").iter().filter_map(Value::as_str);
        let mut missing = names.filter(|name| !members.contains_key(*name) && !is_foreign(*name));
        match missing.next() {
            Some(name) => fault(&format!("{at}/{name}"), "is missing"),
            None => Ok(()),
        }
    }
}
