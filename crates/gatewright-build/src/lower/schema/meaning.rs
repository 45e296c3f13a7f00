//! What a schema is: the question that decides which type is made of it.

use gatewright_codegen::model::{Integer, Ty};
use gatewright_document::{Document, Pointer};
use openapiv3::{AnySchema, ReferenceOr, Schema, SchemaKind, Type};

use super::discriminator::Profiles;
use super::merge::{self, Budget, Merged, Rest};
use super::node::{Node, Written};
use super::questions;
use super::schemas::Schemas;
use super::union::{Member, Union, Unions};
use super::{choices, listed, scalar};
use crate::lower::note::Notes;

/// What a schema is, apart from null.
#[derive(Debug)]
pub(in crate::lower) enum Meaning<'a> {
    /// Any JSON.
    Any,
    /// A value without parts.
    Scalar(Ty),
    /// A list, of any JSON if nothing is said.
    List(Option<Node<'a>>),
    /// An object none of whose members has a name.
    Map(Rest<'a>),
    /// What another schema is, which is written by its name.
    Other(Written<'a>),
    /// One of these texts.
    Texts(Vec<String>),
    /// One of these integers, and the range that others may have.
    Integers(Vec<i128>, Integer),
    /// An object with members that have names.
    Object(Merged<'a>),
    /// One of several schemas.
    Union(Union<'a>),
}

/// Says what schemas are, and bounds the work that it takes.
pub(in crate::lower) struct Meanings<'a> {
    pub(in crate::lower) schemas: Schemas<'a>,
    pub(in crate::lower) budget: Budget,
    profiles: Profiles<'a>,
}

impl<'a> Meanings<'a> {
    pub(in crate::lower) fn new(document: &'a Document) -> Self {
        Self {
            schemas: Schemas::new(document),
            budget: Budget::new(),
            profiles: Profiles::default(),
        }
    }

    /// What the schema of this name is.
    pub(in crate::lower) fn of_name(&mut self, name: &'a str, notes: &mut Notes) -> Meaning<'a> {
        if let Some(union) = self.unions().of_subtypes(name) {
            return Meaning::Union(union);
        }
        let node = self.schemas.node(name);
        self.ask(&node, Some(name), notes)
    }

    /// What a schema is.
    pub(in crate::lower) fn of(&mut self, node: &Node<'a>, notes: &mut Notes) -> Meaning<'a> {
        self.ask(node, None, notes)
    }

    fn ask(&mut self, node: &Node<'a>, name: Option<&'a str>, notes: &mut Notes) -> Meaning<'a> {
        let Some(schema) = node.schema.inline() else {
            return Meaning::Other(node.schema);
        };
        let (at, meanings) = (&node.at, self);
        Asked {
            schema,
            at,
            name,
            meanings,
            notes,
        }
        .meaning()
    }

    fn unions(&mut self) -> Unions<'_, 'a> {
        Unions {
            schemas: &self.schemas,
            budget: &mut self.budget,
            profiles: &mut self.profiles,
        }
    }
}

/// A schema that is asked about.
struct Asked<'q, 'a> {
    schema: &'a Schema,
    at: &'q Pointer,
    /// Its name, if it has one.
    name: Option<&'a str>,
    meanings: &'q mut Meanings<'a>,
    notes: &'q mut Notes,
}

impl<'a> Asked<'_, 'a> {
    fn meaning(&mut self) -> Meaning<'a> {
        if let Some(listed) = listed(self.schema) {
            return listed;
        }
        match &self.schema.schema_kind {
            SchemaKind::Type(Type::Object(_)) => self.object(),
            SchemaKind::Type(ty) => self.typed(ty),
            SchemaKind::AllOf { all_of } => self.all_of(all_of),
            SchemaKind::OneOf { one_of } => self.one_of(one_of, "oneOf"),
            SchemaKind::AnyOf { any_of } => self.one_of(any_of, "anyOf"),
            SchemaKind::Any(any) if questions::is_object(any) => self.mixed_object(any),
            SchemaKind::Any(any) => self.mixed(any),
            SchemaKind::Not { .. } => Meaning::Any,
        }
    }

    fn typed(&self, ty: &'a Type) -> Meaning<'a> {
        match ty {
            Type::Boolean(_) => Meaning::Scalar(Ty::Bool),
            Type::Number(number) => Meaning::Scalar(scalar::number(number)),
            Type::Integer(integer) => Meaning::Scalar(scalar::integer(integer)),
            Type::String(string) => Meaning::Scalar(scalar::string(string)),
            Type::Array(array) => list(array.items.as_ref(), self.at),
            Type::Object(_) => Meaning::Any,
        }
    }

    fn object(&mut self) -> Meaning<'a> {
        self.merge().map_or(Meaning::Any, structure)
    }

    fn merge(&mut self) -> Option<Merged<'a>> {
        let Meanings {
            schemas, budget, ..
        } = &mut *self.meanings;
        merge::of_schema(schemas, budget, self.schema, self.at.clone(), self.name)
    }

    /// A schema of mixed keywords that is no object: its type counts, or what its keywords are about.
    fn mixed(&mut self, any: &'a AnySchema) -> Meaning<'a> {
        let lists_only = |is: fn(&serde_json::Value) -> bool| listed::values(any).all(is);
        match any.typ.as_deref() {
            Some("string") => Meaning::Scalar(scalar::string_of(any.format.as_deref())),
            Some("integer") => Meaning::Scalar(scalar::integer_of(any)),
            Some("number") => Meaning::Scalar(scalar::number_of(any)),
            Some("boolean") => Meaning::Scalar(Ty::Bool),
            Some("array") => list(any.items.as_ref(), self.at),
            _ if any.items.is_some() => list(any.items.as_ref(), self.at),
            _ if lists_only(serde_json::Value::is_boolean) => Meaning::Scalar(Ty::Bool),
            _ if lists_only(serde_json::Value::is_number) => Meaning::Scalar(Ty::F64),
            _ => self.any("lists values of several types; any JSON is taken here"),
        }
    }

    fn any(&mut self, message: &str) -> Meaning<'a> {
        self.notes.push(self.at, message);
        Meaning::Any
    }

    /// An object of mixed keywords: the one way in which it is made of others, or all of them merged.
    fn mixed_object(&mut self, any: &'a AnySchema) -> Meaning<'a> {
        let has_own = !any.properties.is_empty()
            || !any.required.is_empty()
            || any.additional_properties.is_some();
        let lists = [&any.all_of, &any.one_of, &any.any_of].map(Vec::as_slice);
        match lists {
            [[], [], []] => self.object(),
            [all_of, [], []] if !has_own => self.all_of(all_of),
            [[], one_of, []] if !has_own => self.one_of(one_of, "oneOf"),
            [[], [], any_of] if !has_own => self.one_of(any_of, "anyOf"),
            _ => match self.merge() {
                Some(merged) => self.of_merged(merged),
                None => self.any("mixes an object and other types; any JSON is taken here"),
            },
        }
    }

    /// All of several schemas: one object of all their members. Where all but one say nothing, it is that one.
    fn all_of(&mut self, parts: &'a [ReferenceOr<Schema>]) -> Meaning<'a> {
        let place = self.at.key("allOf");
        let schemas = &self.meanings.schemas;
        let parts_with_index = parts.iter().enumerate();
        let mut telling = parts_with_index.filter(|(_, part)| tells(schemas, part));
        match (telling.next(), telling.next()) {
            (None, _) => Meaning::Any,
            (Some((index, part)), None) if !self.extends_union(part) => {
                self.other(part, place.index(index))
            }
            _ => match self.merge() {
                Some(merged) => self.of_merged(merged),
                None => self.overlap(parts, &place),
            },
        }
    }

    /// Whether this is a named schema, and `part` a union of the schemas that build on it by name, of which it is one.
    fn extends_union(&mut self, part: &'a ReferenceOr<Schema>) -> bool {
        let part = self.meanings.schemas.name(part.into());
        let part = part.filter(|_| self.name.is_some());
        part.is_some_and(|name| self.meanings.unions().is_union(name))
    }

    /// What a schema is that this one is nothing but.
    fn other(&mut self, schema: &'a ReferenceOr<Schema>, at: Pointer) -> Meaning<'a> {
        let node = Node::new(schema, at);
        self.meanings.ask(&node, None, self.notes)
    }

    /// Several schemas of values that are no objects narrow one another down: what lists its values is narrowest.
    fn overlap(&mut self, parts: &'a [ReferenceOr<Schema>], place: &Pointer) -> Meaning<'a> {
        let Meanings {
            schemas, budget, ..
        } = &mut *self.meanings;
        let told = parts.iter().enumerate().filter_map(|(index, part)| {
            let schema = schemas.resolve(part)?;
            let says_nothing = questions::says_nothing(schema);
            (!says_nothing).then_some((index, part, schema))
        });
        let told: Vec<_> = told.collect();
        let mut is_object = |&(index, part, _): &(usize, &'a ReferenceOr<Schema>, _)| {
            let node = Node::new(part, place.index(index));
            merge::merged(schemas, budget, &node).is_some()
        };
        if told.iter().any(&mut is_object) {
            return self.any(
                "`allOf` mixes objects and other types, or has too many members; any JSON is taken here",
            );
        }
        let narrow = told.iter().find(|(.., schema)| listed::is_enum(schema));
        // By its name, if it has one: it may be what is asked about.
        match narrow.or_else(|| told.first()) {
            Some(&(index, part, _)) => self.other(part, place.index(index)),
            None => Meaning::Any,
        }
    }

    fn of_merged(&mut self, mut merged: Merged<'a>) -> Meaning<'a> {
        let Meanings {
            schemas, budget, ..
        } = &mut *self.meanings;
        let choices = choices::take(schemas, &mut merged);
        let (place, expanded) = match choices.as_slice() {
            [] => return structure(merged),
            [choice] => {
                let expanded = choices::expand(schemas, budget, &merged, choice);
                (choice.at.clone(), expanded)
            }
            _ => (self.at.clone(), None),
        };
        match expanded {
            Some(expanded) => {
                let members = expanded.into_iter();
                let members = members.map(|one| Member::new(one.node, Some(one.merged)));
                self.union(members.collect())
            }
            None => self.open(merged, &place),
        }
    }

    /// The members that are known for sure; the others are kept as they come.
    fn open(&mut self, mut merged: Merged<'a>, at: &Pointer) -> Meaning<'a> {
        let message = "what the schemas here add to the object is not typed; it is kept in `additional_properties`";
        self.notes.push(at, message);
        merged.keep_rest();
        structure(merged)
    }

    /// One of the schemas in a list; the only one there is, by itself. Null among them is not one: it makes the type
    /// optional where it is used. Nor is the schema itself that has the list: a value is that because it is one of the
    /// others.
    fn one_of(&mut self, any: &'a [ReferenceOr<Schema>], keyword: &str) -> Meaning<'a> {
        let (schemas, place) = (&self.meanings.schemas, self.at.key(keyword));
        let nodes = any.iter().enumerate();
        let nodes = nodes.filter(|(_, one)| !questions::is_null(schemas, *one));
        let nodes = nodes.map(|(index, one)| Node::new(one, place.index(index)));
        let is_self = |node: &Node<'a>| {
            let name = schemas.name(node.schema);
            name.is_some() && name == self.name
        };
        let nodes: Vec<_> = nodes.filter(|node| !is_self(node)).collect();
        match nodes.as_slice() {
            [] => Meaning::Any,
            [node] => self.meanings.ask(node, None, self.notes),
            nodes => match texts_of_all(schemas, nodes) {
                Some(texts) if texts.is_empty() => Meaning::Scalar(Ty::String),
                Some(texts) => Meaning::Texts(texts),
                None => {
                    let members = nodes.iter().cloned();
                    self.union(members.map(|node| Member::new(node, None)).collect())
                }
            },
        }
    }

    fn union(&mut self, members: Vec<Member<'a>>) -> Meaning<'a> {
        if members.is_empty() {
            return Meaning::Any;
        }
        let discriminator = self.schema.schema_data.discriminator.as_ref();
        Meaning::Union(self.meanings.unions().of(members, discriminator))
    }
}

/// Objects whose members have names; a map, if none has one.
pub(in crate::lower) fn structure(merged: Merged<'_>) -> Meaning<'_> {
    if !merged.properties.is_empty() {
        return Meaning::Object(merged);
    }
    merged.rest.map_or(Meaning::Any, Meaning::Map)
}

fn list<'a>(items: Option<&'a ReferenceOr<Box<Schema>>>, at: &Pointer) -> Meaning<'a> {
    Meaning::List(items.map(|items| Node::new(items, at.key("items"))))
}

fn listed<'a>(schema: &Schema) -> Option<Meaning<'a>> {
    if listed::is_only_null(schema) {
        return Some(Meaning::Scalar(Ty::Unit));
    }
    let texts = listed::texts(schema);
    if !texts.is_empty() {
        return Some(Meaning::Texts(texts));
    }
    let integers = listed::integers(schema);
    let range = scalar::integer_range(schema);
    (!integers.is_empty()).then_some(Meaning::Integers(integers, range))
}

/// Whether a part of `allOf` says anything about the type.
fn tells<'a>(schemas: &Schemas<'a>, part: &'a ReferenceOr<Schema>) -> bool {
    let demands = |schema: &Schema| match &schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => !object.required.is_empty(),
        SchemaKind::Any(any) => !any.required.is_empty(),
        _ => false,
    };
    !questions::is_untyped(schemas, part) || schemas.resolve(part).is_some_and(demands)
}

/// The texts that the schemas list together, if all of them are texts. The first would fit every text, because an enum
/// tolerates what it does not list.
fn texts_of_all<'a>(schemas: &Schemas<'a>, nodes: &[Node<'a>]) -> Option<Vec<String>> {
    let texts = nodes.iter().map(|node| {
        let schema = schemas.resolve(node.schema)?;
        let texts = listed::texts(schema);
        let is_text = matches!(schema.schema_kind, SchemaKind::Type(Type::String(_)));
        (is_text || !texts.is_empty()).then_some(texts)
    });
    Some(texts.collect::<Option<Vec<_>>>()?.concat())
}
