//! One operation of a document to one of the model.

use gatewright_codegen::Origin;
use gatewright_codegen::model::{Arg, Method, Operation, PathFault, PathTemplate, Scheme};
use gatewright_document as document;
use gatewright_document::Document;
use proc_macro2::{Ident, TokenStream};

use super::args::args;
use super::choices::Choices;
use super::note::Notes;
use super::types::Types;
use super::{auth, body, docs, responses};

/// An operation of the model; an error if nothing can be called at its path.
pub(super) fn lower<'a>(
    operation: &'a document::Operation,
    name: Ident,
    document: &Document,
    choices: &Choices,
    types: &mut Types<'a>,
) -> Result<Operation, PathFault> {
    let pointer = &operation.pointer;
    let path = PathTemplate::parse(&operation.path)?;
    let hint = name.to_string().trim_start_matches("r#").to_owned();
    let auth = auth::schemes(operation, document, choices);
    auth::note(operation, choices, &mut types.notes);
    let args = args(operation, &path, &hint, &auth, choices, types);
    let args = without_credentials(args, &auth, &mut types.notes);
    let reply = responses::reply(operation, &hint, choices, types);
    Ok(Operation {
        origin: Origin::Pointer(pointer.to_string()),
        id: operation.id.clone().unwrap_or_else(|| hint.clone()),
        name,
        method: method(operation.method),
        path,
        auth,
        generics: TokenStream::new(),
        args,
        headers: headers(operation, &reply),
        output: reply.output,
        docs: text(operation),
        response_docs: docs::paragraphs([notices(operation, choices), reply.docs]),
        deprecated: operation.deprecated,
        attrs: TokenStream::new(),
    })
}

/// The headers of fixed value: what is asked for. Where the document demands to be asked for something but does not say for
/// what, anything.
fn headers(operation: &document::Operation, reply: &responses::Reply) -> Vec<(String, String)> {
    let is_accept = |parameter: &document::Parameter| {
        parameter.required
            && parameter.location == document::Location::Header
            && parameter.name.eq_ignore_ascii_case("accept")
    };
    let mut headers = reply.headers();
    if headers.is_empty() && operation.parameters.iter().any(is_accept) {
        headers.push(("accept".to_owned(), "*/*".to_owned()));
    }
    headers
}

/// What a layer sends is no argument, though a document may declare it as a parameter too.
fn without_credentials(args: Vec<Arg>, auth: &[Scheme], notes: &mut Notes) -> Vec<Arg> {
    let mut is_argument = |arg: &Arg| {
        let is_credential = auth.iter().any(|scheme| auth::sends(scheme, &arg.kind));
        if is_credential {
            let message = "left to the layer that sends the credential of this name";
            notes.left_out_as_expected(&arg.origin, message);
        }
        !is_credential
    };
    args.into_iter().filter(|arg| is_argument(arg)).collect()
}

fn text(operation: &document::Operation) -> String {
    docs::text(&[
        operation.summary.as_deref(),
        operation.description.as_deref(),
    ])
}

/// What the document does not say and a caller has to know. It comes after the route, which is the first line of a method that the
/// document does not describe.
fn notices(operation: &document::Operation, choices: &Choices) -> String {
    docs::paragraphs([
        body::docs_of_none(operation, choices),
        auth::docs(operation, choices),
    ])
}

fn method(method: document::Method) -> Method {
    match method {
        document::Method::Any => Method::Any,
        method => Method::Fixed(method.as_str()),
    }
}
