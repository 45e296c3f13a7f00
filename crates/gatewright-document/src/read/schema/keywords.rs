//! The keywords of a schema that say what it allows, each with its right type or not at all.

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, ReferenceOr, Schema};
use serde_json::Number;

use super::json_schema::{self, Content};
use super::schema;
use crate::display::quote;
use crate::node::Field;
use crate::value::Value;
use crate::version::Version;

/// The types of OpenAPI 3.0.
const TYPES: [&str; 6] = ["string", "number", "integer", "boolean", "object", "array"];

/// The keywords of one schema.
#[derive(Default)]
pub(super) struct Keywords {
    pub(super) typ: Option<&'static str>,
    /// The types where there are several, as OpenAPI 3.1 has it.
    pub(super) types: Vec<&'static str>,
    /// Whether the type allows null, as OpenAPI 3.1 writes it.
    pub(super) nullable: bool,
    pub(super) format: Option<String>,
    /// The one value that OpenAPI 3.1 allows.
    pub(super) constant: Option<serde_json::Value>,
    pub(super) content: Content,
    /// Bounds that are not reached, as OpenAPI 3.1 has them.
    pub(super) above: Option<Number>,
    pub(super) below: Option<Number>,
    /// The schemas of the first items of a list, in their order.
    pub(super) first_items: Vec<ReferenceOr<Schema>>,
    pub(super) enumeration: Option<Vec<serde_json::Value>>,
    pub(super) text: Text,
    pub(super) numeric: Numeric,
    pub(super) object: Object,
    pub(super) array: Array,
    pub(super) combined: Combined,
}

/// The keywords of strings.
#[derive(Default, PartialEq)]
pub(super) struct Text {
    pub(super) pattern: Option<String>,
    pub(super) min_length: Option<usize>,
    pub(super) max_length: Option<usize>,
}

/// The keywords of numbers.
#[derive(Default, PartialEq)]
pub(super) struct Numeric {
    pub(super) multiple_of: Option<Number>,
    pub(super) minimum: Option<Number>,
    pub(super) maximum: Option<Number>,
    pub(super) exclusive_minimum: Option<bool>,
    pub(super) exclusive_maximum: Option<bool>,
}

/// The keywords of objects.
#[derive(Default, PartialEq)]
pub(super) struct Object {
    pub(super) properties: Option<IndexMap<String, ReferenceOr<Box<Schema>>>>,
    pub(super) required: Option<Vec<String>>,
    pub(super) additional_properties: Option<AdditionalProperties>,
    pub(super) min_properties: Option<usize>,
    pub(super) max_properties: Option<usize>,
}

/// The keywords of arrays.
#[derive(Default, PartialEq)]
pub(super) struct Array {
    pub(super) items: Option<ReferenceOr<Box<Schema>>>,
    pub(super) min_items: Option<usize>,
    pub(super) max_items: Option<usize>,
    pub(super) unique_items: Option<bool>,
}

/// The keywords that combine schemas.
#[derive(Default, PartialEq)]
pub(super) struct Combined {
    pub(super) one_of: Option<Vec<ReferenceOr<Schema>>>,
    pub(super) all_of: Option<Vec<ReferenceOr<Schema>>>,
    pub(super) any_of: Option<Vec<ReferenceOr<Schema>>>,
    pub(super) not: Option<Box<ReferenceOr<Schema>>>,
}

impl Keywords {
    /// Reads a keyword; one that the document's version does not know means nothing to it.
    pub(super) fn read(&mut self, field: &Field<'_, '_>) {
        match field.key {
            key if field.source().has_json_schemas() && json_schema::KEYWORDS.contains(&key) => {
                json_schema::read(self, field);
            }
            "type" => self.read_type(field),
            "format" => self.format = field.text(),
            "enum" => self.enumeration = enumeration(field),
            "pattern" => self.text.pattern = field.text(),
            "minLength" => self.text.min_length = field.count(),
            "maxLength" => self.text.max_length = field.count(),
            "multipleOf" => self.numeric.multiple_of = field.number(),
            "minimum" => self.numeric.minimum = field.number(),
            "maximum" => self.numeric.maximum = field.number(),
            "exclusiveMinimum" => self.numeric.exclusive_minimum = field.flag(),
            "exclusiveMaximum" => self.numeric.exclusive_maximum = field.flag(),
            "properties" => self.object.properties = properties(field),
            "required" => self.object.required = list(field).map(|_| field.texts()),
            "additionalProperties" => self.object.additional_properties = Some(additional(field)),
            "minProperties" => self.object.min_properties = field.count(),
            "maxProperties" => self.object.max_properties = field.count(),
            "items" => self.array.items = Some(boxed(field)),
            "minItems" => self.array.min_items = field.count(),
            "maxItems" => self.array.max_items = field.count(),
            "uniqueItems" => self.array.unique_items = field.flag(),
            "oneOf" => self.combined.one_of = schemas(field),
            "allOf" => self.combined.all_of = schemas(field),
            "anyOf" => self.combined.any_of = schemas(field),
            "not" => self.combined.not = Some(Box::new(schema(&field.node()))),
            _ => {}
        }
    }

