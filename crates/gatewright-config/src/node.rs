//! A value of the file together with its place.

use std::rc::Rc;

use crate::json::Json;

/// The longest key in a pointer, in characters.
const LONGEST_KEY: usize = 100;

/// A value and the way that leads to it.
#[derive(Clone, Debug)]
pub(crate) struct Node<'a> {
    pub(crate) json: &'a Json,
    place: Option<Rc<Step<'a>>>,
}

/// One step of a way. All values below one share what leads to it: a text of the whole way for each of them would take the
/// length of a key times the number of values below it.
#[derive(Debug)]
struct Step<'a> {
    from: Option<Rc<Step<'a>>>,
    to: Key<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Key<'a> {
    Name(&'a str),
    Index(usize),
}

impl<'a> Node<'a> {
    pub(crate) fn root(json: &'a Json) -> Self {
        Self { json, place: None }
    }

    /// The place as a JSON pointer (RFC 6901). Of keys with more than 100 characters the beginning, and `…`.
    pub(crate) fn pointer(&self) -> String {
        let steps = std::iter::successors(self.place.as_deref(), |step| step.from.as_deref());
        let mut keys: Vec<String> = steps.map(|step| step.to.escaped()).collect();
        keys.reverse();
        keys.concat()
    }

    /// The member `key`. `null` counts as absent, and of two members with one name the last counts, as for any
    /// JSON reader.
    pub(crate) fn get(&self, key: &str) -> Option<Self> {
        let mut members = self.json.members().iter().rev();
        let (name, json) = members.find(|(name, _)| name == key)?;
        (!matches!(json, Json::Null)).then(|| self.child(Key::Name(name), json))
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
            .map(|(key, json)| (key.as_str(), self.child(Key::Name(key), json)))
    }

    /// The elements of an array; none of anything else.
    pub(crate) fn elements(&self) -> impl Iterator<Item = Self> {
        let elements = self.json.elements().iter().enumerate();
        elements.map(|(index, json)| self.child(Key::Index(index), json))
    }

    fn child(&self, to: Key<'a>, json: &'a Json) -> Self {
        let from = self.place.clone();
        let place = Some(Rc::new(Step { from, to }));
        Self { json, place }
    }
}

impl Key<'_> {
    /// With the slash before it.
    fn escaped(self) -> String {
        let name = match self {
            Key::Index(index) => return format!("/{index}"),
            Key::Name(name) => name,
        };
        let cut = name.char_indices().nth(LONGEST_KEY);
        let (name, rest) = cut.map_or((name, ""), |(at, _)| (&name[..at], "…"));
        let escaped = name.replace('~', "~0").replace('/', "~1");
        format!("/{escaped}{rest}")
    }
}

/// Text of the file together with its place.
#[derive(Clone, Debug)]
pub(crate) struct Text<'a> {
    pub(crate) node: Node<'a>,
    pub(crate) value: &'a str,
}
