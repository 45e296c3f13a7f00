//! What an operation returns: the type of its success, and of its documented errors.

use gatewright_codegen::model::{ErrorVariant, Output, StatusClass, Ty, TypeKind};
use gatewright_codegen::text::{code, in_list};
use gatewright_document::{self as document, Response, Status};
use indexmap::IndexMap;

use super::choices::Choices;
use super::names::Scope;
use super::schema::node::Node;
use super::schema::questions;
use super::success_responses::Success;
use super::types::{Types, content};
use super::{docs, media, names, own_types, success_responses};

/// The output of a method, and the media type to ask for.
pub(super) struct Reply {
    pub(super) output: Output,
    /// What is said of the headers of the response.
    pub(super) docs: String,
    accept: Option<String>,
}

impl Reply {
    /// The headers that ask for it.
    pub(super) fn headers(&self) -> Vec<(String, String)> {
        let accept = self.accept.iter();
        accept
            .map(|media_type| ("accept".to_owned(), media_type.clone()))
            .collect()
    }
}

pub(super) fn reply<'a>(
    operation: &'a document::Operation,
    hint: &str,
    choices: &Choices,
    types: &mut Types<'a>,
) -> Reply {
    if operation.method == document::Method::Head {
        return of_head(operation, types);
    }
    let Success { ty: ok, accept } = match own_types::of(&choices.response_types, operation) {
        Some(ty) => Success { ty, accept: None },
        None => success_responses::success(operation, hint, types),
    };
    let ok = if choices.wants_headers(operation) {
        Ty::Response(Box::new(ok))
    } else {
        ok
    };
    let error = errors(operation, hint, types);
    Reply {
        output: Output::Typed { ok, error },
        docs: headers(operation, choices.wants_headers(operation)),
        accept,
    }
}

/// A response to HEAD has no body, whatever a document says of one (RFC 9110, section 9.3.2). Its headers are what is asked for, so
/// they are returned, and no error of the API has a type.
fn of_head(operation: &document::Operation, types: &mut Types<'_>) -> Reply {
    let with_body = operation
        .responses
        .iter()
        .filter(|response| !response.content.is_empty());
    for response in with_body {
        let message = "the body of a response to HEAD, which has none";
        types.notes.left_out_as_expected(&response.pointer, message);
    }
    let ok = Ty::Response(Box::new(Ty::Unit));
    Reply {
        output: Output::Typed { ok, error: None },
        docs: headers(operation, true),
        accept: None,
    }
}

/// The documented headers of successes, each once.
fn headers(operation: &document::Operation, are_returned: bool) -> String {
    let successes = success_responses::documented(&operation.responses).into_iter();
    let headers = successes.flat_map(|response| &response.headers);
    let headers: IndexMap<_, _> = headers.filter(|(name, _)| is_for_callers(name)).collect();
    if headers.is_empty() {
        return String::new();
    }
    let how = if are_returned {
        "The response has these headers:"
    } else {
        "The response has these headers, which this method returns if the build script asks for it (`return_headers`):"
    };
    let lines = headers.iter().map(|(name, header)| {
        let description = in_list(&docs::text(&[header.description.as_deref()]));
        format!("* {} {description}", code(name))
            .trim_end()
            .to_owned()
    });
    let lines: Vec<_> = lines.collect();
    format!("{how}\n\n{}", lines.join("\n"))
}

/// Headers that are not for browsers alone, and that do not come with the body: <https://fetch.spec.whatwg.org/#http-responses> and
/// OWASP's list of security headers.
fn is_for_callers(name: &str) -> bool {
    const FOR_OTHERS: [&str; 10] = [
        "content-length",
        "content-security-policy",
        "content-type",
        "permissions-policy",
        "referrer-policy",
        "strict-transport-security",
        "timing-allow-origin",
        "x-content-type-options",
        "x-frame-options",
        "x-xss-protection",
    ];
    let name = name.to_ascii_lowercase();
    let is_of_browsers = ["access-control-", "cross-origin-"]
        .iter()
        .any(|start| name.starts_with(start));
    !is_of_browsers && !FOR_OTHERS.contains(&name.as_str())
}

/// The type of the documented errors: theirs if they share one, else an enum by status.
fn errors<'a>(operation: &'a document::Operation, hint: &str, types: &mut Types<'a>) -> Option<Ty> {
    let mut scope = Scope::default();
    let mut variants: Vec<_> = operation
        .responses
        .iter()
        .filter_map(|response| error_variant(response, hint, &mut scope, types))
        .collect();
    variants.sort_by_key(|variant| variant.status);
    variants.dedup_by_key(|variant| variant.status);
    match variants.as_slice() {
        [] => None,
        [first, rest @ ..]
            if rest
                .iter()
                .all(|other| success_responses::same(&first.ty, &other.ty)) =>
        {
            Some(first.ty.clone())
        }
        [first, ..] => {
            let docs = format!(
                "The documented errors of {}, by status. A call returns one in `gatewright::Error::Api`: match `Err(Error::Api(error))`, \
                 and then `error.error()`, or `error.into_error()` for the value, with `Self::{}(..)`.",
                code(operation.id.as_deref().unwrap_or(hint)),
                first.name
            );
            let kind = TypeKind::Errors { variants };
            Some(types.define(&format!("{hint} error"), &operation.pointer, docs, kind))
        }
    }
}

fn error_variant<'a>(
    response: &'a Response,
    hint: &str,
    scope: &mut Scope,
    types: &mut Types<'a>,
) -> Option<ErrorVariant> {
    let (status, name) = match response.status {
        Status::Code(code @ (300..=599)) => (StatusClass::Code(code), format!("status {code}")),
        Status::Range(hundred @ (4 | 5)) => {
            (StatusClass::Range(hundred), format!("status {hundred}xx"))
        }
        Status::Default => (StatusClass::Any, "default".to_owned()),
        _ => return None,
    };
    let (kind, media) = media::to_ask(&response.content, types.schemas())?;
    let is_json = matches!(kind, media::Kind::Json(_));
    let schema = media.schema.as_ref().filter(|_| is_json)?;
    if questions::is_untyped(types.schemas(), schema) {
        return None;
    }
    let node = Node::new(schema, media.pointer.key("schema"));
    let ty = content(types, &node, &format!("{hint} {name}"));
    let name = scope.unique(&names::camel(&name, "Status"), "");
    let docs = docs::text(&[Some(&response.description)]);
    let docs = if docs.is_empty() {
        format!("`{name}`")
    } else {
        docs
    };
    Some(ErrorVariant {
        status,
        name,
        ty,
        docs,
    })
}
