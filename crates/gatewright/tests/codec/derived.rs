//! The same types with serde's derive, under the same names, so that they print alike.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Item {
    pub(crate) id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    r#type: Option<String>,
    count: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    small: Option<i32>,
    ratio: f64,
    #[serde(rename = "is active")]
    active: bool,
    tags: Vec<String>,
    limits: BTreeMap<String, Option<f64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) extra: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<Box<Item>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parts: Option<Vec<Item>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) color: Option<Color>,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<Level>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<DateTime>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shape: Option<Box<Shape>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) tree: Option<Box<Tree>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    matrix: Option<Vec<Vec<f64>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    open: Option<BTreeMap<String, Open>>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct DateTime(String);

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Open {
    id: i64,
    #[serde(flatten)]
    others: BTreeMap<String, Vec<i64>>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub(crate) enum Color {
    Red,
    Blue,
    Unknown(String),
}

impl From<String> for Color {
    fn from(text: String) -> Self {
        match text.as_str() {
            "red" => Self::Red,
            "dark blue" => Self::Blue,
            _ => Self::Unknown(text),
        }
    }
}

impl From<Color> for String {
    fn from(color: Color) -> Self {
        match color {
            Color::Red => "red".to_owned(),
            Color::Blue => "dark blue".to_owned(),
            Color::Unknown(text) => text,
        }
    }
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(from = "i64", into = "i64")]
enum Level {
    Low,
    High,
    Unknown(i64),
}

impl From<i64> for Level {
    fn from(number: i64) -> Self {
        match number {
            -1 => Self::Low,
            7 => Self::High,
            _ => Self::Unknown(number),
        }
    }
}

impl From<Level> for i64 {
    fn from(level: Level) -> Self {
        match level {
            Level::Low => -1,
            Level::High => 7,
            Level::Unknown(number) => number,
        }
    }
}

/// serde's `tag` takes the member away; here it stays, and has to be of the type.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Shape {
    Circle(Circle),
    Group(Group),
    Unknown(Value),
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Circle {
    #[serde(deserialize_with = "kind_of_circle")]
    kind: String,
    radius: f64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Group {
    #[serde(deserialize_with = "kind_of_group")]
    kind: String,
    shapes: Vec<Shape>,
}

fn kind_of_circle<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    kind(deserializer, &["circle", "disc"])
}

fn kind_of_group<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    kind(deserializer, &["group"])
}

fn kind<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
    known: &[&str],
) -> Result<String, D::Error> {
    let kind = String::deserialize(deserializer)?;
    if known.contains(&kind.as_str()) {
        return Ok(kind);
    }
    Err(serde::de::Error::custom("another kind"))
}

/// Lists come first, because serde's derive reads a struct from a list as well.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Tree {
    Leaves(Vec<Value>),
    Named(Named),
    Numbered(Numbered),
    Unknown(Value),
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Named {
    #[serde(skip_serializing_if = "Option::is_none")]
    left: Option<Box<Tree>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    right: Option<Box<Tree>>,
    name: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Numbered {
    #[serde(skip_serializing_if = "Option::is_none")]
    left: Option<Box<Tree>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    right: Option<Box<Tree>>,
    number: i64,
}

#[derive(Debug, Serialize)]
pub(crate) struct Sent {
    #[serde(rename = "the item")]
    pub(crate) item: Item,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<String>,
    pub(crate) choice: Choice,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum Choice {
    Color(Color),
    Trees(Vec<Tree>),
    Unknown(Value),
}

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "it is printed")]
pub(crate) struct Arrived {
    #[serde(rename = "parent")]
    item: Option<Received>,
    count: i64,
    #[serde(flatten)]
    others: BTreeMap<String, Value>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
#[allow(dead_code, reason = "it is printed")]
pub(crate) enum Received {
    Item(Box<Item>),
    Unknown(Value),
}
