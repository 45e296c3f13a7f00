//! The types of parameters, which are written as text.

use std::borrow::Borrow;
use std::rc::Rc;

use gatewright_codegen::model::{Ty, TypeKind};
use gatewright_document::Parameter;
use openapiv3::{AdditionalProperties, AnySchema, ReferenceOr, Schema, SchemaKind, Type};

use super::merge::Merged;
use super::{Types, enums, facts, says};

/// What a parameter is, as styles tell it apart (OpenAPI 3.0, "Style Values"), and whether lists or objects are inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lower) enum Shape {
    Primitive,
    Array,
    Object,
    NestedArray,
    NestedObject,
}

impl<'a> Types<'a> {
    /// The type of a parameter. Exports say `string` of all. What has no one shape (a union, any value) is taken as the
    /// text that the caller makes of it.
    pub(in crate::lower) fn parameter(
        &mut self,
        parameter: &'a Parameter,
        hint: &str,
    ) -> (Ty, Shape) {
        let text = (Ty::Str, Shape::Primitive);
        let Some(schema) = &parameter.schema else {
            return text;
        };
        // A parameter that many operations share is one type.
        let at = parameter.schema_pointer.to_string();
        if let Some(known) = self.parameters.get(&at) {
            return known.clone();
        }
        let found = match self.shape(schema) {
            None => text,
            Some(Shape::Primitive) => (self.primitive(schema, parameter, hint), Shape::Primitive),
            Some(Shape::Array) if self.items(schema).is_none() => {
                (reference(Ty::List(Box::new(Ty::String))), Shape::Array)
            }
            Some(shape) => {
                let ty = self.plain_ty(schema, hint, &parameter.schema_pointer);
                (reference(ty), shape)
            }
        };
        self.parameters.insert(at, found.clone());
        found
    }

    /// The type of a parameter that is written as JSON.
    pub(in crate::lower) fn json_parameter(&mut self, parameter: &'a Parameter, hint: &str) -> Ty {
        let Some(schema) = &parameter.schema else {
            return reference(Ty::Value);
        };
        let at = parameter.schema_pointer.to_string();
        if let Some((known, _)) = self.parameters.get(&at) {
            return known.clone();
        }
        let ty = lent(self.plain_ty(schema, hint, &parameter.schema_pointer));
        self.parameters.insert(at, (ty.clone(), Shape::Primitive));
        ty
    }

    /// What the schema of a parameter says of its values, unless a type of its own says it.
    pub(in crate::lower) fn parameter_docs(&self, parameter: &'a Parameter, ty: &Ty) -> String {
        let schema = parameter.schema.as_ref().filter(|_| !is_named(ty));
        let schema = schema.and_then(|schema| self.plain(schema));
        schema.map(facts::docs).unwrap_or_default()
    }

    /// By its own name if it is an enum, by its kind if not.
    fn primitive(
        &mut self,
        schema: &'a ReferenceOr<Schema>,
        parameter: &Parameter,
        hint: &str,
    ) -> Ty {
        let Some(plain) = self.plain(schema) else {
            return Ty::Str;
        };
        match self.kind(plain, hint, &parameter.schema_pointer) {
            TypeKind::Alias(ty) => lent(ty),
            _ => reference(self.plain_ty(schema, hint, &parameter.schema_pointer)),
        }
    }

    /// The shape of a schema; none of what can be several.
    pub(in crate::lower) fn shape<S: Borrow<Schema>>(
        &self,
        schema: &'a ReferenceOr<S>,
    ) -> Option<Shape> {
        let schema = self.plain(schema)?;
        if is_primitive(schema) {
            return Some(Shape::Primitive);
        }
        match &schema.schema_kind {
            SchemaKind::Type(Type::Array(array)) => Some(self.array(array.items.as_ref())),
            SchemaKind::Type(Type::Object(_)) | SchemaKind::AllOf { .. } => {
                self.object_shape(schema)
            }
            SchemaKind::Any(any) if is_array(any) => Some(self.array(any.items.as_ref())),
            SchemaKind::Any(any) if says::is_object(any) && !says::says_nothing(schema) => {
                self.object_shape(schema)
            }
            _ => None,
        }
    }

    fn array(&self, items: Option<&'a ReferenceOr<Box<Schema>>>) -> Shape {
        match items {
            Some(items) if !self.is_flat(items) => Shape::NestedArray,
            _ => Shape::Array,
        }
    }

    fn object_shape(&self, schema: &'a Schema) -> Option<Shape> {
        let mut merged = Merged::default();
        if !self.merge_schema(&mut merged, schema, &Rc::default(), 0) || !merged.choices.is_empty()
        {
            return None;
        }
        let mut members = merged.properties.values().map(|property| property.schema);
        let rest_is_flat = match merged.rest.map(|rest| rest.schema) {
            Some(AdditionalProperties::Schema(schema)) => self.is_flat(schema),
            _ => true,
        };
        Some(
            if members.all(|member| self.is_flat(member)) && rest_is_flat {
                Shape::Object
            } else {
                Shape::NestedObject
            },
        )
    }

    /// Whether values of a schema are texts, as far as it says anything.
    fn is_flat<S: Borrow<Schema>>(&self, schema: &'a ReferenceOr<S>) -> bool {
        self.is_untyped(schema) || self.is_text(schema)
    }

    /// Whether values of a schema are texts.
    pub(super) fn is_text<S: Borrow<Schema>>(&self, schema: &'a ReferenceOr<S>) -> bool {
        self.plain(schema).is_some_and(is_primitive)
    }

    /// What a list is a list of, if the document says it.
    pub(super) fn items<S: Borrow<Schema>>(
        &self,
        schema: &'a ReferenceOr<S>,
    ) -> Option<&'a ReferenceOr<Box<Schema>>> {
        let items = match &self.plain(schema)?.schema_kind {
            SchemaKind::Type(Type::Array(array)) => array.items.as_ref(),
            SchemaKind::Any(any) if is_array(any) => any.items.as_ref(),
            _ => None,
        };
        items.filter(|items| !self.is_untyped(*items))
    }

    /// A schema without what only stands around it: references, and an `allOf` of one.
    pub(super) fn plain<S: Borrow<Schema>>(
        &self,
        schema: &'a ReferenceOr<S>,
    ) -> Option<&'a Schema> {
        // More than a document nests in good faith; a circle ends here.
        const DEEPEST: usize = 16;
        let mut schema = self.resolve(schema)?;
        for _ in 0..DEEPEST {
            match &schema.schema_kind {
                SchemaKind::AllOf { all_of } if all_of.len() == 1 => {
                    schema = self.resolve(&all_of[0])?;
                }
                _ => return Some(schema),
            }
        }
        None
    }
}

fn is_primitive(schema: &Schema) -> bool {
    if enums::lists_only_null(schema) {
        return false;
    }
    match &schema.schema_kind {
        SchemaKind::Type(ty) => !matches!(ty, Type::Array(_) | Type::Object(_)),
        SchemaKind::Any(any) => match any.typ.as_deref() {
            Some(typ) => matches!(typ, "string" | "integer" | "number" | "boolean"),
            None => enums::kind(schema).is_some(),
        },
        _ => false,
    }
}

fn is_array(any: &AnySchema) -> bool {
    match any.typ.as_deref() {
        Some(typ) => typ == "array",
        None => any.items.is_some(),
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
