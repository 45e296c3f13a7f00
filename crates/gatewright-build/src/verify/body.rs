//! The body of a request.

use gatewright_codegen::model::{Arg, ArgKind};
use gatewright_codegen::text::code;
use gatewright_document::RequestBody;

use super::Call;
use crate::Problem;
use crate::lower::carries_body;

/// What is wrong with the body: one that nobody expects, none where one is required, a form where none is taken. Whether another
/// body has the right type is up to its own codec.
///
/// Exports of proxy integrations model no bodies, so one is taken wherever the method is made for it, as in a generated client.
pub(super) fn fault(call: &Call<'_>) -> Option<Problem> {
    let there = call.route.operation;
    let sent = call.operation.args.iter().find(|arg| arg.kind.is_body());
    match (sent, &there.body) {
        (Some(arg), None) if !call.route.is_catch_all && !carries_body(there.method) => {
            Some(call.fault_at(&arg.origin, "the document has no body here", &there.pointer))
        }
        (None, Some(body)) if body.required => {
            let message = format!(
                "`{}` never sends the body that the document requires",
                call.operation.name
            );
            Some(call.fault(&message, &body.pointer))
        }
        (Some(arg), Some(body)) => refused_form(call, arg, body),
        _ => None,
    }
}

fn refused_form(call: &Call<'_>, arg: &Arg, body: &RequestBody) -> Option<Problem> {
    let takes_form = |name: &String| {
        name.to_ascii_lowercase()
            .starts_with("application/x-www-form-urlencoded")
            || name == "*/*"
    };
    let is_form = matches!(arg.kind, ArgKind::Form(_));
    if !is_form || body.content.is_empty() || body.content.keys().any(takes_form) {
        return None;
    }
    let taken: Vec<_> = body.content.keys().map(|name| code(name)).collect();
    let message = format!("the document takes no form here, but {}", taken.join(", "));
    Some(call.fault_at(&arg.origin, &message, &body.pointer))
}
