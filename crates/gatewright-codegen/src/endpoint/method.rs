//! One method of a trait: an operation, if it has an HTTP method.

use proc_macro2::Span;
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::{Attribute, FnArg, LitStr, ReturnType, Signature, TraitItemFn};

use super::attribute::{self, Place, VERBS};
use super::{argument, auth, fixed_header, foreign_path, signature};
use crate::model::{Arg, Method, Operation, Output, PathTemplate, Scheme};
use crate::{Origin, Problem};

/// What methods take from the trait.
#[derive(Debug)]
pub(super) struct Defaults<'a> {
    /// What every path begins with.
    pub(super) prefix: &'a str,
    /// The authorization of a method that does not say.
    pub(super) auth: Vec<Scheme>,
    /// Headers that every method sends.
    pub(super) headers: Vec<(String, String)>,
}

/// Whether a method is the macro's; one with a body and without an HTTP method is the user's own.
pub(super) fn is_endpoint(method: &TraitItemFn) -> bool {
    method.default.is_none() || verbs(&method.attrs).next().is_some()
}

/// Reads an endpoint; nothing if its path or its arguments are not known.
pub(super) fn lower(
    method: &TraitItemFn,
    defaults: &Defaults<'_>,
    problems: &mut Vec<Problem>,
) -> Option<Operation> {
    let TraitItemFn { attrs, sig, .. } = method;
    Place::Method.report_mistakes(attrs, problems);
    problems.extend(signature::problems(sig));
    let own = fixed_header::parse(attrs, problems);
    let auth = auth::parse(attrs, problems).unwrap_or_else(|| defaults.auth.clone());
    let args = arguments(sig, problems);
    let route = route(method, defaults.prefix, problems)?;
    let foreign = foreign_path::problems(&route.path, route.span, sig);
    if !foreign.is_empty() {
        // The arguments would be said to be missing in the path once more.
        problems.extend(foreign);
        return None;
    }
    Some(Operation {
        origin: Origin::Span(route.span),
        id: sig.ident.unraw().to_string(),
        name: sig.ident.clone(),
        method: route.method,
        path: route.path,
        auth,
        generics: sig.generics.to_token_stream(),
        args: args?,
        headers: fixed_header::merge(own, &defaults.headers),
        output: output(sig),
        docs: attribute::docs(attrs),
        response_docs: String::new(),
        deprecated: false,
        attrs: attribute::named(attrs, "cfg")
            .map(ToTokens::to_token_stream)
            .collect(),
    })
}

/// The HTTP method, the path with the trait's prefix, and where the path is written.
struct Route {
    method: Method,
    path: PathTemplate,
    span: Span,
}

/// An attribute that names an HTTP method.
struct Verb<'a> {
    attr: &'a Attribute,
    name: &'static str,
    method: Method,
}

fn verbs(attrs: &[Attribute]) -> impl Iterator<Item = Verb<'_>> {
    attrs.iter().filter_map(|attr| {
        let mut known = VERBS.into_iter();
        let (name, method) = known.find(|(name, _)| attr.path().is_ident(name))?;
        Some(Verb { attr, name, method })
    })
}

fn route(method: &TraitItemFn, prefix: &str, problems: &mut Vec<Problem>) -> Option<Route> {
    let mut verbs = verbs(&method.attrs);
    let Some(verb) = verbs.next() else {
        problems.extend(no_verb(method));
        return None;
    };
    let name = &method.sig.ident;
    problems.extend(verbs.map(|second| {
        attribute::at(
            second.attr,
            format!("method `{name}` has two HTTP methods; keep one"),
        )
    }));
    problems.extend(body(method, &verb));
    let literal = template(&verb);
    let path = literal.and_then(|literal| Ok((path(&literal, prefix)?, literal.span())));
    let (path, span) = path.map_err(|fault| problems.push(fault)).ok()?;
    Some(Route {
        method: verb.method,
        path,
        span,
    })
}

/// What an endpoint does is the macro's to write.
fn body(method: &TraitItemFn, verb: &Verb<'_>) -> Option<Problem> {
    method.default.as_ref()?;
    let (name, verb_name) = (&method.sig.ident, verb.name);
    let message = format!("method `{name}` has both `#[{verb_name}]` and a body; remove one");
    Some(attribute::at(verb.attr, message))
}

fn template(verb: &Verb<'_>) -> Result<LitStr, Problem> {
    verb.attr.parse_args().map_err(|_| {
        let name = verb.name;
        let message = format!("`#[{name}]` needs a path: `#[{name}(\"/path/{{variable}}\")]`");
        attribute::at(verb.attr, message)
    })
}

/// A misspelt HTTP method has been reported as such.
fn no_verb(method: &TraitItemFn) -> Option<Problem> {
    let mut attrs = method.attrs.iter();
    if attrs.any(|attr| matches!(Place::Method.role(attr), attribute::Role::Mistake(_))) {
        return None;
    }
    let name = &method.sig.ident;
    let all: Vec<String> = VERBS
        .iter()
        .map(|(verb, _)| format!("`#[{verb}(\"…\")]`"))
        .collect();
    let message = format!(
        "method `{name}` has no HTTP method; add one of {}, or give it a body",
        all.join(", ")
    );
    Some(Problem::at(name.span(), message))
}

/// Parses a path by itself first, so that its own faults are not hidden by the prefix.
fn path(literal: &LitStr, prefix: &str) -> Result<PathTemplate, Problem> {
    let text = literal.value();
    let parsed =
        PathTemplate::parse(&text).and_then(|_| PathTemplate::parse(&format!("{prefix}{text}")));
    parsed.map_err(|fault| Problem::at(literal.span(), fault.message))
}

/// All arguments after `self`, or nothing if one of them could not be read.
fn arguments(sig: &Signature, problems: &mut Vec<Problem>) -> Option<Vec<Arg>> {
    let typed = sig.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(typed) => Some(typed),
        FnArg::Receiver(_) => None,
    });
    let read: Vec<Option<Arg>> = typed
        .map(|input| argument::parse(input, &sig.ident, problems))
        .collect();
    read.into_iter().collect()
}

fn output(sig: &Signature) -> Output {
    Output::User(match &sig.output {
        ReturnType::Type(_, ty) => ty.to_token_stream(),
        ReturnType::Default => quote!(()),
    })
}
