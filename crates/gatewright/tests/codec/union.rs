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

#[derive(Clone, Debug, PartialEq)]
struct Done {
    ok: bool,
    code: i64,
}

rt::json_object! { Done { ok, code, } }

#[derive(Clone, Debug, PartialEq)]
struct Failed {
    ok: bool,
    reason: String,
}

rt::json_object! { Failed { ok, reason, } }

/// Told apart by a boolean.
#[derive(Clone, Debug, PartialEq)]
enum Outcome {
    Done(Done),
    Failed(Failed),
    Unknown(Value),
}

rt::json_union!(Outcome by "ok" { Done(Done) = ["true"], Failed(Failed) = ["false"], });

#[derive(Clone, Debug, PartialEq)]
struct Sized {
    level: Option<i32>,
    size: i64,
}

rt::json_object! { Sized { level, size, } }

#[derive(Clone, Debug, PartialEq)]
struct Plain {
    level: String,
}

rt::json_object! { Plain { level, } }

/// Told apart by an integer, of which one kind says that it is a text.
#[derive(Clone, Debug, PartialEq)]
enum Level {
    Sized(Sized),
    Plain(Plain),
    Unknown(Value),
}

rt::json_union!(Level by "level" { Sized(Sized) = ["1", "2", "null"], Plain(Plain) = ["0", "-3"], });

#[test]
fn a_boolean_tells_types_apart_as_itself_and_as_text() {
    let read = |value: Value| from_value::<Outcome>(value).unwrap();
    let done = Outcome::Done(Done { ok: true, code: 7 });
    assert_eq!(read(json!({"ok": true, "code": 7})), done);
    assert_eq!(read(json!({"ok": "true", "code": 7})), done);
    assert_eq!(to_value(&done).unwrap(), json!({"ok": true, "code": 7}));
    let failed = read(json!({"ok": "false", "reason": "late"}));
    assert_eq!(
        failed,
        Outcome::Failed(Failed {
            ok: false,
            reason: "late".to_owned()
        })
    );
    assert_eq!(read(json!({"ok": false, "reason": "late"})), failed);
    // Neither the other type nor half of this one.
    for odd in [
        json!({"ok": false, "code": 7}),
        json!({"code": 7}),
        json!({"ok": null, "code": 7}),
        json!({"ok": "yes"}),
        json!({"ok": [true], "code": 7}),
    ] {
        assert_eq!(read(odd.clone()), Outcome::Unknown(odd));
    }
}

#[test]
fn an_integer_tells_types_apart_as_itself_and_as_text() {
    let read = |text: &str| from_str::<Level>(text).unwrap();
    for level in ["1", "\"1\"", "1.0", "1e0"] {
        let sized = Sized {
            level: Some(1),
            size: 4,
        };
        assert_eq!(
            read(&format!(r#"{{"level":{level},"size":4}}"#)),
            Level::Sized(sized)
        );
    }
    let absent = Level::Sized(Sized {
        level: None,
        size: 4,
    });
    assert_eq!(read(r#"{"level":null,"size":4}"#), absent);
    for (level, text) in [("0", "0"), ("\"0\"", "0"), ("-3", "-3"), ("\"-3\"", "-3")] {
        let plain = Plain {
            level: text.to_owned(),
        };
        assert_eq!(
            read(&format!(r#"{{"level":{level}}}"#)),
            Level::Plain(plain)
        );
    }
    let odd = json!({"level": 9, "size": 4});
    assert_eq!(read(&odd.to_string()), Level::Unknown(odd));
}
