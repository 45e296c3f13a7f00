//! The body of a request.

use crate::Problem;
use crate::model::{Arg, Method, Operation};

fn bodies(operation: &Operation) -> impl Iterator<Item = &Arg> {
    operation.args.iter().filter(|arg| arg.kind.is_body())
}

/// A request has one body.
pub(super) fn one(operation: &Operation) -> Vec<Problem> {
    let more = bodies(operation).skip(1);
    let message = format!("`{}` has two bodies; a request carries one", operation.name);
    more.map(|arg| Problem::new(&arg.origin, message.clone()))
        .collect()
}

/// The content of a GET or HEAD request has no meaning (RFC 9110, 9.3.1 and 9.3.2), and CloudFront refuses it.
pub(super) fn allowed(operation: &Operation) -> Vec<Problem> {
    let Method::Fixed(method @ ("GET" | "HEAD")) = operation.method else {
        return Vec::new();
    };
    let message =
        format!("`{method}` requests carry no body; send a query parameter, or use another method");
    bodies(operation)
        .map(|arg| Problem::new(&arg.origin, message.clone()))
        .collect()
}
