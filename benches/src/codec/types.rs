//! The types of one answer twice: as a generated client has them, and with serde's derive.

use gatewright::__private as rt;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Page {
    items: Vec<Item>,
    next: Option<String>,
}

rt::json_object! { Page { items, next, } }

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Item {
    id: String,
    name: String,
    count: i64,
    ratio: f64,
    active: bool,
    tags: Vec<String>,
    note: Option<String>,
    owner: Option<Owner>,
}

rt::json_object! { Item { id, name, count, ratio, active, tags, note, owner, } }

#[derive(Clone, Debug, PartialEq)]
struct Owner {
    number: i64,
    email: Option<String>,
    score: Option<f64>,
}

rt::json_object! { Owner { number, email, score, } }

#[derive(Serialize, Deserialize)]
pub(super) struct DerivedPage {
    items: Vec<DerivedItem>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct DerivedItem {
    id: String,
    name: String,
    count: i64,
    ratio: f64,
    active: bool,
    tags: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<DerivedOwner>,
}

#[derive(Serialize, Deserialize)]
struct DerivedOwner {
    number: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<f64>,
}

/// A page of so many items.
pub(super) fn page(items: i64) -> DerivedPage {
    DerivedPage {
        items: (0..items).map(item).collect(),
        next: Some("b3BhcXVl".to_owned()),
    }
}

pub(super) fn item(index: i64) -> DerivedItem {
    let note = "A note of some length, with words in it; nothing special, but tëxt.";
    DerivedItem {
        id: format!("item-{index:06}"),
        name: format!("The \"{index}\"th thing of many"),
        count: index * 7919,
        ratio: index as f64 / 7.0,
        active: index % 2 == 0,
        tags: (0..index % 4).map(|tag| format!("tag{tag}")).collect(),
        note: (index % 3 == 0).then(|| note.to_owned()),
        owner: (index % 2 == 0).then(|| owner(index)),
    }
}

fn owner(index: i64) -> DerivedOwner {
    DerivedOwner {
        number: index,
        email: Some(format!("user{index}@example.com")),
        score: Some(index as f64 * 0.25),
    }
}
