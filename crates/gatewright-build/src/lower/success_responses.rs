//! What an operation returns when all is well.

use gatewright_codegen::model::{ResponseVariant, StatusClass, Ty, TypeKind};
use gatewright_codegen::text::code;
use gatewright_document::{Operation, Response, Status};

use super::docs;
use super::media::{self, Kind};
use super::names::{self, Scope};
use super::schema::node::Node;
use super::schema::questions;
use super::types::{self, Types, optional};

/// The type of a success, and the media type to ask for.
pub(super) struct Success {
    pub(super) ty: Ty,
    pub(super) accept: Option<String>,
}

/// What one documented status returns.
struct StatusSuccess<'a> {
    response: &'a Response,
    status: StatusClass,
    /// None of a response without content.
    ty: Option<Ty>,
    accept: Option<String>,
}

/// One type for all documented successes: theirs if they share one, optional if some have no content, else an enum by
/// status.
pub(super) fn success<'a>(operation: &'a Operation, hint: &str, types: &mut Types<'a>) -> Success {
    let successes = all(operation, hint, types);
    let accept = common(&successes);
    let mut typed = successes.iter().filter_map(|success| success.ty.as_ref());
    let ty = match typed.next() {
        None if successes.is_empty() => Ty::Content,
        None => Ty::Unit,
        Some(first) if typed.all(|other| same(first, other)) => {
            let is_always = successes.iter().all(|success| success.ty.is_some());
            of_one(first.clone(), is_always)
        }
        Some(_) => {
            let ty = by_status(operation, hint, accept, successes, types);
            return Success { ty, accept: None };
        }
    };
    Success { ty, accept }
}

/// Raw responses can be empty as they are.
fn of_one(ty: Ty, is_always: bool) -> Ty {
    match ty {
        Ty::Content | Ty::Body | Ty::PlainText => ty,
        ty if is_always => ty,
        ty => optional(ty),
    }
}

/// The media type to ask for, if one serves all responses that have a type. API Gateway looks at the first one only to
/// decide whether a response is binary ("Content type conversions in API Gateway").
fn common(successes: &[StatusSuccess<'_>]) -> Option<String> {
    let mut accepts = successes
        .iter()
        .filter_map(|success| success.accept.as_ref());
    let first = accepts.next()?;
    accepts.all(|other| other == first).then(|| first.clone())
}

fn all<'a>(operation: &'a Operation, hint: &str, types: &mut Types<'a>) -> Vec<StatusSuccess<'a>> {
    let documented = documented(&operation.responses);
    // The plain name is that of the only one, or of the type of all of them.
    let with_content = documented.iter().filter(|it| !it.content.is_empty());
    let is_one = with_content.count() < 2;
    let mut successes: Vec<_> = documented
        .into_iter()
        .map(|response| {
            let status = class(response.status);
            let hint = match status {
                StatusClass::Code(code) if !is_one => format!("{hint} response {code}"),
                StatusClass::Range(hundred) if !is_one => format!("{hint} response {hundred}xx"),
                StatusClass::Any if !is_one => format!("{hint} response default"),
                _ => format!("{hint} response"),
            };
            of_status(response, status, &hint, types)
        })
        .collect();
    successes.sort_by_key(|success| success.status);
    successes.dedup_by_key(|success| success.status);
    successes
}

/// The 2xx responses; the default where there is none.
pub(super) fn documented(responses: &[Response]) -> Vec<&Response> {
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

const fn class(status: Status) -> StatusClass {
    match status {
        Status::Code(code) => StatusClass::Code(code),
        Status::Range(hundred) => StatusClass::Range(hundred),
        Status::Default => StatusClass::Any,
    }
}

fn of_status<'a>(
    response: &'a Response,
    status: StatusClass,
    hint: &str,
    types: &mut Types<'a>,
) -> StatusSuccess<'a> {
    let (ty, accept) = content(response, hint, types);
    StatusSuccess {
        response,
        status,
        ty,
        accept,
    }
}

fn content<'a>(
    response: &'a Response,
    hint: &str,
    types: &mut Types<'a>,
) -> (Option<Ty>, Option<String>) {
    // RFC 9110, sections 15.3.5 and 15.3.6: these have no content.
    if matches!(response.status, Status::Code(204 | 205)) {
        return (None, None);
    }
    let untyped = (Some(Ty::Content), None);
    let Some((kind, media)) = media::to_ask(&response.content, types.schemas()) else {
        return untyped;
    };
    match kind {
        Kind::Json(media_type) => match &media.schema {
            Some(schema) if !questions::is_untyped(types.schemas(), schema) => {
                let node = Node::new(schema, media.pointer.key("schema"));
                let ty = types::content(types, &node, hint);
                (Some(ty), Some(media_type))
            }
            _ => untyped,
        },
        Kind::Text(media_type) => (Some(Ty::PlainText), Some(media::essence(&media_type))),
        Kind::Bytes(media_type) => (Some(Ty::Body), media_type),
        Kind::Form | Kind::Multipart | Kind::Any => untyped,
    }
}

/// An enum with a variant for each status.
fn by_status<'a>(
    operation: &'a Operation,
    hint: &str,
    accept: Option<String>,
    successes: Vec<StatusSuccess<'a>>,
    types: &mut Types<'a>,
) -> Ty {
    let mut scope = Scope::with(&["Other"]);
    let variants = successes
        .into_iter()
        .map(|success| variant(success, &mut scope));
    let kind = TypeKind::Responses {
        accept,
        variants: variants.collect(),
    };
    let id = operation.id.as_deref().unwrap_or(hint);
    let docs = format!("What {} returns, by status.", code(id));
    types.define(&format!("{hint} response"), &operation.pointer, docs, kind)
}

/// A raw response is read into memory here, because the others have to be.
fn variant(success: StatusSuccess<'_>, scope: &mut Scope) -> ResponseVariant {
    let name = match success.status {
        StatusClass::Code(code) => format!("status {code}"),
        StatusClass::Range(hundred) => format!("status {hundred}xx"),
        StatusClass::Any => "default".to_owned(),
    };
    let name = scope.unique(&names::camel(&name, "Status"), "");
    let docs = docs::text(&[Some(&success.response.description)]);
    ResponseVariant {
        status: success.status,
        ty: success.ty.map(|ty| match ty {
            Ty::Body => Ty::Content,
            ty => ty,
        }),
        docs: if docs.is_empty() {
            format!("`{name}`")
        } else {
            docs
        },
        name,
    }
}

/// Whether two types are the same.
pub(super) fn same(a: &Ty, b: &Ty) -> bool {
    match (a, b) {
        (Ty::Named(a), Ty::Named(b)) => a == b,
        (Ty::Format(a), Ty::Format(b)) => a == b,
        (Ty::List(a), Ty::List(b))
        | (Ty::Map(a), Ty::Map(b))
        | (Ty::Optional(a), Ty::Optional(b)) => same(a, b),
        (Ty::User(_), Ty::User(_)) => false,
        (a, b) => std::mem::discriminant(a) == std::mem::discriminant(b),
    }
}
