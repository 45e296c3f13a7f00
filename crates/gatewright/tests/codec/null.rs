//! Absent, null and a value, told apart.

use gatewright::__private as rt;
use serde_json::{Value, from_str, from_value, json, to_string, to_value};

/// What changes of a lamp.
#[derive(Clone, Debug, Default, PartialEq)]
struct Change {
    label: Option<Option<String>>,
    dimmed: Option<Option<f64>>,
    room: Option<Option<Box<Change>>>,
    tags: Option<Option<Vec<String>>>,
    extra: Option<Option<Value>>,
    note: Option<String>,
    never: Option<()>,
}

rt::json_object! { Change { label, dimmed, room, tags, extra, note, never, } }

/// A member that is always there, and always null.
#[derive(Clone, Debug, PartialEq)]
struct Gone {
    value: (),
    shade: Option<u8>,
}

rt::json_object! { Gone { value, shade or Null, } }

fn change(set: impl FnOnce(&mut Change)) -> Change {
    let mut change = Change::default();
    set(&mut change);
    change
}

#[test]
fn absent_null_and_a_value_are_three_things() {
    let inner = || Box::new(change(|inner| inner.label = Some(None)));
    let cases = [
        ("{}", change(|_| {})),
        (r#"{"label":null}"#, change(|it| it.label = Some(None))),
        (
            r#"{"label":"a"}"#,
            change(|it| it.label = Some(Some("a".to_owned()))),
        ),
        (r#"{"dimmed":null}"#, change(|it| it.dimmed = Some(None))),
        (r#"{"tags":null}"#, change(|it| it.tags = Some(None))),
        (
            r#"{"tags":[]}"#,
            change(|it| it.tags = Some(Some(Vec::new()))),
        ),
        (r#"{"room":null}"#, change(|it| it.room = Some(None))),
        (
            r#"{"room":{"label":null}}"#,
            change(|it| it.room = Some(Some(inner()))),
        ),
        (r#"{"extra":null}"#, change(|it| it.extra = Some(None))),
        (
            r#"{"extra":7}"#,
            change(|it| it.extra = Some(Some(json!(7)))),
        ),
        (r#"{"never":null}"#, change(|it| it.never = Some(()))),
    ];
    for (text, change) in cases {
        assert_eq!(from_str::<Change>(text).unwrap(), change, "{text}");
        assert_eq!(to_string(&change).unwrap(), text);
        let value: Value = from_str(text).unwrap();
        assert_eq!(from_value::<Change>(value.clone()).unwrap(), change);
        assert_eq!(to_value(&change).unwrap(), value);
    }
}

#[test]
fn a_member_that_is_not_nullable_takes_null_for_absent() {
    let change: Change = from_str(r#"{"note":null}"#).unwrap();
    assert_eq!(
        (&change, to_string(&change).unwrap()),
        (&Change::default(), "{}".to_owned())
    );
}

#[test]
fn a_type_whose_only_value_is_null_takes_and_sends_null() {
    let gone: Gone = from_str(r#"{"value":null,"shade":null}"#).unwrap();
    assert_eq!(to_string(&gone).unwrap(), r#"{"value":null,"shade":null}"#);
    let error = from_str::<Gone>(r#"{"value":0}"#).unwrap_err().to_string();
    assert!(
        error.starts_with("at /value: expected null, found a number"),
        "{error}"
    );
    let error = from_str::<Gone>(r#"{"value":{}}"#).unwrap_err().to_string();
    assert!(
        error.starts_with("at /value: expected null, found an object"),
        "{error}"
    );
}

/// In a list and in a map, where nothing can be left out.
#[test]
fn null_among_others_is_null() {
    let list: Vec<Option<String>> = vec![None, Some("a".to_owned())];
    assert_eq!(to_string(&list).unwrap(), r#"[null,"a"]"#);
}

#[derive(Clone, Debug, PartialEq)]
enum Either {
    Change(Change),
    Unknown(Value),
}

rt::json_union!(Either { Change(Change), });

#[test]
fn a_union_keeps_null_apart_too() {
    let text = r#"{"label":null,"note":"n"}"#;
    let Either::Change(change) = from_str(text).unwrap() else {
        panic!("{text} is a change");
    };
    assert_eq!((change.label, change.dimmed), (Some(None), None));
}
