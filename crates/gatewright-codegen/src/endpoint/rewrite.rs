//! The trait as rustc is to see it: without helper attributes, and with futures that are `Send`.
//!
//! `async fn f(&self) -> R` in a trait promises nothing about `Send`; `fn f(&self) -> impl Future<Output = R> + Send`
//! does, without a box, and may still be implemented by an `async fn`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{
    Attribute, Block, FnArg, ItemTrait, ReturnType, Token, TraitItem, TraitItemFn, Type,
    TypeParamBound, parse_quote,
};

use super::attribute::{Place, named};
use super::method::is_endpoint;

/// Writes the trait anew; `runtime` is the path of the crate `gatewright`.
pub(super) fn item(mut item: ItemTrait, runtime: &TokenStream) -> TokenStream {
    strip(&mut item.attrs, Place::Trait);
    share(&mut item, runtime);
    // A program that calls the client's own methods alone uses the trait all the same.
    item.attrs.push(parse_quote!(#[allow(dead_code)]));
    remove_repeated(&mut item.items);
    for member in &mut item.items {
        if let TraitItem::Fn(method) = member {
            rewrite(method, runtime);
        }
    }
    item.into_token_stream()
}

/// A future that holds a borrowed client is `Send` only if that can be shared between threads. Here it is said once; else each generic
/// function would have to say it.
fn share(item: &mut ItemTrait, runtime: &TokenStream) {
    for name in ["Send", "Sync"] {
        let ident = Ident::new(name, Span::call_site());
        let is_said = item.supertraits.iter().any(|bound| is_named(bound, &ident));
        if !is_said {
            item.supertraits
                .push(parse_quote!(#runtime::__private::#ident));
        }
    }
    item.colon_token.get_or_insert_with(Default::default);
}

fn is_named(bound: &TypeParamBound, name: &Ident) -> bool {
    match bound {
        TypeParamBound::Trait(bound) => {
            let last = bound.path.segments.last();
            last.is_some_and(|last| last.ident == *name)
        }
        _ => false,
    }
}

/// A second endpoint of one name is refused with a problem of its own, and not by rustc once more. Those under `cfg` may exclude
/// each other.
fn remove_repeated(members: &mut Vec<TraitItem>) {
    let mut seen = Vec::new();
    members.retain(|member| match member {
        TraitItem::Fn(method)
            if is_endpoint(method) && named(&method.attrs, "cfg").next().is_none() =>
        {
            let is_new = !seen.contains(&method.sig.ident);
            seen.push(method.sig.ident.clone());
            is_new
        }
        _ => true,
    });
}

fn rewrite(method: &mut TraitItemFn, runtime: &TokenStream) {
    if is_endpoint(method) {
        strip_all(method);
        method.sig.constness = None;
    }
    if method.sig.asyncness.take().is_none() {
        return;
    }
    let output = std::mem::replace(&mut method.sig.output, ReturnType::Default);
    method.sig.output = future(output, method.sig.ident.span(), runtime);
    if let Some(body) = method.default.take() {
        method.default = Some(in_future(&body));
    }
}

fn strip_all(method: &mut TraitItemFn) {
    strip(&mut method.attrs, Place::Method);
    for input in &mut method.sig.inputs {
        if let FnArg::Typed(typed) = input {
            strip(&mut typed.attrs, Place::Argument);
        }
    }
}

fn strip(attrs: &mut Vec<Attribute>, place: Place) {
    attrs.retain(|attr| !place.strips(attr));
}

/// `-> R` as `-> impl Future<Output = R> + Send`, at the place of `R`.
fn future(output: ReturnType, name: Span, runtime: &TokenStream) -> ReturnType {
    let (arrow, ty, at) = match output {
        ReturnType::Type(arrow, ty) => (arrow, ty.to_token_stream(), ty.span()),
        ReturnType::Default => (Token![->](name), quote!(()), name),
    };
    // Located at the user's type, but known as ours, so that lints about style leave it alone.
    let span = Span::call_site().located_at(at);
    let future = quote_spanned!(span=> impl #runtime::__private::Future<Output = #ty> + #runtime::__private::Send);
    ReturnType::Type(arrow, Box::new(Type::Verbatim(future)))
}

fn in_future(body: &Block) -> Block {
    parse_quote!({ async move #body })
}
