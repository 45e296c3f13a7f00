//! Unions: which schemas a value can be one of, and what tells them apart.

use std::cmp::Reverse;
use std::rc::Rc;

use openapiv3::{Discriminator, ReferenceOr, Schema, SchemaKind, Type};

use super::discriminator::{self, Profile, Profiles, Tag};
use super::listed;
use super::merge::{self, Budget, Merged};
use super::node::{Node, Written};
use super::schemas::Schemas;

/// One of several schemas.
#[derive(Debug)]
pub(in crate::lower) struct Union<'a> {
    /// The member of the object that tells them apart, if one does; else the first that a value fits.
    pub(in crate::lower) tag: Option<String>,
    /// The schemas, in the order to try them.
    pub(in crate::lower) members: Vec<Member<'a>>,
}

/// One of the schemas.
#[derive(Debug)]
pub(in crate::lower) struct Member<'a> {
    pub(in crate::lower) node: Node<'a>,
    /// What it is together with the members that all of them share, if there are any.
    pub(in crate::lower) merged: Option<Merged<'a>>,
    /// The texts of the member that tells them apart.
    pub(in crate::lower) tags: Vec<String>,
    /// Whether it is what the others build on.
    pub(in crate::lower) is_base: bool,
}

impl<'a> Member<'a> {
    pub(super) fn new(node: Node<'a>, merged: Option<Merged<'a>>) -> Self {
        Self {
            node,
            merged,
            tags: Vec::new(),
            is_base: false,
        }
    }
}

/// What is asked for while unions are made.
pub(super) struct Unions<'s, 'a> {
    pub(super) schemas: &'s Schemas<'a>,
    pub(super) budget: &'s mut Budget,
    pub(super) profiles: &'s mut Profiles<'a>,
}

impl<'a> Unions<'_, 'a> {
    /// The union of `members`.
    pub(super) fn of(
        &mut self,
        members: Vec<Member<'a>>,
        discriminator: Option<&Discriminator>,
    ) -> Union<'a> {
        let profiles: Vec<_> = members.iter().map(|member| self.profile(member)).collect();
        let nodes: Vec<_> = members.iter().map(|member| member.node.clone()).collect();
        match Tag::of(discriminator, &nodes, &profiles) {
            Some(tag) if tag.is_exact => tagged(members, tag),
            Some(tag) => sorted(tagged(members, tag), &profiles),
            None => sorted(Union { tag: None, members }, &profiles),
        }
    }

    fn profile(&mut self, member: &Member<'a>) -> Rc<Profile> {
        match &member.merged {
            Some(merged) => Rc::new(Profile::of(self.schemas, merged)),
            None => self.profiles.of(self.schemas, self.budget, &member.node),
        }
    }

    /// The union of the schemas that build on `base` by `allOf`, if its discriminator tells them apart and no list says
    /// which they are (OpenAPI 3.0, "Discriminator Object"). The base itself is one of them if its own text is mapped.
    pub(super) fn of_subtypes(&mut self, base: &'a str) -> Option<Union<'a>> {
        let node = self.schemas.node(base);
        let discriminator = telling(node.schema.inline()?)?;
        if !self.schemas.has_subtypes(base) {
            return None;
        }
        let subtypes = self.schemas.subtypes(base, |name| self.is_union(name));
        let texts = own_texts(node.schema.inline()?, &discriminator.property_name);
        let mut members = Vec::new();
        if let [_, ..] = discriminator::mapped(discriminator, Some(base)).as_slice() {
            members.push(self.base(base, node, discriminator)?);
        }
        for name in subtypes {
            members.push(self.subtype(name, discriminator, &texts)?);
        }
        let tag = Some(discriminator.property_name.clone());
        Some(Union { tag, members })
    }

    /// Whether a named schema is such a union.
    pub(super) fn is_union(&self, name: &'a str) -> bool {
        let schema = self.schemas.node(name).schema.inline();
        schema.and_then(telling).is_some() && self.schemas.has_subtypes(name)
    }

    fn base(
        &mut self,
        name: &'a str,
        node: Node<'a>,
        discriminator: &Discriminator,
    ) -> Option<Member<'a>> {
        let schema = node.schema.inline()?;
        let at = node.at.clone();
        let merged = merge::of_schema(self.schemas, self.budget, schema, at, Some(name))?;
        Some(Member {
            tags: discriminator::mapped(discriminator, Some(name)),
            is_base: true,
            ..Member::new(node, Some(merged))
        })
    }

    /// A schema that builds on the base, with its texts and those of all that build on it. `None` if there are too many.
    fn subtype(
        &mut self,
        name: &'a str,
        discriminator: &Discriminator,
        of_base: &[String],
    ) -> Option<Member<'a>> {
        let below = match self.is_union(name) {
            true => self.schemas.subtypes(name, |_| false),
            false => Vec::new(),
        };
        if !self.budget.take(below.len()) {
            return None;
        }
        let mut tags = Vec::new();
        for name in std::iter::once(name).chain(below) {
            tags.extend(self.texts_of(name, discriminator, of_base));
        }
        let node = Node::new(Written::Named(name), self.schemas.node(name).at);
        Some(Member {
            tags,
            ..Member::new(node, None)
        })
    }

    /// The texts that stand for a schema: those that are mapped to it, the one that it says itself, those that it lists and
    /// the base does not, its name, in the case that the base lists.
    fn texts_of(
        &self,
        name: &'a str,
        discriminator: &Discriminator,
        of_base: &[String],
    ) -> Vec<String> {
        let mapped = discriminator::mapped(discriminator, Some(name));
        if !mapped.is_empty() {
            return mapped;
        }
        let schema = self.schemas.node(name).schema.inline();
        if let Some(said) = schema.and_then(said) {
            return vec![said];
        }
        let own = schema.map(|schema| own_texts(schema, &discriminator.property_name));
        let own = own.unwrap_or_default();
        if !own.is_empty() && own != of_base {
            return own;
        }
        let listed = of_base.iter().find(|text| *text == name);
        let listed = listed.or_else(|| of_base.iter().find(|text| text.eq_ignore_ascii_case(name)));
        vec![listed.map_or_else(|| name.to_owned(), String::clone)]
    }
}

