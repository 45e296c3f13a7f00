//! The names of methods: the one that the user chose, else the `operationId`; where there is none, or two would be the same in Rust, one made of method
//! and path.

use std::collections::HashMap;

use gatewright_codegen::case;
use gatewright_document::Operation;
use proc_macro2::Ident;

use super::choices::Choices;
use super::names::{self, Scope};
use super::note::Notes;

/// Keys of names that a method must not have, because the client has them.
const RESERVED: &[&str] = &["New", "Rest", "Boxed", "Connect"];

/// What tells two methods apart: the struct of a method's optional arguments is called after it, `GetPetParams` of
/// `get_pet`, so `a1` and `a_1` cannot stand side by side.
fn key(name: &str) -> String {
    case::upper_camel(name)
}

/// The name of each operation's method, in their order. Those that have an `operationId` to themselves choose first, so
/// that they keep it whatever is added without one.
pub(super) fn of(operations: &[&Operation], choices: &Choices, notes: &mut Notes) -> Vec<Ident> {
    let own = own_ids(operations, choices);
    let mut scope = Scope::with(RESERVED);
    let by_id = own
        .iter()
        .map(|id| id.as_ref().map(|id| scope.unique_by(id, "_", key)));
    let by_id: Vec<_> = by_id.collect();
    let name = |(operation, by_id): (&&Operation, Option<Ident>)| {
        let by_route = || names::of_route(operation.method.as_str(), &operation.path);
        by_id.unwrap_or_else(|| scope.unique_by(&by_route(), "_", key))
    };
    let names: Vec<_> = operations.iter().zip(by_id).map(name).collect();
    note_renamed(operations, &names, choices, notes);
    names
}

/// The Rust form of each `operationId`, or of the name that was chosen instead, that no other operation has too.
fn own_ids(operations: &[&Operation], choices: &Choices) -> Vec<Option<String>> {
    let ids = operations
        .iter()
        .map(|operation| match choices.name(operation) {
            Some(chosen) => Some(names::snake(chosen, "operation")),
            None => id(operation),
        });
    let ids: Vec<_> = ids.collect();
    let mut uses: HashMap<String, usize> = HashMap::new();
    for id in ids.iter().flatten() {
        *uses.entry(key(id)).or_default() += 1;
    }
    let own = |id: &Option<String>| id.clone().filter(|id| uses[&key(id)] == 1);
    ids.iter().map(own).collect()
}

fn id(operation: &Operation) -> Option<String> {
    let id = names::snake(operation.id.as_deref()?, "");
    (!id.is_empty()).then_some(id)
}

fn note_renamed(operations: &[&Operation], names: &[Ident], choices: &Choices, notes: &mut Notes) {
    let unchosen = |(operation, _): &(&&Operation, &Ident)| choices.name(operation).is_none();
    for (operation, name) in operations.iter().zip(names).filter(unchosen) {
        if operation.id.is_some() && id(operation).is_none_or(|id| *name != names::ident(&id)) {
            let message =
                format!("named `{name}`: its operationId makes no name of its own in Rust");
            notes.push(&operation.pointer, message);
        }
    }
}
