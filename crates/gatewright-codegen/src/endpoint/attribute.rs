//! The helper attributes: their names, and where each belongs.

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::{Attribute, Expr, ExprLit, Lit, Meta};

use crate::Problem;
use crate::check::suggest::similar;

/// The HTTP methods: the attribute, and the method it stands for.
pub(super) const VERBS: [(&str, &str); 7] = [
    ("get", "GET"),
    ("post", "POST"),
    ("put", "PUT"),
    ("patch", "PATCH"),
    ("delete", "DELETE"),
    ("head", "HEAD"),
    ("options", "OPTIONS"),
];

/// Where an attribute stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Trait,
    Method,
    Argument,
}

/// What an attribute is to the macro.
#[derive(Debug)]
pub(super) enum Role {
    /// One of its own, with its name.
    Helper(&'static str),
    /// Probably meant to be one, with what to do.
    Mistake(String),
    /// Somebody else's; it stays where it is.
    Foreign,
}

const ALL: [Place; 3] = [Place::Trait, Place::Method, Place::Argument];

impl Place {
    fn helpers(self) -> Vec<&'static str> {
        match self {
            Place::Trait => vec!["auth", "header"],
            Place::Method => VERBS
                .iter()
                .map(|(name, _)| *name)
                .chain(["auth", "header"])
                .collect(),
            Place::Argument => vec!["path", "query", "header", "body", "extension"],
        }
    }

    fn describe(self) -> &'static str {
        match self {
            Place::Trait => "the trait",
            Place::Method => "a method",
            Place::Argument => "an argument",
        }
    }

    /// What `attr` is when it stands here.
    pub(super) fn role(self, attr: &Attribute) -> Role {
        let Some(name) = attr
            .path()
            .get_ident()
            .map(|ident| ident.unraw().to_string())
        else {
            return Role::Foreign;
        };
        if let Some(helper) = self.helpers().into_iter().find(|helper| *helper == name) {
            return Role::Helper(helper);
        }
        match self.mistake(&name) {
            Some(message) => Role::Mistake(message),
            None => Role::Foreign,
        }
    }

    fn mistake(self, name: &str) -> Option<String> {
        let home = ALL
            .into_iter()
            .rfind(|place| place.helpers().contains(&name));
        if let Some(home) = home {
            return Some(format!("`#[{name}]` goes on {}", home.describe()));
        }
        if name == "any" && self == Place::Method {
            return Some(
                "`#[any]` is not supported; write a method for each HTTP method".to_owned(),
            );
        }
        let meant = similar(name, self.helpers())?;
        let here = self.describe();
        Some(format!(
            "unknown attribute `#[{name}]` on {here} of an endpoint; did you mean `#[{meant}]`?"
        ))
    }

    /// Whether `attr` is to be taken away before rustc sees it.
    pub(super) fn strips(self, attr: &Attribute) -> bool {
        !matches!(self.role(attr), Role::Foreign)
    }

    /// Reports every attribute that was meant to be a helper and is none.
    pub(super) fn report_mistakes(self, attrs: &[Attribute], problems: &mut Vec<Problem>) {
        for attr in attrs {
            if let Role::Mistake(message) = self.role(attr) {
                problems.push(at(attr, message));
            }
        }
    }
}

/// A problem at the name of an attribute.
pub(super) fn at(attr: &Attribute, message: impl Into<String>) -> Problem {
    Problem::at(span(attr), message)
}

/// The name of an attribute in the source.
pub(super) fn span(attr: &Attribute) -> Span {
    attr.path()
        .get_ident()
        .map_or(attr.pound_token.span, proc_macro2::Ident::span)
}

/// The attributes of this name.
pub(super) fn named<'a>(attrs: &'a [Attribute], name: &str) -> impl Iterator<Item = &'a Attribute> {
    attrs.iter().filter(move |attr| attr.path().is_ident(name))
}

/// The text of doc comments, one line each, without the space that follows `///`.
pub(super) fn docs(attrs: &[Attribute]) -> String {
    let lines: Vec<String> = named(attrs, "doc").filter_map(doc_line).collect();
    lines.join("\n")
}

fn doc_line(attr: &Attribute) -> Option<String> {
    let Meta::NameValue(pair) = &attr.meta else {
        return None;
    };
    let Expr::Lit(ExprLit {
        lit: Lit::Str(text),
        ..
    }) = &pair.value
    else {
        return None;
    };
    let text = text.value();
    Some(
        text.strip_prefix(' ')
            .map_or_else(|| text.clone(), str::to_owned),
    )
}
