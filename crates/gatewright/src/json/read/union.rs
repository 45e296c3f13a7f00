//! One of several types: the first that a value fits.
//!
//! To know, a value is read as one type after the other, from a [`Value`] that all attempts share. A union within a type does
//! not take part in the attempt: it takes any value, as it keeps what is none of its types. It is read when the type around
//! it is settled, and so only once. Were it read in each attempt, the time would double with every level, and a response of a
//! few hundred bytes could take for ever.
//!
//! The bound: a part of a value is looked at once for each type of each union around it, which is no more than the types
//! times the depth, and `serde_json` limits the depth to 128. If the types of a union share no members that hold
//! further objects, it is looked at once for each type.

use std::any::TypeId;
use std::borrow::Cow;

use serde::de::DeserializeSeed;
use serde_json::{Map, Value};

use super::Fill;
use super::number::is_exact_integer;
use super::slot::{FromJson, ItemsMut, MembersMut, Nothing, ObjectMut, Slot, Union};

/// Reads what can be anything.
pub(super) fn read(union: &mut dyn Union, value: Value) {
    if !choose(union, &value, &mut Vec::new()) {
        union.keep(value);
    }
}

fn read_part(union: &mut dyn Union, value: &Value) {
    if !choose(union, value, &mut Vec::new()) {
        union.keep(value.clone());
    }
}

/// Whether a type of the union fits, which it then is. `tried` are the unions that this value was held against: one that is
/// among its own types, by way of others perhaps, must come to an end.
fn choose(union: &mut dyn Union, value: &Value, tried: &mut Vec<TypeId>) -> bool {
    if tried.contains(&union.id()) {
        return false;
    }
    tried.push(union.id());
    union.choose(&mut Variants {
        value,
        tag: None,
        tried,
    })
}

/// The types of a union, to be tried in their order.
#[allow(
    missing_debug_implementations,
    reason = "shows a value to the codec, not to people"
)]
pub struct Variants<'a> {
    value: &'a Value,
    tag: Option<Tag<'a>>,
    tried: &'a mut Vec<TypeId>,
}

/// The member that tells types apart.
struct Tag<'a> {
    member: &'a str,
    /// What it holds as text, if the value has it.
    text: Option<Cow<'a, str>>,
}

impl<'a> Variants<'a> {
    /// From now on, tries only the types that this member selects. What it holds counts as text: `true` is the same as
    /// `"true"`, and `1` the same as `"1"` (OpenAPI 3.0.3, "Discriminator Object": a tool may convert values to texts).
    pub fn told_apart_by(&mut self, member: &'a str) {
        let text = self.value.get(member).and_then(text);
        self.tag = Some(Tag { member, text });
    }

    /// The value as the next type, which `texts` select, if it fits.
    pub fn next<T: FromJson>(&mut self, texts: &[&str]) -> Option<T> {
        if !self.selects(texts) {
            return None;
        }
        let mut inner = T::blank();
        (self.fits(&mut inner) || self.fits_by_text(&mut inner)).then_some(inner)
    }

    fn selects(&self, texts: &[&str]) -> bool {
        let is_listed = |text: &Cow<'_, str>| texts.contains(&&**text);
        self.tag
            .as_ref()
            .is_none_or(|tag| tag.text.as_ref().is_some_and(is_listed))
    }

    /// Whether the type that is meant takes the member that says so in another form: `true` for `"true"`, or the other
    /// way round.
    #[cold]
    fn fits_by_text(&mut self, inner: &mut dyn FromJson) -> bool {
        let Some(Tag { member, .. }) = self.tag else {
            return false;
        };
        let Some(other) = self.value.get(member).and_then(other_form) else {
            return false;
        };
        let mut value = self.value.clone();
        value[member] = other;
        let (value, tag, tried) = (&value, None, &mut *self.tried);
        Variants { value, tag, tried }.fits(inner)
    }

    /// A union that is one of the types fits if one of its own types does.
    fn fits(&mut self, inner: &mut dyn FromJson) -> bool {
        if self.value.is_null() && inner.set_nothing(Nothing::Null) {
            return true;
        }
        if let Slot::Union(union) = inner.slot() {
            return choose(union, self.value, self.tried);
        }
        let mut has_unions = false;
        let fits = fill(inner, self.value, &mut |_, _| has_unions = true);
        fits && (!has_unions || fill(inner, self.value, &mut read_part))
    }
}

/// A value of one text; none of others. An integer has the text without a point.
fn text(value: &Value) -> Option<Cow<'_, str>> {
    Some(match value {
        Value::String(text) => text.into(),
        Value::Number(number) => match number.as_f64() {
            Some(number) if is_exact_integer(number) => (number as i64).to_string().into(),
            _ => number.to_string().into(),
        },
        Value::Bool(_) | Value::Null => value.to_string().into(),
        Value::Array(_) | Value::Object(_) => return None,
    })
}

/// The value that is written as this text, or the text of this value.
fn other_form(value: &Value) -> Option<Value> {
    match value {
        Value::String(text) => text.parse().ok().filter(|value: &Value| !value.is_string()),
        other => text(other).map(Value::from),
    }
}

/// What is done about a union within a type.
type Within<'a> = &'a mut dyn FnMut(&mut dyn Union, &Value);

/// Reads a value: `false` if it is not of the place's type.
fn fill(place: &mut dyn FromJson, value: &Value, within: Within<'_>) -> bool {
    if value.is_null() && place.set_nothing(Nothing::Null) {
        return true;
    }
    match (place.slot(), value) {
        (Slot::Union(union), _) => within(union, value),
        (Slot::Any(place), _) => *place = value.clone(),
        (Slot::Items(items), Value::Array(values)) => return fill_items(items, values, within),
        (Slot::Object(object), Value::Object(map)) => return fill_object(object, map, within),
        _ => return Fill::<false>(place).deserialize(value).is_ok(),
    }
    true
}

fn fill_items(items: &mut dyn ItemsMut, values: &[Value], within: Within<'_>) -> bool {
    items.clear();
    let mut values = values.iter();
    values.all(|value| fill(items.push(), value, within))
}

fn fill_object(object: &mut dyn ObjectMut, map: &Map<String, Value>, within: Within<'_>) -> bool {
    let mut fits = false;
    object.members_mut(&mut |members| fits = fill_members(members, map, within));
    fits
}

fn fill_members(members: MembersMut<'_>, map: &Map<String, Value>, within: Within<'_>) -> bool {
    let MembersMut { names, known, rest } = members;
    let mut known = names.iter().zip(known);
    let known_fit = known.all(|(name, member)| match map.get(*name) {
        Some(value) => fill(*member, value, within),
        None => member.set_nothing(Nothing::Absent),
    });
    let Some(rest) = rest else {
        return known_fit;
    };
    rest.clear();
    let mut others = map
        .iter()
        .filter(|(name, _)| !names.contains(&name.as_str()));
    known_fit && others.all(|(name, value)| fill(rest.insert(name), value, within))
}
