//! The body of a request.

use gatewright_codegen::model::{ArgKind, Ty};
use gatewright_codegen::text::code;
use gatewright_document::{Media, Method, Operation, Pointer, RequestBody};

use super::choices::Choices;
use super::media::{self, Kind};
use super::schema::node::Node;
use super::types::form::form;
use super::types::multipart::parts;
use super::types::{Types, content, optional};
use super::{docs, own_types};

/// A body as an argument.
pub(super) struct Lowered<'a> {
    pub(super) pointer: &'a Pointer,
    pub(super) ty: Ty,
    pub(super) kind: ArgKind,
    pub(super) docs: String,
}

/// A body as the document models it. Where it models none although the method carries one, as every export of a proxy integration
/// does, there is no argument: [`UNDECLARED`] says how to send one.
pub(super) fn lower<'a>(
    operation: &'a Operation,
    hint: &str,
    choices: &Choices,
    types: &mut Types<'a>,
) -> Option<Lowered<'a>> {
    if let Some(ty) = own_types::of(&choices.request_types, operation) {
        return Some(Lowered {
            pointer: &operation.pointer,
            ty: borrowed(ty),
            kind: ArgKind::Body(None),
            docs: String::new(),
        });
    }
    match &operation.body {
        Some(body) if is_bodiless(operation.method) => {
            // RFC 9110, section 9.3.1: content of a GET has no defined meaning; clients drop or refuse it.
            let message = "a GET or HEAD request carries no body: left out";
            types.notes.left_out(&body.pointer, message);
            None
        }
        Some(body) => Some(modelled(body, hint, types)),
        None => None,
    }
}

/// What a method says whose operation declares no body, and may take one.
const UNDECLARED: &str = "The document declares no body; `.body(..)` of the call sends one.";

/// What there is to say of the body that is no argument.
pub(super) fn docs_of_none(operation: &Operation, choices: &Choices) -> String {
    let is_chosen = own_types::of(&choices.request_types, operation).is_some();
    let is_undeclared = operation.body.is_none() && carries_body(operation.method) && !is_chosen;
    if is_undeclared {
        UNDECLARED.to_owned()
    } else {
        String::new()
    }
}

/// Whether requests of a method never have one.
pub(super) fn is_bodiless(method: Method) -> bool {
    matches!(method, Method::Get | Method::Head)
}

/// Whether requests of a method are made to carry one.
pub(crate) fn carries_body(method: Method) -> bool {
    matches!(
        method,
        Method::Any | Method::Patch | Method::Post | Method::Put
    )
}

fn modelled<'a>(body: &'a RequestBody, hint: &str, types: &mut Types<'a>) -> Lowered<'a> {
    let chosen = media::to_send(&body.content, types.schemas());
    let typed = chosen.and_then(|(sent_as, kind, media)| {
        let (ty, kind) = typed(kind, media, body.required, &format!("{hint} body"), types)?;
        Some(Lowered {
            pointer: &media.pointer,
            ty,
            kind,
            docs: text(body, Some(sent_as)),
        })
    });
    typed.unwrap_or_else(|| Lowered {
        pointer: &body.pointer,
        ty: Ty::Body,
        kind: ArgKind::Body(media::fixed(&body.content)),
        docs: text(body, None),
    })
}

/// The type of a body; none of one that is sent as it is.
fn typed<'a>(
    kind: Kind,
    media: &'a Media,
    is_required: bool,
    hint: &str,
    types: &mut Types<'a>,
) -> Option<(Ty, ArgKind)> {
    let schema = media.schema.as_ref();
    let node = schema.map(|schema| Node::new(schema, media.pointer.key("schema")));
    let (ty, kind) = match kind {
        Kind::Json(media_type) => {
            let ty = node.map(|node| content(types, &node, hint));
            let media_type = Some(media_type).filter(|name| name != "application/json");
            (borrowed(ty.unwrap_or(Ty::Value)), ArgKind::Body(media_type))
        }
        Kind::Form => {
            let (ty, styles) = form(types, media, hint)?;
            (borrowed(ty), ArgKind::Form(styles))
        }
        Kind::Multipart => {
            let parts = parts(types, media, hint);
            return Some((parts.unwrap_or(Ty::Multipart), ArgKind::Body(None)));
        }
        Kind::Text(media_type) => (Ty::Str, ArgKind::Text(with_charset(media_type))),
        Kind::Bytes(_) | Kind::Any => return None,
    };
    let ty = if is_required { ty } else { optional(ty) };
    Some((ty, kind))
}

fn borrowed(ty: Ty) -> Ty {
    Ty::Ref(Box::new(ty))
}

/// Texts are UTF-8 in Rust, and text without a charset is not (RFC 2046, section 4.1.2).
fn with_charset(media_type: String) -> String {
    if media_type.to_ascii_lowercase().contains("charset=") {
        media_type
    } else {
        media_type + "; charset=utf-8"
    }
}

/// What the document says, and the media types that it takes where there are several.
fn text(body: &RequestBody, sent_as: Option<&str>) -> String {
    let own = docs::text(&[body.description.as_deref()]);
    let names = body.content.keys().map(String::as_str);
    let others: Vec<_> = names
        .filter(|name| Some(*name) != sent_as)
        .map(code)
        .collect();
    let others = others.join(", ");
    let media_types = match sent_as {
        _ if body.content.len() < 2 => String::new(),
        Some(sent_as) => format!("Sent as {}; the API also takes {others}.", code(sent_as)),
        None => format!("It brings its media type, one of {others} (`Body::with_content_type`)."),
    };
    docs::paragraphs([own, media_types])
}
