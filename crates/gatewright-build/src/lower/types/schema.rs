//! One schema to one type.

use gatewright_codegen::model::{Field, Ty, TypeKind, Variant};
use gatewright_document::Pointer;
use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, IntegerFormat, IntegerType, ObjectType, ReferenceOr, Schema,
    SchemaKind, StringType, Type, VariantOrUnknownOrEmpty,
};

use super::Types;
use crate::lower::docs;
use crate::lower::names::{self, Scope};

/// The text of a schema for documentation.
pub(super) fn docs(schema: &Schema) -> String {
    let data = &schema.schema_data;
    docs::text(&[data.title.as_deref(), data.description.as_deref()])
}

/// Whether a schema puts no bounds on what it describes.
pub(super) fn says_nothing(schema: &Schema) -> bool {
    match &schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => {
            object.properties.is_empty()
                && !matches!(
                    object.additional_properties,
                    Some(AdditionalProperties::Schema(_))
                )
        }
        SchemaKind::Any(any) => is_bare(any),
        SchemaKind::Not { .. } => true,
        _ => false,
    }
}

fn is_bare(any: &AnySchema) -> bool {
    any.properties.is_empty()
        && any.enumeration.is_empty()
        && any.items.is_none()
        && any.one_of.is_empty()
        && any.all_of.is_empty()
        && any.any_of.is_empty()
        && !matches!(
            any.additional_properties,
            Some(AdditionalProperties::Schema(_))
        )
}

/// The members that schemas merged into one describe.
#[derive(Default)]
struct Merged<'a> {
    properties: IndexMap<&'a str, &'a ReferenceOr<Box<Schema>>>,
    required: Vec<&'a str>,
    rest: Option<&'a AdditionalProperties>,
}

impl<'a> Types<'a> {
    /// The type of a schema that has no name: a new type if it needs one.
    pub(super) fn inline(&mut self, schema: &'a Schema, hint: &str, pointer: &Pointer) -> Ty {
        let ty = match self.kind(schema, hint, pointer) {
            TypeKind::Alias(ty) => ty,
            kind => {
                let docs = docs(schema);
                let docs = if docs.is_empty() {
                    format!("The schema at `{pointer}`.")
                } else {
                    docs
                };
                self.define(hint, pointer, docs, kind)
            }
        };
        if schema.schema_data.nullable {
            optional(ty)
        } else {
            ty
        }
    }

    /// What a schema is.
    pub(super) fn kind(&mut self, schema: &'a Schema, hint: &str, pointer: &Pointer) -> TypeKind {
        match &schema.schema_kind {
            SchemaKind::Type(ty) => self.typed(ty, hint, pointer),
            SchemaKind::AllOf { all_of } => self.all_of(all_of, hint, pointer),
            SchemaKind::OneOf { one_of: any } | SchemaKind::AnyOf { any_of: any } => self.one_of(
                any,
                schema.schema_data.discriminator.as_ref(),
                hint,
                pointer,
            ),
            SchemaKind::Any(any) => self.any(any, hint, pointer),
            SchemaKind::Not { .. } => TypeKind::Alias(Ty::Value),
        }
    }

    fn typed(&mut self, ty: &'a Type, hint: &str, pointer: &Pointer) -> TypeKind {
        TypeKind::Alias(match ty {
            Type::Boolean(_) => Ty::Bool,
            Type::Number(_) => Ty::F64,
            Type::Integer(integer) => integer_type(integer),
            Type::String(string) => return string_kind(string),
            Type::Array(array) => {
                let items = array.items.as_ref();
                let item = items.map_or(Ty::Value, |items| {
                    self.boxed(items, &format!("{hint} item"), &pointer.key("items"))
                });
                Ty::List(Box::new(item))
            }
            Type::Object(object) => return self.object(object, hint, pointer),
        })
    }

    /// The type of a schema behind a box, as `openapiv3` keeps those inside others.
    fn boxed(&mut self, schema: &'a ReferenceOr<Box<Schema>>, hint: &str, pointer: &Pointer) -> Ty {
        match schema {
            ReferenceOr::Reference { reference } => self.reference(reference, pointer),
            ReferenceOr::Item(schema) => self.inline(schema, hint, pointer),
        }
    }

    fn object(&mut self, object: &'a ObjectType, hint: &str, pointer: &Pointer) -> TypeKind {
        let mut merged = Merged::default();
        merged.add(
            &object.properties,
            &object.required,
            object.additional_properties.as_ref(),
        );
        self.structure(&merged, hint, pointer)
    }

    fn structure(&mut self, merged: &Merged<'a>, hint: &str, pointer: &Pointer) -> TypeKind {
        let rest = match merged.rest {
            Some(AdditionalProperties::Schema(schema)) => Some(self.ty(
                schema,
                &format!("{hint} value"),
                &pointer.key("additionalProperties"),
            )),
            Some(AdditionalProperties::Any(true)) => Some(Ty::Value),
            _ => None,
        };
        if merged.properties.is_empty() {
            return TypeKind::Alias(rest.map_or(Ty::Value, |ty| Ty::Map(Box::new(ty))));
        }
        TypeKind::Struct {
            fields: self.fields(merged, hint, pointer),
            rest,
        }
    }

