//! The attribute of an argument: where its value goes, and how it is written there.

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Attribute, LitStr, Meta, Token};

use super::attribute::{self, Place, Role};
use crate::Problem;
use crate::check::suggest;
use crate::model::{ArgKind, QueryLayout, QueryStyle};

/// How a list or an object is written in a query, besides `flatten`.
const STYLES: [(&str, QueryLayout); 5] = [
    ("comma", QueryLayout::Comma),
    ("space", QueryLayout::Space),
    ("pipe", QueryLayout::Pipe),
    ("deep", QueryLayout::Deep),
    ("json", QueryLayout::Json),
];

/// Where the value goes, and the token that says so: the wire's name, else the attribute, else the argument.
pub(super) fn destination(attrs: &[Attribute], name: &Ident) -> Result<(ArgKind, Span), Problem> {
    let mut helpers = attrs
        .iter()
        .filter_map(|attr| match Place::Argument.role(attr) {
            Role::Helper(helper) => Some((attr, helper)),
            Role::Mistake(_) | Role::Foreign => None,
        });
    let Some((attr, helper)) = helpers.next() else {
        return Ok((ArgKind::Path(name.unraw().to_string()), name.span()));
    };
    if let Some((second, _)) = helpers.next() {
        let message =
            format!("argument `{name}` has two attributes; an argument goes to one location");
        return Err(attribute::at(second, message));
    }
    let arg_attr = ArgAttr { attr, helper, name };
    let given = arg_attr.given()?;
    let wire = given.wire.as_ref().map(LitStr::span);
    Ok((
        arg_attr.kind(&given)?,
        wire.unwrap_or_else(|| attribute::span(attr)),
    ))
}

/// The parentheses of an attribute: a name on the wire, and one of our words.
#[derive(Default)]
struct Given {
    wire: Option<LitStr>,
    word: Option<Ident>,
}

impl Given {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let wire: Option<LitStr> = input.peek(LitStr).then(|| input.parse()).transpose()?;
        if wire.is_some() && !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
        let word = (!input.is_empty()).then(|| Ident::parse_any(input));
        let word = word.transpose()?;
        input.parse::<Option<Token![,]>>()?;
        Ok(Self { wire, word })
    }
}

/// An attribute that says where an argument goes.
struct ArgAttr<'a> {
    attr: &'a Attribute,
    helper: &'static str,
    name: &'a Ident,
}

impl ArgAttr<'_> {
    fn given(&self) -> Result<Given, Problem> {
        match &self.attr.meta {
            Meta::Path(_) => Ok(Given::default()),
            Meta::List(list) => list
                .parse_args_with(Given::parse)
                .map_err(|_| self.malformed()),
            Meta::NameValue(_) => Err(self.malformed()),
        }
    }

    fn kind(&self, Given { wire, word }: &Given) -> Result<ArgKind, Problem> {
        match (self.helper, wire, word) {
            ("path", wire, None) => Ok(ArgKind::Path(self.wire(wire.as_ref()))),
            ("query", None, Some(word)) if word == "flatten" => {
                Ok(ArgKind::Members(self.wire(None)))
            }
            ("query", Some(_), Some(word)) if word == "flatten" => {
                let message = "`flatten` takes no name; members are sent under names of their own";
                Err(Problem::at(word.span(), message))
            }
            ("query", wire, None) => Ok(ArgKind::Query(self.query(wire.as_ref())?)),
            ("query", wire, Some(word)) => {
                let style = style(word)?;
                Ok(ArgKind::QueryAs(self.query(wire.as_ref())?, style))
            }
            ("header", Some(wire), None) => Ok(ArgKind::Header(wire.value().to_ascii_lowercase())),
            ("body", None, None) => Ok(ArgKind::Body(None)),
            ("body", None, Some(word)) => body(word),
            ("extension", None, None) => Ok(ArgKind::Extension),
            ("method", None, None) => Ok(ArgKind::Method),
            _ => Err(self.malformed()),
        }
    }

    fn wire(&self, wire: Option<&LitStr>) -> String {
        wire.map_or_else(|| self.name.unraw().to_string(), LitStr::value)
    }

    /// A name with a leading underscore says "unused" to Rust; a service that expects it on the wire is rare enough to ask.
    fn query(&self, wire: Option<&LitStr>) -> Result<String, Problem> {
        let text = self.wire(wire);
        match (wire, text.strip_prefix('_')) {
            (Some(wire), _) if text.is_empty() => {
                let message = "a query parameter needs a name: `#[query(\"name\")]`";
                Err(Problem::at(wire.span(), message))
            }
            (None, Some(plain)) => Err(Problem::at(
                self.name.span(),
                format!(
                    "`{text}` cannot be sent under that name; use `#[query(\"{plain}\")] {text}`"
                ),
            )),
            _ => Ok(text),
        }
    }

    fn malformed(&self) -> Problem {
        let message = match self.helper {
            "body" => {
                "`#[body]` takes at most the word `form`; without it, it sends JSON, or a `gatewright::Body` as it is"
            }
            "extension" => "`#[extension]` takes no arguments",
            "method" => "`#[method]` takes no arguments",
            "header" => "`#[header]` on an argument takes one name: `#[header(\"x-name\")]`",
            "query" => {
                "`#[query]` takes a name, a style, or both: `#[query(\"name\", comma)]`; or `flatten` alone"
            }
            _ => "`#[path]` takes one name: `#[path(\"name\")]`",
        };
        attribute::at(self.attr, message)
    }
}

fn style(word: &Ident) -> Result<QueryStyle, Problem> {
    let text = word.to_string();
    let known = STYLES.iter().find(|(name, _)| *name == text);
    known.map(|(_, layout)| (*layout).into()).ok_or_else(|| {
        let message = format!(
            "unknown style `{text}`; expected `comma`, `space`, `pipe`, `deep`, `json` or `flatten`"
        );
        let names = STYLES.iter().map(|(name, _)| *name).chain(["flatten"]);
        Problem::at(word.span(), suggest::ask(message, &text, names))
    })
}

fn body(word: &Ident) -> Result<ArgKind, Problem> {
    if word == "form" {
        return Ok(ArgKind::Form(Vec::new()));
    }
    let text = word.to_string();
    let message = format!("unknown body `{text}`; expected `form`, or nothing for JSON");
    let message = suggest::ask(message, &text, ["form"]);
    Err(Problem::at(word.span(), message))
}
