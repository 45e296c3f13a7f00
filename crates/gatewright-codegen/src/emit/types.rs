//! The types of a document, with their codec.

use std::iter;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::code_block::CodeBlock;
use super::codec::Codec;
use super::debug::Debug;
use super::rt::Rt;
use super::{deprecated, docs, enums};
use crate::model::{
    Api, Direction, ErrorVariant, Field, Null, Rest, StatusClass, Ty, TypeDef, TypeKind,
};

/// The module `types`, if there are any.
pub(super) fn module<'a>(api: &'a Api, rt: &Rt) -> Option<CodeBlock<'a>> {
    if api.types.is_empty() {
        return None;
    }
    let (import, rt) = (rt.import(), rt.clone());
    let head = quote! {
        /// The types of the API.
        pub mod types
    };
    let imports = quote! {
        #import
        // So that a type is written the same way here and outside.
        use super::types;
    };
    let known = Codec::of(api);
    let types = api
        .types
        .iter()
        .map(move |def| definition(def, &known, &rt));
    Some(CodeBlock::block(head, iter::once(imports).chain(types)))
}

fn definition(def: &TypeDef, codec: &Codec<'_>, rt: &Rt) -> TokenStream {
    let (name, docs, direction) = (&def.name, docs::lines(&def.docs), def.direction);
    let deprecated = deprecated(def.deprecated);
    let code = match &def.kind {
        TypeKind::Struct { fields, rest } => structure(def, fields, rest.as_ref(), rt),
        TypeKind::Enum { variants } => enums::texts(name, variants, direction, rt),
        TypeKind::IntegerEnum { integer, variants } => {
            enums::integers(name, *integer, variants, direction, rt)
        }
        TypeKind::Union { tag, variants } => {
            super::union::union(name, tag.as_deref(), variants, direction, rt)
        }
        TypeKind::Alias(ty) => alias(name, ty, rt),
        TypeKind::Responses { accept, variants } => {
            super::responses::by_status(name, accept.as_deref(), variants, codec, rt)
        }
        TypeKind::Parts(parts) => super::parts::parts(def, parts, rt),
        TypeKind::Errors { variants } => errors(name, variants, rt),
    };
    let derives = &def.derives;
    let derived = (!derives.is_empty()).then(|| quote!(#[derive(#(#derives),*)]));
    quote!(#(#[doc = #docs])* #deprecated #derived #code)
}

/// The half of the codec that a type needs, as the codec's macros take it; all of it, if they are told nothing.
pub(super) fn way(direction: Direction) -> Option<TokenStream> {
    match direction {
        Direction::Read => Some(quote!(read)),
        Direction::Write => Some(quote!(write)),
        Direction::Both => None,
    }
}

fn alias(name: &Ident, ty: &Ty, rt: &Rt) -> TokenStream {
    let ty = rt.ty(ty);
    quote!(pub type #name = #ty;)
}

fn structure(def: &TypeDef, fields: &[Field], rest: Option<&Rest>, rt: &Rt) -> TokenStream {
    let name = &def.name;
    let default = is_all_optional(fields).then(|| quote!(, Default));
    let declared = fields.iter().map(|field| member(field, def.direction, rt));
    let rest_name = rest_name(fields);
    let rest_field = rest.map(|rest| {
        let ty = rt.ty(&Ty::Map(Box::new(rest.ty.clone())));
        quote!(/** Members that the document does not name. */ pub #rest_name: #ty,)
    });
    let codec = codec(def, fields, rest.map(|_| &rest_name), rt);
    let shown = fields.iter().map(|field| (&field.name, field.secret));
    let shown = shown.chain(rest.map(|rest| (&rest_name, rest.secret)));
    let Debug { derived, written } = Debug::of(name, shown, rt);
    quote! {
        #[derive(Clone, #derived PartialEq #default)]
        pub struct #name { #(#declared,)* #rest_field }

        #written

        #codec
    }
}

fn member(field: &Field, direction: Direction, rt: &Rt) -> TokenStream {
    let (name, mut ty, mut text) = (&field.name, rt.ty(&field.ty), field.docs.clone());
    if field.tells_null(direction) {
        ty = quote!(Option<#ty>);
        docs::add(&mut text, "`None` leaves it out, `Some(None)` is `null`.");
    }
    let (docs, deprecated) = (docs::lines(&text), deprecated(field.deprecated));
    quote!(#(#[doc = #docs])* #deprecated pub #name: #ty)
}

fn is_all_optional(fields: &[Field]) -> bool {
    fields.iter().all(|field| {
        matches!(
            field.ty,
            Ty::Optional(_) | Ty::List(_) | Ty::Map(_) | Ty::Unit
        )
    })
}

fn rest_name(fields: &[Field]) -> Ident {
    let mut name = format_ident!("additional_properties");
    while fields.iter().any(|field| field.name == name) {
        name = format_ident!("{name}_");
    }
    name
}

/// The codec knows a struct by its fields, each with its name in JSON if that is another one, and with what is sent for no
/// value if that is not nothing.
fn codec(def: &TypeDef, fields: &[Field], rest: Option<&Ident>, rt: &Rt) -> TokenStream {
    let (json_object, ty, way) = (rt.name("json_object"), &def.name, way(def.direction));
    let members = fields.iter().map(|field| {
        let Field { name, wire, .. } = field;
        let wire = (name != wire).then(|| quote!(= #wire));
        let null =
            (field.null == Null::Sent && def.direction != Direction::Read).then(|| quote!(or Null));
        quote!(#name #wire #null,)
    });
    let rest = rest.map(|rest| quote!(..#rest));
    quote!(#json_object!(#way #ty { #(#members)* #rest });)
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

pub(super) fn status_pattern(status: StatusClass) -> TokenStream {
    match status {
        StatusClass::Code(code) => Literal::u16_unsuffixed(code).into_token_stream(),
        StatusClass::Range(hundred) => {
            let (low, high) = (hundred * 100, hundred * 100 + 99);
            let [low, high] = [low, high].map(Literal::u16_unsuffixed);
            quote!(#low..=#high)
        }
        StatusClass::Any => quote!(_),
    }
}
