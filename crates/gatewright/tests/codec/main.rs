//! The codec of generated types: whatever serde's derive reads and writes, it reads and writes as well.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

mod derived;
mod differential;
mod direction;
mod integer;
mod null;
mod number;
mod random;
mod types;
mod union;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, from_slice, from_str, from_value, json, to_string, to_value, to_vec};
use types::{Color, Item, Open};

fn item() -> Value {
    json!({"id": "a", "count": 1, "ratio": 0.5, "is active": true, "tags": [], "limits": {}})
}

fn with(member: &str, value: Value) -> Value {
    let mut item = item();
    item[member] = value;
    item
}

fn error(value: Value) -> String {
    from_value::<Item>(value).unwrap_err().to_string()
}

#[test]
fn bytes_that_are_no_text_and_what_follows_a_value_are_refused() {
    let mut bytes = to_vec(&item()).unwrap();
    assert!(from_slice::<Item>(&bytes).is_ok());
    bytes.extend(b" x");
    assert!(from_slice::<Item>(&bytes).is_err());
    let place = bytes.iter().position(|&byte| byte == b'a').unwrap();
    bytes.truncate(bytes.len() - 2);
    bytes[place] = 0xff;
    assert!(from_slice::<Item>(&bytes).is_err());
}

#[test]
fn an_integer_may_be_written_as_a_float_but_not_lose_anything() {
    let count = |text: &str| from_str::<Vec<Open>>(&format!("[{{\"id\": {text}}}]"));
    let id = |text: &str| count(text).unwrap()[0].id;
    assert_eq!(id("3.0"), 3);
    assert_eq!(id("-1e3"), -1000);
    assert_eq!(id("9007199254740993"), 9_007_199_254_740_993);
    assert!(count("3.5").is_err());
    assert!(count("9007199254740993.0").is_err());
    assert!(count("9223372036854775808").is_err());
    assert!(from_value::<Item>(with("small", json!(2_147_483_648_i64))).is_err());
    let extra = from_value::<Item>(with("extra", json!(u64::MAX))).unwrap();
    assert_eq!(extra.extra, Some(json!(u64::MAX)));
}

#[test]
fn an_error_names_the_place_and_not_the_value() {
    let inner = with("tags", json!(["a", 7]));
    let parts = with("parts", json!([item(), inner]));
    assert_eq!(
        error(with("parent", parts)),
        "at /parent/parts/1/tags/1: expected a string, found a number"
    );
    assert_eq!(
        error(with("limits", json!({"a/b~c": "hunter2"}))),
        "at /limits/a~1b~0c: expected a number, found a string"
    );
    assert_eq!(
        error(with("count", json!("hunter2"))),
        "at /count: expected a 64-bit integer, found a string"
    );
    assert_eq!(
        error(with("count", Value::Null)),
        "at /count: expected a 64-bit integer, found null"
    );
    assert_eq!(error(json!({"id": "a"})), "at /count: is missing");
    assert_eq!(
        error(json!("hunter2")),
        "expected an object, found a string"
    );
    let text = from_str::<Open>(r#"{"id": 1, "x": [1, true]}"#).unwrap_err();
    assert_eq!(
        text.to_string(),
        "at /x/1: expected a 64-bit integer, found a boolean at line 1 column 23"
    );
}

#[test]
fn of_a_name_that_comes_twice_the_last_value_counts() {
    let text = r#"{"id": 1, "x": [1, 2], "y": [], "id": 2, "x": [3]}"#;
    let open: Open = from_str(text).unwrap();
    assert_eq!(to_string(&open).unwrap(), r#"{"id":2,"x":[3],"y":[]}"#);

    let parent = to_string(&with("type", json!("kept only once"))).unwrap();
    let text = parent.replacen(
        '{',
        &format!("{{\"parent\": {parent}, \"parent\": {}, ", item()),
        1,
    );
    let item: Item = from_str(&text).unwrap();
    assert_eq!(item.parent.unwrap().r#type, None);
}

#[test]
fn a_further_member_called_like_a_known_one_is_written_once() {
    let others = BTreeMap::from([("id".to_owned(), vec![7]), ("x".to_owned(), vec![])]);
    let open = Open { id: 1, others };
    assert_eq!(to_string(&open).unwrap(), r#"{"id":1,"x":[]}"#);
}

#[test]
fn a_text_that_nobody_knows_is_kept() {
    let colors: Vec<Color> = from_str(r#"["red", "dark blue", "Red"]"#).unwrap();
    let unknown = Color::Unknown("Red".to_owned());
    assert_eq!(colors, [Color::Red, Color::Blue, unknown]);
    assert_eq!(
        to_value(&colors).unwrap(),
        json!(["red", "dark blue", "Red"])
    );
}

/// On a thread with the usual stack.
#[test]
fn nesting_without_end_is_an_error() {
    let nest = |depth: usize| {
        let open =
            r#"{"id":"a","count":1,"ratio":1,"is active":true,"tags":[],"limits":{},"parent":"#;
        format!("{}null{}", open.repeat(depth), "}".repeat(depth))
    };
    assert!(from_str::<Item>(&nest(120)).is_ok());
    let error = from_str::<Item>(&nest(100_000)).unwrap_err();
    assert!(error.to_string().contains("recursion limit"), "{error}");
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Own {
    items: Vec<Item>,
    by_name: BTreeMap<String, Option<Color>>,
    #[serde(flatten)]
    open: Open,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Either {
    Item(Box<Item>),
    Open(Open),
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
enum Tagged {
    Open(Open),
}

#[test]
fn generated_types_stand_in_types_of_the_users_own() {
    let json = json!({"items": [item()], "by_name": {"a": "red", "b": null}, "id": 4, "x": [1]});
    let own: Own = from_value(json.clone()).unwrap();
    assert_eq!(own.open.others["x"], [1]);
    assert_eq!(to_value(&own).unwrap(), json);
    assert_eq!(from_str::<Own>(&to_string(&own).unwrap()).unwrap(), own);

    let either: Vec<Either> = from_value(json!([item(), {"id": 1}])).unwrap();
    assert!(matches!(
        either.as_slice(),
        [Either::Item(_), Either::Open(_)]
    ));
    let tagged = json!({"kind": "Open", "id": 1});
    let Tagged::Open(open) = from_value(tagged.clone()).unwrap();
    assert_eq!(to_value(Tagged::Open(open)).unwrap(), tagged);
}

#[test]
fn other_formats_are_read_too() {
    let yaml = "items:\n- {id: a, count: 1, ratio: 3, is active: true, tags: [x], limits: {y: ~}}\nby_name: {a: dark blue}\nid: 4\nx: [1]\n";
    let own: Own = serde_saphyr::from_str(yaml).unwrap();
    assert_eq!(own.items[0].ratio, 3.0);
    assert_eq!(own.items[0].limits["y"], None);
    assert_eq!(own.by_name["a"], Some(Color::Blue));
    assert_eq!(own.open.others["x"], [1]);
}

#[test]
fn a_long_name_of_the_sender_is_cut_in_the_place() {
    let name = format!("a\u{1b}\u{202e}{}", "é".repeat(1 << 20));
    let shown = error(with("limits", json!({ name: "hunter2" })));
    assert!(
        shown.starts_with("at /limits/a\u{fffd}\u{fffd}é"),
        "{shown}"
    );
    assert!(
        shown.ends_with("é…: expected a number, found a string"),
        "{shown}"
    );
    assert!(shown.chars().count() < 200);
}
