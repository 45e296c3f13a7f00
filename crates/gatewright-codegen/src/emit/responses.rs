//! The successes of an operation whose statuses have different types.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::codec::Codec;
use super::docs;
use super::rt::Rt;
use super::types::status_pattern;
use crate::model::ResponseVariant;

/// An enum with a variant for each documented status, and one for every other success.
pub(super) fn by_status(
    name: &Ident,
    accept: Option<&str>,
    variants: &[ResponseVariant],
    codec: &Codec<'_>,
    rt: &Rt,
) -> TokenStream {
    let content = rt.name("RawResponse");
    let declared = variants
        .iter()
        .map(|ResponseVariant { name, ty, docs, .. }| {
            let (docs, ty) = (docs::lines(docs), ty.as_ref().map(|ty| rt.ty(ty)));
            let holds = ty.map(|ty| quote!((#ty)));
            quote!(#(#[doc = #docs])* #name #holds)
        });
    let decoder = decoder(name, accept, variants, codec, rt);
    quote! {
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #name {
            #(#declared,)*
            /// A success of a status that the document does not list.
            Other(#content),
        }

        #decoder
    }
}

fn decoder(
    name: &Ident,
    accept: Option<&str>,
    variants: &[ResponseVariant],
    codec: &Codec<'_>,
    rt: &Rt,
) -> TokenStream {
    let [from_response, option, some, none] = rt.names(["FromResponse", "Option", "Some", "None"]);
    let [result, ok, response, body] = rt.names(["Result", "Ok", "HttpResponse", "Body"]);
    let unexpected = rt.name("UnexpectedResponse");
    let accept = accept.map_or(none, |accept| quote!(#some(#accept)));
    let decode = quote!(#from_response::from_response(response)?);
    let from_json = rt.name("from_json");
    let decode_json = quote!(#from_json(response)?);
    let arms = variants.iter().map(
        |ResponseVariant {
             status, name, ty, ..
         }| {
            let pattern = status_pattern(*status);
            let holds = ty.as_ref().map(|ty| match codec.reads(ty) {
                true => quote!((#decode_json)),
                false => quote!((#decode)),
            });
            quote!(#pattern => Self::#name #holds)
        },
    );
    quote! {
        impl #from_response for #name {
            const ACCEPT: #option<&'static str> = #accept;
            const STREAMED: bool = false;

            fn from_response(response: #response<#body>) -> #result<Self, #unexpected> {
                #ok(match response.status().as_u16() {
                    #(#arms,)*
                    _ => Self::Other(#decode),
                })
            }
        }
    }
}
