//! One of several types: an enum with a variant for each, and one for what is none of them.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::rt::Rt;
use super::types::way;
use crate::model::{Direction, UnionVariant};
use crate::text;

pub(super) fn union(
    name: &Ident,
    tag: Option<&str>,
    variants: &[UnionVariant],
    direction: Direction,
    rt: &Rt,
) -> TokenStream {
    let [value, codec] = rt.names(["Value", "json_union"]);
    let way = way(direction);
    let declared = variants.iter().map(|UnionVariant { name, ty, tags }| {
        let ty = rt.ty(ty);
        let docs = docs(tags).into_iter();
        quote!(#(#[doc = #docs])* #name(#ty))
    });
    let coded = variants.iter().map(|UnionVariant { name, ty, tags }| {
        let ty = rt.ty(ty);
        let tags = tag.map(|_| quote!(= [#(#tags),*]));
        quote!(#name(#ty) #tags)
    });
    let by = tag.map(|tag| quote!(by #tag));
    quote! {
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#declared,)*
            /// What is none of these, as it came.
            Unknown(#value),
        }

        #codec!(#way #name #by { #(#coded,)* });
    }
}

fn docs(tags: &[String]) -> Option<String> {
    let tags: Vec<_> = tags.iter().map(|tag| text::code(tag)).collect();
    (!tags.is_empty()).then(|| format!(" {}", tags.join(", ")))
}
