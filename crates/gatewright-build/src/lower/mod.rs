//! From a document to the model: names, types, authorization. No code is written here.

mod args;
pub(crate) mod auth;
mod body;
mod choices;
mod cors;
mod docs;
mod media;
mod names;
mod note;
mod operation;
mod operation_names;
mod parameters;
mod passes;
mod responses;
mod schema;
mod select;
mod style;
mod success_responses;
#[cfg(test)]
mod tests;
mod types;

use gatewright_codegen::emit;
use gatewright_codegen::model::{Api, Surface};
use gatewright_document::{self as document, Document};
use proc_macro2::{Ident, Span, TokenStream, TokenTree};

use crate::Problem;
pub(crate) use body::carries_body;
pub(crate) use choices::Choices;
pub use choices::ParameterType;
use note::Notes;
pub use note::{Note, NoteKind};
pub(crate) use parameters::is_owned_by_layers;
pub use select::Select;
use types::Types;

/// A model, and what was left out of it.
#[derive(Debug)]
pub(crate) struct Lowered {
    pub(crate) api: Api,
    pub(crate) notes: Vec<Note>,
}

/// Lowers a document.
pub(crate) fn lower(document: &Document, choices: &Choices) -> Result<Lowered, Vec<Problem>> {
    let mut types = Types::new(document);
    for repair in &document.repairs {
        types.notes.repaired(repair);
    }
    let mut problems = choices.check(document);
    let mut operations = Vec::new();
    for (operation, name) in wanted(document, choices, &mut types) {
        match operation::lower(operation, name, document, choices, &mut types) {
            Ok(operation) => operations.push(operation),
            Err(fault) => types.notes.left_out(&operation.pointer, fault.message),
        }
    }
    if operations.is_empty() {
        problems.extend(nothing_left(&types.notes));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    auth::share_keys(operations.iter_mut().map(|operation| &mut operation.auth));
    cors::note(document, choices, &mut types.notes);
    let (mut defs, mut notes) = types::finish(types);
    passes::settle(&mut defs, &operations, choices.all_codecs, &mut notes);
    let api = Api {
        surface: Surface::Inherent {
            connect: !choices.without_connect,
        },
        client: names::ident("Client"),
        vis: public(),
        runtime: emit::default_runtime(),
        docs: docs::text(&[Some(&document.title), document.description.as_deref()]),
        endpoint: choices
            .endpoint
            .clone()
            .or_else(|| document.endpoint.clone()),
        operations,
        types: defs,
    };
    Ok(Lowered {
        api,
        notes: notes.into_vec(),
    })
}

/// The operations that a client has use for, with their names; each other one is noted. Names are given to all, so that
/// leaving one out renames no other.
fn wanted<'a>(
    document: &'a Document,
    choices: &Choices,
    types: &mut Types<'_>,
) -> Vec<(&'a document::Operation, Ident)> {
    let (preflights, callable): (Vec<_>, Vec<_>) = document
        .operations
        .iter()
        .partition(|operation| operation::is_preflight(operation));
    for preflight in preflights {
        let message = "left out: the preflight of a browser (CORS)";
        let notes = &mut types.notes;
        notes.left_out_as_expected(&preflight.pointer, message);
    }
    let names = operation_names::of(&callable, choices, &mut types.notes);
    let named = callable.into_iter().zip(names);
    named
        .filter(|(operation, _)| choices.wants(operation))
        .collect()
}

/// How many of the reasons are shown why nothing is left.
const REASONS: usize = 10;

/// Why a document that describes operations has none, each reason at its place. Nothing if it describes none.
fn nothing_left(notes: &Notes) -> Vec<Problem> {
    let reasons: Vec<_> = notes.of_left_out().collect();
    if reasons.is_empty() {
        return Vec::new();
    }
    let reasons = reasons.into_iter().take(REASONS);
    let reasons = reasons.map(|note| Problem::new(&note.pointer, note.message.clone()));
    let whole = "so no operation is left to make a client of";
    reasons.chain([Problem::new(&"#/paths", whole)]).collect()
}

fn public() -> TokenStream {
    TokenTree::from(Ident::new("pub", Span::call_site())).into()
}
