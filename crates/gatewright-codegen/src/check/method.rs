//! The HTTP method of an operation that takes any.

use crate::Problem;
use crate::model::{Arg, ArgKind, Method, Operation};

/// The method is an argument where there is none in the model, and only there.
pub(super) fn given(operation: &Operation) -> Vec<Problem> {
    let mut given = operation
        .args
        .iter()
        .filter(|arg| arg.kind == ArgKind::Method);
    match operation.method {
        Method::Fixed(method) => given.map(|arg| fixed(method, arg)).collect(),
        Method::Any => match given.next() {
            None => vec![missing(operation)],
            Some(_) => given.map(|arg| again(operation, arg)).collect(),
        },
    }
}

fn fixed(method: &str, arg: &Arg) -> Problem {
    let message =
        format!("the method is `{method}` already; remove this argument, or use `#[any]`");
    Problem::new(&arg.origin, message)
}

fn missing(operation: &Operation) -> Problem {
    let name = &operation.name;
    let message = format!("`{name}` takes any HTTP method; add `#[method] method: http::Method`");
    Problem::new(&operation.origin, message)
}

fn again(operation: &Operation, arg: &Arg) -> Problem {
    let message = format!(
        "`{}` has two HTTP methods as arguments; keep one",
        operation.name
    );
    Problem::new(&arg.origin, message)
}
