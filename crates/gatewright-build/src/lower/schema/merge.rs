//! What several schemas that apply together say of one object.

use std::collections::HashSet;
use std::rc::Rc;

use gatewright_document::Pointer;
use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, ObjectType, ReferenceOr, Schema, SchemaKind, Type,
};

use super::node::Node;
use super::questions;
use super::schemas::Schemas;

/// The number of members that may be merged from other schemas. A document of a few lines can ask for any number, by
/// merging the same schemas again and again.
const MOST_MERGED: usize = if cfg!(test) { 2_000 } else { 100_000 };

/// The work that may still be done for a document.
#[derive(Debug)]
pub(in crate::lower) struct Budget(usize);

impl Budget {
    pub(in crate::lower) fn new() -> Self {
        Self(MOST_MERGED)
    }

    /// Whether so many members more may be merged.
    pub(super) fn take(&mut self, members: usize) -> bool {
        let left = self.0.checked_sub(members);
        self.0 = left.unwrap_or(0);
        left.is_some()
    }
}

/// The members that several schemas describe together.
#[derive(Clone, Debug, Default)]
pub(in crate::lower) struct Merged<'a> {
    pub(in crate::lower) properties: IndexMap<&'a str, Property<'a>>,
    /// The names of the members that a value must have, also of such that nobody describes.
    pub(in crate::lower) required: HashSet<&'a str>,
    /// What members are that have no name of their own.
    pub(in crate::lower) rest: Option<Rest<'a>>,
    /// The lists of schemas of which one applies as well.
    pub(in crate::lower) choices: Vec<Choice<'a>>,
    /// The references that were followed.
    seen: HashSet<&'a str>,
    /// The named schema that is being added, if it is not the one that all is added to.
    within: Option<&'a str>,
}

#[derive(Clone, Debug)]
pub(in crate::lower) struct Property<'a> {
    pub(in crate::lower) schema: &'a ReferenceOr<Box<Schema>>,
    /// Where the object stands.
    pub(in crate::lower) of: Rc<Pointer>,
    /// The named schema that it is part of, if it is not the one that all is added to. Types without a name are called after
    /// it, so that they are the same ones wherever it is added.
    pub(in crate::lower) within: Option<&'a str>,
}

impl<'a> Property<'a> {
    /// The schema of the member that is called `wire`.
    pub(in crate::lower) fn node(&self, wire: &str) -> Node<'a> {
        Node::new(self.schema, self.of.key("properties").key(wire))
    }
}

/// What members of an object are that have no name of their own.
#[derive(Clone, Debug)]
pub(in crate::lower) struct Rest<'a> {
    schema: &'a AdditionalProperties,
    /// As of a [`Property`].
    of: Rc<Pointer>,
    pub(in crate::lower) within: Option<&'a str>,
}

impl<'a> Rest<'a> {
    /// The schema of those members, if there is one.
    pub(in crate::lower) fn node(&self) -> Option<Node<'a>> {
        match self.schema {
            AdditionalProperties::Any(_) => None,
            AdditionalProperties::Schema(schema) => {
                Some(Node::new(&**schema, self.of.key("additionalProperties")))
            }
        }
    }
}

/// A list of schemas of which one applies.
#[derive(Clone, Debug)]
pub(in crate::lower) struct Choice<'a> {
    pub(super) schemas: &'a [ReferenceOr<Schema>],
    /// Where the list stands.
    pub(super) at: Pointer,
}

/// What a schema says of an object, with all that it is made of; `None` if it is about something else, or there is no
/// end of it.
pub(in crate::lower) fn merged<'a>(
    schemas: &Schemas<'a>,
    budget: &mut Budget,
    node: &Node<'a>,
) -> Option<Merged<'a>> {
    let (schema, at) = schemas.resolve_node(node)?;
    of_schema(schemas, budget, schema, at, schemas.name(node.schema))
}

/// The same of a schema that is `name`'s, if it has a name.
pub(super) fn of_schema<'a>(
    schemas: &Schemas<'a>,
    budget: &mut Budget,
    schema: &'a Schema,
    at: Pointer,
    name: Option<&'a str>,
) -> Option<Merged<'a>> {
    let mut merged = Merged::default();
    merged.seen.extend(name);
    let mut merger = Merger { schemas, budget };
    let is_object = merger.schema(&mut merged, schema, &Rc::new(at), 0);
    is_object.then_some(merged)
}

/// The same of a part that is added to what is there; false where that would be `None`.
pub(super) fn add<'a>(
    schemas: &Schemas<'a>,
    budget: &mut Budget,
    merged: &mut Merged<'a>,
    node: &Node<'a>,
) -> bool {
    Merger { schemas, budget }.part(merged, node, 0)
}

struct Merger<'s, 'a> {
    schemas: &'s Schemas<'a>,
    budget: &'s mut Budget,
}

