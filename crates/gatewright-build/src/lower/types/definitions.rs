//! The types that were asked for. Asking gives a type its name at once; what it is made of is asked for later, so that a
//! schema may be part of itself, however deep.

use std::collections::{HashMap, HashSet, VecDeque};

use gatewright_codegen::Origin;
use gatewright_codegen::model::{Direction, Ty, TypeDef, TypeKind};
use gatewright_codegen::text;
use gatewright_document::{Document, Pointer};
use proc_macro2::Ident;

use super::{constraint_docs, place_docs};
use crate::lower::names::{self, Scope};
use crate::lower::note::Notes;
use crate::lower::schema::Schemas;
use crate::lower::schema::meaning::{Meaning, Meanings};
use crate::lower::schema::merge::{Merged, Rest};
use crate::lower::schema::node::{Node, Written};
use crate::lower::schema::questions;

/// Names that a type of the API must not have, because emitted code uses them, as keys of [`type_name`].
const RESERVED: &[&str] = &[
    "client", "requests", "string", "option", "vec", "box", "self", "some", "none", "ok", "err",
    "unknown",
];

/// The types that were asked for so far.
pub(in crate::lower) struct Types<'a> {
    pub(in crate::lower) meanings: Meanings<'a>,
    pub(in crate::lower) notes: Notes,
    /// Where the document stands in its file.
    pub(in crate::lower) base: &'a Pointer,
    scope: Scope,
    /// The Rust names of all named schemas, given out first so that they do not depend on use.
    names: HashMap<&'a str, Ident>,
    /// The named schemas that a type was asked for.
    asked: HashSet<&'a str>,
    /// The types of schemas without a name, by where those stand.
    inline: HashMap<Pointer, Ident>,
    /// The maps that are being asked about, because their values are.
    open_maps: HashSet<Pointer>,
    /// What is still to be defined.
    queue: VecDeque<Job<'a>>,
    defs: Vec<(Option<String>, TypeDef)>,
}

/// A type that has a name and is still to be defined.
pub(super) enum Job<'a> {
    /// The type of a named schema.
    Named(&'a str),
    /// The type of a schema without a name.
    Inline(Box<Inline<'a>>),
}

/// A type of a schema without a name.
pub(super) struct Inline<'a> {
    /// All of it but its kind.
    pub(super) def: TypeDef,
    pub(super) meaning: Meaning<'a>,
    /// What its parts are called after.
    pub(super) hint: String,
}

impl<'a> Types<'a> {
    /// No types yet; `chosen` are the names that the user chose for schemas, and `by_use` what those are called after whose names say
    /// nothing.
    pub(in crate::lower) fn new(
        document: &'a Document,
        chosen: &[(String, String)],
        by_use: &HashMap<&'a str, String>,
    ) -> Self {
        let meanings = Meanings::new(document);
        let mut scope = Scope::with(RESERVED);
        let chosen: HashMap<_, _> = chosen.iter().map(|(of, name)| (&**of, &**name)).collect();
        for name in chosen.values() {
            scope.take(&name.to_lowercase());
        }
        let names = meanings.schemas.names().map(|name| {
            let said = by_use.get(name).map_or(name, String::as_str);
            let of_document = || type_name(&mut scope, said, "Schema");
            let ident = chosen.get(name).map(|name| names::ident(name));
            (name, ident.unwrap_or_else(of_document))
        });
        Self {
            names: names.collect(),
            meanings,
            notes: Notes::default(),
            base: &document.pointer,
            scope,
            asked: HashSet::new(),
            inline: HashMap::new(),
            open_maps: HashSet::new(),
            queue: VecDeque::new(),
            defs: Vec::new(),
        }
    }