/// The texts that a schema lists for a member in its own words, not in those of a schema that it builds on.
fn own_texts(schema: &Schema, member: &str) -> Vec<String> {
    let (properties, parts) = match &schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => (Some(&object.properties), &[][..]),
        SchemaKind::AllOf { all_of } => (None, all_of.as_slice()),
        SchemaKind::Any(any) => (Some(&any.properties), any.all_of.as_slice()),
        _ => (None, &[][..]),
    };
    let property = properties.and_then(|properties| properties.get(member)?.as_item());
    match property {
        Some(property) => listed::tags(property),
        None => {
            let mut parts = parts.iter().filter_map(ReferenceOr::as_item);
            let texts =
                parts.find_map(|part| Some(own_texts(part, member)).filter(|it| !it.is_empty()));
            texts.unwrap_or_default()
        }
    }
}

/// The discriminator of a schema that lists no schemas itself.
fn telling(schema: &Schema) -> Option<&Discriminator> {
    let discriminator = schema.schema_data.discriminator.as_ref()?;
    let has_list = match &schema.schema_kind {
        SchemaKind::OneOf { .. } | SchemaKind::AnyOf { .. } => true,
        SchemaKind::Any(any) => has_any(&any.one_of) || has_any(&any.any_of),
        _ => false,
    };
    (!has_list).then_some(discriminator)
}

/// The extensions by which a schema says its text itself, as `AutoRest` and `swagger-codegen` read them: Swagger 2.0 has no mapping.
const OWN_TEXT: [&str; 2] = ["x-ms-discriminator-value", "x-discriminator-value"];

fn said(schema: &Schema) -> Option<String> {
    let extensions = &schema.schema_data.extensions;
    let mut texts = OWN_TEXT
        .iter()
        .filter_map(|key| extensions.get(*key)?.as_str());
    texts.next().map(str::to_owned)
}

fn has_any(list: &[ReferenceOr<Schema>]) -> bool {
    !list.is_empty()
}

fn tagged<'a>(mut members: Vec<Member<'a>>, tag: Tag) -> Union<'a> {
    for (member, texts) in members.iter_mut().zip(tag.texts) {
        member.tags = texts;
    }
    let tag = Some(tag.name);
    Union { tag, members }
}

/// What demands most comes first: it fits least by chance.
fn sorted<'a>(union: Union<'a>, profiles: &[Rc<Profile>]) -> Union<'a> {
    let mut members: Vec<_> = union.members.into_iter().zip(profiles).collect();
    members.sort_by_key(|(_, profile)| Reverse(profile.demands));
    let members = members.into_iter().map(|(member, _)| member).collect();
    Union { members, ..union }
}
