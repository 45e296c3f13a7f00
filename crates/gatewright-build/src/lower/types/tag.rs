//! What tells the schemas of a union apart: a member of the object whose text names the kind.

use std::collections::HashSet;
use std::rc::Rc;

use indexmap::IndexMap;
use openapiv3::{Discriminator, ReferenceOr, Schema};

use super::merge::Merged;
use super::union::{Member, referred};
use super::{Types, enums};

/// The member that tells the schemas of a union apart, and its texts for each of them.
pub(super) struct Tag {
    pub(super) name: String,
    pub(super) texts: Vec<Vec<String>>,
    /// Whether each text stands for one schema only.
    pub(super) is_exact: bool,
}

/// What a value of a schema must have.
#[derive(Default)]
pub(super) struct Profile {
    /// The number of members.
    pub(super) demands: usize,
    /// Members whose texts are listed, with them; also such that a value need not have.
    listed: IndexMap<String, Listed>,
}

/// The texts of a member.
struct Listed {
    texts: Vec<String>,
    is_demanded: bool,
}

impl<'a> Types<'a> {
    pub(super) fn profile(&mut self, member: &Member<'a>) -> Rc<Profile> {
        if let Some(merged) = &member.merged {
            return Rc::new(self.profile_of(merged));
        }
        let Some(schema) = self.resolve(member.schema) else {
            return Rc::default();
        };
        if let Some(known) = self.profiles.get(&std::ptr::from_ref(schema)) {
            return Rc::clone(known);
        }
        let profile = Rc::new(self.profile_of_schema(schema));
        self.profiles.insert(schema, Rc::clone(&profile));
        profile
    }

    fn profile_of_schema(&self, schema: &'a Schema) -> Profile {
        let mut merged = Merged::default();
        if !self.merge_schema(&mut merged, schema, &Rc::default(), 0) {
            return Profile::default();
        }
        let choices = self.take_choices(&mut merged);
        let mut members = Vec::new();
        match choices.as_slice() {
            [] => self.profile_of(&merged),
            [choice] if self.expand(&merged, choice, &mut members, 0) => {
                let merged = members.iter().filter_map(|member| member.merged.as_ref());
                let profiles = merged.map(|merged| self.profile_of(merged));
                profiles.reduce(Profile::either).unwrap_or_default()
            }
            _ => Profile::default(),
        }
    }

    fn profile_of(&self, merged: &Merged<'a>) -> Profile {
        let listed = merged.properties.iter().filter_map(|(name, property)| {
            let texts = enums::tags(self.resolve(property.schema)?);
            let is_demanded = merged.required.contains(name);
            let listed = Listed { texts, is_demanded };
            (!listed.texts.is_empty()).then(|| ((*name).to_owned(), listed))
        });
        Profile {
            demands: merged.required.len(),
            listed: listed.collect(),
        }
    }
}

impl Profile {
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
}

impl Tag {
    /// The discriminator of the document; where it has none, a member that every schema demands and lists texts for, best one
    /// whose texts stand for one schema each. Such a one need not be demanded where schemas demand nothing at all: each of them
    /// would fit every object.
    pub(super) fn of(
        discriminator: Option<&Discriminator>,
        members: &[Member<'_>],
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
        members: &[Member<'_>],
        profiles: &[Rc<Profile>],
    ) -> Option<Self> {
        let name = &discriminator.property_name;
        let texts = members.iter().zip(profiles).map(|(member, profile)| {
            let texts = texts(discriminator, member.schema, profile.listed.get(name));
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
    schema: &ReferenceOr<Schema>,
    listed: Option<&Listed>,
) -> Vec<String> {
    let name = match schema {
        ReferenceOr::Reference { reference } => Some(referred(reference)),
        ReferenceOr::Item(_) => None,
    };
    let mapping = discriminator.mapping.iter();
    let mapped = mapping.filter(|(_, to)| name == Some(referred(to)));
    let mapped: Vec<_> = mapped.map(|(text, _)| text.clone()).collect();
    if mapped.is_empty() {
        let name = name.map(|name| vec![name.to_owned()]);
        let listed = listed.map(|listed| listed.texts.clone());
        return listed.or(name).unwrap_or_default();
    }
    mapped
}
