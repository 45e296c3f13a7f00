//! The structs that gather the optional arguments of an operation.

use std::iter;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::code_block::CodeBlock;
use super::debug::Debug;
use super::rt::Rt;
use super::{deprecated, docs};
use crate::case;
use crate::model::{Api, Arg, Operation, Surface, Ty};

/// Whether an argument is gathered in the parameters instead of standing by itself.
pub(super) fn is_gathered(api: &Api, arg: &Arg) -> bool {
    let gathers = matches!(api.surface, Surface::Inherent { .. });
    gathers && arg.optional && (arg.kind.query().is_some() || arg.kind.header().is_some())
}

/// Whether an operation has parameters.
pub(super) fn has_params(api: &Api, operation: &Operation) -> bool {
    operation.args.iter().any(|arg| is_gathered(api, arg))
}

/// The name of the struct of an operation's optional arguments.
pub fn name(operation: &Operation) -> Ident {
    let method = operation.name.to_string();
    let name = case::upper_camel(method.trim_start_matches("r#"));
    let begins_with_digit = name.starts_with(|first: char| first.is_ascii_digit());
    let lead = if begins_with_digit { "_" } else { "" };
    format_ident!("{lead}{name}Params")
}

/// The module of all of them, if there are any. It is private: they are known by their names, and one place says what
/// holds for all.
pub(super) fn module<'a>(api: &'a Api, rt: &Rt) -> Option<[CodeBlock<'a>; 2]> {
    let have_params = |operation: &&Operation| has_params(api, operation);
    let operations: Vec<_> = api.operations.iter().filter(have_params).collect();
    if operations.is_empty() {
        return None;
    }
    let (vis, rt) = (&api.vis, rt.clone());
    let import = quote! {
        #vis use self::params::*;
    };
    let head = quote!(mod params);
    let imports = quote!(
        use super::*;
    );
    let structs = operations.into_iter();
    let structs = structs.map(move |operation| definition(api, operation, &rt));
    Some([
        CodeBlock::items([import]),
        CodeBlock::block(head, iter::once(imports).chain(structs)),
    ])
}

fn definition(api: &Api, operation: &Operation, rt: &Rt) -> TokenStream {
    let (name, docs) = (name(operation), docs::params(api, operation));
    let args = operation.args.iter().filter(|arg| is_gathered(api, arg));
    let fields = args.clone().map(|arg| {
        let (name, ty, docs) = (&arg.name, rt.ty(&owned(&arg.ty)), docs::argument(arg));
        let deprecated = deprecated(arg.deprecated);
        quote!(#(#[doc = #docs])* #deprecated pub #name: #ty)
    });
    let Debug { derived, written } = Debug::of(&name, args.map(|arg| (&arg.name, arg.secret)), rt);
    quote! {
        #(#[doc = #docs])*
        #[derive(Clone, #derived Default)]
        pub struct #name { #(#fields,)* }

        #written
    }
}

/// The type to store what is borrowed in a call.
fn owned(ty: &Ty) -> Ty {
    match ty {
        Ty::Str => Ty::String,
        Ty::Ref(inner) => owned(inner),
        Ty::Optional(inner) => Ty::Optional(Box::new(owned(inner))),
        Ty::List(inner) => Ty::List(Box::new(owned(inner))),
        other => other.clone(),
    }
}
