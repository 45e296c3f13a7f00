//! What is said of bodies, and the types of forms.

use std::rc::Rc;

use gatewright_codegen::model::{QueryLayout, QueryStyle, Ty};
use gatewright_document::{Encoding, Media};
use openapiv3::{
    ReferenceOr, Schema, SchemaKind, StringFormat, StringType, Type, VariantOrUnknownOrEmpty,
};

use super::merge::Merged;
use super::{Shape, Types};
use crate::lower::{media, style};

/// What a schema says of a body, as far as its media type has to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lower) enum Said {
    Nothing,
    Text,
    Binary,
    Value,
}

impl<'a> Types<'a> {
    pub(in crate::lower) fn said(&self, schema: Option<&'a ReferenceOr<Schema>>) -> Said {
        let Some(schema) = schema.filter(|schema| !self.is_untyped(*schema)) else {
            return Said::Nothing;
        };
        match self.plain(schema).map(|schema| &schema.schema_kind) {
            Some(SchemaKind::Type(Type::String(string))) if is_binary(string) => Said::Binary,
            Some(SchemaKind::Type(Type::String(_))) => Said::Text,
            _ => Said::Value,
        }
    }

    /// The type of a form, and its members that have a style of their own; none of what is no object.
    pub(in crate::lower) fn form(
        &mut self,
        schema: &'a ReferenceOr<Schema>,
        media: &'a Media,
        hint: &str,
    ) -> Option<(Ty, Vec<(String, QueryStyle)>)> {
        let members = self.members(schema)?;
        let styles = members.properties.iter().filter_map(|(name, property)| {
            let shape = self.shape(property.schema)?;
            let style = of_member(media.encoding.get(*name), shape);
            (style != QueryLayout::Exploded.into()).then(|| ((*name).to_owned(), style))
        });
        let styles = styles.collect();
        let ty = self.plain_ty(schema, hint, &media.pointer.key("schema"));
        matches!(ty, Ty::Named(_) | Ty::Map(_)).then_some((ty, styles))
    }

    /// The members of a schema that is an object and nothing else.
    pub(super) fn members(&self, schema: &'a ReferenceOr<Schema>) -> Option<Merged<'a>> {
        let mut merged = Merged::default();
        let schema = self.plain(schema)?;
        let is_object = self.merge_schema(&mut merged, schema, &Rc::default(), 0);
        (is_object && merged.choices.is_empty()).then_some(merged)
    }
}

/// OpenAPI 3.0.4, "Encoding Object": a style if one is given; else the media type, which is JSON for objects. Lists of
/// objects, of which it does not say more, are JSON as a whole.
fn of_member(encoding: Option<&Encoding>, shape: Shape) -> QueryStyle {
    let style = encoding.and_then(|encoding| encoding.style.as_ref());
    let content_type = encoding.and_then(|encoding| encoding.content_type.as_deref());
    let is_flat = matches!(shape, Shape::Primitive | Shape::Array);
    let layout = match (style, content_type) {
        (Some(style), _) => {
            return style::of_query(style, shape).unwrap_or(QueryLayout::Json.into());
        }
        (None, Some(content_type)) if media::is_json(content_type) => QueryLayout::Json,
        _ if is_flat => QueryLayout::Exploded,
        _ => QueryLayout::Json,
    };
    layout.into()
}

pub(super) fn is_binary(string: &StringType) -> bool {
    string.format == VariantOrUnknownOrEmpty::Item(StringFormat::Binary)
}