    pub(in crate::lower) fn schemas(&self) -> &Schemas<'a> {
        &self.meanings.schemas
    }

    /// The type of a schema; one without a name of its own gets one made of `hint`.
    pub(in crate::lower) fn ty(&mut self, node: &Node<'a>, hint: &str) -> Ty {
        let ty = self.plain_ty(node, hint);
        if questions::is_nullable(self.schemas(), node.schema) {
            optional(ty)
        } else {
            ty
        }
    }

    /// The type of the values that are not null.
    pub(in crate::lower) fn plain_ty(&mut self, node: &Node<'a>, hint: &str) -> Ty {
        // To look for the type of a scalar takes longer than to make it anew.
        let inline = node.schema.inline();
        let inline = inline.filter(|schema| !questions::is_unnamed(schema));
        if let Some(known) = inline.and_then(|_| self.inline.get(&node.at)) {
            return Ty::Named(known.clone());
        }
        if let Some(name) = inline.and_then(|_| self.schemas().name_at(&node.at)) {
            return self.named(Written::Named(name), &node.at);
        }
        match self.meanings.of(node, &mut self.notes) {
            meaning @ (Meaning::Texts(_)
            | Meaning::Integers(..)
            | Meaning::Object(_)
            | Meaning::Union(_)) => self.inline(node, meaning, hint),
            Meaning::Map(rest) => self.map(node, rest, hint),
            meaning => self.unnamed(meaning, &node.at, hint),
        }
    }

    /// The type of an inline schema that gets a name.
    fn inline(&mut self, node: &Node<'a>, meaning: Meaning<'a>, hint: &str) -> Ty {
        let name = node.at.steps().last().copied().unwrap_or_default();
        let inline = node.schema.inline();
        let docs = inline.map(|schema| constraint_docs::of(schema, name));
        let name = self.later(hint, &node.at, docs.unwrap_or_default(), meaning);
        self.inline.insert(node.at.clone(), name.clone());
        Ty::Named(name)
    }

    /// A map. One whose values are that map again, by way of `allOf`, has to have a name.
    fn map(&mut self, node: &Node<'a>, rest: Rest<'a>, hint: &str) -> Ty {
        if !self.open_maps.insert(node.at.clone()) {
            return self.inline(node, Meaning::Object(Merged::map(rest)), hint);
        }
        let ty = self.unnamed(Meaning::Map(rest), &node.at, hint);
        self.open_maps.remove(&node.at);
        ty
    }

    /// The type of what needs no name of its own.
    pub(super) fn unnamed(&mut self, meaning: Meaning<'a>, at: &Pointer, hint: &str) -> Ty {
        match meaning {
            Meaning::Scalar(ty) => ty,
            Meaning::Other(named) => self.named(named, at),
            Meaning::List(item) => {
                let item = item.map(|item| self.ty(&item, &format!("{hint} item")));
                Ty::List(Box::new(item.unwrap_or(Ty::Value)))
            }
            Meaning::Map(rest) => {
                let hint = format!("{} value", rest.within.unwrap_or(hint));
                let value = rest.node().map(|node| self.ty(&node, &hint));
                Ty::Map(Box::new(value.unwrap_or(Ty::Value)))
            }
            _ => Ty::Value,
        }
    }

    /// The type of a schema that is written by its name.
    fn named(&mut self, schema: Written<'a>, at: &Pointer) -> Ty {
        let Some(name) = self.schemas().name(schema) else {
            let message = "leads to no schema of this document; any JSON is taken here";
            let name = match schema {
                Written::Reference(reference) => text::code(reference),
                _ => String::new(),
            };
            self.notes.push(at, format!("{name} {message}"));
            return Ty::Value;
        };
        if questions::is_untyped(self.schemas(), Written::Named(name)) {
            return Ty::Value;
        }
        if self.asked.insert(name) {
            self.queue.push_back(Job::Named(name));
        }
        Ty::Named(self.names[name].clone())
    }

    /// Names a type that is defined later.
    pub(super) fn later(
        &mut self,
        hint: &str,
        at: &Pointer,
        docs: String,
        meaning: Meaning<'a>,
    ) -> Ident {
        let def = self.def(hint, at, docs, TypeKind::Alias(Ty::Value));
        let name = def.name.clone();
        let hint = hint.to_owned();
        let job = Inline { def, meaning, hint };
        self.queue.push_back(Job::Inline(Box::new(job)));
        name
    }

    /// Adds a type that has no name in the document.
    pub(in crate::lower) fn define(
        &mut self,
        hint: &str,
        at: &Pointer,
        docs: String,
        kind: TypeKind,
    ) -> Ty {
        let def = self.def(hint, at, docs, kind);
        let name = def.name.clone();
        self.push(None, def);
        Ty::Named(name)
    }

    fn def(&mut self, hint: &str, at: &Pointer, docs: String, kind: TypeKind) -> TypeDef {
        TypeDef {
            origin: Origin::Pointer(at.to_string()),
            name: type_name(&mut self.scope, hint, "Inline"),
            wire: hint.to_owned(),
            docs: or_else(docs, || place_docs::of(at, self.base)),
            deprecated: false,
            direction: Direction::Both,
            kind,
            derives: Vec::new(),
        }
    }

    /// The next type that is to be defined.
    pub(super) fn next(&mut self) -> Option<Job<'a>> {
        self.queue.pop_front()
    }

    /// Adds the type of a named schema.
    pub(super) fn define_named(&mut self, name: &'a str, kind: TypeKind) {
        let Node { schema, at } = self.schemas().node(name);
        let inline = schema.inline();
        let docs = inline.map(|schema| constraint_docs::of(schema, name));
        let def = TypeDef {
            origin: Origin::Pointer(at.to_string()),
            name: self.names[name].clone(),
            wire: name.to_owned(),
            // What only repeats the name is said where Rust has another one.
            docs: or_else(docs.unwrap_or_default(), || {
                let is_same = self.names[name] == name;
                if is_same {
                    String::new()
                } else {
                    format!("The schema {}.", text::code(name))
                }
            }),
            deprecated: schema
                .inline()
                .is_some_and(|schema| schema.schema_data.deprecated),
            direction: Direction::Both,
            kind,
            derives: Vec::new(),
        };
        self.push(Some(def.name.to_string()), def);
    }

    /// Adds a type; those of named schemas come first, in the order of their names.
    pub(super) fn push(&mut self, named: Option<String>, def: TypeDef) {
        self.defs.push((named, def));
    }

    /// All types in their order, and what was noted.
    pub(super) fn into_parts(self) -> (Vec<TypeDef>, Notes) {
        let mut defs = self.defs;
        defs.sort_by(|(one, _), (other, _)| match (one, other) {
            (Some(one), Some(other)) => one.cmp(other),
            (one, other) => other.is_some().cmp(&one.is_some()),
        });
        let defs = defs.into_iter().map(|(_, def)| def);
        (defs.collect(), self.notes)
    }
}

/// Why no type can have this name that somebody chose, if so.
pub(in crate::lower) fn refused(name: &str) -> Option<&'static str> {
    if RESERVED.contains(&name.to_lowercase().as_str()) {
        Some("generated code uses this name itself")
    } else if !names::is_name(name) || names::camel(name, "") != name {
        Some("a type has a name in UpperCamelCase")
    } else {
        None
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
pub(in crate::lower) fn optional(ty: Ty) -> Ty {
    match ty {
        Ty::Optional(_) => ty,
        ty => Ty::Optional(Box::new(ty)),
    }
}
