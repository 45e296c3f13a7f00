//! One argument of an endpoint: where its value goes.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, LitStr, Meta, Pat, PatType};

use super::attribute::{self, Place, Role};
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
    let (kind, span) = destination(&input.attrs, name)
        .map_err(|fault| problems.push(fault))
        .ok()?;
    (problems.len() == before).then(|| Arg {
        origin: Origin::Span(span),
        name: name.clone(),
        ty: Ty::User(input.ty.to_token_stream()),
        kind,
        optional: false,
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

/// Where the value goes, and the token that says so: the wire's name, else the mark, else the argument.
fn destination(attrs: &[Attribute], name: &Ident) -> Result<(ArgKind, Span), Problem> {
    let mut marks = attrs
        .iter()
        .filter_map(|attr| match Place::Argument.role(attr) {
            Role::Helper(helper) => Some((attr, helper)),
            Role::Mistake(_) | Role::Foreign => None,
        });
    let Some((attr, helper)) = marks.next() else {
        return Ok((ArgKind::Path(name.unraw().to_string()), name.span()));
    };
    if let Some((second, _)) = marks.next() {
        let message = format!("argument `{name}` is marked twice; an argument goes to one place");
        return Err(attribute::at(second, message));
    }
    let wire = wire(attr, helper)?;
    let span = wire
        .as_ref()
        .map_or_else(|| attribute::span(attr), LitStr::span);
    Ok((
        marked(attr, helper, wire.map(|wire| wire.value()), name)?,
        span,
    ))
}

/// The text in `#[query("text")]`.
fn wire(attr: &Attribute, helper: &str) -> Result<Option<LitStr>, Problem> {
    match &attr.meta {
        Meta::Path(_) => Ok(None),
        Meta::List(list) => list
            .parse_args()
            .map(Some)
            .map_err(|_| malformed(attr, helper)),
        Meta::NameValue(_) => Err(malformed(attr, helper)),
    }
}

fn malformed(attr: &Attribute, helper: &str) -> Problem {
    let message = match helper {
        "body" => "`#[body]` takes no arguments; it sends JSON, or a `gatewright::Body` as it is"
            .to_owned(),
        "extension" => "`#[extension]` takes no arguments".to_owned(),
        "header" => "`#[header]` on an argument takes one name: `#[header(\"x-name\")]`".to_owned(),
        _ => format!("`#[{helper}]` takes one name: `#[{helper}(\"name\")]`"),
    };
    attribute::at(attr, message)
}

fn marked(
    attr: &Attribute,
    helper: &str,
    wire: Option<String>,
    name: &Ident,
) -> Result<ArgKind, Problem> {
    match (helper, wire) {
        ("path", Some(wire)) => Ok(ArgKind::Path(wire)),
        ("path", None) => Ok(ArgKind::Path(name.unraw().to_string())),
        ("query", Some(wire)) => Ok(ArgKind::Query(wire)),
        ("query", None) => query(name),
        ("header", Some(wire)) => Ok(ArgKind::Header(wire.to_ascii_lowercase())),
        ("body", None) => Ok(ArgKind::Body(None)),
        ("extension", None) => Ok(ArgKind::Extension),
        _ => Err(malformed(attr, helper)),
    }
}

/// A name with a leading underscore says "unused" to Rust; a service that expects it on the wire is rare enough to ask.
fn query(name: &Ident) -> Result<ArgKind, Problem> {
    let text = name.unraw().to_string();
    match text.strip_prefix('_') {
        Some(plain) => Err(Problem::at(
            name.span(),
            format!("`{text}` cannot be sent under that name; use `#[query(\"{plain}\")] {text}`"),
        )),
        None => Ok(ArgKind::Query(text)),
    }
}
