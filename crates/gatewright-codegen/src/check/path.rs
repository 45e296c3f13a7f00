//! The variables of a path and the arguments that fill them.

use std::collections::HashSet;

use syn::ext::IdentExt;

use super::suggest::similar;
use crate::case;
use crate::model::{Arg, Operation};
use crate::{Origin, Problem, text};

/// How many variables are compared with how many arguments, to see what was meant: more are no operation that somebody wrote by
/// hand, and each costs all.
const COMPARED: usize = 50;

/// Every variable has an argument, and every argument for the path a variable. A misspelt argument is one problem,
/// not two.
pub(super) fn variables(operation: &Operation) -> Vec<Problem> {
    let mut strays = strays(operation);
    let mut problems = Vec::new();
    for (index, variable) in unfilled(operation).into_iter().enumerate() {
        let is_compared = index < COMPARED;
        let meant = is_compared.then(|| take_meant(&mut strays, variable));
        problems.push(missing(&operation.origin, variable, meant.flatten()));
    }
    problems.extend(
        strays
            .into_iter()
            .map(|(arg, wire)| stray(operation, arg, wire)),
    );
    problems
}

/// A variable has one argument.
pub(super) fn repeated(operation: &Operation) -> Vec<Problem> {
    let again = super::repeated(arguments(operation), |(_, wire)| *wire).into_iter();
    let twice = |wire| format!("`{{{wire}}}` has two arguments; keep one");
    again
        .map(|(arg, wire)| Problem::new(&arg.origin, twice(wire)))
        .collect()
}

fn arguments(operation: &Operation) -> impl Iterator<Item = (&Arg, &str)> {
    let args = operation.args.iter();
    args.filter_map(|arg| Some((arg, arg.kind.path()?)))
}

/// The variables without an argument.
fn unfilled(operation: &Operation) -> Vec<&str> {
    let filled: HashSet<&str> = arguments(operation).map(|(_, wire)| wire).collect();
    let variables = operation.path.variables();
    variables
        .filter(|variable| !filled.contains(variable))
        .collect()
}

/// The arguments without a variable.
fn strays(operation: &Operation) -> Vec<(&Arg, &str)> {
    let variables: HashSet<&str> = operation.path.variables().collect();
    arguments(operation)
        .filter(|(_, wire)| !variables.contains(wire))
        .collect()
}

/// Takes out the argument that was probably meant for a variable.
fn take_meant<'a>(strays: &mut Vec<(&Arg, &'a str)>, variable: &str) -> Option<&'a str> {
    let mut compared = strays.iter().take(COMPARED);
    let index = compared.position(|(_, wire)| is_meant(wire, variable))?;
    Some(strays.remove(index).1)
}

/// Whether an argument was probably meant for a variable: `pet_id` for `{petId}`, `petid` for `{pet_id}`.
fn is_meant(wire: &str, variable: &str) -> bool {
    case::snake(variable) == wire || similar(wire, [variable]).is_some()
}

fn missing(origin: &Origin, variable: &str, meant: Option<&str>) -> Problem {
    let what = match origin {
        Origin::Span(_) => format!("has no argument; {}", remedy(variable, meant)),
        Origin::Pointer(_) => "is in the path, but is not declared as a path parameter".to_owned(),
    };
    Problem::new(origin, format!("`{{{variable}}}` {what}"))
}

fn remedy(variable: &str, meant: Option<&str>) -> String {
    let snake = case::snake(variable);
    match meant {
        Some(argument) if argument == snake => {
            format!("add the attribute `#[path(\"{variable}\")]` to `{argument}`")
        }
        Some(argument) => format!("did you mean `{variable}` where it says `{argument}`?"),
        None if snake == variable => format!("add `{}: …`", in_rust(&snake)),
        None => format!("add `#[path(\"{variable}\")] {}: …`", in_rust(&snake)),
    }
}

/// A name as Rust takes it: keywords get `r#`.
fn in_rust(name: &str) -> String {
    if text::is_ident(name) {
        name.to_owned()
    } else {
        format!("r#{name}")
    }
}

fn stray(operation: &Operation, arg: &Arg, wire: &str) -> Problem {
    let path = &operation.path;
    let has_no_attribute = matches!(arg.origin, Origin::Span(_)) && arg.name.unraw() == wire;
    let message = if has_no_attribute {
        format!(
            "argument `{wire}` is not in the path `{path}`; add an attribute: `#[query]`, `#[header(\"…\")]`, \
             `#[body]` or `#[extension]`"
        )
    } else {
        format!("`{wire}` names no `{{{wire}}}` in the path `{path}`")
    };
    Problem::new(&arg.origin, message)
}
