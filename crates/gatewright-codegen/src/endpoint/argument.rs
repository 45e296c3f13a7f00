//! One argument of an endpoint.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Attribute, Lifetime, Pat, PatType, Type};

use super::arg_attr;
use super::attribute::{self, Place};
use crate::model::{Arg, ArgKind, Ty};
use crate::{Origin, Problem};

/// Reads an argument of the method `method`; nothing if it is not known where its value goes.
pub(super) fn parse(input: &PatType, method: &Ident, problems: &mut Vec<Problem>) -> Option<Arg> {
    let before = problems.len();
    Place::Argument.report_mistakes(&input.attrs, problems);
    problems.extend(attribute::named(&input.attrs, "cfg").map(conditional));
    problems.extend(type_parameter(input, method));
    let Some(name) = name(&input.pat) else {
        problems.push(Problem::at(
            input.pat.span(),
            "argument must be a plain name, not a pattern",
        ));
        return None;
    };
    let (kind, span) = arg_attr::destination(&input.attrs, name)
        .map_err(|fault| problems.push(fault))
        .ok()?;
    problems.extend(
        (kind == ArgKind::Extension)
            .then(|| borrowed(&input.ty))
            .flatten(),
    );
    (problems.len() == before).then(|| Arg {
        origin: Origin::Span(span),
        name: name.clone(),
        ty: Ty::User(input.ty.to_token_stream()),
        kind,
        optional: false,
        deprecated: false,
        secret: false,
        docs: String::new(),
    })
}

fn name(pattern: &Pat) -> Option<&Ident> {
    match pattern {
        Pat::Ident(plain)
            if plain.by_ref.is_none() && plain.mutability.is_none() && plain.subpat.is_none() =>
        {
            Some(&plain.ident)
        }
        _ => None,
    }
}

/// The request keeps its extensions, whatever becomes of the call.
fn borrowed(ty: &Type) -> Option<Problem> {
    let Type::Reference(reference) = ty else {
        return None;
    };
    let is_static = |lifetime: &Lifetime| lifetime.ident == "static";
    let is_kept = reference.lifetime.as_ref().is_some_and(is_static);
    let message = "an extension is kept by the request; take it by value, without this";
    (!is_kept).then(|| Problem::at(reference.and_token.span, message))
}

fn conditional(attr: &Attribute) -> Problem {
    attribute::at(
        attr,
        "`#[cfg]` is not supported on an argument; put it on two versions of the method",
    )
}

/// `impl Trait` is a type parameter without a name.
fn type_parameter(input: &PatType, method: &Ident) -> Option<Problem> {
    let span = keyword_impl(input.ty.to_token_stream())?;
    Some(Problem::at(
        span,
        format!("method `{method}` cannot have type parameters; name the type"),
    ))
}

fn keyword_impl(tokens: TokenStream) -> Option<Span> {
    tokens.into_iter().find_map(|token| match token {
        TokenTree::Ident(ident) if ident == "impl" => Some(ident.span()),
        TokenTree::Group(group) => keyword_impl(group.stream()),
        _ => None,
    })
}
