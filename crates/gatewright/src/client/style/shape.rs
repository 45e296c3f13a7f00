//! The parts of a value, as far as a parameter can express them.

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;

use super::serialize::ToShape;
use gatewright_core::kit::printable::Printable;

/// A value between serde and the wire. Members keep their order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shape {
    /// `None`, `()`.
    Nothing,
    /// A text.
    Text(String),
    /// A number or truth value, which JSON writes without quotes.
    Literal(String),
    List(Vec<Shape>),
    Object(Vec<(String, Shape)>),
}

/// Why a style cannot express a value.
#[derive(Debug)]
pub(crate) struct Unwritable(Cow<'static, str>);

impl Unwritable {
    pub(super) const NESTED: Self = Self::new(
        "holds a list or an object inside of another, which has no form here; send JSON, or a text of your own",
    );
    pub(super) const NO_MEMBERS: Self =
        Self::new("is neither a map nor a struct, and so has no members to send");
    pub(super) const SEPARATOR: Self = Self::new(
        "has an item with the separator of items in it, which would be read as two items",
    );
    pub(super) const NAME: Self = Self::new("has a member whose name is no text");
    pub(super) const VARIANT: Self =
        Self::new("is an enum with several values, which has no form here");
    pub(super) const NOT_FINITE: Self =
        Self::new("holds a number that is infinite or not a number");

    const fn new(text: &'static str) -> Self {
        Self(Cow::Borrowed(text))
    }
}

impl fmt::Display for Unwritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Printable::text(&self.0))
    }
}

impl std::error::Error for Unwritable {}

/// The message of a user's own type that cannot be serialized.
impl serde::ser::Error for Unwritable {
    fn custom<T: fmt::Display>(text: T) -> Self {
        Self(Cow::Owned(text.to_string()))
    }
}

impl Shape {
    pub(crate) fn of(value: &(impl Serialize + ?Sized)) -> Result<Self, Unwritable> {
        value.serialize(ToShape)
    }

    /// The text of what is one.
    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Shape::Text(text) | Shape::Literal(text) => Some(text),
            Shape::Nothing | Shape::List(_) | Shape::Object(_) => None,
        }
    }

    /// Whether there is no text in it.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Shape::Nothing => true,
            Shape::Text(_) | Shape::Literal(_) => false,
            Shape::List(items) => items.iter().all(|item| *item == Shape::Nothing),
            Shape::Object(members) => members.iter().all(|(_, member)| *member == Shape::Nothing),
        }
    }

    /// Its texts in order, those of an object each after its name.
    pub(super) fn texts(&self) -> Result<Vec<&str>, Unwritable> {
        match self {
            Shape::Object(_) => {
                let members = self.members()?.into_iter();
                Ok(members.flat_map(|(name, text)| [name, text]).collect())
            }
            Shape::List(items) => items.iter().filter_map(Shape::inner_text).collect(),
            flat => Ok(flat.as_text().into_iter().collect()),
        }
    }

    /// The members of an object that are there; none of anything else.
    pub(super) fn members(&self) -> Result<Vec<(&str, &str)>, Unwritable> {
        let Shape::Object(members) = self else {
            return Ok(Vec::new());
        };
        let present = members.iter().filter_map(|(name, member)| {
            let text = member.inner_text()?;
            Some(text.map(|text| (name.as_str(), text)))
        });
        present.collect()
    }

    /// The text of an item or a member; `None` of one that is not there.
    fn inner_text(&self) -> Option<Result<&str, Unwritable>> {
        match self {
            Shape::Nothing => None,
            Shape::Text(text) | Shape::Literal(text) => Some(Ok(text)),
            Shape::List(_) | Shape::Object(_) => Some(Err(Unwritable::NESTED)),
        }
    }

    /// The value as JSON, without blanks.
    pub(crate) fn to_json(&self) -> String {
        match self {
            Shape::Nothing => "null".to_owned(),
            Shape::Text(text) => quoted(text),
            Shape::Literal(text) => text.clone(),
            Shape::List(items) => {
                let items: Vec<_> = items.iter().map(Shape::to_json).collect();
                format!("[{}]", items.join(","))
            }
            Shape::Object(members) => {
                let member = |(name, member): &(String, Shape)| {
                    format!("{}:{}", quoted(name), member.to_json())
                };
                let members: Vec<_> = members.iter().map(member).collect();
                format!("{{{}}}", members.join(","))
            }
        }
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
