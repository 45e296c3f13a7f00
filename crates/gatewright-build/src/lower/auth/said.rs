//! What is said of an authorization that the client does not have as the document writes it.

use gatewright_codegen::text::code;
use gatewright_document::{Alternative, Kind, Operation, Place};

use crate::lower::choices::Choices;
use crate::lower::note::Notes;

/// Notes what the layers do not send, with the choice that makes them. What the user chose needs no note.
pub(crate) fn note(operation: &Operation, choices: &Choices, notes: &mut Notes) {
    if choices.auth(operation).is_some() {
        return;
    }
    for alternative in &operation.security.alternatives {
        notes.left_out(
            &alternative.requirement.pointer,
            of_alternative(alternative),
        );
    }
    for silent in &operation.security.silent {
        let scheme = &silent.scheme;
        let message = format!(
            "the authorizer {} does not say what of a request it reads, and nothing is sent for it; \
             `.scheme({scheme:?}, AuthMode::Header(\"..\".into()))` says it",
            code(scheme)
        );
        notes.left_out(&silent.pointer, message);
    }
}

fn of_alternative(alternative: &Alternative) -> String {
    let (scheme, kind) = (
        &alternative.requirement.scheme,
        &alternative.requirement.kind,
    );
    let (taken, scheme) = (code(&alternative.taken), code(scheme));
    let place = match &alternative.place {
        Place::Header(name) => format!("header {}", code(name)),
        Place::Query(name) => format!("query parameter {}", code(name)),
    };
    format!(
        "{scheme} and {taken} are both sent in the {place}, so that they are alternatives; {taken} is taken, and \
         `.auth(Select::operation(..), [{}])` takes {scheme}",
        modes(kind)
    )
}

/// A demand in the words of a build script.
fn modes(kind: &Kind) -> String {
    let mode = |place: &Place| match place {
        Place::Header(name) if name.eq_ignore_ascii_case("authorization") => {
            "AuthMode::Token".to_owned()
        }
        Place::Header(name) => format!("AuthMode::Header({name:?}.into())"),
        Place::Query(name) => format!("AuthMode::Query({name:?}.into())"),
    };
    match kind {
        Kind::Iam => "AuthMode::Iam".to_owned(),
        Kind::ApiKey => "AuthMode::ApiKey".to_owned(),
        other => other
            .places()
            .iter()
            .map(mode)
            .collect::<Vec<_>>()
            .join(", "),
    }
}

/// What the documentation of a method says of the authorizers that do not say what they read.
pub(crate) fn docs(operation: &Operation, choices: &Choices) -> String {
    let silent = &operation.security.silent;
    if silent.is_empty() || choices.auth(operation).is_some() {
        return String::new();
    }
    let names: Vec<_> = silent.iter().map(|silent| code(&silent.scheme)).collect();
    let names = names.join(" and ");
    format!(
        "The authorizer {names} may refuse this call: the document does not say what of a request it reads, so nothing is \
         sent for it."
    )
}
