//! Objects, and bodies of several parts, member by member.

use gatewright_codegen::model::{Field, Part, Ty, TypeDef};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use serde_json::{Map, Value};

use super::{Made, Values};

impl Values<'_> {
    pub(super) fn object(
        &self,
        members: &Map<String, Value>,
        def: &TypeDef,
        fields: &[Field],
        rest: Option<&Ty>,
    ) -> Made {
        let name = &def.name;
        let known = fields.iter().map(|field| {
            let given = members.get(&field.wire);
            let mut value = self.member(given, &field.wire, &field.ty)?;
            if given.is_some() && field.tells_null(def.direction) {
                value = quote!(Some(#value));
            }
            let name = &field.name;
            Ok(quote!(#name: #value,))
        });
        let known: Vec<_> = known.collect::<Result<_, String>>()?;
        let others = rest
            .map(|ty| self.others(members, fields, ty))
            .transpose()?;
        Ok(quote!(api::types::#name { #(#known)* #others }))
    }

    pub(super) fn parts(&self, value: &Value, name: &Ident, parts: &[Part]) -> Made {
        let given = parts.iter().map(|part| {
            let value = self.member(value.get(&part.wire), &part.wire, &part.ty)?;
            let name = &part.name;
            Ok(quote!(#name: #value,))
        });
        let given: Vec<_> = given.collect::<Result<_, String>>()?;
        Ok(quote!(api::types::#name { #(#given)* }))
    }

    /// The field for members that the document does not name.
    fn others(&self, members: &Map<String, Value>, fields: &[Field], ty: &Ty) -> Made {
        let is_other = |name: &str| fields.iter().all(|field| field.wire != name);
        let others = members.iter().filter(|(name, _)| is_other(name));
        let (field, others) = (rest_name(fields), self.map(others, ty)?);
        Ok(quote!(#field: #others,))
    }

    fn member(&self, value: Option<&Value>, name: &str, ty: &Ty) -> Made {
        let made: Result<TokenStream, String> = match (value, ty) {
            (Some(value), ty) => self.of(value, ty),
            (None, Ty::Optional(_)) => Ok(quote!(None)),
            (None, Ty::List(_) | Ty::Map(_)) => Ok(quote!(Default::default())),
            (None, _) => Err("missing".to_owned()),
        };
        made.map_err(|why| format!("{name}: {why}"))
    }
}

fn rest_name(fields: &[Field]) -> Ident {
    let mut name = format_ident!("additional_properties");
    while fields.iter().any(|field| field.name == name) {
        name = format_ident!("{name}_");
    }
    name
}
