//! What stands in for the client of a trait with mistakes, so that code that uses the client is not refused as well.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{ItemTrait, ReturnType, TraitItem, TraitItemFn, Type};

use super::attribute;
use crate::emit;
use crate::model::Api;

/// The client, with methods that never run; `item` is the trait as it is emitted.
pub(super) fn client(api: &Api, item: TokenStream) -> TokenStream {
    let frame = emit::frame(api);
    let implementation = syn::parse2(item)
        .ok()
        .and_then(|item| implementation(api, &item));
    quote!(#frame #implementation)
}

/// Nothing for a trait that asks for more than methods.
fn implementation(api: &Api, item: &ItemTrait) -> Option<TokenStream> {
    let methods: Option<Vec<_>> = item.items.iter().map(method).collect();
    let methods = methods.filter(|_| item.generics.params.is_empty())?;
    let ItemTrait {
        unsafety, ident, ..
    } = item;
    let (client, runtime) = (&api.client, &api.runtime);
    Some(quote! {
        #[allow(unused, deprecated, clippy::all, clippy::pedantic)]
        #unsafety impl<S: #runtime::__private::HttpService> #ident for #client<S> { #(#methods)* }
    })
}

/// A stand-in, empty for a method that the trait provides.
fn method(member: &TraitItem) -> Option<TokenStream> {
    let TraitItem::Fn(TraitItemFn {
        attrs,
        sig,
        default,
        ..
    }) = member
    else {
        return None;
    };
    if default.is_some() {
        return Some(TokenStream::new());
    }
    let conditions = attribute::named(attrs, "cfg");
    let body = if is_future(&sig.output) {
        quote!(async move { loop {} })
    } else {
        quote!(loop {})
    };
    Some(quote!(#(#conditions)* #sig { #body }))
}

/// Whether this is what an `async fn` has become.
fn is_future(output: &ReturnType) -> bool {
    match output {
        ReturnType::Type(_, ty) => matches!(**ty, Type::ImplTrait(_)),
        ReturnType::Default => false,
    }
}
