//! Schemas to types. Only what an operation uses becomes a type, in the order of the document.

mod parameter;
mod recursion;
mod schema;
mod union;

pub(super) use schema::optional;

use std::collections::{HashMap, VecDeque};

use gatewright_codegen::Origin;
use gatewright_codegen::model::{Ty, TypeDef, TypeKind};
use gatewright_document::{Document, Pointer};
use openapiv3::{ReferenceOr, Schema};
use proc_macro2::Ident;

use super::names::{self, Scope};
use super::note::Notes;

/// Names that a type of the API must not have, because emitted code uses them.
const RESERVED: &[&str] = &[
    "Client", "Requests", "String", "Option", "Vec", "Box", "Result", "Self", "Some", "None", "Ok",
    "Err", "Unknown",
];

/// The types that were asked for so far.
pub(super) struct Types<'a> {
    document: &'a Document,
    /// The Rust names of all of `components.schemas`, given out first so that they do not depend on use.
    names: HashMap<&'a str, Ident>,
    scope: Scope,
    queue: VecDeque<&'a str>,
    queued: HashMap<&'a str, usize>,
    defs: Vec<(usize, TypeDef)>,
    pub(super) notes: Notes,
}

impl<'a> Types<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        let mut scope = Scope::with(RESERVED);
        let name = |name: &'a String| {
            (
                name.as_str(),
                scope.unique(&names::camel(name, "Schema"), ""),
            )
        };
        let names = document.schemas.keys().map(name).collect();
        Self {
            document,
            names,
            scope,
            queue: VecDeque::new(),
            queued: HashMap::new(),
            defs: Vec::new(),
            notes: Notes::default(),
        }
    }

    /// The type of a schema that stands at `pointer`; one without a name of its own gets one made of `hint`.
    pub(super) fn ty(
        &mut self,
        schema: &'a ReferenceOr<Schema>,
        hint: &str,
        pointer: &Pointer,
    ) -> Ty {
        match schema {
            ReferenceOr::Reference { reference } => self.reference(reference, pointer),
            ReferenceOr::Item(schema) => self.inline(schema, hint, pointer),
        }
    }

    fn reference(&mut self, reference: &str, pointer: &Pointer) -> Ty {
        let Some((name, schema)) = self.component(reference) else {
            let message =
                format!("`{reference}` does not exist in this document; any JSON is taken here");
            self.notes.push(pointer, message);
            return Ty::Value;
        };
        if self.is_untyped(schema) {
            return Ty::Value;
        }
        self.enqueue(name);
        Ty::Named(self.names[name].clone())
    }

    fn enqueue(&mut self, name: &'a str) {
        let index = self.document.schemas.get_index_of(name).unwrap_or_default();
        if self.queued.insert(name, index).is_none() {
            self.queue.push_back(name);
        }
    }

    /// A schema of `components.schemas` by its reference, if it exists.
    fn component(&self, reference: &str) -> Option<(&'a str, &'a ReferenceOr<Schema>)> {
        let escaped = reference.strip_prefix("#/components/schemas/")?;
        let name = escaped.replace("~1", "/").replace("~0", "~");
        let (_, name, schema) = self.document.schemas.get_full(&name)?;
        Some((name, schema))
    }

    /// Follows references to a schema that is none. `None` if they lead nowhere or in a circle.
    pub(super) fn resolve(&self, schema: &'a ReferenceOr<Schema>) -> Option<&'a Schema> {
        let mut schema = schema;
        for _ in 0..=self.document.schemas.len() {
            match schema {
                ReferenceOr::Item(item) => return Some(item),
                ReferenceOr::Reference { reference } => schema = self.component(reference)?.1,
            }
        }
        None
    }

    /// Whether a schema says nothing: the console's `Empty`, `{type: object}`, `{}`.
    pub(super) fn is_untyped(&self, schema: &'a ReferenceOr<Schema>) -> bool {
        self.resolve(schema).is_none_or(schema::says_nothing)
    }

    /// Adds a type that has no name in the document.
    pub(super) fn define(
        &mut self,
        hint: &str,
        pointer: &Pointer,
        docs: String,
        kind: TypeKind,
    ) -> Ty {
        let name = self.scope.unique(&names::camel(hint, "Inline"), "");
        let origin = Origin::Pointer(pointer.to_string());
        self.defs.push((
            usize::MAX,
            TypeDef {
                origin,
                name: name.clone(),
                wire: hint.to_owned(),
                docs,
                kind,
            },
        ));
        Ty::Named(name)
    }

    /// All types that were asked for, directly or by one another.
    pub(super) fn finish(mut self) -> (Vec<TypeDef>, Notes) {
        while let Some(name) = self.queue.pop_front() {
            self.component_type(name);
        }
        let mut defs = self.defs;
        defs.sort_by_key(|(index, _)| *index);
        let mut defs: Vec<_> = defs.into_iter().map(|(_, def)| def).collect();
        recursion::break_cycles(&mut defs, &mut self.notes);
        (defs, self.notes)
    }

    fn component_type(&mut self, name: &'a str) {
        let pointer = self
            .document
            .schema_pointer(name)
            .cloned()
            .unwrap_or_default();
        let (docs, kind) = match &self.document.schemas[name] {
            ReferenceOr::Reference { reference } => (
                String::new(),
                TypeKind::Alias(self.reference(reference, &pointer)),
            ),
            ReferenceOr::Item(schema) => (schema::docs(schema), self.kind(schema, name, &pointer)),
        };
        let origin = Origin::Pointer(pointer.to_string());
        let docs = if docs.is_empty() {
            format!("The schema `{}`.", name.replace('`', "'"))
        } else {
            docs
        };
        let rust = self.names[name].clone();
        self.defs.push((
            self.queued[name],
            TypeDef {
                origin,
                name: rust,
                wire: name.to_owned(),
                docs,
                kind,
            },
        ));
    }
}
