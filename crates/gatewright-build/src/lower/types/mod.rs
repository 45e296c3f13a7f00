//! Schemas to types. Only what an operation uses becomes a type, in the order of the document.

mod body;
mod components;
mod compose;
mod depth;
mod direction;
mod enums;
mod facts;
mod merge;
mod object;
mod parameter;
mod parts;
mod recursion;
mod says;
pub(super) mod scalar;
mod schema;
mod secret;
mod shared;
mod tag;
#[cfg(test)]
mod tests;
mod union;

use std::borrow::Borrow;
use std::cell::Cell;
use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

use gatewright_codegen::Origin;
use gatewright_codegen::model::{Direction, Operation, Ty, TypeDef, TypeKind};
use gatewright_codegen::text;
use gatewright_document::{Document, Pointer};
use openapiv3::{ReferenceOr, Schema};
use proc_macro2::Ident;

pub(super) use body::Said;
pub(super) use parameter::Shape;

use super::names::{self, Scope};
use super::note::Notes;
use components::Components;
use tag::Profile;

/// Names that a type of the API must not have, because emitted code uses them, as keys of [`type_name`].
const RESERVED: &[&str] = &[
    "client", "requests", "string", "option", "vec", "box", "result", "self", "some", "none", "ok",
    "err", "unknown",
];

/// The number of members that may be merged from other schemas. A document of a few lines can ask for any number, by
/// merging the same schemas again and again.
const MOST_MERGED: usize = if cfg!(test) { 2_000 } else { 100_000 };

/// The types that were asked for so far.
pub(super) struct Types<'a> {
    components: Components<'a>,
    scope: Scope,
    queue: VecDeque<&'a str>,
    queued: HashMap<&'a str, usize>,
    defs: Vec<(usize, TypeDef)>,
    /// The types of schemas without a name.
    inline: HashMap<*const Schema, Ty>,
    profiles: HashMap<*const Schema, Rc<Profile>>,
    merged: Cell<usize>,
    /// The types of parameters, by where their schemas stand.
    parameters: HashMap<String, (Ty, Shape)>,
    /// The types of bodies and answers that operations share, by where their schemas stand.
    shared: HashMap<String, Ty>,
    pub(super) notes: Notes,
}

/// What types were found by while they were made, to be dropped when the code of the model is written. Each name of it leaves a hole in
/// the memory between the model's own parts; code that is written with those holes about takes half as long again, for 10,000 operations.
#[derive(Debug)]
pub(crate) struct Leftovers {
    _scope: Scope,
    _inline: HashMap<*const Schema, Ty>,
    _parameters: HashMap<String, (Ty, Shape)>,
    _shared: HashMap<String, Ty>,
}

impl<'a> Types<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        let mut scope = Scope::with(RESERVED);
        Self {
            components: Components::new(document, &mut scope),
            scope,
            queue: VecDeque::new(),
            queued: HashMap::new(),
            defs: Vec::new(),
            inline: HashMap::new(),
            profiles: HashMap::new(),
            merged: Cell::new(0),
            parameters: HashMap::new(),
            shared: HashMap::new(),
            notes: Notes::default(),
        }
    }

    fn reference(&mut self, reference: &str, at: &Pointer) -> Ty {
        let Some(name) = self.components.name(reference) else {
            let message =
                format!("`{reference}` does not exist in this document; any JSON is taken here");
            self.notes.push(at, message);
            return Ty::Value;
        };
        if self.is_untyped(self.components.schema(name)) {
            return Ty::Value;
        }
        let index = self.components.position(name);
        if self.queued.insert(name, index).is_none() {
            self.queue.push_back(name);
        }
        Ty::Named(self.components.rust_name(name))
    }

    /// Follows references to a schema that is none. `None` if they lead nowhere.
    pub(super) fn resolve<S: Borrow<Schema>>(
        &self,
        schema: &'a ReferenceOr<S>,
    ) -> Option<&'a Schema> {
        self.components.resolve(schema)
    }

    /// Whether so many members more may be merged.
    fn has_room_for(&self, members: usize) -> bool {
        self.merged.set(self.merged.get().saturating_add(members));
        self.merged.get() <= MOST_MERGED
    }

    /// Adds a type that has no name in the document.
    pub(super) fn define(&mut self, hint: &str, at: &Pointer, docs: String, kind: TypeKind) -> Ty {
        let name = type_name(&mut self.scope, hint, "Inline");
        let def = TypeDef {
            origin: Origin::Pointer(at.to_string()),
            name: name.clone(),
            wire: hint.to_owned(),
            docs: or_else(docs, || {
                format!("The schema at {}.", text::code(&at.to_string()))
            }),
            deprecated: false,
            direction: Direction::Both,
            kind,
        };
        self.defs.push((usize::MAX, def));
        Ty::Named(name)
    }

    /// All types that `operations` are made of; with `both`, each with both halves of its codec.
    pub(super) fn finish(
        mut self,
        operations: &[Operation],
        both: bool,
    ) -> (Vec<TypeDef>, Notes, Leftovers) {
        while let Some(name) = self.queue.pop_front() {
            self.component_type(name);
        }
        let mut defs = self.defs;
        defs.sort_by_key(|(index, _)| *index);
        let mut defs: Vec<_> = defs.into_iter().map(|(_, def)| def).collect();
        depth::limit(&mut defs, &mut self.notes);
        direction::settle(&mut defs, operations);
        if both {
            defs.iter_mut()
                .for_each(|def| def.direction = Direction::Both);
        }
        recursion::break_cycles(&mut defs, &mut self.notes);
        let leftovers = Leftovers {
            _scope: self.scope,
            _inline: self.inline,
            _parameters: self.parameters,
            _shared: self.shared,
        };
        (defs, self.notes, leftovers)
    }

    fn component_type(&mut self, name: &'a str) {
        let (at, schema) = (self.components.pointer(name), self.components.schema(name));
        let kind = self.kind_of(schema, name, &at);
        let docs = schema.as_item().map(facts::docs).unwrap_or_default();
        let def = TypeDef {
            origin: Origin::Pointer(at.to_string()),
            name: self.components.rust_name(name),
            wire: name.to_owned(),
            docs: or_else(docs, || format!("The schema {}.", text::code(name))),
            deprecated: schema
                .as_item()
                .is_some_and(|schema| schema.schema_data.deprecated),
            direction: Direction::Both,
            kind,
        };
        self.defs.push((self.queued[name], def));
    }
}

/// The name of a type. Two never differ by case alone, for rustdoc writes a file for each, and not every file system
/// would tell them apart.
fn type_name(scope: &mut Scope, text: &str, fallback: &str) -> Ident {
    scope.unique_by(&names::camel(text, fallback), "", str::to_lowercase)
}

fn or_else(text: String, otherwise: impl FnOnce() -> String) -> String {
    if text.is_empty() { otherwise() } else { text }
}

/// `Option<T>`, but not twice.
pub(super) fn optional(ty: Ty) -> Ty {
    match ty {
        Ty::Optional(_) => ty,
        ty => Ty::Optional(Box::new(ty)),
    }
}
