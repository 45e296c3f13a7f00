//! What a schema says of the values it describes, before a type is made of it.

use std::borrow::Borrow;

use openapiv3::{AdditionalProperties, AnySchema, ReferenceOr, Schema, SchemaKind, Type};

use super::{Types, enums};

impl<'a> Types<'a> {
    /// Whether a schema puts no bounds on what it describes: the console's `Empty`, `{type: object}`, `{}`.
    pub(in crate::lower) fn is_untyped<S: Borrow<Schema>>(
        &self,
        schema: &'a ReferenceOr<S>,
    ) -> bool {
        self.resolve(schema).is_none_or(says_nothing)
    }

    /// Whether `null` is among the values of a schema; of those it is made of, only what they say themselves counts.
    pub(super) fn is_nullable<S: Borrow<Schema>>(&self, schema: &'a ReferenceOr<S>) -> bool {
        let Some(schema) = self.resolve(schema) else {
            return false;
        };
        let among = |any: &'a [ReferenceOr<Schema>]| {
            any.iter()
                .any(|one| self.resolve(one).is_some_and(names_null))
        };
        // What is nothing but null has a type of its own.
        names_null(schema) && !enums::lists_only_null(schema)
            || match &schema.schema_kind {
                SchemaKind::OneOf { one_of: any } | SchemaKind::AnyOf { any_of: any } => among(any),
                SchemaKind::AllOf { all_of } => all_of.len() == 1 && among(all_of),
                SchemaKind::Any(any) => among(&any.one_of) || among(&any.any_of),
                _ => false,
            }
    }

    /// Whether `null` is the only value of a schema, as some write it into a `oneOf`.
    pub(super) fn is_null(&self, schema: &'a ReferenceOr<Schema>) -> bool {
        self.resolve(schema).is_some_and(|schema| {
            let is_bare = matches!(&schema.schema_kind, SchemaKind::Any(any) if any.typ.is_none());
            enums::lists_only_null(schema)
                || schema.schema_data.nullable && is_bare && says_nothing(schema)
        })
    }
}

fn names_null(schema: &Schema) -> bool {
    schema.schema_data.nullable || enums::lists_null(schema)
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
