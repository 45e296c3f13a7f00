//! One of several schemas: an enum of them.

use gatewright_codegen::model::{Ty, TypeKind, UnionVariant};
use openapiv3::{SchemaKind, Type};

use super::constraint_docs;
use super::definitions::Types;
use crate::lower::names::{self, Scope};
use crate::lower::schema::meaning;
use crate::lower::schema::name_of;
use crate::lower::schema::node::Written;
use crate::lower::schema::union::{Member, Union};

/// An enum of the schemas.
pub(super) fn kind<'a>(types: &mut Types<'a>, union: &Union<'a>, hint: &str) -> TypeKind {
    let mut scope = Scope::with(&["Unknown"]);
    let mut variants = Vec::new();
    for member in &union.members {
        variants.extend(variant(types, member, hint, &mut scope));
    }
    if variants.is_empty() {
        return TypeKind::Alias(Ty::Value);
    }
    let tag = union.tag.clone();
    TypeKind::Union { tag, variants }
}

/// `None` for a schema that says nothing: every value fits it, and is kept as it came.
fn variant<'a>(
    types: &mut Types<'a>,
    member: &Member<'a>,
    hint: &str,
    scope: &mut Scope,
) -> Option<UnionVariant> {
    let name = name(member);
    let hint = format!("{hint} {name}");
    let ty = match &member.merged {
        None => types.plain_ty(&member.node, &hint),
        Some(merged) => {
            let inline = member.node.schema.inline();
            let docs = inline.map(|schema| constraint_docs::of(schema, &name));
            let meaning = meaning::structure(merged.clone());
            Ty::Named(types.later(&hint, &member.node.at, docs.unwrap_or_default(), meaning))
        }
    };
    let tags = member.tags.clone();
    let name = scope.unique(&names::camel(&name, "Variant"), "");
    (!matches!(ty, Ty::Value)).then_some(UnionVariant { name, ty, tags })
}

/// The name of the schema, or the text that stands for it, or what it is.
fn name(member: &Member<'_>) -> String {
    if member.is_base {
        return "Base".to_owned();
    }
    let Written::Inline(schema) = member.node.schema else {
        return name_of(member.node.schema).unwrap_or_default().to_owned();
    };
    if let Some(title) = &schema.schema_data.title {
        return title.clone();
    }
    if let [tag] = member.tags.as_slice() {
        return tag.clone();
    }
    let name = match &schema.schema_kind {
        SchemaKind::Type(Type::String(_)) => "Text",
        SchemaKind::Type(Type::Integer(_)) => "Integer",
        SchemaKind::Type(Type::Number(_)) => "Number",
        SchemaKind::Type(Type::Boolean(_)) => "Bool",
        SchemaKind::Type(Type::Array(_)) => "List",
        _ => "Object",
    };
    name.to_owned()
}
