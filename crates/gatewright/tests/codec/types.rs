//! Types as a generated client has them: of every kind, renamed, optional, within each other.

use std::collections::BTreeMap;

use gatewright::__private as rt;
use gatewright::format::DateTime;
use serde_json::Value;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Item {
    pub(crate) id: String,
    pub(crate) r#type: Option<String>,
    pub(crate) count: i64,
    pub(crate) small: Option<i32>,
    pub(crate) ratio: f64,
    pub(crate) active: bool,
    pub(crate) tags: Vec<String>,
    pub(crate) limits: BTreeMap<String, Option<f64>>,
    pub(crate) extra: Option<Value>,
    pub(crate) parent: Option<Box<Item>>,
    pub(crate) parts: Option<Vec<Item>>,
    pub(crate) color: Option<Color>,
    pub(crate) level: Option<Level>,
    pub(crate) at: Option<DateTime>,
    pub(crate) shape: Option<Box<Shape>>,
    pub(crate) tree: Option<Box<Tree>>,
    pub(crate) matrix: Option<Vec<Vec<f64>>>,
    pub(crate) open: Option<BTreeMap<String, Open>>,
}

rt::json_object! {
    Item {
        id, r#type = "type", count, small, ratio, active = "is active", tags, limits, extra, parent, parts, color, level,
        at, shape, tree, matrix, open,
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Open {
    pub(crate) id: i64,
    pub(crate) others: BTreeMap<String, Vec<i64>>,
}

rt::json_object! { Open { id, ..others } }

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Color {
    Red,
    Blue,
    Unknown(String),
}

rt::string_enum!(Color { Red = "red", Blue = "dark blue", });

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    Low,
    High,
    Unknown(i64),
}

rt::integer_enum!(Level { Low = -1, High = 7, });

/// Told apart by a member.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shape {
    Circle(Circle),
    Group(Group),
    Unknown(Value),
}

rt::json_union!(Shape by "kind" { Circle(Circle) = ["circle", "disc"], Group(Group) = ["group"], });

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Circle {
    pub(crate) kind: String,
    pub(crate) radius: f64,
}

rt::json_object! { Circle { kind, radius, } }

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Group {
    kind: String,
    shapes: Vec<Shape>,
}

rt::json_object! { Group { kind, shapes, } }

/// Told apart by what fits. Both types hold trees, so that each of them is tried at every level.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Tree {
    Leaves(Vec<Value>),
    Named(Named),
    Numbered(Numbered),
    Unknown(Value),
}

rt::json_union!(Tree { Leaves(Vec<Value>), Named(Named), Numbered(Numbered), });

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Named {
    pub(crate) left: Option<Box<Tree>>,
    pub(crate) right: Option<Box<Tree>>,
    pub(crate) name: String,
}

rt::json_object! { Named { left, right, name, } }

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Numbered {
    pub(crate) left: Option<Box<Tree>>,
    pub(crate) right: Option<Box<Tree>>,
    pub(crate) number: i64,
}

rt::json_object! { Numbered { left, right, number, } }

/// What is only sent.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sent {
    pub(crate) item: Item,
    pub(crate) note: Option<String>,
    pub(crate) choice: Choice,
}

rt::json_object! { write Sent { item = "the item", note, choice, } }

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Choice {
    Color(Color),
    Trees(Vec<Tree>),
    Unknown(Value),
}

rt::json_union! { write Choice { Color(Color), Trees(Vec<Tree>), } }

/// What only arrives.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Arrived {
    pub(crate) item: Option<Received>,
    pub(crate) count: i64,
    pub(crate) others: BTreeMap<String, Value>,
}

rt::json_object! { read Arrived { item = "parent", count, ..others } }

/// An item, or anything else: read from a value that is already there.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Received {
    Item(Box<Item>),
    Unknown(Value),
}

rt::json_union! { read Received { Item(Box<Item>), } }
