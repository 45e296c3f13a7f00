//! Bodies of several parts.

use gatewright_codegen::model::{Part, PartKind, Ty, TypeKind};
use gatewright_codegen::text::code;
use gatewright_document::{Encoding, Media};
use openapiv3::{SchemaKind, Type};

use super::constraint_docs;
use super::definitions::{Types, optional};
use crate::lower::names::{self, Scope};
use crate::lower::schema::body_use::is_binary;
use crate::lower::schema::merge::Property;
use crate::lower::schema::node::{Node, Written};
use crate::lower::schema::{Schemas, questions, secret, shape};
use crate::lower::{docs, media};

/// A struct with a field for each part; none where the document does not name all parts.
pub(in crate::lower) fn parts<'a>(
    types: &mut Types<'a>,
    media: &'a Media,
    hint: &str,
) -> Option<Ty> {
    let node = Node::new(media.schema.as_ref()?, media.pointer.key("schema"));
    let (schemas, budget) = (&types.meanings.schemas, &mut types.meanings.budget);
    let members = shape::members(schemas, budget, &node)?;
    if members.properties.is_empty() || members.rest.is_some() {
        return None;
    }
    let (mut scope, mut parts) = (Scope::default(), Vec::new());
    for (wire, property) in &members.properties {
        let encoding = media.encoding.get(*wire);
        let (ty, kind) = part(types, wire, property, encoding, hint);
        let is_one = members.required.contains(wire) || matches!(ty, Ty::List(_));
        parts.push(Part {
            name: scope.unique(&names::snake(wire, "part"), "_"),
            wire: (*wire).to_owned(),
            ty: if is_one { ty } else { optional(ty) },
            kind,
            secret: secret::is_secret(types.schemas(), property.schema),
            docs: part_docs(wire, property, encoding),
        });
    }
    let docs = questions::plain(types.schemas(), node.schema);
    let docs = docs.map(|schema| constraint_docs::of(schema, hint));
    let docs = docs.unwrap_or_default();
    Some(types.define(hint, &node.at, docs, TypeKind::Parts(parts)))
}

/// What one member is sent as. A list is a part for each item (RFC 7578, section 4.3).
fn part<'a>(
    types: &mut Types<'a>,
    wire: &str,
    property: &Property<'a>,
    encoding: Option<&Encoding>,
    hint: &str,
) -> (Ty, PartKind) {
    let node = property.node(wire);
    let items = questions::items(types.schemas(), &node);
    let is_list = items.is_some();
    let one = items.unwrap_or(node);
    let kind = part_kind(types.schemas(), one.schema, encoding);
    let ty = match kind {
        PartKind::File => Ty::File,
        _ => types.plain_ty(&one, &format!("{hint} {wire}")),
    };
    let ty = if is_list { Ty::List(Box::new(ty)) } else { ty };
    (ty, kind)
}

/// OpenAPI 3.0.4, "Encoding Object": the defaults of `contentType`. What is written in a media type that we do not
/// write comes from the caller, as a file.
fn part_kind<'a>(schemas: &Schemas<'a>, one: Written<'a>, encoding: Option<&Encoding>) -> PartKind {
    let content_type = encoding.and_then(|encoding| encoding.content_type.as_deref());
    let content_type = content_type.map(|all| all.split(',').next().unwrap_or(all).trim());
    let schema = questions::plain(schemas, one);
    match (schema.map(|schema| &schema.schema_kind), content_type) {
        (Some(SchemaKind::Type(Type::String(string))), _) if is_binary(string) => PartKind::File,
        (_, Some(content_type)) if media::is_json(content_type) => PartKind::Json,
        _ if questions::is_text(schemas, one) => {
            let other = content_type.filter(|name| media::essence(name) != "text/plain");
            PartKind::Text(other.map(str::to_owned))
        }
        (_, None) => PartKind::Json,
        (_, Some(_)) => PartKind::File,
    }
}

/// What is said of a part where it stands, and of its media types.
fn part_docs(wire: &str, property: &Property<'_>, encoding: Option<&Encoding>) -> String {
    let schema = property.schema.as_item();
    let own = schema
        .map(|schema| constraint_docs::of(schema, wire))
        .unwrap_or_default();
    let content_type = encoding.and_then(|encoding| encoding.content_type.as_deref());
    let media_types =
        content_type.map(|content_type| format!("Media type: {}.", code(content_type)));
    docs::paragraphs([own, media_types.unwrap_or_default()])
}
