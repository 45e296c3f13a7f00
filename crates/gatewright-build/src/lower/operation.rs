//! One operation of a document to one of the model.

use gatewright_codegen::Origin;
use gatewright_codegen::model::{Arg, ArgKind, Method, Operation, PathTemplate, Ty};
use gatewright_document as document;
use gatewright_document::{IntegrationKind, Location, Parameter, Pointer, RequestBody};
use proc_macro2::{Ident, TokenStream};

use super::auth::{self, AuthMode};
use super::names::{self, Scope};
use super::types::Types;
use super::{docs, media, response};
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
    mode: Option<AuthMode>,
    types: &mut Types<'a>,
) -> Result<Operation, Problem> {
    let pointer = &operation.pointer;
    let path = PathTemplate::parse(&operation.path)
        .map_err(|fault| Problem::new(pointer, fault.message))?;
    let hint = name.to_string().trim_start_matches("r#").to_owned();
    let args = Args::of(operation, &hint, types);
    let reply = response::reply(operation, &hint, types);
    Ok(Operation {
        origin: Origin::Pointer(pointer.to_string()),
        id: operation.id.clone().unwrap_or_else(|| hint.clone()),
        name,
        method: method(operation.method),
        path,
        auth: auth::schemes(&operation.security, mode),
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

/// The arguments of one call while they are gathered.
struct Args<'t, 'a> {
    types: &'t mut Types<'a>,
    hint: &'t str,
    scope: Scope,
    args: Vec<Arg>,
}

impl<'t, 'a> Args<'t, 'a> {
    /// In the order of a call: the method if it is the caller's choice, path variables in the template's order,
    /// required query parameters and headers, the body, and the optional ones.
    fn of(operation: &'a document::Operation, hint: &'t str, types: &'t mut Types<'a>) -> Vec<Arg> {
        let mut args = Self {
            types,
            hint,
            scope: Scope::with(&["self_"]),
            args: Vec::new(),
        };
        if operation.method == document::Method::Any {
            args.push(
                &operation.pointer,
                "method",
                Ty::HttpMethod,
                ArgKind::Method,
            );
        }
        args.path(operation);
        let (required, optional): (Vec<_>, Vec<_>) = operation
            .parameters
            .iter()
            .filter(|parameter| parameter.location != Location::Path)
            .partition(|parameter| parameter.required);
        required
            .into_iter()
            .for_each(|parameter| args.parameter(parameter));
        args.body(operation);
        optional
            .into_iter()
            .for_each(|parameter| args.parameter(parameter));
        args.args
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

    fn path(&mut self, operation: &'a document::Operation) {
        let in_path = || {
            operation
                .parameters
                .iter()
                .filter(|p| p.location == Location::Path)
        };
        let place = |parameter: &&Parameter| operation.path.find(&format!("{{{}", parameter.name));
        let mut parameters: Vec<_> = in_path().collect();
        parameters.sort_by_key(place);
        for parameter in parameters {
            let ty = self.types.parameter(parameter, false);
            let kind = ArgKind::Path(parameter.name.clone());
            let docs = docs::text(&[parameter.description.as_deref()]);
            self.push(&parameter.pointer, &parameter.name, ty, kind)
                .docs = docs;
        }
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
        let ty = self.types.parameter(parameter, parameter.explode);
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
    fn body(&mut self, operation: &'a document::Operation) {
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
        if !media::is_json(media_type) {
            return (
                &media.pointer,
                Ty::Body,
                ArgKind::Body(media::fixed(&body.content)),
            );
        }
        let hint = format!("{} body", self.hint);
        let ty = match &media.schema {
            Some(schema) => self.types.ty(schema, &hint, &media.pointer.key("schema")),
            None => Ty::Value,
        };
        let ty = Ty::Ref(Box::new(ty));
        let ty = if body.required {
            ty
        } else {
            Ty::Optional(Box::new(ty))
        };
        let own = (media_type != "application/json").then(|| media_type.to_owned());
        (&media.pointer, ty, ArgKind::Body(own))
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
