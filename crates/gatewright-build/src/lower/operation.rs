//! One operation of a document to one of the model.

use gatewright_codegen::Origin;
use gatewright_codegen::model::{Method, Operation, PathTemplate};
use gatewright_document as document;
use gatewright_document::IntegrationKind;
use proc_macro2::{Ident, TokenStream};

use super::args::args;
use super::choices::Choices;
use super::types::Types;
use super::{auth, docs, response};
use crate::Problem;

/// Whether a client has use for an operation: the preflight of a browser is none.
pub(super) fn is_preflight(operation: &document::Operation) -> bool {
    let is_mock = operation
        .integration
        .as_ref()
        .is_none_or(|i| i.kind == IntegrationKind::Mock);
    operation.method == document::Method::Options && is_mock
}

pub(super) fn lower<'a>(
    operation: &'a document::Operation,
    name: Ident,
    choices: &Choices,
    types: &mut Types<'a>,
) -> Result<Operation, Problem> {
    let pointer = &operation.pointer;
    let path = PathTemplate::parse(&operation.path)
        .map_err(|fault| Problem::new(pointer, fault.message))?;
    let hint = name.to_string().trim_start_matches("r#").to_owned();
    let args = args(operation, &path, &hint, choices, types);
    let reply = response::reply(operation, &hint, choices, types);
    Ok(Operation {
        origin: Origin::Pointer(pointer.to_string()),
        id: operation.id.clone().unwrap_or_else(|| hint.clone()),
        name,
        method: method(operation.method),
        path,
        auth: auth::schemes(&operation.security, choices.mode),
        generics: TokenStream::new(),
        args,
        headers: reply.headers(),
        output: reply.output,
        docs: docs::text(&[
            operation.summary.as_deref(),
            operation.description.as_deref(),
        ]),
        deprecated: operation.deprecated,
        attrs: TokenStream::new(),
    })
}

fn method(method: document::Method) -> Method {
    match method {
        document::Method::Any => Method::Any,
        method => Method::Fixed(method.as_str()),
    }
}
