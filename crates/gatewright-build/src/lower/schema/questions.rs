//! What a schema says of the values it describes, before a type is made of it.

use gatewright_document::Pointer;
use openapiv3::{AdditionalProperties, AnySchema, ReferenceOr, Schema, SchemaKind, Type};

use super::listed;
use super::node::{Node, Written};
use super::schemas::Schemas;

/// Whether a schema puts no bounds on what it describes: the console's `Empty`, `{type: object}`, `{}`.
pub(in crate::lower) fn is_untyped<'a>(
    schemas: &Schemas<'a>,
    schema: impl Into<Written<'a>>,
) -> bool {
    schemas.resolve(schema).is_none_or(says_nothing)
}

/// Whether `null` is among the values of a schema; of those it is made of, only what they say themselves counts.
pub(in crate::lower) fn is_nullable<'a>(
    schemas: &Schemas<'a>,
    schema: impl Into<Written<'a>>,
) -> bool {
    let Some(schema) = schemas.resolve(schema) else {
        return false;
    };
    let among = |any: &'a [ReferenceOr<Schema>]| {
        any.iter()
            .any(|one| schemas.resolve(one).is_some_and(names_null))
    };
    // What is nothing but null has a type of its own.
    names_null(schema) && !listed::is_only_null(schema)
        || match &schema.schema_kind {
            SchemaKind::OneOf { one_of: any } | SchemaKind::AnyOf { any_of: any } => among(any),
            SchemaKind::AllOf { all_of } => all_of.len() == 1 && among(all_of),
            SchemaKind::Any(any) => among(&any.one_of) || among(&any.any_of),
            _ => false,
        }
}

/// Whether `null` is the only value of a schema, as some write it into a `oneOf`.
pub(super) fn is_null<'a>(schemas: &Schemas<'a>, schema: impl Into<Written<'a>>) -> bool {
    schemas.resolve(schema).is_some_and(|schema| {
        let is_bare = matches!(&schema.schema_kind, SchemaKind::Any(any) if any.typ.is_none());
        listed::is_only_null(schema)
            || schema.schema_data.nullable && is_bare && says_nothing(schema)
    })
}

fn names_null(schema: &Schema) -> bool {
    schema.schema_data.nullable || listed::has_null(schema)
}

/// A schema without what only stands around it: references, an `allOf` of one, and a choice between one and null.
pub(in crate::lower) fn plain<'a>(
    schemas: &Schemas<'a>,
    schema: impl Into<Written<'a>>,
) -> Option<&'a Schema> {
    let (schema, _) = plain_node(schemas, &Node::new(schema, Pointer::root()))?;
    Some(schema)
}

/// The same with its place.
fn plain_node<'a>(schemas: &Schemas<'a>, node: &Node<'a>) -> Option<(&'a Schema, Pointer)> {
    // More than a document nests in good faith; a circle ends here.
    const DEEPEST: usize = 16;
    let (mut schema, mut at) = schemas.resolve_node(node)?;
    for _ in 0..DEEPEST {
        let Some(only) = only_part(schemas, schema, &at) else {
            return Some((schema, at));
        };
        (schema, at) = schemas.resolve_node(&only)?;
    }
    None
}

/// The one schema that another is made of, be it with null.
fn only_part<'a>(schemas: &Schemas<'a>, schema: &'a Schema, at: &Pointer) -> Option<Node<'a>> {
    let (key, parts) = match &schema.schema_kind {
        SchemaKind::AllOf { all_of } => ("allOf", all_of),
        SchemaKind::OneOf { one_of } => ("oneOf", one_of),
        SchemaKind::AnyOf { any_of } => ("anyOf", any_of),
        _ => return None,
    };
    let is_part = |part: &&'a ReferenceOr<Schema>| key == "allOf" || !is_null(schemas, *part);
    let mut parts = parts.iter().enumerate().filter(|(_, part)| is_part(part));
    let (index, only) = parts.next()?;
    let is_only = parts.next().is_none();
    is_only.then(|| Node::new(only, at.key(key).index(index)))
}

/// What a list is a list of, if the document says it.
pub(in crate::lower) fn items<'a>(schemas: &Schemas<'a>, node: &Node<'a>) -> Option<Node<'a>> {
    let (schema, at) = plain_node(schemas, node)?;
    let items = match &schema.schema_kind {
        SchemaKind::Type(Type::Array(array)) => array.items.as_ref(),
        SchemaKind::Any(any) if is_array(any) => any.items.as_ref(),
        _ => None,
    };
    let items = items.filter(|items| !is_untyped(schemas, *items))?;
    Some(Node::new(items, at.key("items")))
}

/// Whether values of a schema are texts, numbers or booleans, which a text can stand for.
pub(in crate::lower) fn is_text<'a>(schemas: &Schemas<'a>, schema: impl Into<Written<'a>>) -> bool {
    plain(schemas, schema).is_some_and(is_primitive)
}

pub(super) fn is_primitive(schema: &Schema) -> bool {
    if listed::is_only_null(schema) {
        return false;
    }
    match &schema.schema_kind {
        SchemaKind::Type(ty) => !matches!(ty, Type::Array(_) | Type::Object(_)),
        SchemaKind::Any(any) => match any.typ.as_deref() {
            Some(typ) => matches!(typ, "string" | "integer" | "number" | "boolean"),
            None => listed::is_enum(schema),
        },
        _ => false,
    }
}

/// Whether a schema is a number, a text, a boolean or a list that needs no type of its own.
pub(in crate::lower) fn is_unnamed(schema: &Schema) -> bool {
    match &schema.schema_kind {
        SchemaKind::Type(Type::String(string)) => string.enumeration.is_empty(),
        SchemaKind::Type(Type::Integer(integer)) => integer.enumeration.is_empty(),
        SchemaKind::Type(ty) => !matches!(ty, Type::Object(_)),
        _ => false,
    }
}

/// Whether a schema of mixed keywords is about lists.
pub(super) fn is_array(any: &AnySchema) -> bool {
    match any.typ.as_deref() {
        Some(typ) => typ == "array",
        None => any.items.is_some(),
    }
}

/// Whether any value is one of a schema, as far as types can tell.
pub(super) fn says_nothing(schema: &Schema) -> bool {
    match &schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => {
            object.properties.is_empty() && !keeps_rest(object.additional_properties.as_ref())
        }
        SchemaKind::Any(any) => {
            let is_bare = any.properties.is_empty() && !is_combined(any);
            is_object(any) && is_bare && !keeps_rest(any.additional_properties.as_ref())
        }
        SchemaKind::Not { .. } => true,
        _ => false,
    }
}

/// Whether a schema of mixed keywords is about objects, as far as it is about anything.
pub(super) fn is_object(any: &AnySchema) -> bool {
    match any.typ.as_deref() {
        Some(typ) => typ == "object",
        None => any.items.is_none() && any.enumeration.is_empty(),
    }
}

/// Whether a schema of mixed keywords is made of other ones.
fn is_combined(any: &AnySchema) -> bool {
    !any.all_of.is_empty() || !any.one_of.is_empty() || !any.any_of.is_empty()
}

fn keeps_rest(rest: Option<&AdditionalProperties>) -> bool {
    !matches!(rest, None | Some(AdditionalProperties::Any(false)))
}
