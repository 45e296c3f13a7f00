//! The same types twice: with the codec of generated types, and with serde's derive.

use std::collections::BTreeMap;

use gatewright::__private as rt;
use serde::{Deserialize, Serialize};
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
}

rt::json_object! {
    Item {
        id, r#type = "type", count, small, ratio, active = "is active", tags, limits, extra, parent, parts,
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

#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Derived {
    id: String,
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
    extra: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<Box<Derived>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parts: Option<Vec<Derived>>,
}
