//! Properties of an API with those of `Globals` below them ("Globals section of the AWS SAM template"): objects are merged, of
//! lists both count, of all else the API's own.

use crate::Pointer;
use crate::value::{Object, Value};

/// A property that the API, or `Globals`, or both have.
#[derive(Clone)]
pub(super) struct Layered<'a> {
    own: Option<(&'a Value, Pointer)>,
    global: Option<(&'a Value, Pointer)>,
}

impl<'a> Layered<'a> {
    pub(super) fn new(own: (&'a Value, Pointer), global: (&'a Value, Pointer)) -> Self {
        Self {
            own: Some(own),
            global: Some(global),
        }
    }

    /// The member `key`; one that is null is as good as absent.
    pub(super) fn get(&self, key: &str) -> Self {
        let member = |of: &Option<(&'a Value, Pointer)>| {
            let (value, at) = of.as_ref()?;
            let value = value.get(key).filter(|value| !value.is_null())?;
            Some((value, at.key(key)))
        };
        let own = self.own.as_ref();
        let is_merged = own.is_none_or(|(value, _)| value.is_object());
        Self {
            own: member(&self.own),
            global: is_merged.then(|| member(&self.global)).flatten(),
        }
    }

    /// The value that counts, and where it stands.
    pub(super) fn value(&self) -> Option<(&'a Value, Pointer)> {
        self.own.clone().or_else(|| self.global.clone())
    }

    /// The text that counts.
    pub(super) fn text(&self) -> Option<(&'a str, Pointer)> {
        let (value, at) = self.value()?;
        Some((value.as_str()?, at))
    }

    /// The truth value that counts, also one that is written as a text.
    pub(super) fn flag(&self) -> Option<bool> {
        flag(self.value()?.0)
    }

    /// The names of the members.
    pub(super) fn keys(&self) -> Vec<&'a str> {
        let object = |of: &Option<(&'a Value, Pointer)>| of.as_ref()?.0.as_object();
        let own = object(&self.own);
        let is_merged = self.own.is_none() || own.is_some();
        let global = object(&self.global).filter(|_| is_merged);
        let names = |object: Option<&'a Object>| object.into_iter().flat_map(Object::iter);
        let others = names(global).filter(|(key, _)| own.is_none_or(|own| own.get(key).is_none()));
        let names = names(own).chain(others).map(|(key, _)| key);
        names.collect()
    }

    /// The items of a list, first those of `Globals`.
    pub(super) fn items(&self) -> impl Iterator<Item = &'a Value> + use<'a> {
        let list = |of: &Option<(&'a Value, Pointer)>| of.as_ref()?.0.as_array();
        let (global, own) = (list(&self.global), list(&self.own));
        global
            .into_iter()
            .flatten()
            .chain(own.into_iter().flatten())
    }
}

/// A truth value, also one that is written as a text.
pub(super) fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        Value::String(text) => text.to_ascii_lowercase().parse().ok(),
        _ => None,
    }
}
