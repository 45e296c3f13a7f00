//! Schemas made of other ones: `allOf`, and `oneOf` or `anyOf` beside it.

use std::rc::Rc;

use gatewright_codegen::model::{Ty, TypeKind};
use gatewright_document::Pointer;
use openapiv3::{ReferenceOr, Schema, SchemaKind, Type};

use super::merge::{Choice, Merged};
use super::union::Member;
use super::{Types, enums, says};

impl<'a> Types<'a> {
    /// All of several schemas: one struct of all their members. Where all but one say nothing, it is that one.
    pub(super) fn all_of(
        &mut self,
        schema: &'a Schema,
        parts: &'a [ReferenceOr<Schema>],
        hint: &str,
        at: &Pointer,
    ) -> TypeKind {
        let place = at.key("allOf");
        let mut telling = parts
            .iter()
            .enumerate()
            .filter(|(_, part)| self.tells(part));
        match (telling.next(), telling.next()) {
            (None, _) => TypeKind::Alias(Ty::Value),
            (Some((index, part)), None) => self.kind_of(part, hint, &place.index(index)),
            _ => self
                .merged(schema, hint, at)
                .unwrap_or_else(|| self.overlap(parts, hint, at)),
        }
    }

    /// Whether a part of `allOf` says anything about the type.
    fn tells(&self, part: &'a ReferenceOr<Schema>) -> bool {
        let demands = self.resolve(part).map(|schema| match &schema.schema_kind {
            SchemaKind::Type(Type::Object(object)) => object.required.len(),
            SchemaKind::Any(any) => any.required.len(),
            _ => 0,
        });
        !self.is_untyped(part) || demands.unwrap_or_default() > 0
    }

    /// Several schemas of values that are no objects narrow one another down: what lists its values is narrowest.
    fn overlap(&mut self, parts: &'a [ReferenceOr<Schema>], hint: &str, at: &Pointer) -> TypeKind {
        let is_told = |part| {
            self.resolve(part)
                .is_some_and(|one| !says::says_nothing(one))
        };
        let is_listed = |part| {
            self.resolve(part)
                .is_some_and(|one| enums::kind(one).is_some())
        };
        let is_object = |part| {
            let merge = |one| self.merge_schema(&mut Merged::default(), one, &Rc::default(), 0);
            self.resolve(part).is_some_and(merge)
        };
        let mut others = parts.iter().filter(|&part| is_told(part));
        if others.clone().any(is_object) {
            let message =
                "`allOf` of objects and what is none, or of too many; any JSON is taken here";
            self.notes.push(at, message);
            return TypeKind::Alias(Ty::Value);
        }
        let narrow = others.clone().find(|&part| is_listed(part));
        let narrow = narrow.or_else(|| others.next());
        // By its name, if it has one: it may be what is being made.
        narrow.map_or(TypeKind::Alias(Ty::Value), |part| {
            self.kind_of(part, hint, at)
        })
    }

    /// A schema that describes an object through others; `None` if one of them is about something else.
    pub(super) fn merged(
        &mut self,
        schema: &'a Schema,
        hint: &str,
        at: &Pointer,
    ) -> Option<TypeKind> {
        let mut merged = Merged::default();
        if !self.merge_schema(&mut merged, schema, &Rc::new(at.clone()), 0) {
            return None;
        }
        let choices = self.take_choices(&mut merged);
        Some(match choices.as_slice() {
            [] => self.structure(&merged, hint),
            [choice] => {
                let mut members = Vec::new();
                if self.expand(&merged, choice, &mut members, 0) {
                    self.union(members, schema.schema_data.discriminator.as_ref(), hint)
                } else {
                    self.open(merged, hint, &choice.at)
                }
            }
            _ => self.open(merged, hint, at),
        })
    }

    /// The lists of which one schema applies, without those that add nothing to a type, such as other members to demand.
    pub(super) fn take_choices(&self, merged: &mut Merged<'a>) -> Vec<Choice<'a>> {
        let mut choices = std::mem::take(&mut merged.choices);
        choices.retain(|choice| choice.schemas.iter().any(|one| !self.is_untyped(one)));
        choices
    }

    /// Each schema of a list with the members that all of them share; of one that is such a list itself, each of those.
    /// False if one of them is no object, or there is no end of them.
    pub(super) fn expand(
        &self,
        shared: &Merged<'a>,
        choice: &Choice<'a>,
        members: &mut Vec<Member<'a>>,
        depth: usize,
    ) -> bool {
        const DEEPEST: usize = 8;
        choice.schemas.iter().enumerate().all(|(index, one)| {
            let (at, mut merged) = (choice.at.index(index), shared.clone());
            let is_object = depth < DEEPEST
                && self.has_room_for(shared.properties.len() + 1)
                && self.merge(&mut merged, one, at.clone(), 0);
            let choices = self.take_choices(&mut merged);
            match choices.as_slice() {
                _ if !is_object => false,
                [] => {
                    members.push(Member::merged(one, at, merged));
                    true
                }
                [choice] => self.expand(&merged, choice, members, depth + 1),
                _ => false,
            }
        })
    }

    /// The members that are known for sure; the others are kept as they come.
    fn open(&mut self, mut merged: Merged<'a>, hint: &str, at: &Pointer) -> TypeKind {
        let message = "what the schemas here add to the object is not typed; it is kept in `additional_properties`";
        self.notes.push(at, message);
        merged.keep_rest();
        self.structure(&merged, hint)
    }
}
