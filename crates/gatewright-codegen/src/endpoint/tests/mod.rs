//! What a user sees of a trait: the model, the trait anew, and what is wrong with it.

// So that a `quote!` can stand where it is used.
#![allow(clippy::needless_pass_by_value)]

mod arguments;
mod attributes;
mod methods;
mod model;
mod rewriting;
mod spans;
mod whole;

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;
use syn::{Attribute, FnArg, Item, ItemTrait, TraitItem, TraitItemFn};

use super::attribute::Place;
use super::{Parsed, expand, method, parse};
use crate::model::{Api, Operation};

/// The messages of the expansion; the trait must be in it, and free of helper attributes.
fn refused(attr: TokenStream, item: TokenStream) -> Vec<String> {
    let expansion = expand(attr, item);
    assert_clean(&expansion);
    let mut messages = Vec::new();
    collect_messages(expansion, &mut messages);
    assert!(!messages.is_empty(), "it was accepted");
    messages
}

/// The messages about one method.
fn refused_method(method: TokenStream) -> Vec<String> {
    refused(quote!(), quote!(trait Api { #method }))
}

/// The only message about one method.
fn refusal(method: TokenStream) -> String {
    let mut messages = refused_method(method);
    assert_eq!(messages.len(), 1, "{messages:#?}");
    messages.remove(0)
}

/// The only message about a sound endpoint with these arguments, for `POST /pets/{id}`.
fn argument_refusal(arguments: TokenStream) -> String {
    refusal(quote! {
        #[post("/pets/{id}")]
        async fn pet(&self, id: u64, #arguments) -> gatewright::Result<()>;
    })
}

fn accepted(attr: TokenStream, item: TokenStream) -> Api {
    let Parsed { api, problems, .. } = parse(attr, item);
    assert!(problems.is_empty(), "{problems:#?}");
    let api = api.unwrap();
    let problems = crate::check::api(&api);
    assert!(problems.is_empty(), "{problems:#?}");
    api
}

fn accepted_method(method: TokenStream) -> Operation {
    accepted(quote!(), quote!(trait Api { #method }))
        .operations
        .remove(0)
}

fn collect_messages(tokens: TokenStream, messages: &mut Vec<String>) {
    let mut tokens = tokens.into_iter();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(ident) if ident == "compile_error" => {
                let argument: TokenStream = tokens.by_ref().nth(1).into_iter().collect();
                messages.push(literal(argument));
            }
            TokenTree::Group(group) => collect_messages(group.stream(), messages),
            _ => {}
        }
    }
}

fn literal(argument: TokenStream) -> String {
    let TokenTree::Group(group) = argument.into_iter().next().unwrap() else {
        panic!("a group follows `compile_error!`");
    };
    syn::parse2::<syn::LitStr>(group.stream()).unwrap().value()
}

fn the_trait(expansion: &TokenStream) -> ItemTrait {
    let file: syn::File = syn::parse2(expansion.clone()).unwrap();
    let found = file.items.into_iter().find_map(|item| match item {
        Item::Trait(item) => Some(item),
        _ => None,
    });
    found.expect("the trait is always emitted")
}

fn assert_clean(expansion: &TokenStream) {
    let item = the_trait(expansion);
    assert_foreign(&item.attrs, Place::Trait);
    for member in &item.items {
        if let TraitItem::Fn(method) = member {
            assert_clean_method(method);
        }
    }
}

fn assert_clean_method(method: &TraitItemFn) {
    if !method::is_endpoint(method) {
        return;
    }
    assert_foreign(&method.attrs, Place::Method);
    for input in &method.sig.inputs {
        if let FnArg::Typed(typed) = input {
            assert_foreign(&typed.attrs, Place::Argument);
        }
    }
}

fn assert_foreign(attrs: &[Attribute], place: Place) {
    let left: Vec<_> = attrs.iter().filter(|attr| place.strips(attr)).collect();
    assert!(left.is_empty(), "{} was left", quote!(#(#left)*));
}
