//! The arguments of one call.

use gatewright_codegen::Origin;
use gatewright_codegen::model::{Arg, ArgKind, PathTemplate, Scheme, Ty};
use gatewright_document as document;
use gatewright_document::{Location, Parameter, Pointer};

use super::choices::Choices;
use super::names::{self, Scope};
use super::types::{Types, parameter};
use super::{auth, body, parameters};

/// The arguments of `operation`, in the order of a call: the method if it is the caller's choice, path variables in the
/// template's order, required query parameters and headers, the body, and the optional ones.
pub(super) fn args<'a>(
    operation: &'a document::Operation,
    path: &PathTemplate,
    hint: &str,
    auth: &[Scheme],
    choices: &Choices,
    types: &mut Types<'a>,
) -> Vec<Arg> {
    let scope = Scope::default();
    let mut args = Args {
        operation,
        hint,
        auth,
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
    let is_required = |p: &&Parameter| is_required(p, operation, choices);
    elsewhere()
        .filter(is_required)
        .for_each(|parameter| args.parameter(parameter));
    args.body();
    elsewhere()
        .filter(|p| !is_required(p))
        .for_each(|parameter| args.parameter(parameter));
    args.args
}

/// Whether a call cannot do without a parameter: the document says so, or an authorizer reads it.
fn is_required(parameter: &Parameter, operation: &document::Operation, choices: &Choices) -> bool {
    parameter.required || auth::reads_parameter(parameter, operation, choices)
}

/// The arguments of one call while they are gathered.
struct Args<'t, 'a> {
    operation: &'a document::Operation,
    hint: &'t str,
    auth: &'t [Scheme],
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
            deprecated: false,
            secret: false,
            docs: String::new(),
        });
        let last = self.args.len() - 1;
        &mut self.args[last]
    }

    fn path(&mut self, path: &PathTemplate) {
        let declared = &self.operation.parameters;
        let in_path = |name: &str| {
            let is_it = |p: &&'a Parameter| p.location == Location::Path && p.name == name;
            declared.iter().find(is_it)
        };
        for parameter in path.variables().filter_map(in_path) {
            self.parameter(parameter);
        }
    }

    fn parameter(&mut self, parameter: &'a Parameter) {
        let (operation, hint, choices) = (self.operation, self.hint, self.choices);
        let lowered = parameters::lower(parameter, operation, hint, self.auth, choices, self.types);
        let Some(parameters::Lowered { ty, kind, docs }) = lowered else {
            return;
        };
        let secret = parameter::is_secret(self.types, parameter);
        let is_required = is_required(parameter, operation, choices);
        let ty = if is_required {
            ty
        } else {
            Ty::Optional(Box::new(ty))
        };
        let arg = self.push(&parameter.pointer, &parameter.name, ty, kind);
        arg.optional = !is_required;
        arg.deprecated = parameter.deprecated;
        arg.secret = secret;
        arg.docs = docs;
    }

    fn body(&mut self) {
        if let Some(body) = body::lower(self.operation, self.hint, self.choices, self.types) {
            let arg = self.push(body.pointer, "body", body.ty, body.kind);
            arg.docs = body.docs;
        }
    }
}
