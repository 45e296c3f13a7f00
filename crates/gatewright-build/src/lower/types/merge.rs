//! What several schemas that apply together say of one object.

use std::borrow::Borrow;
use std::collections::HashSet;
use std::rc::Rc;

use gatewright_document::Pointer;
use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, ObjectType, ReferenceOr, Schema, SchemaKind, Type,
};

use super::{Types, says};

/// The members that several schemas describe together.
#[derive(Clone, Default)]
pub(super) struct Merged<'a> {
    pub(super) properties: IndexMap<&'a str, Property<'a>>,
    /// The names of the members that a value must have, also of such that nobody describes.
    pub(super) required: HashSet<&'a str>,
    /// What members are that have no name of their own.
    pub(super) rest: Option<Rest<'a>>,
    /// The lists of schemas of which one applies as well.
    pub(super) choices: Vec<Choice<'a>>,
    /// The references that were followed.
    seen: HashSet<&'a str>,
    /// The named schema that is being added, if it is not the one that all is added to.
    within: Option<&'a str>,
}

#[derive(Clone)]
pub(super) struct Property<'a> {
    pub(super) schema: &'a ReferenceOr<Box<Schema>>,
    /// Where the object stands.
    pub(super) of: Rc<Pointer>,
    /// The named schema that it is part of, if it is not the one that all is added to. Types without a name are called after
    /// it, so that they are the same ones wherever it is added.
    pub(super) within: Option<&'a str>,
}

/// What members of an object are that have no name of their own.
#[derive(Clone)]
pub(super) struct Rest<'a> {
    pub(super) schema: &'a AdditionalProperties,
    /// As of a [`Property`].
    pub(super) of: Rc<Pointer>,
    pub(super) within: Option<&'a str>,
}

/// A list of schemas of which one applies.
#[derive(Clone)]
pub(super) struct Choice<'a> {
    pub(super) schemas: &'a [ReferenceOr<Schema>],
    /// Where the list stands.
    pub(super) at: Pointer,
}

impl<'a> Types<'a> {
    /// Adds what one schema says of an object; false if it is about something else, or there is no end of it.
    pub(super) fn merge<S: Borrow<Schema>>(
        &self,
        merged: &mut Merged<'a>,
        part: &'a ReferenceOr<S>,
        at: Pointer,
        depth: usize,
    ) -> bool {
        // More than a document nests in good faith; every level takes room on the stack.
        const DEEPEST: usize = 32;
        let Some(schema) = self.resolve(part).filter(|_| depth < DEEPEST) else {
            return false;
        };
        let ReferenceOr::Reference { reference } = part else {
            return self.merge_schema(merged, schema, &Rc::new(at), depth);
        };
        let Some(name) = self.components.name(reference) else {
            return false;
        };
        // What was added once need not be again: so a circle ends, and what is shared costs once.
        if !merged.seen.insert(name) {
            return true;
        }
        let outside = merged.within.replace(name);
        let at = Rc::new(self.components.pointer(name));
        let is_object = self.merge_schema(merged, schema, &at, depth);
        merged.within = outside;
        is_object
    }

    pub(super) fn merge_schema(
        &self,
        merged: &mut Merged<'a>,
        schema: &'a Schema,
        at: &Rc<Pointer>,
        depth: usize,
    ) -> bool {
        match &schema.schema_kind {
            SchemaKind::Type(Type::Object(object)) => self.merge_object(merged, object, at),
            SchemaKind::AllOf { all_of } => self.merge_all(merged, all_of, at, depth),
            SchemaKind::OneOf { one_of: any } => merged.add_choice(any, at.key("oneOf")),
            SchemaKind::AnyOf { any_of: any } => merged.add_choice(any, at.key("anyOf")),
            SchemaKind::Any(any) if says::is_object(any) => self.merge_any(merged, any, at, depth),
            SchemaKind::Not { .. } => true,
            _ => false,
        }
    }

    fn merge_all(
        &self,
        merged: &mut Merged<'a>,
        parts: &'a [ReferenceOr<Schema>],
        at: &Pointer,
        depth: usize,
    ) -> bool {
        let at = at.key("allOf");
        let mut parts = parts.iter().enumerate();
        parts.all(|(index, part)| self.merge(merged, part, at.index(index), depth + 1))
    }

    /// What stands beside `allOf` comes last: it says more than what it builds on.
    fn merge_any(
        &self,
        merged: &mut Merged<'a>,
        any: &'a AnySchema,
        at: &Rc<Pointer>,
        depth: usize,
    ) -> bool {
        let rest = any.additional_properties.as_ref();
        self.merge_all(merged, &any.all_of, at, depth)
            && self.add(merged, &any.properties, &any.required, rest, at)
            && merged.add_choice(&any.one_of, at.key("oneOf"))
            && merged.add_choice(&any.any_of, at.key("anyOf"))
    }

    fn merge_object(
        &self,
        merged: &mut Merged<'a>,
        object: &'a ObjectType,
        at: &Rc<Pointer>,
    ) -> bool {
        let rest = object.additional_properties.as_ref();
        self.add(merged, &object.properties, &object.required, rest, at)
    }

    fn add(
        &self,
        merged: &mut Merged<'a>,
        properties: &'a IndexMap<String, ReferenceOr<Box<Schema>>>,
        required: &'a [String],
        rest: Option<&'a AdditionalProperties>,
        of: &Rc<Pointer>,
    ) -> bool {
        // What is not referred to costs no more than it takes to write.
        if !merged.seen.is_empty() && !self.has_room_for(properties.len() + required.len()) {
            return false;
        }
        let within = merged.within;
        for (name, schema) in properties {
            let of = Rc::clone(of);
            // A part may name a member of another one again, only to describe it.
            if !merged.properties.contains_key(name.as_str()) || !self.is_untyped(schema) {
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

    /// Keeps every member that has no name of its own.
    pub(super) fn keep_rest(&mut self) {
        self.rest = Some(Rest {
            schema: &AdditionalProperties::Any(true),
            of: Rc::default(),
            within: None,
        });
    }
}
