//! A value made from a schema, always the same one for the same schema.
//!
//! Examples, defaults and the first of an enumeration go first, unless they contradict the schema. `pattern` and `uniqueItems` are not looked at. A schema that
//! contains itself ends at its first repetition: an optional property is left out there, an array is empty. Values are made up
//! to a limit, since the schemas of some APIs unfold into millions, and only so many schemas deep, since readers of JSON give up
//! on deep texts; beyond both, too, optional properties are left out.

mod composed;
mod scalar;
mod subtypes;
#[cfg(test)]
mod tests;

use gatewright_document::Document;
use indexmap::IndexMap;
use openapiv3::{ReferenceOr, Schema};
use serde_json::{Map, Value, json};

use crate::fits;

pub(crate) use self::composed::tag;
use self::scalar::{integer, length, number, string};

pub(crate) type Schemas = IndexMap<String, ReferenceOr<Schema>>;

const MOST_VALUES: usize = 2_000;
/// Of named schemas within each other. `serde_json` reads 128 levels, and each schema is one or two of them.
const MOST_NESTED: usize = 40;
const MOST_ITEMS: u64 = 100;

/// A value for a request that a schema of the document takes: an argument or a body to call an operation with, in a test.
///
/// It is made as the gateway makes its answers: examples, defaults and the first of an enumeration go first, then the least that
/// is allowed. `None` if there is no value, as for a schema that needs itself. `pattern` is not looked at.
///
/// ```
/// use gatewright_document::Document;
///
/// let document = Document::from_slice("pets.json", br#"{
///   "openapi": "3.0.1", "info": { "title": "pets", "version": "1" },
///   "paths": { "/pets": { "post": {
///     "requestBody": { "content": { "application/json": { "schema": {
///       "type": "object", "properties": {
///         "id": { "type": "string", "readOnly": true },
///         "name": { "type": "string", "minLength": 8 } } } } } },
///     "responses": {} } } }
/// }"#)?;
/// let body = document.operations[0].body.as_ref().expect("POST /pets has a body");
/// let schema = body.content["application/json"].schema.as_ref().expect("which has a schema");
///
/// let sample = gatewright_local::sample(&document, schema);
/// assert_eq!(sample, Some(serde_json::json!({ "name": "stringst" })));
/// # Ok::<(), gatewright_document::Error>(())
/// ```
pub fn sample(document: &Document, schema: &ReferenceOr<Schema>) -> Option<Value> {
    made(schema, &document.schemas, Side::Request)
}

/// Whose values are made: a request has no `readOnly` properties, an answer no `writeOnly` ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Request,
    Response,
}

impl Side {
    /// Whether a property is none of this side's.
    pub(crate) fn lacks(self, property: &Value) -> bool {
        let foreign = match self {
            Side::Request => "readOnly",
            Side::Response => "writeOnly",
        };
        property.get(foreign) == Some(&Value::Bool(true))
    }
}

/// `None` if there is no value: a dangling reference, or a schema that needs itself.
///
/// The walk is over the schema as JSON, where a key means the same in every kind of schema; the typed form spreads the keys
/// over a dozen types and holds many of them twice.
pub(crate) fn made(schema: &ReferenceOr<Schema>, schemas: &Schemas, side: Side) -> Option<Value> {
    let mut sampler = Sampler {
        schemas,
        side,
        open: Vec::new(),
        left: MOST_VALUES,
    };
    sampler.value(&serde_json::to_value(schema).ok()?)
}

struct Sampler<'a> {
    schemas: &'a Schemas,
    side: Side,
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
        if let Some(given) = self.given(schema) {
            return Some(given.clone());
        }
        if lists_only_null(schema) {
            return Some(Value::Null);
        }
        if composed::is_composed(schema) {
            return self.composed(schema);
        }
        match kind(schema) {
            "array" => self.array(schema),
            "string" => Some(string(schema)),
            "integer" => Some(integer(schema)),
            "number" => Some(number(schema)),
            "boolean" => Some(json!(true)),
            _ => self.object(schema).map(Value::Object),
        }
    }

    fn reference(&mut self, reference: &str) -> Option<Value> {
        let name = component(reference)?;
        match subtypes::kinds(self.schemas, name) {
            Some(kinds) => self.subtype(&kinds),
            None => self.named(name),
        }
    }

    /// A value of a schema as it stands, though others may build on it.
    fn named(&mut self, name: &str) -> Option<Value> {
        let schema = self.schemas.get(name)?;
        if self.open.len() == MOST_NESTED || self.open.iter().any(|open| open == name) {
            return None;
        }
        self.open.push(name.to_owned());
        let schema = serde_json::to_value(schema).ok();
        let value = schema.and_then(|schema| self.value(&schema));
        self.open.pop();
        value
    }

    fn object(&mut self, schema: &Value) -> Option<Map<String, Value>> {
        let mut members = Map::new();
        let properties = schema.get("properties").and_then(Value::as_object);
        for (name, property) in properties.into_iter().flatten() {
            if self.side.lacks(property) {
                continue;
            }
            let required = requires(schema, name);
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

    /// `None` if it may not be empty and there is no item.
    fn array(&mut self, schema: &Value) -> Option<Value> {
        let fewest = length(schema, "minItems").unwrap_or(0);
        let most = length(schema, "maxItems").unwrap_or(MOST_ITEMS);
        let count = fewest.max(1).min(most).min(MOST_ITEMS);
        let item = schema
            .get("items")
            .filter(|_| count > 0)
            .and_then(|items| self.value(items));
        if item.is_none() && fewest > 0 {
            return None;
        }
        let items = item.into_iter().cycle().take(count as usize);
        Some(Value::Array(items.collect()))
    }

    /// A value that the schema itself names, unless it contradicts the schema.
    fn given<'s>(&self, schema: &'s Value) -> Option<&'s Value> {
        let named = ["example", "default"].map(|key| schema.get(key));
        let named = named.into_iter().flatten().chain(list(schema, "enum"));
        let is_good = |value: &&Value| {
            !value.is_null() && fits::check_json(value, schema, self.schemas, self.side).is_ok()
        };
        named.into_iter().find(is_good)
    }
}

/// The name that a reference ends in.
pub(crate) fn component(reference: &str) -> Option<&str> {
    reference.strip_prefix("#/components/schemas/")
}

fn kind(schema: &Value) -> &str {
    match schema.get("type").and_then(Value::as_str) {
        Some(kind) => kind,
        None if schema.get("items").is_some() => "array",
        None => "object",
    }
}

pub(crate) fn list<'a>(schema: &'a Value, key: &str) -> &'a [Value] {
    schema
        .get(key)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

pub(crate) fn requires(schema: &Value, name: &str) -> bool {
    list(schema, "required")
        .iter()
        .any(|required| required == name)
}

/// Whether `null` is a value of a schema, apart from what it is composed of.
pub(crate) fn is_nullable(schema: &Value) -> bool {
    schema.get("nullable") == Some(&Value::Bool(true))
        || list(schema, "enum").contains(&Value::Null)
}

/// Whether a schema lists values, and all of them are `null`.
fn lists_only_null(schema: &Value) -> bool {
    let listed = list(schema, "enum");
    !listed.is_empty() && listed.iter().all(Value::is_null)
}
