//! What a parameter is, as styles tell it apart.

use openapiv3::{ReferenceOr, Schema, SchemaKind, Type};

use super::merge::{self, Budget, Merged, Rest};
use super::node::{Node, Written};
use super::questions::{self, is_text, is_untyped};
use super::schemas::Schemas;

/// What a parameter is, as styles tell it apart (OpenAPI 3.0, "Style Values"), and whether lists or objects are inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lower) enum Shape {
    Primitive,
    Array,
    Object,
    NestedArray,
    NestedObject,
}

/// The shape of a schema; none of what can be several.
pub(in crate::lower) fn of<'a>(
    schemas: &Schemas<'a>,
    budget: &mut Budget,
    node: &Node<'a>,
) -> Option<Shape> {
    let schema = questions::plain(schemas, node.schema)?;
    if questions::is_primitive(schema) {
        return Some(Shape::Primitive);
    }
    match &schema.schema_kind {
        SchemaKind::Type(Type::Array(array)) => Some(list(schemas, array.items.as_ref())),
        SchemaKind::Any(any) if questions::is_array(any) => Some(list(schemas, any.items.as_ref())),
        SchemaKind::Type(Type::Object(_)) | SchemaKind::AllOf { .. } => {
            Some(object(schemas, &members(schemas, budget, node)?))
        }
        SchemaKind::Any(any) if questions::is_object(any) && !questions::says_nothing(schema) => {
            Some(object(schemas, &members(schemas, budget, node)?))
        }
        _ => None,
    }
}

/// The members of a schema that is an object and nothing else.
pub(in crate::lower) fn members<'a>(
    schemas: &Schemas<'a>,
    budget: &mut Budget,
    node: &Node<'a>,
) -> Option<Merged<'a>> {
    let merged = merge::merged(schemas, budget, node)?;
    merged.choices.is_empty().then_some(merged)
}

fn list<'a>(schemas: &Schemas<'a>, items: Option<&'a ReferenceOr<Box<Schema>>>) -> Shape {
    match items {
        Some(items) if !is_flat(schemas, items) => Shape::NestedArray,
        _ => Shape::Array,
    }
}

fn object<'a>(schemas: &Schemas<'a>, merged: &Merged<'a>) -> Shape {
    let mut members = merged.properties.values().map(|property| property.schema);
    let rest = merged.rest.as_ref().and_then(Rest::node);
    let rest_is_flat = rest.is_none_or(|rest| is_flat(schemas, rest.schema));
    if members.all(|member| is_flat(schemas, member)) && rest_is_flat {
        Shape::Object
    } else {
        Shape::NestedObject
    }
}

/// Whether values of a schema are texts, as far as it says anything.
fn is_flat<'a>(schemas: &Schemas<'a>, schema: impl Into<Written<'a>>) -> bool {
    let schema = schema.into();
    is_untyped(schemas, schema) || is_text(schemas, schema)
}
