//! From a document to the model: names, types, authorization. No code is written here.

pub(crate) mod auth;
mod docs;
mod media;
mod names;
mod note;
mod operation;
mod operation_names;
mod response;
mod types;

use gatewright_codegen::emit;
use gatewright_codegen::model::{Api, Surface};
use gatewright_document::{self as document, Document};
use proc_macro2::{Ident, Span, TokenStream, TokenTree};

use crate::Problem;
use auth::AuthMode;
pub use note::Note;
use types::Types;

/// What a document does not say.
#[derive(Clone, Debug, Default)]
pub(crate) struct Choices {
    /// The address to use instead of the document's.
    pub(crate) endpoint: Option<String>,
    /// The authorization of operations that the document says nothing about.
    pub(crate) mode: Option<AuthMode>,
}

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
        types.notes.push_repair(repair);
    }
    let wanted = wanted(document, &mut types);
    let names = operation_names::of(&wanted, &mut types.notes);
    let (mut operations, mut problems) = (Vec::new(), Vec::new());
    for (operation, name) in wanted.into_iter().zip(names) {
        match operation::lower(operation, name, choices.mode, &mut types) {
            Ok(operation) => operations.push(operation),
            Err(problem) => problems.push(problem),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let (defs, notes) = types.finish();
    let api = Api {
        surface: Surface::Inherent,
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

/// The operations that a client has use for; each other one is noted.
fn wanted<'a>(document: &'a Document, types: &mut Types<'_>) -> Vec<&'a document::Operation> {
    let (preflights, wanted): (Vec<_>, Vec<_>) = document
        .operations
        .iter()
        .partition(|operation| operation::is_preflight(operation));
    for preflight in preflights {
        types.notes.push_expected(
            &preflight.pointer,
            "left out: the preflight of a browser (CORS)",
        );
    }
    wanted
}

fn public() -> TokenStream {
    TokenTree::from(Ident::new("pub", Span::call_site())).into()
}
