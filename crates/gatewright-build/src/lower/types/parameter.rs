//! The types of parameters, which are written as text.

use gatewright_codegen::model::Ty;
use gatewright_document::Parameter;
use openapiv3::{ReferenceOr, Schema, SchemaKind, Type};

use super::{Types, schema};

impl<'a> Types<'a> {
    /// The type of a parameter: a scalar, or with `may_repeat` a list of them. Exports say `string` of all. What has
    /// no one form as text (an object, a list joined by commas) is taken as the text that the caller makes of it.
    pub(in crate::lower) fn parameter(&self, parameter: &'a Parameter, may_repeat: bool) -> Ty {
        let Some(schema) = parameter
            .schema
            .as_ref()
            .and_then(|schema| self.resolve(schema))
        else {
            return Ty::Str;
        };
        match &schema.schema_kind {
            SchemaKind::Type(Type::Array(array)) if may_repeat => {
                let item = array.items.as_ref().map_or(Ty::Str, |item| self.item(item));
                Ty::Ref(Box::new(Ty::List(Box::new(if matches!(item, Ty::Str) {
                    Ty::String
                } else {
                    item
                }))))
            }
            _ => scalar(schema),
        }
    }

    fn item(&self, item: &'a ReferenceOr<Box<Schema>>) -> Ty {
        match item {
            ReferenceOr::Item(item) => scalar(item),
            ReferenceOr::Reference { reference } => {
                let schema = self
                    .component(reference)
                    .and_then(|(_, schema)| self.resolve(schema));
                schema.map_or(Ty::Str, scalar)
            }
        }
    }
}

fn scalar(schema: &Schema) -> Ty {
    match &schema.schema_kind {
        SchemaKind::Type(Type::Boolean(_)) => Ty::Bool,
        SchemaKind::Type(Type::Integer(integer)) => schema::integer_type(integer),
        SchemaKind::Type(Type::Number(_)) => Ty::F64,
        _ => Ty::Str,
    }
}
