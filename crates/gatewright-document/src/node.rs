//! A place in the document that knows its pointer, so that whoever reads a value can say where it is wrong.

use serde_json::Number;

use crate::Pointer;
use crate::display::quote;
use crate::error::Problem;
use crate::source::Source;
use crate::value::{Object, Value};

/// A value and where it stands.
#[derive(Clone)]
pub(crate) struct Node<'a> {
    source: &'a Source<'a>,
    value: &'a Value,
    at: Pointer,
}

impl<'a> Node<'a> {
    pub(crate) fn root(source: &'a Source<'a>) -> Self {
        Self {
            source,
            value: source.root(),
            at: source.base().clone(),
        }
    }

    pub(crate) fn new(source: &'a Source<'a>, value: &'a Value, at: Pointer) -> Self {
        let at = source.place_of(value, at);
        Self { source, value, at }
    }

    /// The whole of a file, to look for something from there.
    pub(crate) fn within(&self, file: &Pointer) -> Self {
        let found = self.source.tree(file.file());
        let (value, at) = found.unwrap_or((self.value, self.at.clone()));
        Self {
            source: self.source,
            value,
            at,
        }
    }

    pub(crate) fn source(&self) -> &'a Source<'a> {
        self.source
    }

    pub(crate) fn value(&self) -> &'a Value {
        self.value
    }

    pub(crate) fn at(&self) -> &Pointer {
        &self.at
    }

    /// Counts a part of the model that is made of this; false, and a problem, if that is one too many.
    pub(crate) fn has_room(&self) -> bool {
        self.source.has_room(&self.at)
    }

    pub(crate) fn repair(&self, text: impl AsRef<str>) {
        self.source.repair(self.at.clone(), text.as_ref());
    }

    /// A repair that makes no difference to a caller.
    pub(crate) fn minor_repair(&self, text: impl AsRef<str>) {
        self.source.minor_repair(self.at.clone(), text.as_ref());
    }

    /// A repair that leaves out operations.
    pub(crate) fn leave_out(&self, text: impl AsRef<str>) {
        self.source.leave_out(self.at.clone(), text.as_ref());
    }

    pub(crate) fn problem(&self, text: impl AsRef<str>) {
        self.source.problem(Problem::pointer(self.at.clone(), text));
    }

    /// Whether there is a member `key`, be it null.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.value.get(key).is_some()
    }

    /// Whether this is a reference. A member that is called `$ref` and is no text is something that is called so.
    pub(crate) fn is_reference(&self) -> bool {
        self.value
            .get("$ref")
            .is_some_and(|to| to.as_str().is_some())
    }

    /// The member `key`; null is as good as absent.
    pub(crate) fn field(&self, key: &str) -> Option<Field<'_, 'a>> {
        let (key, value) = self.value.as_object()?.get_key_value(key)?;
        (!value.is_null()).then_some(Field {
            parent: self,
            key,
            value,
        })
    }

    /// The member `key` as a place of its own.
    pub(crate) fn child(&self, key: &str) -> Option<Node<'a>> {
        self.field(key).map(|field| field.node())
    }

    /// The member `key` as a place of its own, or what it refers to, if it is an object; a repair if it is anything else.
    pub(crate) fn object(&self, key: &str) -> Option<Node<'a>> {
        let found = self.child(key).map(Node::meant);
        found.filter(Node::is_object)
    }

    /// What a place means at which OpenAPI has no reference, and contracts in several files have one: lists, texts, objects without a
    /// name. Itself if it is none, or one that leads nowhere.
    pub(crate) fn meant(self) -> Node<'a> {
        if !self.is_reference() {
            return self;
        }
        self.followed().unwrap_or(self)
    }

    /// The text of the member `key`; see [`Field::text`].
    pub(crate) fn text(&self, key: &str) -> Option<String> {
        self.field(key)?.text()
    }

    /// The member `key` as a truth value; `None` when it is absent or none.
    pub(crate) fn flag(&self, key: &str) -> Option<bool> {
        self.field(key)?.flag()
    }

    /// The members of an object, each as a field; none, and a repair, of anything else. They end where the model is full.
    pub(crate) fn fields(&self) -> impl Iterator<Item = Field<'_, 'a>> {
        self.members()
            .into_iter()
            .flat_map(Object::iter)
            .take_while(|_| !self.source.is_full())
            .map(|(key, value)| Field {
                parent: self,
                key,
                value,
            })
    }

    /// The elements of a list, be it elsewhere; none, and a repair, of anything else. They end where the model is full.
    pub(crate) fn items(&self) -> impl Iterator<Item = Node<'a>> {
        let list = self.clone().meant();
        if !list.value.is_array() {
            list.wrong("a list");
        }
        let (source, at) = (list.source, list.at);
        let items = list.value.as_array().into_iter().flatten().enumerate();
        items
            .take_while(|_| !source.is_full())
            .map(move |(index, value)| Node::new(source, value, at.index(index)))
    }

    /// Whether the value is an object; a repair if it is not.
    pub(crate) fn is_object(&self) -> bool {
        self.members().is_some()
    }

    fn members(&self) -> Option<&'a Object> {
        if !self.value.is_object() {
            self.wrong("an object");
        }
        self.value.as_object()
    }

    fn wrong(&self, expected: &str) {
        self.repair(format!("is {}, not {expected}; left out", self.type_name()));
    }

    /// What kind of value this is, for messages: `a string`.
    pub(crate) fn type_name(&self) -> &'static str {
        name(self.value)
    }
}

