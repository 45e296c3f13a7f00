//! What tells the schemas of a union apart: a member of the object whose text names the kind.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use indexmap::IndexMap;
use openapiv3::Discriminator;

use super::merge::{self, Budget, Merged};
use super::node::{Node, Written};
use super::schemas::Schemas;
use super::{choices, listed};

/// The member that tells the schemas of a union apart, and its texts for each of them.
pub(super) struct Tag {
    pub(super) name: String,
    pub(super) texts: Vec<Vec<String>>,
    /// Whether each text stands for one schema only.
    pub(super) is_exact: bool,
}

/// What a value of a schema must have.
#[derive(Debug, Default)]
pub(super) struct Profile {
    /// The number of members.
    pub(super) demands: usize,
    /// Members whose texts are listed, with them; also such that a value need not have.
    listed: IndexMap<String, Listed>,
}

/// The texts of a member.
#[derive(Debug)]
struct Listed {
    texts: Vec<String>,
    is_demanded: bool,
}

/// The profiles of named schemas that were asked for so far.
#[derive(Debug, Default)]
pub(super) struct Profiles<'a>(HashMap<&'a str, Rc<Profile>>);

impl<'a> Profiles<'a> {
    /// What a value of a schema must have.
    pub(super) fn of(
        &mut self,
        schemas: &Schemas<'a>,
        budget: &mut Budget,
        node: &Node<'a>,
    ) -> Rc<Profile> {
        let Some(name) = schemas.name(node.schema) else {
            return Rc::new(of_schema(schemas, budget, node));
        };
        if let Some(known) = self.0.get(name) {
            return Rc::clone(known);
        }
        let profile = Rc::new(of_schema(schemas, budget, node));
        self.0.insert(name, Rc::clone(&profile));
        profile
    }
}

fn of_schema<'a>(schemas: &Schemas<'a>, budget: &mut Budget, node: &Node<'a>) -> Profile {
    let Some(mut merged) = merge::merged(schemas, budget, node) else {
        return Profile::default();
    };
    let choices = choices::take(schemas, &mut merged);
    match choices.as_slice() {
        [] => Profile::of(schemas, &merged),
        [choice] => {
            let members = choices::expand(schemas, budget, &merged, choice);
            let members = members.unwrap_or_default().into_iter();
            let profiles = members.map(|member| Profile::of(schemas, &member.merged));
            profiles.reduce(Profile::either).unwrap_or_default()
        }
        _ => Profile::default(),
    }
}

impl Profile {
    pub(super) fn of<'a>(schemas: &Schemas<'a>, merged: &Merged<'a>) -> Self {
        let listed = merged.properties.iter().filter_map(|(name, property)| {
            let texts = listed::tags(schemas.resolve(property.schema)?);
            let is_demanded = merged.required.contains(name);
            let listed = Listed { texts, is_demanded };
            (!listed.texts.is_empty()).then(|| ((*name).to_owned(), listed))
        });
        Self {
            demands: merged.required.len(),
            listed: listed.collect(),
        }
    }

    /// What a value must have of the one or the other.
    fn either(self, mut other: Self) -> Self {
        let both = self.listed.into_iter().filter_map(|(name, mut listed)| {
            let other = other.listed.swap_remove(&name)?;
            listed.texts.extend(other.texts);
            listed.is_demanded &= other.is_demanded;
            Some((name, listed))
        });
        Self {
            listed: both.collect(),
            demands: self.demands.min(other.demands),
        }
    }

    /// The texts that are listed for a member.
    pub(super) fn texts(&self, member: &str) -> Option<&[String]> {
        Some(&self.listed.get(member)?.texts)
    }
}

impl Tag {
    /// The discriminator of the document; where it has none, a member that every schema demands and lists texts for, best one
    /// whose texts stand for one schema each. Such a one need not be demanded where schemas demand nothing at all: each of them
    /// would fit every object.
    pub(super) fn of(
        discriminator: Option<&Discriminator>,
        members: &[Node<'_>],
        profiles: &[Rc<Profile>],
    ) -> Option<Self> {
        match discriminator {
            Some(discriminator) => Self::given(discriminator, members, profiles),
            None => Self::implied(profiles),
        }
    }

    /// `None` if no text stands for one of the schemas, which could never be read then.
    fn given(
        discriminator: &Discriminator,
        members: &[Node<'_>],
        profiles: &[Rc<Profile>],
    ) -> Option<Self> {
        let name = &discriminator.property_name;
        let texts = members.iter().zip(profiles).map(|(member, profile)| {
            let texts = texts(discriminator, member.schema, profile.texts(name));
            (!texts.is_empty()).then_some(texts)
        });
        Some(Self::new(name, texts.collect::<Option<_>>()?))
    }

    fn implied(profiles: &[Rc<Profile>]) -> Option<Self> {
        let (first, _) = profiles.split_first()?;
        let is_loose = profiles.iter().filter(|one| one.demands == 0).count() > 1;
        let tags = first.listed.keys().filter_map(|name| {
            let listed = profiles.iter().map(|profile| profile.listed.get(name));
            let listed: Vec<_> = listed.collect::<Option<_>>()?;
            let is_demanded = listed.iter().all(|one| one.is_demanded);
            let texts = listed.iter().map(|one| one.texts.clone());
            let tag = (is_demanded || is_loose).then(|| Self::new(name, texts.collect()));
            tag.filter(|tag| is_demanded || tag.is_exact)
        });
        let mut telling: Vec<_> = tags
            .filter(|tag| tag.texts.iter().any(|texts| *texts != tag.texts[0]))
            .collect();
        let exact = telling.iter().position(|tag| tag.is_exact);
        (!telling.is_empty()).then(|| telling.swap_remove(exact.unwrap_or_default()))
    }

    fn new(name: &str, texts: Vec<Vec<String>>) -> Self {
        let mut seen = HashSet::new();
        let is_exact = texts.iter().flatten().all(|text| seen.insert(text));
        Self {
            name: name.to_owned(),
            is_exact,
            texts,
        }
    }
}

/// The texts of the discriminator that stand for a schema: those mapped to it, else those that it lists itself, else its
/// name (OpenAPI 3.0, "Discriminator Object").
fn texts(
    discriminator: &Discriminator,
    schema: Written<'_>,
    listed: Option<&[String]>,
) -> Vec<String> {
    let name = name(schema);
    let mapped = mapped(discriminator, name);
    if mapped.is_empty() {
        let name = name.map(|name| vec![name.to_owned()]);
        return listed.map(<[_]>::to_vec).or(name).unwrap_or_default();
    }
    mapped
}

/// The texts that are mapped to a schema of this name.
pub(super) fn mapped(discriminator: &Discriminator, name: Option<&str>) -> Vec<String> {
    let mapping = discriminator.mapping.iter();
    let mapped = mapping.filter(|(_, to)| name == Some(referred(to)));
    mapped.map(|(text, _)| text.clone()).collect()
}

/// The name that a schema is written by.
pub(in crate::lower) fn name(schema: Written<'_>) -> Option<&str> {
    match schema {
        Written::Reference(reference) => Some(referred(reference)),
        Written::Named(name) => Some(name),
        Written::Inline(_) => None,
    }
}

/// The last part of a reference, which is the name in most of them.
fn referred(reference: &str) -> &str {
    reference.rsplit('/').next().unwrap_or(reference)
}
