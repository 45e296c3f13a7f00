//! The `security` of the whole document: for which documents it counts for operations without their own, and what of it.

use std::cell::Cell;

use super::list;
use super::{Fault, Said};
use crate::node::Node;
use crate::source::Source;
use crate::value::Value;
use crate::version::Version;
use crate::{ApiKind, Kind, Pointer, ReadOptions, Requirement, Security};

/// What begins the name of each extension of API Gateway.
const EXTENSION: &str = "x-amazon-apigateway-";

/// The `security` of the whole document.
pub(super) struct Root<'a> {
    source: &'a Source<'a>,
    at: Pointer,
    /// The value in the document.
    value: Option<&'a Value>,
    security: Security,
    faults: Vec<Fault>,
    counts: Counts,
    is_http: bool,
    is_needed: Cell<bool>,
}

/// What of it counts for operations without their own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Counts {
    All,
    /// All but API keys. That AWS inherits the authorizer is recorded; Smithy writes API keys onto each operation, so they may
    /// not be inherited.
    Authorizers,
    /// Nothing: Swagger 2.0 ("Amazon API Gateway important notes").
    Nothing,
}

impl Counts {
    fn of(root: &Node<'_>, kind: ApiKind, options: &ReadOptions) -> Self {
        let is_of_gateway = || has_extension(root.value());
        if kind == ApiKind::Http || options.uses_root_security() || !is_of_gateway() {
            Self::All
        } else if root.source().version() == Version::Swagger2 {
            Self::Nothing
        } else {
            Self::Authorizers
        }
    }
}

impl<'a> Root<'a> {
    pub(super) fn new(root: &Node<'a>, kind: ApiKind, options: &ReadOptions, said: Said) -> Self {
        let value = root.field("security").map(|field| field.value);
        Self {
            source: root.source(),
            at: root.at().key("security"),
            value,
            security: said.security,
            faults: said.faults,
            // Looks through the whole document.
            counts: value.map_or(Counts::All, |_| Counts::of(root, kind, options)),
            is_http: kind == ApiKind::Http,
            is_needed: Cell::new(false),
        }
    }

    /// What counts for an operation without its own `security`. In a REST API an authorization type of its own replaces the
    /// authorizer.
    pub(super) fn inherited_by(&self, operation: &Node<'a>, has_type: bool) -> Security {
        let Some(value) = self.value else {
            return Security::default();
        };
        if self.counts == Counts::Nothing {
            self.note_ignored();
            return Security::default();
        }
        self.is_needed.set(true);
        list::refuse(&self.faults, self.source);
        if let Err(message) = self.source.repeat(value) {
            operation.problem(message);
            return Security::default();
        }
        self.counted(has_type && !self.is_http)
    }

    fn counted(&self, without_authorizer: bool) -> Security {
        let mut security = self.security.clone();
        if self.counts == Counts::Authorizers {
            security
                .all_of
                .retain(|demand| !self.is_ignored_key(demand));
        }
        if without_authorizer {
            security.all_of.retain(|demand| demand.kind == Kind::ApiKey);
            security.alternatives.clear();
            security.silent.clear();
        }
        // An empty list opens an HTTP API. In a REST API it says as little as none.
        let is_empty = security.all_of.is_empty() && security.silent.is_empty();
        security.explicit &= self.is_http || !is_empty;
        security
    }

    /// Whether this is an API key, which is noted.
    fn is_ignored_key(&self, demand: &Requirement) -> bool {
        let is_key = demand.kind == Kind::ApiKey;
        if is_key {
            self.source.repair(
                demand.pointer.clone(),
                "is an API key for the whole API: it is not known whether API Gateway demands it of operations without \
                 their own `security`, so they send none; `.use_root_security()` makes them send it",
            );
        }
        is_key
    }

    fn note_ignored(&self) {
        if !self.security.all_of.is_empty() || !self.faults.is_empty() {
            self.source.repair(
                self.at.clone(),
                "API Gateway ignores the `security` of a whole Swagger 2.0 document; `.use_root_security()` makes it count",
            );
        }
    }

    /// All that it says. What is wrong with it is a note if no operation needs to know.
    pub(super) fn finish(self) -> Security {
        if !self.is_needed.get() {
            list::note(&self.faults, self.source);
        }
        self.security
    }
}

/// Whether a document has an extension of API Gateway anywhere: what has none was neither written by the gateway nor for it.
fn has_extension(root: &Value) -> bool {
    let mut left = vec![root];
    while let Some(value) = left.pop() {
        match value {
            Value::Array(items) => left.extend(items.iter()),
            Value::Object(members) => {
                if members.iter().any(|(name, _)| name.starts_with(EXTENSION)) {
                    return true;
                }
                left.extend(members.iter().map(|(_, value)| value));
            }
            _ => {}
        }
    }
    false
}
