//! One of several schemas.

use gatewright_codegen::model::{Ty, TypeKind, UnionVariant};
use gatewright_document::Pointer;
use openapiv3::{Discriminator, ReferenceOr, Schema, SchemaKind, Type};

use super::Types;
use crate::lower::names::{self, Scope};

impl<'a> Types<'a> {
    /// An enum of the schemas, told apart by the discriminator, or else by the first that a value fits; the only one there
    /// is, by itself.
    pub(super) fn one_of(
        &mut self,
        any: &'a [ReferenceOr<Schema>],
        discriminator: Option<&Discriminator>,
        hint: &str,
        pointer: &Pointer,
    ) -> TypeKind {
        if let [single] = any {
            return TypeKind::Alias(self.ty(single, hint, &pointer.key("oneOf").index(0)));
        }
        let mut schemas: Vec<_> = any.iter().enumerate().collect();
        if discriminator.is_none() {
            // What demands most fits least by chance.
            schemas.sort_by_key(|(_, schema)| std::cmp::Reverse(self.demands(schema)));
        }
        let mut scope = Scope::with(&["Unknown"]);
        let mut variants = Vec::new();
        for (index, schema) in schemas {
            let pointer = pointer.key("oneOf").index(index);
            variants.extend(self.variant(schema, discriminator, hint, &pointer, &mut scope));
        }
        if variants.is_empty() {
            return TypeKind::Alias(Ty::Value);
        }
        let tag = discriminator.map(|by| by.property_name.clone());
        TypeKind::Union { tag, variants }
    }

    /// `None` for a schema that says nothing: every value fits it, and is kept as it came.
    fn variant(
        &mut self,
        schema: &'a ReferenceOr<Schema>,
        discriminator: Option<&Discriminator>,
        hint: &str,
        pointer: &Pointer,
        scope: &mut Scope,
    ) -> Option<UnionVariant> {
        let name = variant_name(schema);
        let ty = self.ty(schema, &format!("{hint} {name}"), pointer);
        if matches!(ty, Ty::Value) {
            return None;
        }
        let name = scope.unique(&names::camel(&name, "Variant"), "");
        let tags = discriminator.map(|by| tags(by, schema)).unwrap_or_default();
        Some(UnionVariant { name, ty, tags })
    }

    /// The number of members that a value must have.
    fn demands(&self, schema: &'a ReferenceOr<Schema>) -> usize {
        match self.resolve(schema).map(|schema| &schema.schema_kind) {
            Some(SchemaKind::Type(Type::Object(object))) => object.required.len(),
            Some(SchemaKind::Any(any)) => any.required.len(),
            Some(SchemaKind::AllOf { all_of }) => all_of
                .iter()
                .filter_map(|part| match part {
                    ReferenceOr::Item(part) => Some(part),
                    // One step is enough to order by, and a circle has no end.
                    ReferenceOr::Reference { .. } => self.resolve(part),
                })
                .map(|part| match &part.schema_kind {
                    SchemaKind::Type(Type::Object(object)) => object.required.len(),
                    _ => 0,
                })
                .sum(),
            _ => 0,
        }
    }
}

/// The name of the schema, or what it is.
fn variant_name(schema: &ReferenceOr<Schema>) -> String {
    let schema = match schema {
        ReferenceOr::Reference { reference } => return referred(reference).to_owned(),
        ReferenceOr::Item(schema) => schema,
    };
    if let Some(title) = &schema.schema_data.title {
        return title.clone();
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

fn referred(reference: &str) -> &str {
    reference.rsplit('/').next().unwrap_or(reference)
}

/// The values of the discriminator that stand for a schema: those mapped to it, else its name (OpenAPI 3.0, "Discriminator
/// Object").
fn tags(discriminator: &Discriminator, schema: &ReferenceOr<Schema>) -> Vec<String> {
    let ReferenceOr::Reference { reference } = schema else {
        return Vec::new();
    };
    let is_mapped = |(_, to): &(&String, &String)| referred(to) == referred(reference);
    let mapped: Vec<_> = discriminator
        .mapping
        .iter()
        .filter(is_mapped)
        .map(|(tag, _)| tag.clone())
        .collect();
    if mapped.is_empty() {
        vec![referred(reference).to_owned()]
    } else {
        mapped
    }
}