    /// The types of JSON Schema: one, several, or none but null. False if one of them is no type.
    fn read_types(&mut self, others: &[&str]) -> bool {
        let types: Option<Vec<_>> = others.iter().map(|name| known(name)).collect();
        let Some(types) = types else { return false };
        match types.as_slice() {
            [] if self.nullable => self.enumeration = Some(vec![serde_json::Value::Null]),
            [] => return false,
            [only] => self.typ = Some(only),
            _ => self.types = types,
        }
        true
    }

    /// The type; of OpenAPI 3.1 the list that only adds `null`, of Swagger 2.0 the file.
    fn read_type(&mut self, field: &Field<'_, '_>) {
        if field.value.as_str() == Some("file") && field.source().version() == Version::Swagger2 {
            self.typ = Some("string");
            self.format = Some("binary".to_owned());
            return;
        }
        let names: Vec<&str> = match field.value {
            Value::Array(items) => items.iter().filter_map(Value::as_str).collect(),
            other => other.as_str().into_iter().collect(),
        };
        self.nullable = names.contains(&"null");
        let others: Vec<&str> = names.into_iter().filter(|name| *name != "null").collect();
        if field.source().has_json_schemas() && self.read_types(&others) {
            return;
        }
        let known = others.first().copied().and_then(known);
        self.typ = known.filter(|_| others.len() == 1);
        if field.value.as_str() != self.typ || self.typ.is_none() {
            let read_as = self.typ.unwrap_or("anything");
            field.node().repair(format!(
                "is {}, which is no type of OpenAPI 3.0; read as {read_as}",
                shown(field.value)
            ));
        }
    }
}

/// The type that a name means.
fn known(name: &str) -> Option<&'static str> {
    let mut types = TYPES.iter();
    types
        .find(|known| known.eq_ignore_ascii_case(name))
        .copied()
}

/// A value in a message.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => quote(text),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        other => other.to_json().to_string(),
    }
}

pub(super) fn list<'a>(field: &Field<'_, 'a>) -> Option<&'a [Value]> {
    let list = field.value.as_array();
    if list.is_none() {
        field.node().repair("is not a list; left out");
    }
    list
}

fn enumeration(field: &Field<'_, '_>) -> Option<Vec<serde_json::Value>> {
    Some(list(field)?.iter().map(Value::to_json).collect())
}

pub(super) fn schemas(field: &Field<'_, '_>) -> Option<Vec<ReferenceOr<Schema>>> {
    list(field)?;
    Some(field.node().items().map(|item| schema(&item)).collect())
}

fn properties(field: &Field<'_, '_>) -> Option<IndexMap<String, ReferenceOr<Box<Schema>>>> {
    let node = field.node().meant();
    node.is_object().then(|| {
        node.fields()
            // `false` allows no value, so there is no such member.
            .filter(|property| !is_no_schema(property))
            .map(|property| (property.key.to_owned(), boxed(&property)))
            .collect()
    })
}

/// Whether a schema is one that no value is of.
fn is_no_schema(field: &Field<'_, '_>) -> bool {
    field.source().has_json_schemas() && *field.value == Value::Bool(false)
}

pub(super) fn boxed(field: &Field<'_, '_>) -> ReferenceOr<Box<Schema>> {
    match schema(&field.node()) {
        ReferenceOr::Reference { reference } => ReferenceOr::Reference { reference },
        ReferenceOr::Item(item) => ReferenceOr::boxed_item(item),
    }
}

fn additional(field: &Field<'_, '_>) -> AdditionalProperties {
    match field.value {
        Value::Bool(allowed) => AdditionalProperties::Any(*allowed),
        _ => AdditionalProperties::Schema(Box::new(schema(&field.node()))),
    }
}
