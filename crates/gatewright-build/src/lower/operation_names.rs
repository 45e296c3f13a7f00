//! The names of methods: the one that the user chose, else the `operationId`; where there is none, or two would be the same in Rust, one made of method
//! and path.

use std::collections::{HashMap, HashSet};

use gatewright_codegen::case;
use gatewright_codegen::text::code;
use gatewright_document::Operation;
use proc_macro2::Ident;

use super::choices::Choices;
use super::names::{self, Scope};
use super::note::Notes;
use super::select::route;
use crate::Problem;

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

/// The name that was chosen for each operation, or the Rust form of its `operationId`, that no other operation has too. A chosen name
/// is nobody else's.
fn own_ids(operations: &[&Operation], choices: &Choices) -> Vec<Option<String>> {
    let chosen = operations
        .iter()
        .map(|it| Some(names::snake(choices.name(it)?, "")));
    let chosen: Vec<_> = chosen.collect();
    let ids = operations.iter().zip(&chosen);
    let ids: Vec<_> = ids
        .map(|(it, chosen)| chosen.clone().or_else(|| id(it)))
        .collect();
    let taken: HashSet<String> = chosen.iter().flatten().map(|name| key(name)).collect();
    let mut uses: HashMap<String, usize> = HashMap::new();
    for id in ids.iter().flatten() {
        *uses.entry(key(id)).or_default() += 1;
    }
    let own = |(id, chosen): (&Option<String>, &Option<String>)| {
        let is_own =
            |id: &String| chosen.is_some() || uses[&key(id)] == 1 && !taken.contains(&key(id));
        id.clone().filter(is_own)
    };
    ids.iter().zip(&chosen).map(own).collect()
}

/// Chosen names that cannot be had, each with the reason.
pub(super) fn problems(operations: &[&Operation], choices: &Choices) -> Vec<Problem> {
    let mut owners: HashMap<String, &Operation> = HashMap::new();
    let mut problems = Vec::new();
    for operation in operations {
        let Some(name) = choices.name(operation) else {
            continue;
        };
        let why = refused(name).or_else(|| {
            let other = owners.insert(key(name), operation)?;
            Some(format!(
                "it would be the method of {} too",
                code(&route(other))
            ))
        });
        problems.extend(why.map(|why| {
            let (name, operation) = (code(name), code(&route(operation)));
            Problem::new(
                &"",
                format!("{operation} cannot be renamed to {name}: {why}"),
            )
        }));
    }
    problems
}

/// Why no method can have this name.
fn refused(name: &str) -> Option<String> {
    let snake = names::snake(name, "");
    if RESERVED.contains(&key(name).as_str()) {
        return Some("the client has a method of this name itself".to_owned());
    }
    if names::is_name(name) && names::is_name(&snake) {
        return None;
    }
    let begins_well = !name.starts_with(|first: char| first.is_ascii_digit());
    Some(if begins_well && names::is_name(&snake) {
        format!("it is no name in Rust, as {} is", code(&snake))
    } else {
        "it is no name in Rust".to_owned()
    })
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
