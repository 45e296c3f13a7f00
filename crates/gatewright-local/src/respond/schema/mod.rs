//! A value made from a schema, always the same one for the same schema.
//!
//! Examples, defaults and the first of an enumeration go first. `pattern` and `uniqueItems` are not looked at. A schema that
//! contains itself ends at its first repetition: an optional property is left out there, an array is empty. Values are made up
//! to a limit, since the schemas of some APIs unfold into millions; beyond it, too, optional properties are left out.

mod scalar;

use indexmap::IndexMap;
use openapiv3::{ReferenceOr, Schema};
use serde_json::{Map, Value, json};

use self::scalar::{integer, length, number, string};

type Schemas = IndexMap<String, ReferenceOr<Schema>>;

const MOST_VALUES: usize = 2_000;
const MOST_ITEMS: u64 = 100;

/// `None` if there is no value: a dangling reference, or a schema that needs itself.
///
/// The walk is over the schema as JSON, where a key means the same in every kind of schema; the typed form spreads the keys
/// over a dozen types and holds many of them twice.
pub(super) fn sample(schema: &ReferenceOr<Schema>, schemas: &Schemas) -> Option<Value> {
    let mut sampler = Sampler {
        schemas,
        open: Vec::new(),
        left: MOST_VALUES,
    };
    sampler.value(&serde_json::to_value(schema).ok()?)
}

struct Sampler<'a> {
    schemas: &'a Schemas,
    /// The references that are being followed.
    open: Vec<String>,
    /// How many values may still be made.
    left: usize,
}

impl Sampler<'_> {
    fn value(&mut self, schema: &Value) -> Option<Value> {
        self.left = self.left.checked_sub(1)?;
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            return self.reference(reference);
        }
        if let Some(given) = given(schema) {
            return Some(given.clone());
        }
        if ["allOf", "oneOf", "anyOf"]
            .iter()
            .any(|key| schema.get(key).is_some())
        {
            return self.composed(schema);
        }
        match kind(schema) {
            "array" => Some(self.array(schema)),
            "string" => Some(string(schema)),
            "integer" => Some(json!(integer(schema))),
            "number" => Some(json!(number(schema))),
            "boolean" => Some(json!(true)),
            _ => self.object(schema).map(Value::Object),
        }
    }

    fn reference(&mut self, reference: &str) -> Option<Value> {
        let name = reference.strip_prefix("#/components/schemas/")?;
        let schema = self.schemas.get(name)?;
        if self.open.iter().any(|open| open == name) {
            return None;
        }
        self.open.push(name.to_owned());
        let schema = serde_json::to_value(schema).ok();
        let value = schema.and_then(|schema| self.value(&schema));
        self.open.pop();
        value
    }

    /// The own properties together with those of every `allOf` and of the first possible choice.
    fn composed(&mut self, schema: &Value) -> Option<Value> {
        let mut merged = self.object(schema)?;
        let mut parts = Vec::new();
        for part in list(schema, "allOf") {
            parts.push(self.value(part)?);
        }
        for key in ["oneOf", "anyOf"] {
            parts.extend(
                list(schema, key)
                    .iter()
                    .find_map(|choice| self.value(choice)),
            );
        }
        for part in parts {
            match part {
                Value::Object(members) => merged.extend(members),
                other => return Some(other),
            }
        }
        Some(Value::Object(merged))
    }

    fn object(&mut self, schema: &Value) -> Option<Map<String, Value>> {
        let mut members = Map::new();
        let properties = schema.get("properties").and_then(Value::as_object);
        for (name, property) in properties.into_iter().flatten() {
            if property.get("writeOnly") == Some(&Value::Bool(true)) {
                continue;
            }
            let required = list(schema, "required")
                .iter()
                .any(|required| required == name);
            let value = self.value(property);
            let null = || (required && is_nullable(property)).then_some(Value::Null);
            match value.or_else(null) {
                Some(value) => members.insert(name.clone(), value),
                None if required => return None,
                None => continue,
            };
        }
        if members.is_empty()
            && let Some(other @ Value::Object(_)) = schema.get("additionalProperties")
        {
            members.extend(self.value(other).map(|value| ("key".to_owned(), value)));
        }
        Some(members)
    }

    fn array(&mut self, schema: &Value) -> Value {
        let (fewest, most) = (length(schema, "minItems"), length(schema, "maxItems"));
        let count = fewest
            .unwrap_or(1)
            .max(1)
            .min(most.unwrap_or(MOST_ITEMS))
            .min(MOST_ITEMS);
        let item = schema
            .get("items")
            .filter(|_| count > 0)
            .and_then(|items| self.value(items));
        Value::Array(item.into_iter().cycle().take(count as usize).collect())
    }
}

