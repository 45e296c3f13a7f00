//! Bodies of several parts.

use gatewright_codegen::model::{Part, PartKind, Ty, TypeKind};
use gatewright_codegen::text::code;
use gatewright_document::{Encoding, Media};
use openapiv3::{ReferenceOr, Schema, SchemaKind, Type};

use super::body::is_binary;
use super::merge::Property;
use super::{Types, facts, optional};
use crate::lower::names::{self, Scope};
use crate::lower::{docs, media};

impl<'a> Types<'a> {
    /// A struct with a field for each part; none where the document does not name all parts.
    pub(in crate::lower) fn parts(
        &mut self,
        schema: &'a ReferenceOr<Schema>,
        media: &'a Media,
        hint: &str,
    ) -> Option<Ty> {
        let members = self.members(schema)?;
        if members.properties.is_empty() || members.rest.is_some() {
            return None;
        }
        let (mut scope, mut parts) = (Scope::default(), Vec::new());
        for (wire, property) in &members.properties {
            let encoding = media.encoding.get(*wire);
            let (ty, kind) = self.part(wire, property, encoding, hint);
            let is_one = members.required.contains(wire) || matches!(ty, Ty::List(_));
            parts.push(Part {
                name: scope.unique(&names::snake(wire, "part"), "_"),
                wire: (*wire).to_owned(),
                ty: if is_one { ty } else { optional(ty) },
                kind,
                secret: self.is_secret(property.schema),
                docs: part_docs(property, encoding),
            });
        }
        let docs = self.plain(schema).map(facts::docs).unwrap_or_default();
        let at = media.pointer.key("schema");
        Some(self.define(hint, &at, docs, TypeKind::Parts(parts)))
    }

    /// What one member is sent as. A list is a part for each item (RFC 7578, section 4.3).
    fn part(
        &mut self,
        wire: &str,
        property: &Property<'a>,
        encoding: Option<&Encoding>,
        hint: &str,
    ) -> (Ty, PartKind) {
        let items = self.items(property.schema);
        let one = items.unwrap_or(property.schema);
        let kind = self.part_kind(one, encoding);
        let at = property.of.key("properties").key(wire);
        let ty = match kind {
            PartKind::File => Ty::File,
            _ => self.plain_ty(one, &format!("{hint} {wire}"), &at),
        };
        let ty = match items {
            Some(_) => Ty::List(Box::new(ty)),
            None => ty,
        };
        (ty, kind)
    }

    /// OpenAPI 3.0.4, "Encoding Object": the defaults of `contentType`. What is written in a media type that we do not
    /// write comes from the caller, as a file.
    fn part_kind(
        &self,
        one: &'a ReferenceOr<Box<Schema>>,
        encoding: Option<&Encoding>,
    ) -> PartKind {
        let content_type = encoding.and_then(|encoding| encoding.content_type.as_deref());
        let content_type = content_type.map(|all| all.split(',').next().unwrap_or(all).trim());
        let schema = self.plain(one);
        match (schema.map(|schema| &schema.schema_kind), content_type) {
            (Some(SchemaKind::Type(Type::String(string))), _) if is_binary(string) => {
                PartKind::File
            }
            (_, Some(content_type)) if media::is_json(content_type) => PartKind::Json,
            _ if self.is_text(one) => {
                let other = content_type.filter(|name| media::essence(name) != "text/plain");
                PartKind::Text(other.map(str::to_owned))
            }
            (_, None) => PartKind::Json,
            (_, Some(_)) => PartKind::File,
        }
    }
}

/// What is said of a part where it stands, and of its media types.
fn part_docs(property: &Property<'_>, encoding: Option<&Encoding>) -> String {
    let schema = property.schema.as_item();
    let own = schema.map(|schema| facts::docs(schema)).unwrap_or_default();
    let content_type = encoding.and_then(|encoding| encoding.content_type.as_deref());
    let media_types =
        content_type.map(|content_type| format!("Media type: {}.", code(content_type)));
    docs::paragraphs([own, media_types.unwrap_or_default()])
}
