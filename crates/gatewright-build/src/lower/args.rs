//! The arguments of one call.

use gatewright_codegen::Origin;
use gatewright_codegen::model::{Arg, ArgKind, PathTemplate, Ty};
use gatewright_document as document;
use gatewright_document::{Location, Parameter, Pointer, RequestBody};

use super::choices::Choices;
use super::names::{self, Scope};
use super::types::Types;
use super::{docs, media};

/// The arguments of `operation`, in the order of a call: the method if it is the caller's choice, path variables in the
/// template's order, required query parameters and headers, the body, and the optional ones.
pub(super) fn args<'a>(
    operation: &'a document::Operation,
    path: &PathTemplate,
    hint: &str,
    choices: &Choices,
    types: &mut Types<'a>,
) -> Vec<Arg> {
    let scope = Scope::default();
    let mut args = Args {
        operation,
        hint,
        choices,
        types,
        scope,
        args: Vec::new(),
    };
    args.method();
    args.path(path);
    let elsewhere = || {
        operation
            .parameters
            .iter()
            .filter(|p| p.location != Location::Path)
    };
    elsewhere()
        .filter(|p| p.required)
        .for_each(|parameter| args.parameter(parameter));
    args.body();
    elsewhere()
        .filter(|p| !p.required)
        .for_each(|parameter| args.parameter(parameter));
    args.args
}

/// The arguments of one call while they are gathered.
struct Args<'t, 'a> {
    operation: &'a document::Operation,
    hint: &'t str,
    choices: &'t Choices,
    types: &'t mut Types<'a>,
    scope: Scope,
    args: Vec<Arg>,
}

impl<'a> Args<'_, 'a> {
    fn method(&mut self) {
        if self.operation.method == document::Method::Any {
            let pointer = &self.operation.pointer;
            self.push(pointer, "method", Ty::HttpMethod, ArgKind::Method);
        }
    }

    fn push(&mut self, pointer: &Pointer, name: &str, ty: Ty, kind: ArgKind) -> &mut Arg {
        let fallback = format!("arg{}", self.args.len());
        let name = self.scope.unique(&names::snake(name, &fallback), "_");
        let origin = Origin::Pointer(pointer.to_string());
        self.args.push(Arg {
            origin,
            name,
            ty,
            kind,
            optional: false,
            docs: String::new(),
        });
        let last = self.args.len() - 1;
        &mut self.args[last]
    }

    fn path(&mut self, path: &PathTemplate) {
        let declared = &self.operation.parameters;
        let in_path = |name: &str| {
            declared
                .iter()
                .find(|p| p.location == Location::Path && p.name == name)
        };
        for parameter in path.variables().filter_map(in_path) {
            let ty = self.parameter_type(parameter, false);
            let kind = ArgKind::Path(parameter.name.clone());
            let docs = docs::text(&[parameter.description.as_deref()]);
            self.push(&parameter.pointer, &parameter.name, ty, kind)
                .docs = docs;
        }
    }

    /// The type that was chosen, else the document's.
    fn parameter_type(&self, parameter: &'a Parameter, may_repeat: bool) -> Ty {
        let chosen = self.choices.parameter(self.operation, &parameter.name);
        chosen.unwrap_or_else(|| self.types.parameter(parameter, may_repeat))
    }

    fn parameter(&mut self, parameter: &'a Parameter) {
        let kind = match parameter.location {
            Location::Query => ArgKind::Query(parameter.name.clone()),
            Location::Header if is_owned_by_layers(&parameter.name) => {
                let message = format!("the header `{}` is left to the layers", parameter.name);
                return self.types.notes.push(&parameter.pointer, message);
            }
            Location::Header => ArgKind::Header(parameter.name.to_ascii_lowercase()),
            Location::Cookie => {
                let message = format!(
                    "the cookie `{}` is left out; send it by a layer",
                    parameter.name
                );
                return self.types.notes.push(&parameter.pointer, message);
            }
            Location::Path => return,
        };
        let ty = self.parameter_type(parameter, parameter.explode);
        let ty = if parameter.required {
            ty
        } else {
            Ty::Optional(Box::new(ty))
        };
        let arg = self.push(&parameter.pointer, &parameter.name, ty, kind);
        arg.optional = !parameter.required;
        arg.docs = docs::text(&[parameter.description.as_deref()]);
    }

    /// A body as the document models it; where it models none although the method carries one (every export of a proxy
    /// integration), whatever the caller gives.
    fn body(&mut self) {
        let operation = self.operation;
        let (pointer, ty, kind) = match &operation.body {
            Some(body) if is_bodiless(operation.method) => {
                // RFC 9110, section 9.3.1: content of a GET has no defined meaning; clients drop or refuse it.
                let message = "a GET or HEAD request carries no body: left out";
                return self.types.notes.push(&body.pointer, message);
            }
            Some(body) => self.modelled_body(body),
            None if carries_body(operation.method) => {
                (&operation.pointer, Ty::Body, ArgKind::Body(None))
            }
            None => return,
        };
        let docs = operation
            .body
            .as_ref()
            .map(|body| docs::text(&[body.description.as_deref()]));
        self.push(pointer, "body", ty, kind).docs = docs.unwrap_or_default();
    }

    fn modelled_body(&mut self, body: &'a RequestBody) -> (&'a Pointer, Ty, ArgKind) {
        let Some((media_type, media)) = media::preferred(&body.content) else {
            return (&body.pointer, Ty::Body, ArgKind::Body(None));
        };
        if media::is_multipart(media_type) {
            return (&media.pointer, Ty::Multipart, ArgKind::Body(None));
        }
        let hint = format!("{} body", self.hint);
        let pointer = media.pointer.key("schema");
        let ty = media
            .schema
            .as_ref()
            .map(|schema| self.types.ty(schema, &hint, &pointer));
        let kind = match &ty {
            _ if media_type == "application/json" => ArgKind::Body(None),
            _ if media::is_json(media_type) => ArgKind::Body(Some(media_type.to_owned())),
            Some(Ty::Named(_)) if media::is_form(media_type) => ArgKind::Form,
            _ => {
                return (
                    &media.pointer,
                    Ty::Body,
                    ArgKind::Body(media::fixed(&body.content)),
                );
            }
        };
        let ty = Ty::Ref(Box::new(ty.unwrap_or(Ty::Value)));
        let ty = if body.required {
            ty
        } else {
            Ty::Optional(Box::new(ty))
        };
        (&media.pointer, ty, kind)
    }
}

fn is_bodiless(method: document::Method) -> bool {
    matches!(method, document::Method::Get | document::Method::Head)
}

fn carries_body(method: document::Method) -> bool {
    use document::Method::{Any, Patch, Post, Put};
    matches!(method, Any | Patch | Post | Put)
}

/// Headers that a layer or the transport sets; OpenAPI 3.0 says of the first three that a parameter of that name is
/// ignored, section "Parameter Object".
fn is_owned_by_layers(name: &str) -> bool {
    const OWNED: &[&str] = &[
        "accept",
        "content-type",
        "authorization",
        "host",
        "content-length",
        "x-amz-date",
        "x-amz-security-token",
        "x-api-key",
    ];
    OWNED.iter().any(|owned| name.eq_ignore_ascii_case(owned))
}