/// A value that the schema itself names.
fn given(schema: &Value) -> Option<&Value> {
    let first = schema
        .get("enum")
        .and_then(Value::as_array)
        .and_then(|values| values.first());
    schema
        .get("example")
        .or(schema.get("default"))
        .or(first)
        .filter(|value| !value.is_null())
}

fn kind(schema: &Value) -> &str {
    match schema.get("type").and_then(Value::as_str) {
        Some(kind) => kind,
        None if schema.get("items").is_some() => "array",
        None => "object",
    }
}

fn list<'a>(schema: &'a Value, key: &str) -> &'a [Value] {
    schema
        .get(key)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

fn is_nullable(schema: &Value) -> bool {
    schema.get("nullable") == Some(&Value::Bool(true))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(schema: &Value, schemas: &Value) -> Option<Value> {
        let schema = serde_json::from_value(schema.clone()).unwrap();
        sample(&schema, &serde_json::from_value(schemas.clone()).unwrap())
    }

    fn plain(schema: &Value) -> Value {
        made(schema, &json!({})).unwrap()
    }

    #[test]
    fn a_value_that_the_schema_names_goes_first() {
        for (schema, value) in [
            (
                json!({ "type": "string", "enum": ["cat", "dog"] }),
                json!("cat"),
            ),
            (
                json!({ "type": "string", "enum": ["cat", "dog"], "default": "dog" }),
                json!("dog"),
            ),
            (
                json!({ "type": "string", "default": "dog", "example": "Rex" }),
                json!("Rex"),
            ),
            (json!({ "type": "boolean" }), json!(true)),
        ] {
            assert_eq!(plain(&schema), value, "{schema}");
        }
    }

    #[test]
    fn the_model_empty_is_an_empty_object() {
        assert_eq!(
            plain(&json!({ "title": "Empty Schema", "type": "object" })),
            json!({})
        );
    }

    #[test]
    fn objects_and_arrays_are_filled_through_references() {
        let schemas = json!({
            "Pets": { "type": "array", "minItems": 2, "items": { "$ref": "#/components/schemas/Pet" } },
            "Pet": { "type": "object", "properties": {
                "name": { "type": "string" },
                "tags": { "type": "object", "additionalProperties": { "type": "integer" } },
                "password": { "type": "string", "writeOnly": true },
            } },
        });
        let pet = json!({ "name": "string", "tags": { "key": 1 } });
        assert_eq!(
            made(&json!({ "$ref": "#/components/schemas/Pets" }), &schemas),
            Some(json!([pet, pet]))
        );
    }

    #[test]
    fn compositions_are_merged_and_the_first_choice_is_taken() {
        let schemas =
            json!({ "Base": { "type": "object", "properties": { "id": { "type": "integer" } } } });
        let all = json!({ "allOf": [
            { "$ref": "#/components/schemas/Base" },
            { "type": "object", "properties": { "name": { "type": "string" } } },
        ] });
        assert_eq!(
            made(&all, &schemas),
            Some(json!({ "id": 1, "name": "string" }))
        );
        let one =
            json!({ "oneOf": [{ "$ref": "#/components/schemas/Gone" }, { "type": "string" }] });
        assert_eq!(made(&one, &schemas), Some(json!("string")));
    }

    #[test]
    fn a_schema_that_contains_itself_ends() {
        let node = json!({ "$ref": "#/components/schemas/Node" });
        let schemas = json!({ "Node": { "type": "object", "required": ["next"], "properties": {
            "next": { "nullable": true, "allOf": [node] },
            "parent": node,
            "children": { "type": "array", "items": node },
        } } });
        assert_eq!(
            made(&node, &schemas),
            Some(json!({ "next": null, "children": [] }))
        );
        let needs_itself = json!({ "Node": { "type": "object", "required": ["next"], "properties": { "next": node } } });
        assert_eq!(made(&node, &needs_itself), None);
    }

    #[test]
    fn a_schema_that_unfolds_without_end_is_cut() {
        let level = |next: usize| {
            let next = json!({ "$ref": format!("#/components/schemas/L{next}") });
            let properties: Map<_, _> = (0..10).map(|n| (format!("p{n}"), next.clone())).collect();
            json!({ "type": "object", "properties": properties })
        };
        let schemas: Map<_, _> = (0..12).map(|n| (format!("L{n}"), level(n + 1))).collect();
        let made = made(
            &json!({ "$ref": "#/components/schemas/L0" }),
            &Value::Object(schemas),
        )
        .unwrap();
        assert!(made.to_string().len() < 100_000);
    }
}
