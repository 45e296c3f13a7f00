//! A body of several parts: a struct with a field for each.

use proc_macro2::TokenStream;
use quote::quote;

use super::debug::Debug;
use super::docs;
use super::rt::Rt;
use crate::model::{Part, PartKind, Ty, TypeDef};

pub(super) fn parts(def: &TypeDef, parts: &[Part], rt: &Rt) -> TokenStream {
    let name = &def.name;
    let default = parts.iter().all(|part| !is_one(&part.ty));
    let default = default.then(|| quote!(Default));
    let declared = parts.iter().map(|Part { name, ty, docs, .. }| {
        let (docs, ty) = (docs::lines(docs), rt.ty(ty));
        quote!(#(#[doc = #docs])* pub #name: #ty)
    });
    let [into_body, result, ok] = rt.names(["IntoBody", "Result", "Ok"]);
    let [body, error, multipart] = rt.names(["Body", "RequestError", "Multipart"]);
    let added = parts.iter().map(|part| added(part, rt));
    let shown = parts.iter().map(|part| (&part.name, part.secret));
    let Debug { derived, written } = Debug::of(name, shown, rt);
    quote! {
        #[derive(Clone, #derived #default)]
        pub struct #name { #(#declared,)* }

        #written

        impl #into_body for #name {
            fn into_body(self) -> #result<#body, #error> {
                let parts = #multipart::new() #(#added)*;
                #ok(parts.into())
            }
        }
    }
}

/// How one field becomes parts.
fn added(part: &Part, rt: &Rt) -> TokenStream {
    let Part { name, wire, .. } = part;
    match &part.kind {
        PartKind::File => {
            let files = each(part, rt);
            quote!(.files(#wire, #files))
        }
        PartKind::Json => {
            let values = each(part, rt);
            quote!(.json(#wire, #values)?)
        }
        PartKind::Text(None) => quote!(.texts(#wire, &self.#name)),
        PartKind::Text(Some(media_type)) => quote!(.texts_as(#wire, #media_type, &self.#name)),
    }
}

/// The values of a field, each a part of its own.
fn each(Part { name, ty, .. }: &Part, rt: &Rt) -> TokenStream {
    match ty {
        Ty::Optional(inner) if matches!(**inner, Ty::List(_)) => {
            let default = rt.name("Option");
            quote!(#default::unwrap_or_default(self.#name))
        }
        Ty::Optional(_) | Ty::List(_) => quote!(self.#name),
        _ => quote!([self.#name]),
    }
}

/// Whether a field always holds exactly one value.
fn is_one(ty: &Ty) -> bool {
    !matches!(ty, Ty::Optional(_) | Ty::List(_))
}
