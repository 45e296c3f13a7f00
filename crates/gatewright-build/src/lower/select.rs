//! Which operations of a document a choice is about.

use std::fmt;

use gatewright_document::Operation;

/// Operations of a document.
///
/// ```
/// use gatewright_build::{Select, configure};
///
/// let builder = configure()
///     .include(Select::tag("pets"))
///     .exclude(Select::operation("DELETE /pets/{petId}"))
///     .return_headers(Select::path("/pets").and(Select::method("GET")));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Select(Kind);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Operation(String),
    Tag(String),
    Path(String),
    Method(String),
    Both(Box<Kind>, Box<Kind>),
}

impl Select {
    /// The operation with this `operationId`, or with this method and path template: `GET /pets/{petId}`.
    pub fn operation(name: impl Into<String>) -> Self {
        Self(Kind::Operation(name.into()))
    }

    /// The operations with this tag.
    pub fn tag(tag: impl Into<String>) -> Self {
        Self(Kind::Tag(tag.into()))
    }

    /// The operations on this path template, and on the paths below it.
    pub fn path(path: impl Into<String>) -> Self {
        Self(Kind::Path(path.into()))
    }

    /// The operations of this HTTP method, in letters of any case; `ANY` is the one that takes all methods.
    ///
    /// The preflights of browsers (`OPTIONS`) are left out by default; `include(Select::method("OPTIONS"))` brings them back beside
    /// all others.
    pub fn method(method: impl Into<String>) -> Self {
        Self(Kind::Method(method.into()))
    }

    /// The operations that are of the other selection as well.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(Kind::Both(Box::new(self.0), Box::new(other.0)))
    }

    pub(super) fn matches(&self, operation: &Operation) -> bool {
        self.0.matches(operation)
    }

    /// What to say of a choice that is about nothing.
    pub(super) fn nothing(&self, operations: &[Operation]) -> String {
        let is_nothing = |kind: &&Kind| !operations.iter().any(|operation| kind.matches(operation));
        let text = format!("has no {self}");
        let Some((name, candidates)) = self
            .0
            .parts()
            .into_iter()
            .find(is_nothing)
            .map(|kind| kind.candidates(operations))
        else {
            return text;
        };
        let candidates = candidates.iter().map(String::as_str);
        gatewright_codegen::check::did_you_mean(text, name, candidates)
    }
}

impl Kind {
    fn matches(&self, operation: &Operation) -> bool {
        match self {
            Kind::Operation(name) => {
                operation.id.as_ref() == Some(name) || route(operation) == *name
            }
            Kind::Tag(tag) => operation.tags.contains(tag),
            Kind::Path(path) => {
                let below = operation.path.strip_prefix(path.trim_end_matches('/'));
                below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            }
            Kind::Method(method) => operation.method.as_str().eq_ignore_ascii_case(method),
            Kind::Both(one, other) => one.matches(operation) && other.matches(operation),
        }
    }

    /// What it is made of.
    fn parts(&self) -> Vec<&Kind> {
        match self {
            Kind::Both(one, other) => [one.parts(), other.parts()].concat(),
            single => vec![single],
        }
    }

    /// What is written, and what could have been meant.
    fn candidates(&self, operations: &[Operation]) -> (&str, Vec<String>) {
        let all = operations.iter();
        match self {
            Kind::Operation(name) => {
                let names = |operation: &Operation| {
                    operation.id.clone().into_iter().chain([route(operation)])
                };
                (name, all.flat_map(names).collect())
            }
            Kind::Tag(tag) => (
                tag,
                all.flat_map(|operation| operation.tags.clone()).collect(),
            ),
            Kind::Path(path) => (path, all.map(|operation| operation.path.clone()).collect()),
            Kind::Method(method) => (
                method,
                all.map(|operation| operation.method.as_str().to_owned())
                    .collect(),
            ),
            Kind::Both(..) => ("", Vec::new()),
        }
    }
}

impl fmt::Display for Select {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("operation ")?;
        for (index, kind) in self.0.parts().into_iter().enumerate() {
            f.write_str(if index == 0 { "" } else { " and " })?;
            match kind {
                Kind::Operation(name) => write!(f, "`{name}`"),
                Kind::Tag(tag) => write!(f, "with the tag `{tag}`"),
                Kind::Path(path) => write!(f, "on or below the path `{path}`"),
                Kind::Method(method) => write!(f, "with the method `{method}`"),
                Kind::Both(..) => Ok(()),
            }?;
        }
        Ok(())
    }
}

/// `GET /pets/{petId}`.
pub(super) fn route(operation: &Operation) -> String {
    format!("{} {}", operation.method.as_str(), operation.path)
}
