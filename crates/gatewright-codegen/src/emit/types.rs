//! The types of a document, with their codec.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::rt::Rt;
use super::{allow, docs};
use crate::model::{Api, ErrorVariant, Field, StatusClass, Ty, TypeDef, TypeKind, Variant};

/// The module `types`.
pub(super) fn module(api: &Api, rt: &Rt) -> TokenStream {
    if api.types.is_empty() {
        return TokenStream::new();
    }
    let (import, allow) = (rt.import(), allow());
    let types = api.types.iter().map(|def| definition(def, rt));
    quote! {
        /// The types of the API.
        #allow
        // A member that the document says nothing about is called as it is called there.
        #[allow(missing_docs)]
        pub mod types {
            #import
            // So that a type is written the same way here and outside.
            #[allow(unused_imports)]
            use super::types;

            #(#types)*
        }
    }
}

fn definition(def: &TypeDef, rt: &Rt) -> TokenStream {
    let docs = docs::lines(&def.docs);
    let code = match &def.kind {
        TypeKind::Struct { fields, rest } => structure(&def.name, fields, rest.as_ref(), rt),
        TypeKind::Enum { variants } => enumeration(&def.name, variants, rt),
        TypeKind::Union { tag, variants } => {
            super::union::union(&def.name, tag.as_deref(), variants, rt)
        }
        TypeKind::Alias(ty) => alias(&def.name, ty, rt),
        TypeKind::Errors { variants } => errors(&def.name, variants, rt),
    };
    quote!(#(#[doc = #docs])* #code)
}

fn alias(name: &Ident, ty: &Ty, rt: &Rt) -> TokenStream {
    let ty = rt.ty(ty);
    quote!(pub type #name = #ty;)
}

fn structure(name: &Ident, fields: &[Field], rest: Option<&Ty>, rt: &Rt) -> TokenStream {
    let default = is_all_optional(fields).then(|| quote!(, Default));
    let declared = fields.iter().map(|field| {
        let (docs, name, ty) = (docs::field(field), &field.name, rt.ty(&field.ty));
        quote!(#(#[doc = #docs])* pub #name: #ty)
    });
    let rest_name = rest_name(fields);
    let rest_field = rest.map(|ty| {
        let ty = rt.ty(&Ty::Map(Box::new(ty.clone())));
        quote!(/** Members that the document does not name. */ pub #rest_name: #ty,)
    });
    let codec = codec(name, fields, rest.map(|_| &rest_name), rt);
    quote! {
        #[derive(Clone, Debug, PartialEq #default)]
        pub struct #name { #(#declared,)* #rest_field }

        #codec
    }
}

fn is_all_optional(fields: &[Field]) -> bool {
    fields
        .iter()
        .all(|field| matches!(field.ty, Ty::Optional(_) | Ty::List(_) | Ty::Map(_)))
}

fn rest_name(fields: &[Field]) -> Ident {
    let mut name = format_ident!("additional_properties");
    while fields.iter().any(|field| field.name == name) {
        name = format_ident!("{name}_");
    }
    name
}

/// The codec knows a struct by its fields, each with its name in JSON if that is another one.
fn codec(name: &Ident, fields: &[Field], rest: Option<&Ident>, rt: &Rt) -> TokenStream {
    let json_object = rt.name("json_object");
    let members = fields.iter().map(|Field { name, wire, .. }| {
        let wire = (name != wire).then(|| quote!(= #wire));
        quote!(#name #wire,)
    });
    let rest = rest.map(|rest| quote!(..#rest));
    quote!(#json_object! { #name { #(#members)* #rest } })
}

fn enumeration(name: &Ident, variants: &[Variant], rt: &Rt) -> TokenStream {
    let macro_name = rt.name("string_enum");
    let declared = variants.iter().map(|Variant { name, wire }| {
        let docs = docs::lines(&format!("`{}`", wire.replace('`', "'")));
        quote!(#(#[doc = #docs])* #name)
    });
    let texts = variants
        .iter()
        .map(|Variant { name, wire }| quote!(#name = #wire));
    quote! {
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#declared,)*
            /// A text that the document does not list.
            Unknown(String),
        }

        #macro_name!(#name { #(#texts,)* });
    }
}

fn errors(name: &Ident, variants: &[ErrorVariant], rt: &Rt) -> TokenStream {
    let [error_body, option, status, decode] =
        rt.names(["ErrorBody", "Option", "StatusCode", "decode_error"]);
    let none = rt.name("None");
    let declared = variants.iter().map(|variant| {
        let (docs, name, ty) = (
            docs::lines(&variant.docs),
            &variant.name,
            rt.ty(&variant.ty),
        );
        quote!(#(#[doc = #docs])* #name(#ty))
    });
    let arms = variants.iter().map(|ErrorVariant { status, name, .. }| {
        let pattern = status_pattern(*status);
        quote!(#pattern => #decode(body).map(Self::#name))
    });
    let covers_all = variants
        .iter()
        .any(|variant| variant.status == StatusClass::Any);
    let otherwise = (!covers_all).then(|| quote!(_ => #none,));
    quote! {
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name { #(#declared,)* }

        impl #error_body for #name {
            fn decode(status: #status, body: &[u8]) -> #option<Self> {
                match status.as_u16() { #(#arms,)* #otherwise }
            }
        }
    }
}

fn status_pattern(status: StatusClass) -> TokenStream {
    match status {
        StatusClass::Code(code) => quote!(#code),
        StatusClass::Range(hundred) => {
            let (low, high) = (hundred * 100, hundred * 100 + 99);
            quote!(#low..=#high)
        }
        StatusClass::Any => quote!(_),
    }
}
