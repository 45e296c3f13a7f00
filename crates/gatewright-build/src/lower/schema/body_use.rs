//! What a schema says of a body, as far as its media type has to know.

use openapiv3::{SchemaKind, StringFormat, StringType, Type, VariantOrUnknownOrEmpty};

use super::node::Written;
use super::questions;
use super::schemas::Schemas;

/// What a schema says of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lower) enum BodyUse {
    Nothing,
    Text,
    Binary,
    Value,
}

impl BodyUse {
    /// What the schema of a body says, if it has one.
    pub(in crate::lower) fn of<'a>(
        schemas: &Schemas<'a>,
        schema: Option<impl Into<Written<'a>>>,
    ) -> Self {
        let schema = schema.map(Into::into);
        let Some(schema) = schema.filter(|schema| !questions::is_untyped(schemas, *schema)) else {
            return Self::Nothing;
        };
        match questions::plain(schemas, schema).map(|schema| &schema.schema_kind) {
            Some(SchemaKind::Type(Type::String(string))) if is_binary(string) => Self::Binary,
            Some(SchemaKind::Type(Type::String(_))) => Self::Text,
            _ => Self::Value,
        }
    }
}

/// Whether a text stands for bytes.
pub(in crate::lower) fn is_binary(string: &StringType) -> bool {
    string.format == VariantOrUnknownOrEmpty::Item(StringFormat::Binary)
}
