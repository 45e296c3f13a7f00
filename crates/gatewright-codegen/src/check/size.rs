//! Sizes: what stands in one item of code is in memory at once, and the compiler has to take it in at once too.

use super::names;
use crate::model::{Api, Operation};
use crate::{Origin, Problem};

/// The most members of a type, and arguments of an operation: ten times what the largest known lists of values have.
const MOST: usize = 10_000;

/// No type has more members than code is written for.
pub(super) fn of_types(api: &Api) -> Vec<Problem> {
    let sizes = api.types.iter();
    let sizes = sizes.map(|ty| (&ty.origin, names::members(ty).len()));
    sizes
        .filter_map(|(origin, size)| problem(origin, size, "members"))
        .collect()
}

/// No operation has more arguments than code is written for.
pub(super) fn of_arguments(operation: &Operation) -> Vec<Problem> {
    let problem = problem(&operation.origin, operation.args.len(), "arguments");
    problem.into_iter().collect()
}

fn problem(origin: &Origin, size: usize, what: &str) -> Option<Problem> {
    let message = format!("has {size} {what}, and no code is written for more than {MOST}");
    (size > MOST).then(|| Problem::new(origin, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_large_is_said_where_it_stands() {
        let origin = Origin::Pointer("#/components/schemas/Zone".to_owned());
        assert!(problem(&origin, MOST, "members").is_none());
        let problem = problem(&origin, MOST + 1, "members").unwrap();
        assert_eq!(
            problem.message,
            "has 10001 members, and no code is written for more than 10000"
        );
        assert_eq!(problem.origin.to_string(), "#/components/schemas/Zone");
    }
}
