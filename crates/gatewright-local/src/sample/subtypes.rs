//! Values of a schema that names its kind by a discriminator and leaves the kinds to the schemas that build on it by `allOf`
//! (OpenAPI 3.0, "Discriminator Object"). A value of one of those is one that a client has a type for.

use openapiv3::{Discriminator, ReferenceOr, Schema, SchemaKind};
use serde_json::Value;

use super::composed::tag_like;
use super::{Sampler, Schemas, component};

/// The kinds of a base.
pub(super) struct Kinds<'a> {
    base: &'a Schema,
    discriminator: &'a Discriminator,
    /// The schemas that build on it.
    names: Vec<&'a str>,
}

/// The kinds of the schema `base`. `None` if it has no discriminator, lists its kinds itself, or nothing builds on it.
pub(super) fn kinds<'a>(schemas: &'a Schemas, name: &str) -> Option<Kinds<'a>> {
    let base = schemas.get(name)?.as_item()?;
    let discriminator = base.schema_data.discriminator.as_ref()?;
    let names = schemas.iter().filter(|(_, schema)| builds_on(schema, name));
    let names: Vec<_> = names.map(|(name, _)| name.as_str()).collect();
    let has_kinds = !lists_kinds(base) && !names.is_empty();
    has_kinds.then_some(Kinds {
        base,
        discriminator,
        names,
    })
}

impl Sampler<'_> {
    /// A value of the first kind that has one.
    pub(super) fn subtype(&mut self, kinds: &Kinds<'_>) -> Option<Value> {
        let mut names = kinds.names.iter();
        names.find_map(|name| self.kind(kinds, name))
    }

    fn kind(&mut self, kinds: &Kinds<'_>, name: &str) -> Option<Value> {
        let mut value = self.named(name)?;
        let member = &kinds.discriminator.property_name;
        let mut mapping = kinds.discriminator.mapping.iter();
        let mapped = mapping.find(|(_, to)| component(to).unwrap_or(to) == name);
        let kind = match mapped {
            Some((kind, _)) => kind.clone(),
            None => said(self.schemas.get(name)?)
                .or_else(|| listed(kinds.base, member, name))
                .unwrap_or_else(|| name.to_owned()),
        };
        let members = value.as_object_mut()?;
        let kind = tag_like(members.get(member), &kind);
        members.insert(member.clone(), kind);
        Some(value)
    }
}

fn lists_kinds(schema: &Schema) -> bool {
    match &schema.schema_kind {
        SchemaKind::OneOf { .. } | SchemaKind::AnyOf { .. } => true,
        SchemaKind::Any(any) => !any.one_of.is_empty() || !any.any_of.is_empty(),
        _ => false,
    }
}

fn builds_on(schema: &ReferenceOr<Schema>, base: &str) -> bool {
    let parts = match schema.as_item().map(|schema| &schema.schema_kind) {
        Some(SchemaKind::AllOf { all_of }) => all_of,
        Some(SchemaKind::Any(any)) => &any.all_of,
        _ => return false,
    };
    let is_base = |part: &ReferenceOr<Schema>| match part {
        ReferenceOr::Reference { reference } => component(reference) == Some(base),
        ReferenceOr::Item(_) => false,
    };
    parts.iter().any(is_base)
}

/// The extensions by which a schema says its text itself: Swagger 2.0 has no mapping.
const OWN_TEXT: [&str; 2] = ["x-ms-discriminator-value", "x-discriminator-value"];

fn said(schema: &ReferenceOr<Schema>) -> Option<String> {
    let extensions = &schema.as_item()?.schema_data.extensions;
    let mut texts = OWN_TEXT
        .iter()
        .filter_map(|key| extensions.get(*key)?.as_str());
    texts.next().map(str::to_owned)
}

/// The text in the list of the base's member that is the name but for its case.
fn listed(base: &Schema, member: &str, name: &str) -> Option<String> {
    let base = serde_json::to_value(base).ok()?;
    let listed = base
        .get("properties")?
        .get(member)?
        .get("enum")?
        .as_array()?;
    let mut texts = listed.iter().filter_map(Value::as_str);
    texts
        .find(|text| text.eq_ignore_ascii_case(name))
        .map(str::to_owned)
}
