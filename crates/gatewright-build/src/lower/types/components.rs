//! The named schemas of a document: what a reference leads to, and what the type of each is called.

use std::borrow::Borrow;
use std::collections::HashMap;

use gatewright_document::{Document, Pointer};
use openapiv3::{ReferenceOr, Schema};
use proc_macro2::Ident;

use crate::lower::names::Scope;

/// The named schemas of a document.
pub(super) struct Components<'a> {
    document: &'a Document,
    /// The Rust names of all of them, given out first so that they do not depend on use.
    names: HashMap<&'a str, Ident>,
    /// The schema that each name leads to in the end, for a schema may be nothing but a reference.
    targets: HashMap<&'a str, &'a Schema>,
}

impl<'a> Components<'a> {
    pub(super) fn new(document: &'a Document, scope: &mut Scope) -> Self {
        let name = |name: &'a String| (name.as_str(), super::type_name(scope, name, "Schema"));
        Self {
            document,
            names: document.schemas.keys().map(name).collect(),
            targets: targets(document),
        }
    }

    /// The name in the document that a reference means.
    pub(super) fn name(&self, reference: &str) -> Option<&'a str> {
        named(self.document, reference)
    }

    /// The name of the type.
    pub(super) fn rust_name(&self, name: &str) -> Ident {
        self.names[name].clone()
    }

    pub(super) fn schema(&self, name: &str) -> &'a ReferenceOr<Schema> {
        &self.document.schemas[name]
    }

    /// Its number in the document's order.
    pub(super) fn position(&self, name: &str) -> usize {
        self.document.schemas.get_index_of(name).unwrap_or_default()
    }

    /// Where it stands.
    pub(super) fn pointer(&self, name: &str) -> Pointer {
        let pointer = self.document.schema_pointer(name).cloned();
        pointer.unwrap_or_default()
    }

    /// Follows references to a schema that is none. `None` if they lead nowhere.
    pub(super) fn resolve<S: Borrow<Schema>>(
        &self,
        schema: &'a ReferenceOr<S>,
    ) -> Option<&'a Schema> {
        match schema {
            ReferenceOr::Item(item) => Some(item.borrow()),
            ReferenceOr::Reference { reference } => {
                self.targets.get(self.name(reference)?).copied()
            }
        }
    }
}

fn named<'a>(document: &'a Document, reference: &str) -> Option<&'a str> {
    let escaped = reference.strip_prefix("#/components/schemas/")?;
    let name = escaped.replace("~1", "/").replace("~0", "~");
    let (_, name, _) = document.schemas.get_full(&name)?;
    Some(name)
}

/// Walks each reference once, however long their chains are.
fn targets(document: &Document) -> HashMap<&str, &Schema> {
    let mut targets = HashMap::new();
    for name in document.schemas.keys() {
        let (chain, target) = chain(document, name, &targets);
        if let Some(target) = target {
            targets.extend(chain.into_iter().map(|name| (name, target)));
        }
    }
    targets
}

/// The names on the way from `name` to a schema that is no reference or is known, and that schema.
fn chain<'a>(
    document: &'a Document,
    name: &'a str,
    known: &HashMap<&'a str, &'a Schema>,
) -> (Vec<&'a str>, Option<&'a Schema>) {
    let (mut chain, mut next) = (Vec::new(), Some(name));
    // A reader of documents leaves no circle of references alone; here one would end all the same.
    while let Some(name) = next.filter(|_| chain.len() <= document.schemas.len()) {
        if let Some(target) = known.get(name) {
            return (chain, Some(target));
        }
        chain.push(name);
        match &document.schemas[name] {
            ReferenceOr::Item(schema) => return (chain, Some(schema)),
            ReferenceOr::Reference { reference } => next = named(document, reference),
        }
    }
    (chain, None)
}
