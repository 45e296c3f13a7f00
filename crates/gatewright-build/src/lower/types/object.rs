//! Objects: structs of the members that have a name.

use gatewright_codegen::model::{Direction, Field, Null, Rest, Ty, TypeKind};
use gatewright_codegen::text::code;
use openapiv3::SchemaData;

use super::constraint_docs;
use super::definitions::{Types, optional};
use crate::lower::names::{self, Scope};
use crate::lower::schema::merge::{self, Merged, Property};
use crate::lower::schema::secret;

/// A struct of the members.
pub(super) fn kind<'a>(types: &mut Types<'a>, merged: &Merged<'a>, hint: &str) -> TypeKind {
    let rest = merged.rest.as_ref();
    let rest = rest.map(|members| rest_of(types, members, hint));
    let mut scope = Scope::default();
    let mut fields = Vec::with_capacity(merged.properties.len());
    for (wire, property) in &merged.properties {
        let is_required = merged.required.contains(wire);
        fields.push(field(types, wire, property, is_required, hint, &mut scope));
    }
    add_undescribed(types, merged, &mut fields, &mut scope);
    TypeKind::Struct { fields, rest }
}

/// Adds the members that are demanded but described nowhere. They can be sent, for a gateway refuses an object without
/// them; of responses they are not demanded, since most of them are misspelled.
fn add_undescribed<'a>(
    types: &mut Types<'a>,
    merged: &Merged<'a>,
    fields: &mut Vec<Field>,
    scope: &mut Scope,
) {
    let Some((_, property)) = merged.properties.first() else {
        return;
    };
    let names = merged.required.iter().copied();
    let mut names: Vec<_> = names
        .filter(|name| !merged.properties.contains_key(name))
        .collect();
    names.sort_unstable();
    for wire in names {
        let message = format!(
            "demands {}, which it does not describe; any JSON is taken there",
            code(wire)
        );
        types.notes.push(&property.of, message);
        fields.push(undescribed(wire, scope));
    }
}

fn rest_of<'a>(types: &mut Types<'a>, rest: &merge::Rest<'a>, hint: &str) -> Rest {
    let Some(node) = rest.node() else {
        return Rest {
            ty: Ty::Value,
            secret: false,
        };
    };
    let hint = format!("{} value", rest.within.unwrap_or(hint));
    Rest {
        secret: secret::is_secret(types.schemas(), node.schema),
        ty: types.ty(&node, &hint),
    }
}

fn field<'a>(
    types: &mut Types<'a>,
    wire: &str,
    property: &Property<'a>,
    is_required: bool,
    hint: &str,
    scope: &mut Scope,
) -> Field {
    let node = property.node(wire);
    let hint = format!("{} {wire}", property.within.unwrap_or(hint));
    let ty = types.ty(&node, &hint);
    let schemas = types.schemas();
    let target = schemas.resolve(node.schema);
    let only = target.and_then(|schema| only(&schema.schema_data));
    let is_nullable = matches!(ty, Ty::Optional(_));
    let inline = node.schema.inline();
    Field {
        name: scope.unique(&names::snake(wire, "field"), "_"),
        wire: wire.to_owned(),
        ty: if is_required { ty } else { optional(ty) },
        null: match (is_nullable, is_required) {
            (false, _) => Null::Absent,
            (true, true) if only == Some(Direction::Read) => Null::Absent,
            (true, true) => Null::Sent,
            (true, false) => Null::Apart,
        },
        only,
        deprecated: inline.is_some_and(|schema| schema.schema_data.deprecated),
        secret: secret::is_secret(schemas, node.schema),
        docs: inline
            .map(|schema| constraint_docs::of(schema, wire))
            .unwrap_or_default(),
    }
}

fn undescribed(wire: &str, scope: &mut Scope) -> Field {
    Field {
        name: scope.unique(&names::snake(wire, "field"), "_"),
        wire: wire.to_owned(),
        ty: optional(Ty::Value),
        null: Null::Absent,
        only: None,
        deprecated: false,
        secret: false,
        docs: "Demanded, but not described.".to_owned(),
    }
}

/// The only way that a member goes (OpenAPI 3.0, "Schema Object": both at once is an error, and says nothing here).
fn only(data: &SchemaData) -> Option<Direction> {
    match (data.read_only, data.write_only) {
        (true, false) => Some(Direction::Read),
        (false, true) => Some(Direction::Write),
        _ => None,
    }
}
