//! `allOf`, `oneOf`, `anyOf` and `not`.

use serde_json::Value;

use super::{Checker, Fits, fault};
use crate::sample::{list, tag};

impl Checker<'_> {
    pub(super) fn composed(&self, value: &Value, schema: &Value, at: &str) -> Fits {
        for part in list(schema, "allOf") {
            self.value(value, part, at)?;
        }
        let any = list(schema, "anyOf");
        if !any.is_empty() && !any.iter().any(|choice| self.fits(value, choice, at)) {
            return fault(at, "fits none of `anyOf`");
        }
        let excluded = schema.get("not");
        if excluded.is_some_and(|excluded| self.fits(value, excluded, at)) {
            return fault(at, "fits what it must `not`");
        }
        self.one(value, schema, at)
    }

    /// The choice that the discriminator tells, else exactly one.
    fn one(&self, value: &Value, schema: &Value, at: &str) -> Fits {
        let choices = list(schema, "oneOf");
        if let Some(told) = choices.iter().find(|choice| is_told(value, choice, schema)) {
            return self.value(value, told, at);
        }
        let fitting = choices.iter().filter(|choice| self.fits(value, choice, at));
        match (choices.len(), fitting.count()) {
            (0, _) | (_, 1) => Ok(()),
            _ if self.left.get() == 0 => Ok(()),
            (_, count) => fault(at, &format!("fits {count} of `oneOf`")),
        }
    }

    fn fits(&self, value: &Value, schema: &Value, at: &str) -> bool {
        self.value(value, schema, at).is_ok()
    }
}

fn is_told(value: &Value, choice: &Value, schema: &Value) -> bool {
    tag(choice, schema)
        .is_some_and(|(property, tag)| value.get(property).is_some_and(|told| text(told) == tag))
}

/// What a member holds, as the text that a discriminator maps (OpenAPI 3.0.3, "Discriminator Object").
fn text(told: &Value) -> String {
    told.as_str()
        .map_or_else(|| told.to_string(), str::to_owned)
}
