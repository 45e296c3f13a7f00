//! Where the value of a parameter goes, and in which style.

use gatewright_codegen::model::{ArgKind, HeaderStyle, PathStyle, QueryLayout, QueryStyle};
use gatewright_document::{Location, Parameter, Style, StyleName};

use super::schema::shape::Shape;

/// How a parameter of a shape is sent, if its style has a form for it.
pub(super) fn kind(parameter: &Parameter, shape: Shape) -> Option<ArgKind> {
    match parameter.location {
        Location::Path => path(parameter, shape),
        Location::Query => query(parameter, shape),
        Location::Header => header(parameter, shape),
        Location::Cookie => None,
    }
}

/// How a parameter is sent whose value is JSON.
pub(super) fn json(parameter: &Parameter) -> Option<ArgKind> {
    let name = parameter.name.clone();
    match parameter.location {
        Location::Path if !parameter.greedy => Some(ArgKind::PathAs(name, PathStyle::Json)),
        Location::Query => Some(ArgKind::QueryAs(name, QueryLayout::Json.into())),
        Location::Header => {
            let name = name.to_ascii_lowercase();
            Some(ArgKind::HeaderAs(name, HeaderStyle::Json))
        }
        Location::Path | Location::Cookie => None,
    }
}

/// A variable that takes the rest of the path is a text: its slashes are the only structure that it has.
fn path(parameter: &Parameter, shape: Shape) -> Option<ArgKind> {
    let name = parameter.name.clone();
    let (style, explode) = (parameter.style.name, parameter.style.explode);
    let is_text = shape == Shape::Primitive;
    if is_text && (parameter.greedy || style == StyleName::Simple) {
        return Some(ArgKind::Path(name));
    }
    if parameter.greedy || is_nested(shape) {
        return None;
    }
    let style = match (style, explode) {
        (StyleName::Label, false) => PathStyle::Label,
        (StyleName::Label, true) => PathStyle::LabelExploded,
        (StyleName::Matrix, false) => PathStyle::Matrix,
        (StyleName::Matrix, true) => PathStyle::MatrixExploded,
        (_, false) => PathStyle::Simple,
        (_, true) => PathStyle::SimpleExploded,
    };
    Some(ArgKind::PathAs(name, style))
}

/// Texts, alone or repeated, need no style.
fn query(parameter: &Parameter, shape: Shape) -> Option<ArgKind> {
    let name = parameter.name.clone();
    let style = QueryStyle {
        or_empty: parameter.allow_empty && shape != Shape::Primitive,
        ..of_query(&parameter.style, shape)?
    };
    let is_plain = style == QueryLayout::Exploded.into();
    if is_plain && matches!(shape, Shape::Primitive | Shape::Array) {
        return Some(ArgKind::Query(name));
    }
    Some(ArgKind::QueryAs(name, style))
}

fn header(parameter: &Parameter, shape: Shape) -> Option<ArgKind> {
    let name = parameter.name.to_ascii_lowercase();
    match shape {
        Shape::Primitive => Some(ArgKind::Header(name)),
        Shape::Object if parameter.style.explode => {
            Some(ArgKind::HeaderAs(name, HeaderStyle::Exploded))
        }
        Shape::Array | Shape::Object => Some(ArgKind::HeaderAs(name, HeaderStyle::Simple)),
        Shape::NestedArray | Shape::NestedObject => None,
    }
}

/// The style of a value in a query or a form. What OpenAPI leaves undefined ("Style Examples", n/a) is read as before
/// 3.0.4: `explode` wins over a delimiter.
pub(super) fn of_query(style: &Style, shape: Shape) -> Option<QueryStyle> {
    let layout = match (style.name, style.explode) {
        _ if shape == Shape::Primitive => QueryLayout::Exploded,
        (StyleName::DeepObject, _) if shape != Shape::NestedArray => QueryLayout::Deep,
        _ if is_nested(shape) => return None,
        (StyleName::SpaceDelimited, false) => QueryLayout::Space,
        (StyleName::PipeDelimited, false) => QueryLayout::Pipe,
        (StyleName::TabDelimited, false) => QueryLayout::Tab,
        (_, false) => QueryLayout::Comma,
        (_, true) => QueryLayout::Exploded,
    };
    Some(QueryStyle {
        reserved: style.allow_reserved,
        ..layout.into()
    })
}

fn is_nested(shape: Shape) -> bool {
    matches!(shape, Shape::NestedArray | Shape::NestedObject)
}
