//! The types of parameters, which are written as text.

use gatewright_codegen::model::Ty;
use gatewright_document::Parameter;

use super::constraint_docs;
use super::definitions::Types;
use super::enums;
use crate::lower::choices::ParameterType;
use crate::lower::schema::node::{Node, Written};
use crate::lower::schema::shape::{self, Shape};
use crate::lower::schema::{listed, questions, secret};

/// The type of a parameter. Exports say `string` of all. What has no one shape (a union, any value) is taken as the
/// text that the caller makes of it.
pub(in crate::lower) fn ty<'a>(
    types: &mut Types<'a>,
    parameter: &'a Parameter,
    hint: &str,
) -> (Ty, Shape) {
    let text = (Ty::Str, Shape::Primitive);
    let Some(node) = node(parameter) else {
        return text;
    };
    let shape = shape::of(&types.meanings.schemas, &mut types.meanings.budget, &node);
    match shape {
        None => text,
        Some(Shape::Primitive) => (primitive(types, &node, hint), Shape::Primitive),
        Some(Shape::Array) if questions::items(types.schemas(), &node).is_none() => {
            (reference(Ty::List(Box::new(Ty::String))), Shape::Array)
        }
        Some(shape) => (reference(types.plain_ty(&node, hint)), shape),
    }
}

/// The type that was chosen for a parameter.
pub(in crate::lower) fn chosen(
    types: &mut Types<'_>,
    parameter: &Parameter,
    ty: &ParameterType,
    hint: &str,
) -> (Ty, Shape) {
    match ty {
        ParameterType::List(items) => {
            let items = of_one(types, parameter, items, hint);
            (reference(Ty::List(Box::new(items))), Shape::Array)
        }
        one => (lent(of_one(types, parameter, one, hint)), Shape::Primitive),
    }
}

fn of_one(types: &mut Types<'_>, parameter: &Parameter, ty: &ParameterType, hint: &str) -> Ty {
    match ty {
        ParameterType::OneOf(texts) => {
            let kind = enums::of_texts(texts);
            types.define(hint, &parameter.pointer, String::new(), kind)
        }
        one => one.scalar().unwrap_or(Ty::String),
    }
}

/// The type of a parameter that is written as JSON.
pub(in crate::lower) fn json<'a>(
    types: &mut Types<'a>,
    parameter: &'a Parameter,
    hint: &str,
) -> Ty {
    match node(parameter) {
        Some(node) => lent(types.plain_ty(&node, hint)),
        None => reference(Ty::Value),
    }
}

/// What the schema of a parameter says of its values, unless a type of its own says it.
pub(in crate::lower) fn docs<'a>(types: &Types<'a>, parameter: &'a Parameter, ty: &Ty) -> String {
    let schema = parameter.schema.as_ref().filter(|_| !is_named(ty));
    let schema = schema.and_then(|schema| questions::plain(types.schemas(), schema));
    schema
        .map(|schema| constraint_docs::of(schema, &parameter.name))
        .unwrap_or_default()
}

/// Whether the values of a parameter are, or may hold, secrets.
pub(in crate::lower) fn is_secret<'a>(types: &Types<'a>, parameter: &'a Parameter) -> bool {
    let schema = parameter.schema.as_ref();
    schema.is_some_and(|schema| secret::is_secret(types.schemas(), schema))
}

fn node(parameter: &Parameter) -> Option<Node<'_>> {
    let at = parameter.schema_pointer.clone();
    Some(Node::new(parameter.schema.as_ref()?, at))
}

/// By its own name if it is an enum, by its kind if not.
fn primitive<'a>(types: &mut Types<'a>, node: &Node<'a>, hint: &str) -> Ty {
    let plain = questions::plain(types.schemas(), node.schema);
    match plain.filter(|plain| !listed::is_enum(plain)) {
        Some(plain) => {
            let plain = Node::new(Written::Inline(plain), node.at.clone());
            lent(types.plain_ty(&plain, hint))
        }
        None => reference(types.plain_ty(node, hint)),
    }
}

/// A type as an argument has it: small values as they are, the others borrowed.
fn lent(ty: Ty) -> Ty {
    match ty {
        Ty::String => Ty::Str,
        Ty::Bool | Ty::Integer(_) | Ty::F64 => ty,
        ty => reference(ty),
    }
}

fn reference(ty: Ty) -> Ty {
    Ty::Ref(Box::new(ty))
}

fn is_named(ty: &Ty) -> bool {
    match ty {
        Ty::Named(_) => true,
        Ty::Ref(inner) => is_named(inner),
        _ => false,
    }
}