    fn fields(&mut self, merged: &Merged<'a>, hint: &str, pointer: &Pointer) -> Vec<Field> {
        let mut scope = Scope::default();
        let pointer = pointer.key("properties");
        let field = |(&wire, &schema): (&&'a str, &&'a ReferenceOr<Box<Schema>>)| {
            let ty = self.boxed(schema, &format!("{hint} {wire}"), &pointer.key(wire));
            let ty = if merged.required.contains(&wire) {
                ty
            } else {
                optional(ty)
            };
            Field {
                name: scope.unique(&names::snake(wire, "field"), "_"),
                wire: wire.to_owned(),
                ty,
                docs: field_docs(schema),
            }
        };
        merged.properties.iter().map(field).collect()
    }

    /// All of several schemas: one struct of all their members.
    fn all_of(
        &mut self,
        parts: &'a [ReferenceOr<Schema>],
        hint: &str,
        pointer: &Pointer,
    ) -> TypeKind {
        if let [single] = parts {
            return TypeKind::Alias(self.ty(single, hint, &pointer.key("allOf").index(0)));
        }
        let mut merged = Merged::default();
        if parts.iter().all(|part| self.merge(&mut merged, part, 0)) {
            return self.structure(&merged, hint, pointer);
        }
        self.notes.push(
            pointer,
            "`allOf` of something that is not an object; any JSON is taken here",
        );
        TypeKind::Alias(Ty::Value)
    }

    /// Adds the members of one part; false if it is not an object.
    fn merge(&self, merged: &mut Merged<'a>, part: &'a ReferenceOr<Schema>, depth: usize) -> bool {
        // More than a document nests in good faith; a circle ends here.
        const DEEPEST: usize = 32;
        let Some(schema) = self.resolve(part).filter(|_| depth < DEEPEST) else {
            return false;
        };
        match &schema.schema_kind {
            SchemaKind::Type(Type::Object(object)) => {
                merged.add(
                    &object.properties,
                    &object.required,
                    object.additional_properties.as_ref(),
                );
                true
            }
            SchemaKind::AllOf { all_of } => all_of
                .iter()
                .all(|part| self.merge(merged, part, depth + 1)),
            SchemaKind::Any(any) if any.one_of.is_empty() && any.any_of.is_empty() => {
                merged.add(
                    &any.properties,
                    &any.required,
                    any.additional_properties.as_ref(),
                );
                any.all_of
                    .iter()
                    .all(|part| self.merge(merged, part, depth + 1))
            }
            _ => false,
        }
    }

    /// A schema without a `type`: what its keywords say.
    fn any(&mut self, any: &'a AnySchema, hint: &str, pointer: &Pointer) -> TypeKind {
        if !any.properties.is_empty() || !any.all_of.is_empty() {
            let mut merged = Merged::default();
            merged.add(
                &any.properties,
                &any.required,
                any.additional_properties.as_ref(),
            );
            if any
                .all_of
                .iter()
                .all(|part| self.merge(&mut merged, part, 0))
            {
                return self.structure(&merged, hint, pointer);
            }
        }
        let several = if any.one_of.is_empty() {
            &any.any_of
        } else {
            &any.one_of
        };
        if !several.is_empty() {
            return self.one_of(several, None, hint, pointer);
        }
        if let Some(items) = &any.items {
            let item = self.boxed(items, &format!("{hint} item"), &pointer.key("items"));
            return TypeKind::Alias(Ty::List(Box::new(item)));
        }
        let texts: Option<Vec<_>> = any.enumeration.iter().map(|value| value.as_str()).collect();
        match texts {
            Some(texts) if !texts.is_empty() => text_enum(&texts),
            _ => TypeKind::Alias(Ty::Value),
        }
    }
}

impl<'a> Merged<'a> {
    fn add(
        &mut self,
        properties: &'a IndexMap<String, ReferenceOr<Box<Schema>>>,
        required: &'a [String],
        rest: Option<&'a AdditionalProperties>,
    ) {
        self.properties.extend(
            properties
                .iter()
                .map(|(name, schema)| (name.as_str(), schema)),
        );
        self.required.extend(required.iter().map(String::as_str));
        self.rest = self.rest.or(rest);
    }
}

pub(super) fn integer_type(integer: &IntegerType) -> Ty {
    match integer.format {
        VariantOrUnknownOrEmpty::Item(IntegerFormat::Int32) => Ty::I32,
        _ => Ty::I64,
    }
}

fn string_kind(string: &StringType) -> TypeKind {
    let texts: Vec<_> = string
        .enumeration
        .iter()
        .flatten()
        .map(String::as_str)
        .collect();
    if texts.is_empty() {
        TypeKind::Alias(Ty::String)
    } else {
        text_enum(&texts)
    }
}

fn text_enum(texts: &[&str]) -> TypeKind {
    let mut scope = Scope::with(&["Unknown"]);
    let mut seen = Vec::new();
    let mut variants = Vec::new();
    for &text in texts {
        if !seen.contains(&text) {
            seen.push(text);
            let fallback = if text.is_empty() { "Empty" } else { "Other" };
            variants.push(Variant {
                name: scope.unique(&names::camel(text, fallback), ""),
                wire: text.to_owned(),
            });
        }
    }
    TypeKind::Enum { variants }
}

fn field_docs(schema: &ReferenceOr<Box<Schema>>) -> String {
    schema
        .as_item()
        .map(|schema| docs(schema))
        .unwrap_or_default()
}

/// `Option<T>`, but not twice.
pub(in crate::lower) fn optional(ty: Ty) -> Ty {
    match ty {
        Ty::Optional(_) => ty,
        ty => Ty::Optional(Box::new(ty)),
    }
}