impl<'a> Merger<'_, 'a> {
    fn part(&mut self, merged: &mut Merged<'a>, part: &Node<'a>, depth: usize) -> bool {
        // More than a document nests in good faith; every level takes room on the stack.
        const DEEPEST: usize = 32;
        let target = self.schemas.resolve_node(part);
        let Some((schema, at)) = target.filter(|_| depth < DEEPEST) else {
            return false;
        };
        let Some(name) = self.schemas.name(part.schema) else {
            return self.schema(merged, schema, &Rc::new(at), depth);
        };
        // What was added once need not be again: so a circle ends, and what is shared costs once.
        if !merged.seen.insert(name) {
            return true;
        }
        let outside = merged.within.replace(name);
        let is_object = self.schema(merged, schema, &Rc::new(at), depth);
        merged.within = outside;
        is_object
    }

    fn schema(
        &mut self,
        merged: &mut Merged<'a>,
        schema: &'a Schema,
        at: &Rc<Pointer>,
        depth: usize,
    ) -> bool {
        match &schema.schema_kind {
            SchemaKind::Type(Type::Object(object)) => self.object(merged, object, at),
            SchemaKind::AllOf { all_of } => self.all(merged, all_of, at, depth),
            SchemaKind::OneOf { one_of: any } => merged.add_choice(any, at.key("oneOf")),
            SchemaKind::AnyOf { any_of: any } => merged.add_choice(any, at.key("anyOf")),
            SchemaKind::Any(any) if questions::is_object(any) => self.any(merged, any, at, depth),
            SchemaKind::Not { .. } => true,
            _ => false,
        }
    }

    fn all(
        &mut self,
        merged: &mut Merged<'a>,
        parts: &'a [ReferenceOr<Schema>],
        at: &Pointer,
        depth: usize,
    ) -> bool {
        let at = at.key("allOf");
        let mut parts = parts.iter().enumerate();
        parts.all(|(index, part)| self.part(merged, &Node::new(part, at.index(index)), depth + 1))
    }

    /// What stands beside `allOf` comes last: it says more than what it builds on.
    fn any(
        &mut self,
        merged: &mut Merged<'a>,
        any: &'a AnySchema,
        at: &Rc<Pointer>,
        depth: usize,
    ) -> bool {
        let rest = any.additional_properties.as_ref();
        self.all(merged, &any.all_of, at, depth)
            && self.members(merged, &any.properties, &any.required, rest, at)
            && merged.add_choice(&any.one_of, at.key("oneOf"))
            && merged.add_choice(&any.any_of, at.key("anyOf"))
    }

    fn object(
        &mut self,
        merged: &mut Merged<'a>,
        object: &'a ObjectType,
        at: &Rc<Pointer>,
    ) -> bool {
        let rest = object.additional_properties.as_ref();
        self.members(merged, &object.properties, &object.required, rest, at)
    }

    fn members(
        &mut self,
        merged: &mut Merged<'a>,
        properties: &'a IndexMap<String, ReferenceOr<Box<Schema>>>,
        required: &'a [String],
        rest: Option<&'a AdditionalProperties>,
        of: &Rc<Pointer>,
    ) -> bool {
        // What is not referred to costs no more than it takes to write.
        if merged.within.is_some() && !self.budget.take(properties.len() + required.len()) {
            return false;
        }
        let within = merged.within;
        for (name, schema) in properties {
            let of = Rc::clone(of);
            // A part may name a member of another one again, only to describe it.
            if !merged.properties.contains_key(name.as_str())
                || !questions::is_untyped(self.schemas, schema)
            {
                let property = Property { schema, of, within };
                merged.properties.insert(name, property);
            }
        }
        merged.required.extend(required.iter().map(String::as_str));
        let keeps = rest.filter(|rest| !matches!(rest, AdditionalProperties::Any(false)));
        let of = Rc::clone(of);
        let keeps = keeps.map(|schema| Rest { schema, of, within });
        merged.rest = merged.rest.take().or(keeps);
        true
    }
}

impl<'a> Merged<'a> {
    fn add_choice(&mut self, schemas: &'a [ReferenceOr<Schema>], at: Pointer) -> bool {
        if !schemas.is_empty() {
            self.choices.push(Choice { schemas, at });
        }
        true
    }

    /// An object without members that have names.
    pub(in crate::lower) fn map(rest: Rest<'a>) -> Self {
        Self {
            rest: Some(rest),
            ..Self::default()
        }
    }

    /// Whether a named schema is part of it already.
    pub(super) fn has_seen(&self, name: &str) -> bool {
        self.seen.contains(name)
    }

    /// Keeps every member that has no name of its own.
    pub(super) fn keep_rest(&mut self) {
        self.rest = Some(Rest {
            schema: &AdditionalProperties::Any(true),
            of: Rc::default(),
            within: None,
        });
    }
}
