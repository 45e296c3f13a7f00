//! The trait as a whole.

use proc_macro2::{Ident, Span};
use quote::{ToTokens, format_ident};
use syn::spanned::Spanned;
use syn::{ItemTrait, TraitItem};

use super::args::Args;
use super::attribute::{self, Place};
use super::method::{self, Defaults};
use super::{auth, fixed_header};
use crate::Problem;
use crate::model::{Api, Operation, Surface};

/// Reads a trait into a model.
pub(super) fn lower(item: &ItemTrait, args: &Args, problems: &mut Vec<Problem>) -> Api {
    Place::Trait.report_mistakes(&item.attrs, problems);
    problems.extend(faults(item));
    Api {
        surface: Surface::Trait {
            ident: item.ident.clone(),
            api: args.api.clone(),
            twin: twin(item, args, problems),
        },
        client: client(item, args, problems),
        vis: item.vis.to_token_stream(),
        runtime: args.runtime.clone(),
        docs: attribute::docs(&item.attrs),
        endpoint: None,
        operations: operations(item, args, problems),
        types: Vec::new(),
    }
}

fn faults(item: &ItemTrait) -> impl Iterator<Item = Problem> {
    let generics = item.generics.params.first().map(|param| {
        let message = "a `#[rest_endpoint]` trait cannot be generic; lifetimes on methods are fine";
        Problem::at(param.span(), message)
    });
    let unsafety = item.unsafety.as_ref().map(|token| {
        Problem::at(
            token.span,
            "a `#[rest_endpoint]` trait cannot be `unsafe`; remove this",
        )
    });
    generics.into_iter().chain(unsafety)
}

fn client(item: &ItemTrait, args: &Args, problems: &mut Vec<Problem>) -> Ident {
    let default = format_ident!("{}Client", item.ident);
    match &args.client {
        Some(client) if *client == item.ident => {
            let message = format!("the client cannot have the name of the trait; try `{default}`");
            problems.push(Problem::at(client.span(), message));
            default
        }
        Some(client) => client.clone(),
        None => default,
    }
}

/// The name of the twin, which is nobody else's.
fn twin(item: &ItemTrait, args: &Args, problems: &mut Vec<Problem>) -> Option<Ident> {
    let twin = args.twin.as_ref()?;
    let is_taken = *twin == item.ident || args.client.as_ref() == Some(twin);
    if is_taken || *twin == format!("{}Client", item.ident) {
        let message = format!(
            "the type for `dyn` needs a name of its own; try `Dyn{}`",
            item.ident
        );
        problems.push(Problem::at(twin.span(), message));
        return None;
    }
    Some(twin.clone())
}

fn operations(item: &ItemTrait, args: &Args, problems: &mut Vec<Problem>) -> Vec<Operation> {
    let defaults = Defaults {
        prefix: &args.prefix,
        auth: auth::parse(&item.attrs, problems).unwrap_or_default(),
        headers: fixed_header::parse(&item.attrs, problems),
    };
    let mut operations = Vec::new();
    for member in &item.items {
        match member {
            TraitItem::Fn(method) if method::is_endpoint(method) => {
                operations.extend(method::lower(method, &defaults, problems));
            }
            TraitItem::Fn(_) => {}
            other => problems.push(not_a_method(other.span())),
        }
    }
    operations
}

fn not_a_method(span: Span) -> Problem {
    Problem::at(
        span,
        "only methods are allowed here; move this to another trait",
    )
}
