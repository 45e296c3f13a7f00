//! What `Debug` must not show: texts of `format: password`, "a hint to obscure the value" (OpenAPI 3.0.4, "Data Type Format").

use openapiv3::{
    AdditionalProperties, AnySchema, ObjectType, ReferenceOr, Schema, SchemaKind, StringFormat,
    Type, VariantOrUnknownOrEmpty,
};

use super::node::Written;
use super::questions;
use super::schemas::Schemas;

/// More schemas than anybody puts between a member and its text in good faith; a circle ends here.
const MOST_SCHEMAS: usize = 64;

/// Whether values of a schema are, or may hold, secrets that no struct of their own hides.
pub(in crate::lower) fn is_secret<'a>(
    schemas: &Schemas<'a>,
    schema: impl Into<Written<'a>>,
) -> bool {
    let left = MOST_SCHEMAS;
    Search { schemas, left }.holds_secret(schema.into())
}

struct Search<'s, 'a> {
    schemas: &'s Schemas<'a>,
    /// How many schemas more are looked at.
    left: usize,
}

impl<'a> Search<'_, 'a> {
    fn holds_secret(&mut self, schema: Written<'a>) -> bool {
        let Some(left) = self.left.checked_sub(1) else {
            return false;
        };
        self.left = left;
        let schema = questions::plain(self.schemas, schema);
        schema.is_some_and(|schema| self.kind(&schema.schema_kind))
    }

    fn kind(&mut self, kind: &'a SchemaKind) -> bool {
        match kind {
            SchemaKind::Type(Type::String(string)) => {
                string.format == VariantOrUnknownOrEmpty::Item(StringFormat::Password)
            }
            SchemaKind::Type(Type::Array(array)) => self.any(&array.items),
            SchemaKind::Type(Type::Object(object)) => self.any(values(object)),
            SchemaKind::OneOf { one_of: parts }
            | SchemaKind::AllOf { all_of: parts }
            | SchemaKind::AnyOf { any_of: parts } => self.any(parts),
            SchemaKind::Any(any) => self.mixed(any),
            _ => false,
        }
    }

    fn mixed(&mut self, any: &'a AnySchema) -> bool {
        let parts = any.all_of.iter().chain(&any.one_of).chain(&any.any_of);
        any.format.as_deref() == Some("password") || self.any(&any.items) || self.any(parts)
    }

    fn any(&mut self, schemas: impl IntoIterator<Item: Into<Written<'a>>>) -> bool {
        let mut schemas = schemas.into_iter();
        schemas.any(|schema| self.holds_secret(schema.into()))
    }
}

/// What the values of a map are. An object with members of its own hides them itself.
fn values(object: &ObjectType) -> Option<&ReferenceOr<Schema>> {
    match &object.additional_properties {
        Some(AdditionalProperties::Schema(schema)) if object.properties.is_empty() => Some(schema),
        _ => None,
    }
}
