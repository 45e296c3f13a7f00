//! Values of `allOf`, `oneOf` and `anyOf`.

use serde_json::Value;

use super::{Sampler, component, list};
use crate::fits;

pub(super) fn is_composed(schema: &Value) -> bool {
    ["allOf", "oneOf", "anyOf"]
        .iter()
        .any(|key| schema.get(key).is_some())
}

impl Sampler<'_> {
    /// The own properties together with those of every `allOf` and of the first possible choice.
    pub(super) fn composed(&mut self, schema: &Value) -> Option<Value> {
        let mut merged = self.object(schema)?;
        let mut parts = Vec::new();
        for part in list(schema, "allOf") {
            parts.push(self.part(part)?);
        }
        for key in ["oneOf", "anyOf"] {
            let choices = list(schema, key);
            if !choices.is_empty() {
                parts.push(self.first(choices, schema)?);
            }
        }
        for part in parts {
            match part {
                Value::Object(members) => merged.extend(members),
                other => return Some(other),
            }
        }
        Some(Value::Object(merged))
    }

    /// A value of what a schema builds on: not of another schema that builds on that too.
    fn part(&mut self, part: &Value) -> Option<Value> {
        let reference = part.get("$ref").and_then(Value::as_str);
        match reference.and_then(component) {
            Some(name) => self.named(name),
            None => self.value(part),
        }
    }

    /// The first value that a choice has, best one that is not null: null is often written beside what is meant.
    fn first(&mut self, choices: &[Value], schema: &Value) -> Option<Value> {
        let mut null = None;
        for choice in choices {
            match self.choice(choice, schema) {
                Some(Value::Null) => null = Some(Value::Null),
                Some(value) => return Some(value),
                None => {}
            }
        }
        null
    }

    /// A value of one choice, with the member that tells it from the others. What the choice itself lists for that member is
    /// not replaced by the name of its schema.
    fn choice(&mut self, choice: &Value, schema: &Value) -> Option<Value> {
        let value = self.value(choice)?;
        let Some((name, tag)) = tag(choice, schema).filter(|_| value.is_object()) else {
            return Some(value);
        };
        let mut told = value.clone();
        told[name] = tag_like(value.get(name), tag);
        let fits = |value| fits::check_json(value, choice, self.schemas, self.side).is_ok();
        let is_better = fits(&told) || !fits(&value);
        Some(if is_better { told } else { value })
    }
}

/// A tag as a value of the kind that its member has: `true`, not `"true"`, if that is a boolean.
pub(super) fn tag_like(member: Option<&Value>, tag: &str) -> Value {
    let typed = match member {
        Some(Value::Bool(_)) => tag.parse().map(Value::Bool).ok(),
        Some(Value::Number(_)) => tag.parse().map(Value::Number).ok(),
        Some(Value::Null) if tag == "null" => Some(Value::Null),
        _ => None,
    };
    typed.unwrap_or_else(|| tag.into())
}

/// The discriminator's property and what it holds for `choice`: the mapped value, else the name of its schema (OpenAPI 3.0,
/// "Discriminator Object").
pub(crate) fn tag<'a>(choice: &'a Value, schema: &'a Value) -> Option<(&'a str, &'a str)> {
    let discriminator = schema.get("discriminator")?;
    let property = discriminator.get("propertyName")?.as_str()?;
    let reference = choice.get("$ref")?.as_str()?;
    let name = component(reference)?;
    let mapping = discriminator.get("mapping").and_then(Value::as_object);
    let mapped = mapping
        .into_iter()
        .flatten()
        .find(|(_, to)| *to == reference || *to == name);
    Some((property, mapped.map_or(name, |(tag, _)| tag)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_tag_is_of_the_type_of_its_member() {
        for (member, tag, expected) in [
            (Some(json!(true)), "false", json!(false)),
            (Some(json!(1)), "0", json!(0)),
            (Some(json!(1.5)), "2", json!(2)),
            (Some(json!(true)), "Cat", json!("Cat")),
            (Some(json!("string")), "1", json!("1")),
            (None, "true", json!("true")),
        ] {
            assert_eq!(tag_like(member.as_ref(), tag), expected);
        }
    }

    #[test]
    fn a_choice_is_told_by_its_mapped_value_or_its_name() {
        let cat = json!({ "$ref": "#/components/schemas/Cat" });
        let with = |mapping: Value| json!({ "discriminator": { "propertyName": "kind", "mapping": mapping } });
        for (mapping, told) in [
            (json!({ "feline": "#/components/schemas/Cat" }), "feline"),
            (json!({ "feline": "Cat" }), "feline"),
            (json!({ "canine": "#/components/schemas/Dog" }), "Cat"),
            (json!({}), "Cat"),
        ] {
            assert_eq!(tag(&cat, &with(mapping)), Some(("kind", told)));
        }
        assert_eq!(tag(&cat, &json!({})), None);
        assert_eq!(tag(&json!({ "type": "object" }), &with(json!({}))), None);
    }
}
