//! What an operation answers: the type of its success, and of its documented errors.

use gatewright_codegen::model::{ErrorVariant, Output, StatusClass, Ty, TypeKind};
use gatewright_document::{self as document, Response, Status};

use super::choices::Choices;
use super::names::Scope;
use super::types::{Types, optional};
use super::{docs, media, names};

/// The output of a method, and the media type to ask for.
pub(super) struct Reply {
    pub(super) output: Output,
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
    let (ok, accept) = success(operation, hint, types);
    let ok = if choices.wants_parts(operation) {
        Ty::Response(Box::new(ok))
    } else {
        ok
    };
    let error = errors(operation, hint, types);
    Reply {
        output: Output::Typed { ok, error },
        accept,
    }
}

/// The type of one response.
enum Success {
    Nothing,
    Untyped,
    Json(Ty, String),
    Bytes(String),
}

/// One type for all documented successes: nothing beside something makes it optional, two different ones make it
/// untyped.
fn success<'a>(
    operation: &'a document::Operation,
    hint: &str,
    types: &mut Types<'a>,
) -> (Ty, Option<String>) {
    let mut nothing = false;
    let mut some: Option<(Ty, Option<String>)> = None;
    for response in successes(&operation.responses) {
        let next = match success_of(response, hint, types) {
            Success::Nothing => {
                nothing = true;
                continue;
            }
            Success::Untyped => (Ty::Content, None),
            Success::Json(ty, media_type) => (ty, Some(media_type)),
            Success::Bytes(media_type) => (Ty::Body, Some(media_type)),
        };
        some = Some(if some.is_none() {
            next
        } else {
            (Ty::Content, None)
        });
    }
    match some {
        Some((ty @ (Ty::Content | Ty::Body), accept)) => (ty, accept),
        Some((ty, accept)) if nothing => (optional(ty), accept),
        Some(typed) => typed,
        None if nothing => (Ty::Unit, None),
        None => (Ty::Content, None),
    }
}

/// The 2xx responses; the default where there is none.
fn successes(responses: &[Response]) -> Vec<&Response> {
    let of = |wanted: fn(Status) -> bool| {
        responses
            .iter()
            .filter(move |response| wanted(response.status))
    };
    let explicit: Vec<_> =
        of(|status| matches!(status, Status::Code(200..=299) | Status::Range(2))).collect();
    if explicit.is_empty() {
        of(|status| status == Status::Default).collect()
    } else {
        explicit
    }
}

fn success_of<'a>(response: &'a Response, hint: &str, types: &mut Types<'a>) -> Success {
    // RFC 9110, sections 15.3.5 and 15.3.6: these have no content.
    if matches!(response.status, Status::Code(204 | 205)) {
        return Success::Nothing;
    }
    let Some((media_type, media)) = media::preferred(&response.content) else {
        return Success::Untyped;
    };
    if !media::is_json(media_type) {
        let is_bytes = !media::is_text(media_type) && media::is_value(media_type);
        return if is_bytes {
            Success::Bytes(media_type.to_owned())
        } else {
            Success::Untyped
        };
    }
    match &media.schema {
        Some(schema) if !types.is_untyped(schema) => {
            let ty = types.ty(
                schema,
                &format!("{hint} response"),
                &media.pointer.key("schema"),
            );
            Success::Json(ty, media_type.to_owned())
        }
        _ => Success::Untyped,
    }
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
        [first, rest @ ..] if rest.iter().all(|other| same(&first.ty, &other.ty)) => {
            Some(first.ty.clone())
        }
        _ => {
            let docs = format!(
                "The documented errors of `{}`, by status.",
                operation.id.as_deref().unwrap_or(hint).replace('`', "'")
            );
            Some(types.define(
                &format!("{hint} error"),
                &operation.pointer,
                docs,
                TypeKind::Errors { variants },
            ))
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
    let (media_type, media) = media::preferred(&response.content)?;
    let schema = media
        .schema
        .as_ref()
        .filter(|_| media::is_json(media_type))?;
    if types.is_untyped(schema) {
        return None;
    }
    let ty = types.ty(
        schema,
        &format!("{hint} {name}"),
        &media.pointer.key("schema"),
    );
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

/// Whether two types are the same named one.
fn same(a: &Ty, b: &Ty) -> bool {
    matches!((a, b), (Ty::Named(a), Ty::Named(b)) if a == b)
}
