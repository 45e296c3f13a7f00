//! One of several schemas: an enum of them, told apart by a member that names the kind, or else by the first that a value
//! fits.

use std::cmp::Reverse;

use gatewright_codegen::model::{Ty, TypeKind, UnionVariant};
use gatewright_document::Pointer;
use openapiv3::{Discriminator, ReferenceOr, Schema, SchemaKind, Type};

use super::merge::Merged;
use super::tag::Tag;
use super::{Types, enums, facts};
use crate::lower::names::{self, Scope};

/// One of the schemas.
pub(super) struct Member<'a> {
    pub(super) schema: &'a ReferenceOr<Schema>,
    at: Pointer,
    /// What it is together with the members that all of them share, if there are any.
    pub(super) merged: Option<Merged<'a>>,
}

impl<'a> Member<'a> {
    fn new(schema: &'a ReferenceOr<Schema>, at: Pointer) -> Self {
        let merged = None;
        Self { schema, at, merged }
    }

    pub(super) fn merged(schema: &'a ReferenceOr<Schema>, at: Pointer, merged: Merged<'a>) -> Self {
        let merged = Some(merged);
        Self { schema, at, merged }
    }
}

impl<'a> Types<'a> {
    /// One of the schemas in the list at `at`; the only one there is, by itself. Null among them is not one: it makes the
    /// type optional where it is used.
    pub(super) fn one_of(
        &mut self,
        any: &'a [ReferenceOr<Schema>],
        discriminator: Option<&Discriminator>,
        hint: &str,
        at: &Pointer,
    ) -> TypeKind {
        let members = any.iter().enumerate().filter(|(_, one)| !self.is_null(one));
        let members = members.map(|(index, one)| Member::new(one, at.index(index)));
        let members: Vec<_> = members.collect();
        match members.as_slice() {
            [] => TypeKind::Alias(Ty::Value),
            [Member { schema, at, .. }] => self.kind_of(schema, hint, at),
            _ => match self.texts_of_all(&members) {
                Some(texts) if texts.is_empty() => TypeKind::Alias(Ty::String),
                Some(texts) => enums::text_enum(&texts),
                None => self.union(members, discriminator, hint),
            },
        }
    }

    /// The texts that the schemas list together, if all of them are texts. The first would fit every text, because an enum
    /// tolerates what it does not list.
    fn texts_of_all(&self, members: &[Member<'a>]) -> Option<Vec<String>> {
        let texts = members.iter().map(|member| {
            let schema = self.resolve(member.schema)?;
            let texts = enums::texts(schema);
            let is_text = matches!(schema.schema_kind, SchemaKind::Type(Type::String(_)));
            (is_text || !texts.is_empty()).then_some(texts)
        });
        Some(texts.collect::<Option<Vec<_>>>()?.concat())
    }

    pub(super) fn union(
        &mut self,
        members: Vec<Member<'a>>,
        discriminator: Option<&Discriminator>,
        hint: &str,
    ) -> TypeKind {
        let profiles: Vec<_> = members.iter().map(|member| self.profile(member)).collect();
        let tag = Tag::of(discriminator, &members, &profiles);
        let is_exact = tag.as_ref().is_some_and(|tag| tag.is_exact);
        let (tag, mut texts) = tag.map_or((None, Vec::new()), |tag| (Some(tag.name), tag.texts));
        texts.resize(members.len(), Vec::new());
        let mut members: Vec<_> = members.into_iter().zip(texts).zip(profiles).collect();
        if !is_exact {
            // What demands most fits least by chance.
            members.sort_by_key(|(_, profile)| Reverse(profile.demands));
        }
        let mut scope = Scope::with(&["Unknown"]);
        let mut variants = Vec::new();
        for ((member, texts), _) in members {
            variants.extend(self.variant(&member, texts, hint, &mut scope));
        }
        if variants.is_empty() {
            return TypeKind::Alias(Ty::Value);
        }
        TypeKind::Union { tag, variants }
    }

    /// `None` for a schema that says nothing: every value fits it, and is kept as it came.
    fn variant(
        &mut self,
        member: &Member<'a>,
        tags: Vec<String>,
        hint: &str,
        scope: &mut Scope,
    ) -> Option<UnionVariant> {
        let name = variant_name(member.schema, &tags);
        let hint = format!("{hint} {name}");
        let ty = match &member.merged {
            None => self.plain_ty(member.schema, &hint, &member.at),
            Some(merged) => {
                let docs = member.schema.as_item().map(facts::docs).unwrap_or_default();
                let kind = self.structure(merged, &hint);
                self.define(&hint, &member.at, docs, kind)
            }
        };
        let name = scope.unique(&names::camel(&name, "Variant"), "");
        (!matches!(ty, Ty::Value)).then_some(UnionVariant { name, ty, tags })
    }
}

/// The name of the schema, or the text that stands for it, or what it is.
fn variant_name(schema: &ReferenceOr<Schema>, tags: &[String]) -> String {
    let schema = match schema {
        ReferenceOr::Reference { reference } => return referred(reference).to_owned(),
        ReferenceOr::Item(schema) => schema,
    };
    if let Some(title) = &schema.schema_data.title {
        return title.clone();
    }
    if let [tag] = tags {
        return tag.clone();
    }
    let name = match &schema.schema_kind {
        SchemaKind::Type(Type::String(_)) => "Text",
        SchemaKind::Type(Type::Integer(_)) => "Integer",
        SchemaKind::Type(Type::Number(_)) => "Number",
        SchemaKind::Type(Type::Boolean(_)) => "Bool",
        SchemaKind::Type(Type::Array(_)) => "List",
        _ => "Object",
    };
    name.to_owned()
}

/// The last part of a reference, which is the name in most of them.
pub(super) fn referred(reference: &str) -> &str {
    reference.rsplit('/').next().unwrap_or(reference)
}
