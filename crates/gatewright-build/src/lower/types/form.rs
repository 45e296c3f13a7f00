//! The types of forms.

use gatewright_codegen::model::{QueryLayout, QueryStyle, Ty};
use gatewright_document::{Encoding, Media};

use super::definitions::Types;
use crate::lower::schema::node::Node;
use crate::lower::schema::shape::{self, Shape};
use crate::lower::{media, style};

/// The type of a form, and its members that have a style of their own; none of what is no object.
pub(in crate::lower) fn form<'a>(
    types: &mut Types<'a>,
    media: &'a Media,
    hint: &str,
) -> Option<(Ty, Vec<(String, QueryStyle)>)> {
    let node = Node::new(media.schema.as_ref()?, media.pointer.key("schema"));
    let styles = styles(types, media, &node)?;
    let ty = types.plain_ty(&node, hint);
    matches!(ty, Ty::Named(_) | Ty::Map(_)).then_some((ty, styles))
}

fn styles<'a>(
    types: &mut Types<'a>,
    media: &Media,
    node: &Node<'a>,
) -> Option<Vec<(String, QueryStyle)>> {
    let (schemas, budget) = (&types.meanings.schemas, &mut types.meanings.budget);
    let members = shape::members(schemas, budget, node)?;
    let styles = members.properties.iter().filter_map(|(name, property)| {
        let shape = shape::of(schemas, budget, &property.node(name))?;
        let style = of_member(media.encoding.get(*name), shape);
        (style != QueryLayout::Exploded.into()).then(|| ((*name).to_owned(), style))
    });
    Some(styles.collect())
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
