//! The helper attributes: their names, and where each belongs.

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt;
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, ExprLit, Lit, Meta, Token};

use crate::Problem;
use crate::check::suggest::similar;
use crate::model::Method;

/// The HTTP methods: the attribute, and the method it stands for.
pub(super) const VERBS: [(&str, Method); 8] = [
    ("get", Method::Fixed("GET")),
    ("post", Method::Fixed("POST")),
    ("put", Method::Fixed("PUT")),
    ("patch", Method::Fixed("PATCH")),
    ("delete", Method::Fixed("DELETE")),
    ("head", Method::Fixed("HEAD")),
    ("options", Method::Fixed("OPTIONS")),
    ("any", Method::Any),
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

const OF_TRAIT: [&str; 2] = ["auth", "header"];
/// The HTTP methods, and the two.
const OF_METHOD: [&str; VERBS.len() + 2] = {
    let mut names = ["auth"; VERBS.len() + 2];
    names[1] = "header";
    let mut index = 0;
    while index < VERBS.len() {
        names[index + 2] = VERBS[index].0;
        index += 1;
    }
    names
};
const OF_ARGUMENT: [&str; 6] = ["path", "query", "header", "body", "extension", "method"];

const ALL: [Place; 3] = [Place::Trait, Place::Method, Place::Argument];

impl Place {
    fn helpers(self) -> &'static [&'static str] {
        match self {
            Place::Trait => &OF_TRAIT,
            Place::Method => &OF_METHOD,
            Place::Argument => &OF_ARGUMENT,
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
        if let Some(helper) = self.helpers().iter().find(|helper| **helper == name) {
            return Role::Helper(helper);
        }
        // By far the most frequent, and not worth comparing to each helper.
        if name == "doc" {
            return Role::Foreign;
        }
        let hidden = (name == "cfg_attr").then(|| hidden(attr)).flatten();
        match hidden.or_else(|| self.mistake(&name)) {
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
        let meant = similar(name, self.helpers().iter().copied())?;
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

/// A helper in a `cfg_attr`, which the compiler resolves only after the macro has run.
fn hidden(attr: &Attribute) -> Option<String> {
    let list = Punctuated::<Meta, Token![,]>::parse_terminated;
    let metas = attr.parse_args_with(list).ok()?;
    let names = metas
        .iter()
        .skip(1)
        .filter_map(|meta| meta.path().get_ident());
    let is_helper = |name: &&Ident| {
        let name = name.unraw().to_string();
        ALL.iter()
            .any(|place| place.helpers().contains(&name.as_str()))
    };
    let name = names.into_iter().find(is_helper)?;
    Some(format!(
        "`#[{name}]` cannot stand in `#[cfg_attr]`; write two versions of the method under `#[cfg]`"
    ))
}

/// A problem at the name of an attribute.
pub(super) fn at(attr: &Attribute, message: impl Into<String>) -> Problem {
    Problem::at(span(attr), message)
}

/// The name of an attribute in the source.
pub(super) fn span(attr: &Attribute) -> Span {
    attr.path()
        .get_ident()
        .map_or(attr.pound_token.span, Ident::span)
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