/// A member of an object. Its pointer is only made when somebody asks for it.
pub(crate) struct Field<'n, 'a> {
    parent: &'n Node<'a>,
    /// The member's name.
    pub(crate) key: &'a str,
    /// The member's value.
    pub(crate) value: &'a Value,
}

impl<'a> Field<'_, 'a> {
    pub(crate) fn source(&self) -> &'a Source<'a> {
        self.parent.source
    }

    pub(crate) fn node(&self) -> Node<'a> {
        Node::new(self.parent.source, self.value, self.parent.at.key(self.key))
    }

    /// The text of a string, of a number or truth value (YAML reads `version: 1.0` as a number), or of a
    /// `CloudFormation` `Fn::Sub` or `Ref`; else `None`. All but a string is noted as a repair.
    pub(crate) fn text(&self) -> Option<String> {
        if let Value::String(text) = self.value {
            return Some(text.to_string());
        }
        let meant = self.node().meant();
        if let (Value::Object(_), Value::String(text)) = (self.value, meant.value) {
            return Some(text.to_string());
        }
        let text = match self.value {
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(truth) => Some(truth.to_string()),
            Value::Object(object) => substitution(object).map(str::to_owned),
            Value::Null | Value::String(_) | Value::Array(_) => None,
        };
        match &text {
            Some(text) => self.node().repair(format!(
                "is {}, not a string; read as {}",
                name(self.value),
                quote(text)
            )),
            None => self.node().wrong("a string"),
        }
        text
    }

    /// The text of a string or of a number, either of which says the same.
    pub(crate) fn text_of_number(&self) -> Option<String> {
        match self.value {
            Value::Number(number) => Some(number.to_string()),
            _ => self.text(),
        }
    }

    /// A truth value, also one written as a string; else `None` and a repair.
    pub(crate) fn flag(&self) -> Option<bool> {
        let flag = match self.value {
            Value::Bool(flag) => return Some(*flag),
            Value::String(text) => text.to_ascii_lowercase().parse().ok(),
            _ => None,
        };
        match flag {
            Some(flag) => self
                .node()
                .repair(format!("is a string, not true or false; read as {flag}")),
            None => self.node().wrong("true or false"),
        }
        flag
    }

    /// A number; else `None` and a repair.
    pub(crate) fn number(&self) -> Option<Number> {
        let number = self.value.as_number().cloned();
        if number.is_none() {
            self.node().wrong("a number");
        }
        number
    }

    /// A count; else `None` and a repair.
    pub(crate) fn count(&self) -> Option<usize> {
        let count = self
            .value
            .as_u64()
            .and_then(|count| usize::try_from(count).ok());
        if count.is_none() {
            self.node().wrong("a count");
        }
        count
    }

    /// The strings of a list; what is none is left out with a repair.
    pub(crate) fn texts(&self) -> Vec<String> {
        self.node()
            .items()
            .filter_map(|item| item.own_text())
            .collect()
    }
}

impl Node<'_> {
    fn own_text(&self) -> Option<String> {
        let text = self.value.as_str();
        if text.is_none() {
            self.wrong("a string");
        }
        text.map(str::to_owned)
    }
}

/// The text of a `CloudFormation` function that stands for a string: `Fn::Sub: text`, `Fn::Sub: [text, ..]`, `Ref: name`.
fn substitution(object: &Object) -> Option<&str> {
    let argument = object.get("Fn::Sub").or_else(|| object.get("Ref"))?;
    argument
        .as_str()
        .or_else(|| argument.as_array()?.first()?.as_str())
}

fn name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a truth value",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn repairs(value: &Value, read: impl FnOnce(Node<'_>)) -> Vec<String> {
        let source = Source::of(value);
        read(Node::root(&source));
        let repairs = source.finish().unwrap();
        repairs
            .iter()
            .map(|repair| format!("{}: {}", repair.pointer, repair.message))
            .collect()
    }

    #[test]
    fn text_is_read_from_what_stands_for_text() {
        let value = json!({"a": "x", "b": 1.0, "c": {"Fn::Sub": "${y}-z"}, "d": {"Fn::Sub": ["${y}", {}]}, "e": null});
        let repairs = repairs(&value, |node| {
            let texts =
                ["a", "b", "c", "d", "e", "f"].map(|key| node.text(key).unwrap_or_default());
            assert_eq!(texts, ["x", "1.0", "${y}-z", "${y}", "", ""]);
        });
        assert_eq!(repairs[0], "#/b: is a number, not a string; read as `1.0`");
        assert_eq!(repairs.len(), 3);
    }

    #[test]
    fn a_wrong_type_is_left_out_and_said() {
        let value = json!({"a": ["x", 1], "b": "x", "c": "True", "d": -1});
        let repairs = repairs(&value, |node| {
            assert_eq!(node.field("a").unwrap().texts(), ["x"]);
            assert_eq!(node.child("b").unwrap().fields().count(), 0);
            assert_eq!(node.flag("c"), Some(true));
            assert_eq!(node.field("d").unwrap().count(), None);
        });
        assert_eq!(
            repairs,
            [
                "#/a/1: is a number, not a string; left out",
                "#/b: is a string, not an object; left out",
                "#/c: is a string, not true or false; read as true",
                "#/d: is a number, not a count; left out",
            ]
        );
    }
}
