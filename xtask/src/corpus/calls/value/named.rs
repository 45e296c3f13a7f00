//! Values of the API's own types.

use gatewright_codegen::model::{Integer, IntegerVariant, Ty, TypeKind, UnionVariant, Variant};
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use serde_json::Value;

use super::{Made, Values, scalar, text};

impl Values<'_> {
    pub(super) fn named(&self, value: &Value, name: &Ident) -> Made {
        let mut types = self.0.types.iter();
        let def = types.find(|def| def.name == *name);
        let def = def.ok_or_else(|| format!("no type `{name}`"))?;
        match &def.kind {
            TypeKind::Struct { fields, rest } => {
                let members = value.as_object().ok_or("not an object")?;
                let rest = rest.as_ref().map(|rest| &rest.ty);
                self.object(members, def, fields, rest)
            }
            TypeKind::Parts(parts) => self.parts(value, name, parts),
            TypeKind::Enum { variants } => Ok(text_of(value, name, variants)),
            TypeKind::IntegerEnum { integer, variants } => {
                integer_of(value, name, *integer, variants)
            }
            TypeKind::Union { tag, variants } => self.union(value, name, tag.as_deref(), variants),
            TypeKind::Alias(ty) => self.of(value, ty),
            other => Err(format!(
                "an argument of the kind {other:?} is not known here"
            )),
        }
    }

    /// The variant that the tag names, else the first that the value fits.
    fn union(
        &self,
        value: &Value,
        name: &Ident,
        tag: Option<&str>,
        variants: &[UnionVariant],
    ) -> Made {
        let told = tag.and_then(|tag| value.get(tag)).map(plain);
        let is_told = |variant: &&UnionVariant| {
            let told = told.as_ref();
            told.is_none_or(|told| variant.tags.contains(told))
        };
        let fitting = variants.iter().filter(is_told).find_map(|variant| {
            let value = self.of(value, &variant.ty).ok()?;
            let variant = &variant.name;
            Some(quote!(api::types::#name::#variant(#value)))
        });
        fitting.ok_or_else(|| format!("fits no variant of `{name}`"))
    }
}

/// A value as a tag: a text without its quotes.
fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn text_of(value: &Value, name: &Ident, variants: &[Variant]) -> TokenStream {
    let known = variants.iter().find(|variant| *value == variant.wire);
    match known.map(|known| &known.name) {
        Some(known) => quote!(api::types::#name::#known),
        None => {
            let text = text(value);
            quote!(api::types::#name::Unknown(#text.into()))
        }
    }
}

fn integer_of(value: &Value, name: &Ident, integer: Integer, variants: &[IntegerVariant]) -> Made {
    let number = value.as_number().and_then(serde_json::Number::as_i128);
    let known = variants
        .iter()
        .find(|variant| number == Some(variant.value));
    match known.map(|known| &known.name) {
        Some(known) => Ok(quote!(api::types::#name::#known)),
        None => {
            let integer = scalar(value, &Ty::Integer(integer))?;
            Ok(quote!(api::types::#name::Unknown(#integer)))
        }
    }
}
