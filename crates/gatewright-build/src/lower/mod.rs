//! From a document to the model: names, types, authorization. No code is written here.

mod args;
pub(crate) mod auth;
mod body;
mod choices;
mod cors;
mod docs;
mod markdown;
mod media;
mod names;
mod note;
mod operation;
mod operation_names;
mod own_types;
mod own_types_check;
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
mod wanted;

use gatewright_codegen::emit;
use gatewright_codegen::model::{Api, Operation, Surface};
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
use types::{Types, console_names};
use wanted::Wanted;

/// A model, and what was left out of it.
#[derive(Debug)]
pub(crate) struct Lowered {
    pub(crate) api: Api,
    pub(crate) notes: Vec<Note>,
}

/// Lowers a document.
pub(crate) fn lower(document: &Document, choices: &Choices) -> Result<Lowered, Vec<Problem>> {
    let wanted = Wanted::of(document, choices);
    let mut problems = choices.check(document);
    problems.extend(operation_names::problems(&wanted.named, choices));
    problems.extend(own_types_check::problems(document, choices));
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut notes = Notes::default();
    for repair in &document.repairs {
        notes.repaired(repair);
    }
    let named = named(&wanted, choices, &mut notes);
    let by_use = console_names::by_use(document, &named);
    let mut types = Types::new(document, &choices.type_names, &by_use);
    types.notes = notes;
    let mut operations = Vec::new();
    for (operation, name) in named {
        match operation::lower(operation, name, document, choices, &mut types) {
            Ok(operation) => operations.push(operation),
            Err(fault) => types.notes.left_out(&operation.pointer, fault.message),
        }
    }
    let problems = nothing_chosen(&wanted, &operations);
    let problems = problems
        .into_iter()
        .chain(nothing_left(&types.notes, &operations, document));
    let problems: Vec<_> = problems.take(REASONS + 1).collect();
    if !problems.is_empty() {
        return Err(problems);
    }
    auth::share_keys(operations.iter_mut().map(|operation| &mut operation.auth));
    cors::note(document, choices, &wanted, &mut types.notes);
    let (mut defs, mut notes) = types::finish(types);
    passes::settle(&mut defs, &operations, choices.all_codecs, &mut notes);
    let problems = own_types::derive(&mut defs, choices);
    if !problems.is_empty() {
        return Err(problems);
    }
    let api = Api {
        surface: Surface::Inherent {
            connect: !choices.without_connect,
            methods: choices.client_trait,
        },
        client: names::ident("Client"),
        vis: public(),
        runtime: own_types::crate_path(choices).unwrap_or_else(emit::default_runtime),
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

/// The operations that become methods, with their names; each preflight is noted.
fn named<'a>(
    wanted: &Wanted<'a>,
    choices: &Choices,
    notes: &mut Notes,
) -> Vec<(&'a document::Operation, Ident)> {
    for preflight in &wanted.preflights {
        let message = "left out: the preflight of a browser (CORS)";
        notes.left_out_as_expected(&preflight.pointer, message);
    }
    let names = operation_names::of(&wanted.named, choices, notes);
    let named = wanted.named.iter().copied().zip(names);
    named
        .filter(|(operation, _)| wanted.is_called(operation))
        .collect()
}

/// How many of the reasons are shown why nothing is left.
const REASONS: usize = 10;

/// What to say of choices that leave out all of a document.
fn nothing_chosen(wanted: &Wanted<'_>, operations: &[Operation]) -> Option<Problem> {
    if !operations.is_empty() || !wanted.called.is_empty() {
        return None;
    }
    let message = if !wanted.named.is_empty() {
        "`include` and `exclude` leave no operation to make a client of"
    } else if !wanted.preflights.is_empty() {
        "has no operations but the preflights of browsers; `include(Select::method(\"OPTIONS\"))` takes them"
    } else {
        return None;
    };
    Some(Problem::new(&"", message))
}

/// Why a document that describes operations has none, each reason at its place. Nothing if it describes none, or has some.
fn nothing_left(notes: &Notes, operations: &[Operation], document: &Document) -> Vec<Problem> {
    let reasons: Vec<_> = notes.of_left_out().collect();
    if reasons.is_empty() || !operations.is_empty() {
        return Vec::new();
    }
    let reasons = reasons.into_iter().take(REASONS);
    let reasons = reasons.map(|note| Problem::new(&note.pointer, note.message.clone()));
    let whole = "so no operation is left to make a client of";
    let place = document.pointer.key("paths");
    reasons.chain([Problem::new(&place, whole)]).collect()
}

fn public() -> TokenStream {
    TokenTree::from(Ident::new("pub", Span::call_site())).into()
}
