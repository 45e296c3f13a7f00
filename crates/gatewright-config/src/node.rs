//! A value of the file together with its place.

use crate::json::Json;

/// A value and the JSON pointer (RFC 6901) that leads to it.
#[derive(Clone, Debug)]
pub(crate) struct Node<'a> {
    pub(crate) json: &'a Json,
    pub(crate) pointer: String,
}

impl<'a> Node<'a> {
    pub(crate) fn root(json: &'a Json) -> Self {
        let pointer = String::new();
        Self { json, pointer }
    }

    /// The member `key`. `null` counts as absent, and of two members with one name the last counts, as for any
    /// JSON reader.
    pub(crate) fn get(&self, key: &str) -> Option<Self> {
        let mut members = self.json.members().iter().rev();
        let (_, json) = members.find(|(name, _)| name == key)?;
        (!matches!(json, Json::Null)).then(|| self.child(key, json))
    }

    /// Whether the member `key` is there and not an empty text.
    pub(crate) fn says(&self, key: &str) -> bool {
        let empty = |node: Self| matches!(node.json, Json::Text(value) if value.is_empty());
        self.get(key).is_some_and(|node| !empty(node))
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// The members that are not `null`, in the file's order.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&'a str, Self)> {
        let members = self.json.members().iter();
        members
            .filter(|(_, json)| !matches!(json, Json::Null))
            .map(|(key, json)| (key.as_str(), self.child(key, json)))
    }

    /// The elements of an array; none of anything else.
    pub(crate) fn elements(&self) -> impl Iterator<Item = Self> {
        let elements = self.json.elements().iter().enumerate();
        elements.map(|(index, json)| self.child(&index.to_string(), json))
    }

    fn child(&self, key: &str, json: &'a Json) -> Self {
        let escaped = key.replace('~', "~0").replace('/', "~1");
        let pointer = format!("{}/{escaped}", self.pointer);
        Self { json, pointer }
    }
}

/// Text of the file together with its place.
#[derive(Clone, Debug)]
pub(crate) struct Text<'a> {
    pub(crate) node: Node<'a>,
    pub(crate) value: &'a str,
}
