//! Query parameters.

use super::words;
use crate::Problem;
use crate::model::{Arg, Operation, Scheme};

fn queries(operation: &Operation) -> impl Iterator<Item = (&Arg, &str)> {
    let args = operation.args.iter();
    args.filter_map(|arg| Some((arg, arg.kind.query()?)))
}

/// A query parameter has one argument.
pub(super) fn repeated(operation: &Operation) -> Vec<Problem> {
    let again = super::repeated(queries(operation), |(_, name)| *name).into_iter();
    again
        .map(|(arg, name)| twice(operation, arg, name))
        .collect()
}

fn twice(operation: &Operation, arg: &Arg, name: &str) -> Problem {
    let message = format!(
        "query parameter `{name}` appears twice in `{}`; keep one",
        operation.name
    );
    Problem::new(&arg.origin, message)
}

/// A token that a layer puts into the query is no argument.
pub(super) fn owned(operation: &Operation) -> Vec<Problem> {
    let is_token = |name: &str| {
        let is_it =
            |scheme: &Scheme| matches!(scheme, Scheme::QueryToken { query, .. } if query == name);
        operation.auth.iter().any(is_it)
    };
    queries(operation)
        .filter(|(_, name)| is_token(name))
        .map(|(arg, name)| {
            let remove = words(&arg.origin, "remove the argument", "remove the parameter");
            Problem::new(
                &arg.origin,
                format!("query parameter `{name}` is set by a layer; {remove}"),
            )
        })
        .collect()
}
