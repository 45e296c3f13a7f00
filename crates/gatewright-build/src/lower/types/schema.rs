//! One schema to one type.

use std::borrow::Borrow;

use gatewright_codegen::model::{Ty, TypeKind};
use gatewright_document::Pointer;
use openapiv3::{AnySchema, ReferenceOr, Schema, SchemaKind, Type};

use super::{Types, enums, facts, optional, says, scalar};

impl<'a> Types<'a> {
    /// The type of a schema that stands at `at`; one without a name of its own gets one made of `hint`.
    pub(in crate::lower) fn ty<S: Borrow<Schema>>(
        &mut self,
        schema: &'a ReferenceOr<S>,
        hint: &str,
        at: &Pointer,
    ) -> Ty {
        let ty = self.plain_ty(schema, hint, at);
        if self.is_nullable(schema) {
            optional(ty)
        } else {
            ty
        }
    }

    /// The type of the values that are not null.
    pub(super) fn plain_ty<S: Borrow<Schema>>(
        &mut self,
        schema: &'a ReferenceOr<S>,
        hint: &str,
        at: &Pointer,
    ) -> Ty {
        let inline = match schema {
            ReferenceOr::Reference { reference } => return self.reference(reference, at),
            ReferenceOr::Item(schema) => schema.borrow(),
        };
        // `allOf` may add the same schema to several others.
        if let Some(known) = self.inline.get(&std::ptr::from_ref(inline)) {
            return known.clone();
        }
        match self.kind(inline, hint, at) {
            TypeKind::Alias(ty) => ty,
            kind => {
                let ty = self.define(hint, at, facts::docs(inline), kind);
                self.inline.insert(inline, ty.clone());
                ty
            }
        }
    }

    /// What a schema is; one that has a name, another name for its type.
    pub(super) fn kind_of<S: Borrow<Schema>>(
        &mut self,
        schema: &'a ReferenceOr<S>,
        hint: &str,
        at: &Pointer,
    ) -> TypeKind {
        match schema {
            ReferenceOr::Reference { reference } => TypeKind::Alias(self.reference(reference, at)),
            ReferenceOr::Item(schema) => self.kind(schema.borrow(), hint, at),
        }
    }

    /// What a schema is, apart from null.
    pub(super) fn kind(&mut self, schema: &'a Schema, hint: &str, at: &Pointer) -> TypeKind {
        if let Some(kind) = enums::kind(schema) {
            return kind;
        }
        let discriminator = schema.schema_data.discriminator.as_ref();
        match &schema.schema_kind {
            SchemaKind::Type(Type::Object(_)) => self.object(schema, hint, at),
            SchemaKind::Type(ty) => TypeKind::Alias(self.typed(ty, hint, at)),
            SchemaKind::AllOf { all_of } => self.all_of(schema, all_of, hint, at),
            SchemaKind::OneOf { one_of } => {
                self.one_of(one_of, discriminator, hint, &at.key("oneOf"))
            }
            SchemaKind::AnyOf { any_of } => {
                self.one_of(any_of, discriminator, hint, &at.key("anyOf"))
            }
            SchemaKind::Any(any) if says::is_object(any) => {
                self.mixed_object(schema, any, hint, at)
            }
            SchemaKind::Any(any) => TypeKind::Alias(self.mixed(any, hint, at)),
            SchemaKind::Not { .. } => TypeKind::Alias(Ty::Value),
        }
    }

    fn typed(&mut self, ty: &'a Type, hint: &str, at: &Pointer) -> Ty {
        match ty {
            Type::Boolean(_) => Ty::Bool,
            Type::Number(number) => scalar::number(number),
            Type::Integer(integer) => scalar::integer(integer),
            Type::String(string) => scalar::string(string),
            Type::Array(array) => self.list(array.items.as_ref(), hint, at),
            Type::Object(_) => Ty::Value,
        }
    }

    fn list(
        &mut self,
        items: Option<&'a ReferenceOr<Box<Schema>>>,
        hint: &str,
        at: &Pointer,
    ) -> Ty {
        let item = items.map_or(Ty::Value, |items| {
            self.ty(items, &format!("{hint} item"), &at.key("items"))
        });
        Ty::List(Box::new(item))
    }

    /// A schema of mixed keywords that is no object: its type counts, or what its keywords are about.
    fn mixed(&mut self, any: &'a AnySchema, hint: &str, at: &Pointer) -> Ty {
        let lists_only = |is: fn(&serde_json::Value) -> bool| enums::listed(any).all(is);
        match any.typ.as_deref() {
            Some("string") => scalar::string_of(any.format.as_deref()),
            Some("integer") => scalar::integer_of(any),
            Some("number") => scalar::number_of(any),
            Some("boolean") => Ty::Bool,
            Some("array") => self.list(any.items.as_ref(), hint, at),
            _ if any.items.is_some() => self.list(any.items.as_ref(), hint, at),
            _ if lists_only(serde_json::Value::is_boolean) => Ty::Bool,
            _ if lists_only(serde_json::Value::is_number) => Ty::F64,
            _ => {
                self.notes
                    .push(at, "lists values of several types; any JSON is taken here");
                Ty::Value
            }
        }
    }

    /// An object of mixed keywords: the one way in which it is made of others, or all of them merged.
    fn mixed_object(
        &mut self,
        schema: &'a Schema,
        any: &'a AnySchema,
        hint: &str,
        at: &Pointer,
    ) -> TypeKind {
        let has_own = !any.properties.is_empty()
            || !any.required.is_empty()
            || any.additional_properties.is_some();
        let discriminator = schema.schema_data.discriminator.as_ref();
        match (
            any.all_of.as_slice(),
            any.one_of.as_slice(),
            any.any_of.as_slice(),
        ) {
            ([], [], []) => self.object(schema, hint, at),
            (all_of, [], []) if !has_own => self.all_of(schema, all_of, hint, at),
            ([], one_of, []) if !has_own => {
                self.one_of(one_of, discriminator, hint, &at.key("oneOf"))
            }
            ([], [], any_of) if !has_own => {
                self.one_of(any_of, discriminator, hint, &at.key("anyOf"))
            }
            _ => self.merged(schema, hint, at).unwrap_or_else(|| {
                self.notes.push(
                    at,
                    "objects and what is none apply together; any JSON is taken here",
                );
                TypeKind::Alias(Ty::Value)
            }),
        }
    }
}
