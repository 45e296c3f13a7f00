//! What `Debug` must not show: texts of `format: password`, "a hint to obscure the value" (OpenAPI 3.0.4, "Data Type Format").

use std::borrow::Borrow;

use gatewright_document::Parameter;
use openapiv3::{
    AdditionalProperties, AnySchema, ObjectType, ReferenceOr, Schema, SchemaKind, StringFormat,
    Type, VariantOrUnknownOrEmpty,
};

use super::Types;

/// More schemas than anybody puts between a member and its text in good faith; a circle ends here.
const MOST_SCHEMAS: usize = 64;

impl<'a> Types<'a> {
    /// Whether values of a schema are, or may hold, secrets that no struct of their own hides.
    pub(super) fn is_secret<S: Borrow<Schema>>(&self, schema: &'a ReferenceOr<S>) -> bool {
        self.holds_secret(schema, &mut { MOST_SCHEMAS })
    }

    /// The same of the values of a parameter.
    pub(in crate::lower) fn is_secret_parameter(&self, parameter: &'a Parameter) -> bool {
        let schema = parameter.schema.as_ref();
        schema.is_some_and(|schema| self.is_secret(schema))
    }

    fn holds_secret<S: Borrow<Schema>>(
        &self,
        schema: &'a ReferenceOr<S>,
        left: &mut usize,
    ) -> bool {
        let Some(others) = left.checked_sub(1) else {
            return false;
        };
        *left = others;
        let schema = self.plain(schema).map(|schema| &schema.schema_kind);
        schema.is_some_and(|kind| self.kind_holds_secret(kind, left))
    }

    fn kind_holds_secret(&self, kind: &'a SchemaKind, left: &mut usize) -> bool {
        match kind {
            SchemaKind::Type(Type::String(string)) => {
                string.format == VariantOrUnknownOrEmpty::Item(StringFormat::Password)
            }
            SchemaKind::Type(Type::Array(array)) => self.any_secret(&array.items, left),
            SchemaKind::Type(Type::Object(object)) => self.any_secret(values(object), left),
            SchemaKind::OneOf { one_of: parts }
            | SchemaKind::AllOf { all_of: parts }
            | SchemaKind::AnyOf { any_of: parts } => self.any_secret(parts, left),
            SchemaKind::Any(any) => self.mixed_holds_secret(any, left),
            _ => false,
        }
    }

    fn mixed_holds_secret(&self, any: &'a AnySchema, left: &mut usize) -> bool {
        let parts = any.all_of.iter().chain(&any.one_of).chain(&any.any_of);
        any.format.as_deref() == Some("password")
            || self.any_secret(&any.items, left)
            || self.any_secret(parts, left)
    }

    fn any_secret<S: Borrow<Schema> + 'a>(
        &self,
        schemas: impl IntoIterator<Item = &'a ReferenceOr<S>>,
        left: &mut usize,
    ) -> bool {
        let mut schemas = schemas.into_iter();
        schemas.any(|schema| self.holds_secret(schema, left))
    }
}

/// What the values of a map are. An object with members of its own hides them itself.
fn values(object: &ObjectType) -> Option<&ReferenceOr<Schema>> {
    match &object.additional_properties {
        Some(AdditionalProperties::Schema(schema)) if object.properties.is_empty() => Some(schema),
        _ => None,
    }
}
