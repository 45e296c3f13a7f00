//! Schemas, in openapiv3's types.
//!
//! They are built here and not by openapiv3's `Deserialize`: that one copies a subtree once for each level above it, and a
//! wrong type under `n` levels costs it 2^n attempts, so that a small hostile document would never end. It also says
//! nothing about the place. A test holds the two to the same result on what both read.

mod json_schema;
mod keywords;
mod kind;
pub(super) mod reference;
#[cfg(test)]
mod tests;

use openapiv3::{
    Discriminator, ExternalDocumentation, ReferenceOr, Schema, SchemaData, SchemaKind, StringType,
    Type,
};

use crate::node::{Field, Node};
use crate::value::Value;
use crate::version::Version;
use keywords::{Combined, Keywords};

/// Reads a schema; what is wrong in it is left out, down to the schema that allows anything.
pub(super) fn schema(node: &Node<'_>) -> ReferenceOr<Schema> {
    if !node.has_room() {
        return anything();
    }
    if let Some(schema) = json_schema::of_truth(node) {
        return schema;
    }
    let Some(reference) = json_schema::reference(node) else {
        return ReferenceOr::Item(own(node));
    };
    match reference.as_str() {
        Some(reference) => json_schema::beside(node, reference::resolve(node, reference)),
        None => {
            node.repair("has a `$ref` that is not a string; read without it");
            ReferenceOr::Item(own(node))
        }
    }
}

/// What a schema says itself.
fn own(node: &Node<'_>) -> Schema {
    let mut schema_data = SchemaData::default();
    let mut keywords = Keywords::default();
    for field in node.fields().filter(|field| says_something(field)) {
        if !read_data(&mut schema_data, &field) {
            keywords.read(&field);
        }
    }
    json_schema::settle(&mut keywords);
    schema_data.nullable |= keywords.nullable;
    let schema_kind = if keywords.types.is_empty() || keywords.combined != Combined::default() {
        kind::kind(keywords)
    } else {
        json_schema::several(keywords)
    };
    Schema {
        schema_data,
        schema_kind,
    }
}

/// Null is as good as absent, but where it is the value.
fn says_something(field: &Field<'_, '_>) -> bool {
    !field.value.is_null() || field.key == "const"
}

/// The schema of a parameter that gives its type itself, as Swagger 2.0 has it; its `required` is not the schema's.
pub(super) fn type_of_parameter(node: &Node<'_>) -> ReferenceOr<Schema> {
    let mut keywords = Keywords::default();
    node.fields()
        .filter(|field| field.key != "required" && !field.value.is_null())
        .for_each(|field| keywords.read(&field));
    let schema_data = SchemaData {
        default: node.field("default").map(|field| field.value.to_json()),
        ..SchemaData::default()
    };
    ReferenceOr::Item(Schema {
        schema_data,
        schema_kind: kind::kind(keywords),
    })
}

/// The schema of any value.
pub(super) fn anything() -> ReferenceOr<Schema> {
    ReferenceOr::Item(Schema {
        schema_data: SchemaData::default(),
        schema_kind: kind::kind(Keywords::default()),
    })
}

/// The schema of any string.
pub(super) fn string() -> ReferenceOr<Schema> {
    let schema_kind = SchemaKind::Type(Type::String(StringType::default()));
    ReferenceOr::Item(Schema {
        schema_data: SchemaData::default(),
        schema_kind,
    })
}

/// Reads a keyword that every kind of schema has; false if the keyword is none of these.
fn read_data(data: &mut SchemaData, field: &Field<'_, '_>) -> bool {
    match field.key {
        "nullable" => data.nullable = field.flag().unwrap_or_default(),
        "readOnly" => data.read_only = field.flag().unwrap_or_default(),
        "writeOnly" => data.write_only = field.flag().unwrap_or_default(),
        "deprecated" => data.deprecated = field.flag().unwrap_or_default(),
        "title" => data.title = field.text(),
        "description" => data.description = field.text(),
        "example" => data.example = Some(field.value.to_json()),
        "examples" if field.source().has_json_schemas() => {
            let first = field.value.as_array().and_then(<[_]>::first);
            data.example = data.example.take().or(first.map(Value::to_json));
        }
        "default" => data.default = Some(field.value.to_json()),
        "discriminator" => data.discriminator = discriminator(field),
        "x-nullable" if field.source().version() == Version::Swagger2 => {
            data.nullable = field.flag().unwrap_or_default();
        }
        "externalDocs" => data.external_docs = external_docs(field),
        extension if extension.starts_with("x-") => {
            data.extensions
                .insert(extension.to_owned(), field.value.to_json());
        }
        _ => return false,
    }
    true
}

/// A discriminator; in Swagger 2.0 the property's name alone.
fn discriminator(field: &Field<'_, '_>) -> Option<Discriminator> {
    let node = field.node();
    if let Some(name) = field.value.as_str() {
        if node.source().version() == Version::OpenApi3 {
            node.repair("is a string, as in Swagger 2.0; read as the name of the property");
        }
        return Some(Discriminator {
            property_name: name.to_owned(),
            ..Discriminator::default()
        });
    }
    let property_name = node.is_object().then(|| node.text("propertyName"))??;
    let mapping = node.object("mapping");
    let mapping = mapping.iter().flat_map(Node::fields);
    let mapping = mapping
        .filter_map(|field| {
            let to = reference::of_mapping(&node, field.text()?);
            Some((field.key.to_owned(), to))
        })
        .collect();
    Some(Discriminator {
        property_name,
        mapping,
        ..Discriminator::default()
    })
}

fn external_docs(field: &Field<'_, '_>) -> Option<ExternalDocumentation> {
    let node = field.node();
    let url = node.is_object().then(|| node.text("url"))??;
    Some(ExternalDocumentation {
        url,
        description: node.text("description"),
        ..ExternalDocumentation::default()
    })
}
