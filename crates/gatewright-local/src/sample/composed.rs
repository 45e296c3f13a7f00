//! Values of `allOf`, `oneOf` and `anyOf`.

use serde_json::Value;

use super::{Sampler, component, list};

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
            parts.push(self.value(part)?);
        }
        for key in ["oneOf", "anyOf"] {
            let mut choices = list(schema, key).iter();
            parts.extend(choices.find_map(|choice| self.choice(choice, schema)));
        }
        for part in parts {
            match part {
                Value::Object(members) => merged.extend(members),
                other => return Some(other),
            }
        }
        Some(Value::Object(merged))
    }

    /// A value of one choice, with the member that tells it from the others.
    fn choice(&mut self, choice: &Value, schema: &Value) -> Option<Value> {
        let mut value = self.value(choice)?;
        if let Some(members) = value.as_object_mut()
            && let Some((name, tag)) = tag(choice, schema)
        {
            members.insert(name.to_owned(), tag.into());
        }
        Some(value)
    }
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
