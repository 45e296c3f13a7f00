//! One parameter of an operation: its type, where it goes, and what is said of it.

use gatewright_codegen::check::{HeaderOwner, header_owner};
use gatewright_codegen::model::{ArgKind, Scheme, Ty};
use gatewright_codegen::text::code;
use gatewright_document::{Location, Operation, Parameter, Pointer};

use super::choices::Choices;
use super::schema::shape::Shape;
use super::types::{self, Types};
use super::{auth, body, docs, media, style};

const CONTENT_TYPE: &str = "content-type";

/// A parameter as an argument.
pub(super) struct Lowered {
    pub(super) ty: Ty,
    pub(super) kind: ArgKind,
    pub(super) docs: String,
}

/// The argument of a parameter; none, and a note, of one that is not the caller's to send.
pub(super) fn lower<'a>(
    parameter: &'a Parameter,
    operation: &Operation,
    hint: &str,
    auth: &[Scheme],
    choices: &Choices,
    types: &mut Types<'a>,
) -> Option<Lowered> {
    if let Some(left_out) = left_out(parameter, operation) {
        let notes = &mut types.notes;
        if makes_no_difference(parameter, auth) {
            notes.left_out_as_expected(&parameter.pointer, &left_out);
        } else {
            notes.left_out(&parameter.pointer, left_out);
        }
        return None;
    }
    let hint = type_hint(parameter, types.base, hint);
    let chosen = choices.parameter(operation, &parameter.name);
    let (ty, kind) = match chosen {
        Some(ty) => {
            let (ty, shape) = types::parameter::chosen(types, parameter, ty, &hint);
            (ty, style::kind(parameter, shape)?)
        }
        None => taken(parameter, &hint, types)?,
    };
    let docs = text(parameter, &ty, types);
    Some(Lowered { ty, kind, docs })
}

/// The type that the document gives, where it has a form in its place; else a text.
fn taken<'a>(parameter: &'a Parameter, hint: &str, types: &mut Types<'a>) -> Option<(Ty, ArgKind)> {
    let as_text = || style::kind(parameter, Shape::Primitive);
    if let Some(media_type) = &parameter.media_type {
        return match style::json(parameter).filter(|_| media::is_json(media_type)) {
            Some(kind) => Some((types::parameter::json(types, parameter, hint), kind)),
            None => Some((Ty::Str, as_text()?)),
        };
    }
    let (ty, shape) = types::parameter::ty(types, parameter, hint);
    if let Some(kind) = style::kind(parameter, shape) {
        return Some((ty, kind));
    }
    let message = "holds lists or objects that its place and style have no form for; taken as the text that the caller makes of it";
    types.notes.push(&parameter.pointer, message);
    Some((Ty::Str, as_text()?))
}

/// Why a parameter is no argument.
fn left_out(parameter: &Parameter, operation: &Operation) -> Option<String> {
    let name = code(&parameter.name);
    let is = |name| parameter.name.eq_ignore_ascii_case(name);
    let is_bodiless = body::is_bodiless(operation.method);
    match parameter.location {
        Location::Cookie => Some(format!("the cookie {name} is left out; send it by a layer")),
        // The gateway may demand it of requests without a body too.
        Location::Header if is(CONTENT_TYPE) && parameter.required && is_bodiless => None,
        Location::Header if is(CONTENT_TYPE) && !is_bodiless => Some(format!(
            "the header {name} comes with the body; `.header(\"content-type\", ..)` of the call sets another"
        )),
        Location::Header if is(CONTENT_TYPE) => {
            Some(format!("the header {name} is left to the layers"))
        }
        Location::Header if is("accept") => Some(format!(
            "the header {name} is left to the type of the response"
        )),
        Location::Header => header_owner(&parameter.name).map(|owner| match owner {
            HeaderOwner::Transport => format!("the header {name} is left to the transport"),
            HeaderOwner::Signer | HeaderOwner::Credential => {
                format!("the header {name} is left to the layers")
            }
        }),
        _ => None,
    }
}

/// Whether what is left out is sent all the same, by somebody else.
fn makes_no_difference(parameter: &Parameter, auth: &[Scheme]) -> bool {
    let is = |name: &str| parameter.name.eq_ignore_ascii_case(name);
    let is_sent = |scheme: &Scheme| auth::headers(scheme).into_iter().any(is);
    parameter.location == Location::Header
        && match header_owner(&parameter.name) {
            Some(HeaderOwner::Transport) => true,
            _ => is("accept") || is(CONTENT_TYPE) || auth.iter().any(is_sent),
        }
}

/// What a type of its own is called after: the operation and the parameter, or the parameter alone where the document
/// describes it for all operations.
fn type_hint(parameter: &Parameter, document: &Pointer, hint: &str) -> String {
    let at = parameter.pointer.within(document).to_string();
    let is_shared = at.starts_with("#/components/parameters/") || at.starts_with("#/parameters/");
    if is_shared {
        parameter.name.clone()
    } else {
        format!("{hint} {}", parameter.name)
    }
}

fn text<'a>(parameter: &'a Parameter, ty: &Ty, types: &Types<'a>) -> String {
    let media_type = parameter.media_type.as_ref();
    let written = media_type.map(|media_type| format!("Written as {}.", code(media_type)));
    docs::paragraphs([
        // An optional one is a field, which an attribute marks.
        said(parameter.deprecated && parameter.required, "Deprecated."),
        docs::text(&[parameter.description.as_deref()]),
        types::parameter::docs(types, parameter, ty),
        written.unwrap_or_default(),
        said(parameter.allow_empty, "May be sent empty."),
    ])
}

fn said(is_so: bool, text: &str) -> String {
    if is_so {
        text.to_owned()
    } else {
        String::new()
    }
}

/// Headers that a layer, the transport or the body sets; OpenAPI 3.0 says of `accept`, `content-type` and
/// `authorization` that a parameter of that name is ignored, section "Parameter Object".
pub(crate) fn is_owned_by_layers(name: &str) -> bool {
    let is = |owned| name.eq_ignore_ascii_case(owned);
    header_owner(name).is_some() || is("accept") || is(CONTENT_TYPE)
}
