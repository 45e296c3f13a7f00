//! One of several types.

use gatewright::__private as rt;
use serde_json::{Value, from_str, from_value, json, to_value};

use crate::types::{Numbered, Tree};

/// Trees within trees, as deep as `serde_json` reads.
fn nested(last: &str) -> String {
    let left = r#"{"left":"#.repeat(120);
    let right = format!(r#","right":{{"right":1}},{last}}}"#).repeat(120);
    format!("{left}{{}}{right}")
}

/// If every attempt at the outer value read the inner ones again, the innermost would be read 2^120 times.
#[test]
fn types_that_are_told_apart_below_what_they_share_are_read_in_time() {
    let text = nested(r#""number":1"#);
    let numbered: Tree = from_str(&text).unwrap();
    let (mut tree, mut depth) = (&numbered, 0);
    while let Tree::Numbered(Numbered {
        left: Some(left), ..
    }) = tree
    {
        (tree, depth) = (left, depth + 1);
    }
    assert_eq!(depth, 120);
    assert!(to_value(&numbered).unwrap() == from_str::<Value>(&text).unwrap());
}

#[test]
fn what_fits_no_type_in_the_end_is_kept_in_time() {
    let text = nested(r#""name":1"#);
    let kept = Tree::Unknown(from_str(&text).unwrap());
    assert!(from_str::<Tree>(&text).unwrap() == kept);
}

/// One of its types is the union itself, another one a union that has this one among its types.
#[derive(Clone, Debug, PartialEq)]
enum Outer {
    Itself(Box<Outer>),
    Inner(Box<Inner>),
    Number(i64),
    Unknown(Value),
}

#[derive(Clone, Debug, PartialEq)]
enum Inner {
    Outer(Box<Outer>),
    Text(String),
    List(Vec<Outer>),
    Unknown(Value),
}

rt::json_union!(Outer { Itself(Box<Outer>), Inner(Box<Inner>), Number(i64), });
rt::json_union!(Inner { Outer(Box<Outer>), Text(String), List(Vec<Outer>), });

#[test]
fn a_union_within_a_union_fits_if_one_of_its_types_does() {
    let read = |value: Value| from_value::<Outer>(value).unwrap();
    let inner = |inner: Inner| Outer::Inner(Box::new(inner));
    assert_eq!(read(json!("a")), inner(Inner::Text("a".to_owned())));
    assert_eq!(read(json!(1)), Outer::Number(1));
    let list = vec![Outer::Number(1), Outer::Unknown(json!(true))];
    assert_eq!(read(json!([1, true])), inner(Inner::List(list)));
    assert_eq!(read(Value::Null), Outer::Unknown(Value::Null));
    assert_eq!(read(json!({"a": [{}]})), Outer::Unknown(json!({"a": [{}]})));
}
