//! Objects: structs of the members that have a name, maps where none has.

use std::rc::Rc;

use gatewright_codegen::model::{Direction, Field, Null, Rest, Ty, TypeKind};
use gatewright_codegen::text::code;
use gatewright_document::Pointer;
use openapiv3::{AdditionalProperties, ReferenceOr, Schema, SchemaData};

use super::merge::{self, Merged, Property};
use super::{Types, facts, optional};
use crate::lower::names::{self, Scope};

impl<'a> Types<'a> {
    /// The type of a schema that is an object by its own words.
    pub(super) fn object(&mut self, schema: &'a Schema, hint: &str, at: &Pointer) -> TypeKind {
        let mut merged = Merged::default();
        self.merge_schema(&mut merged, schema, &Rc::new(at.clone()), 0);
        self.structure(&merged, hint)
    }

    /// A struct of the members; a map, if none has a name.
    pub(super) fn structure(&mut self, merged: &Merged<'a>, hint: &str) -> TypeKind {
        let rest = merged.rest.as_ref().map(|rest| self.rest(rest, hint));
        if merged.properties.is_empty() {
            return TypeKind::Alias(rest.map_or(Ty::Value, |rest| Ty::Map(Box::new(rest.ty))));
        }
        let mut scope = Scope::default();
        let mut fields = Vec::with_capacity(merged.properties.len());
        for (wire, property) in &merged.properties {
            let is_required = merged.required.contains(wire);
            fields.push(self.field(wire, property, is_required, hint, &mut scope));
        }
        self.add_undescribed(merged, &mut fields, &mut scope);
        TypeKind::Struct { fields, rest }
    }

    /// Adds the members that are demanded but described nowhere. They can be sent, for a gateway refuses an object without
    /// them; of answers they are not demanded, since most of them are misspelled.
    fn add_undescribed(&mut self, merged: &Merged<'a>, fields: &mut Vec<Field>, scope: &mut Scope) {
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
            self.notes.push(&property.of, message);
            fields.push(undescribed(wire, scope));
        }
    }

    fn rest(&mut self, rest: &merge::Rest<'a>, hint: &str) -> Rest {
        match rest.schema {
            AdditionalProperties::Any(_) => Rest {
                ty: Ty::Value,
                secret: false,
            },
            AdditionalProperties::Schema(schema) => {
                let hint = format!("{} value", rest.within.unwrap_or(hint));
                Rest {
                    ty: self.ty(&**schema, &hint, &rest.of.key("additionalProperties")),
                    secret: self.is_secret(&**schema),
                }
            }
        }
    }

    fn field(
        &mut self,
        wire: &str,
        property: &Property<'a>,
        is_required: bool,
        hint: &str,
        scope: &mut Scope,
    ) -> Field {
        let schema = property.schema;
        let pointer = property.of.key("properties").key(wire);
        let hint = format!("{} {wire}", property.within.unwrap_or(hint));
        let ty = self.ty(schema, &hint, &pointer);
        let only = self
            .resolve(schema)
            .and_then(|schema| only(&schema.schema_data));
        let is_nullable = matches!(ty, Ty::Optional(_));
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
            deprecated: inline(schema).is_some_and(|schema| schema.schema_data.deprecated),
            secret: self.is_secret(schema),
            docs: inline(schema).map(facts::docs).unwrap_or_default(),
        }
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

fn inline(schema: &ReferenceOr<Box<Schema>>) -> Option<&Schema> {
    schema.as_item().map(|schema| &**schema)
}

/// The only way that a member goes (OpenAPI 3.0, "Schema Object": both at once is an error, and says nothing here).
fn only(data: &SchemaData) -> Option<Direction> {
    match (data.read_only, data.write_only) {
        (true, false) => Some(Direction::Read),
        (false, true) => Some(Direction::Write),
        _ => None,
    }
}
