//! One out of a list: an enum with a variant for each text or integer, and one for what is not on the list.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::docs;
use super::rt::Rt;
use super::types::way;
use crate::model::{Direction, Integer, IntegerVariant, Variant};
use crate::text::code;

pub(super) fn texts(
    name: &Ident,
    variants: &[Variant],
    direction: Direction,
    rt: &Rt,
) -> TokenStream {
    let (codec, way) = (rt.name("string_enum"), way(direction));
    let declared = variants
        .iter()
        .map(|Variant { name, wire }| declared(name, wire));
    let coded = variants
        .iter()
        .map(|Variant { name, wire }| quote!(#name = #wire));
    let enumeration = enumeration(name, declared, &quote!(String), "A text");
    quote!(#enumeration #codec!(#way #name { #(#coded,)* });)
}

pub(super) fn integers(
    name: &Ident,
    integer: Integer,
    variants: &[IntegerVariant],
    direction: Direction,
    rt: &Rt,
) -> TokenStream {
    let (codec, way) = (rt.name("integer_enum"), way(direction));
    let declared = variants
        .iter()
        .map(|IntegerVariant { name, value }| declared(name, &value.to_string()));
    let coded = variants.iter().map(|IntegerVariant { name, value }| {
        let value = proc_macro2::Literal::i128_unsuffixed(*value);
        quote!(#name = #value)
    });
    let ty = format_ident!("{}", integer.name());
    let of = (integer != Integer::I64).then(|| {
        let as_integer = format_ident!("as_{ty}");
        quote!(: #ty #as_integer)
    });
    let enumeration = enumeration(name, declared, &quote!(#ty), "An integer");
    quote!(#enumeration #codec!(#way #name #of { #(#coded,)* });)
}

fn declared(name: &Ident, wire: &str) -> TokenStream {
    let docs = docs::lines(&code(wire));
    quote!(#(#[doc = #docs])* #name)
}

fn enumeration(
    name: &Ident,
    declared: impl Iterator<Item = impl ToTokens>,
    unknown: &TokenStream,
    what: &str,
) -> TokenStream {
    let docs = format!(" {what} that the document does not list.");
    quote! {
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#declared,)*
            #[doc = #docs]
            Unknown(#unknown),
        }
    }
}
