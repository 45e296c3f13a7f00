//! Which operations of a document a choice is about.

use std::fmt;

use gatewright_document::Operation;

/// Operations of a document.
///
/// ```
/// use gatewright_build::{Select, configure};
///
/// let builder = configure().include(Select::tag("pets")).exclude(Select::operation("DELETE /pets/{petId}"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Select(Kind);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Operation(String),
    Tag(String),
    Path(String),
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

    pub(super) fn matches(&self, operation: &Operation) -> bool {
        match &self.0 {
            Kind::Operation(name) => {
                operation.id.as_ref() == Some(name) || route(operation) == *name
            }
            Kind::Tag(tag) => operation.tags.contains(tag),
            Kind::Path(path) => {
                let below = operation.path.strip_prefix(path.trim_end_matches('/'));
                below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            }
        }
    }

    /// What could have been meant.
    fn candidates<'a>(&self, operations: &'a [Operation]) -> Vec<String> {
        let all: Box<dyn Iterator<Item = String> + 'a> = match &self.0 {
            Kind::Operation(_) => Box::new(
                operations
                    .iter()
                    .flat_map(|operation| operation.id.iter().cloned().chain([route(operation)])),
            ),
            Kind::Tag(_) => Box::new(
                operations
                    .iter()
                    .flat_map(|operation| operation.tags.clone()),
            ),
            Kind::Path(_) => Box::new(operations.iter().map(|operation| operation.path.clone())),
        };
        all.collect()
    }

    /// What to say of a choice that is about nothing.
    pub(super) fn nothing(&self, operations: &[Operation]) -> String {
        let (Kind::Operation(name) | Kind::Tag(name) | Kind::Path(name)) = &self.0;
        let candidates = self.candidates(operations);
        let candidates = candidates.iter().map(String::as_str);
        gatewright_codegen::check::did_you_mean(format!("has no {self}"), name, candidates)
    }
}

impl fmt::Display for Select {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Operation(name) => write!(f, "operation `{name}`"),
            Kind::Tag(tag) => write!(f, "operation with the tag `{tag}`"),
            Kind::Path(path) => write!(f, "operation on or below the path `{path}`"),
        }
    }
}

/// `GET /pets/{petId}`.
fn route(operation: &Operation) -> String {
    format!("{} {}", operation.method.as_str(), operation.path)
}
