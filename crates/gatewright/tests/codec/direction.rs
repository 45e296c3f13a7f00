//! Types that are only sent or only arrive.

use std::marker::PhantomData;

use gatewright::__private as rt;
use gatewright::client::ParamValue;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{from_value, json, to_value};

#[derive(Debug, PartialEq)]
struct Asked {
    color: Color,
    any: OneOf,
}

#[derive(Debug, PartialEq)]
enum Color {
    Red,
    Unknown(String),
}

#[derive(Debug, PartialEq)]
enum OneOf {
    Number(i64),
    Unknown(rt::Value),
}

rt::json_object! { write Asked { color, any, } }
rt::string_enum! { write Color { Red = "red", } }
rt::json_union! { write OneOf { Number(i64), } }

#[derive(Debug, PartialEq)]
struct Received {
    level: Level,
    shade: Option<Shade>,
    any: AnyOf,
}

#[derive(Debug, PartialEq)]
enum Level {
    Low,
    High,
    Unknown(i64),
}

#[derive(Debug, PartialEq)]
enum Shade {
    Dark,
    Unknown(String),
}

#[derive(Debug, PartialEq)]
enum AnyOf {
    Number(i64),
    Unknown(rt::Value),
}

rt::json_object! { read Received { level, shade, any, } }
rt::integer_enum! { read Level { Low = -1, High = 2, } }
rt::string_enum! { read Shade { Dark = "dark", } }
rt::json_union! { read AnyOf by "kind" { Number(i64) = ["number"], } }

#[derive(Debug, PartialEq)]
enum Priority {
    Urgent,
    Unknown(i64),
}

rt::integer_enum! { Priority { Urgent = 1, } }

struct Has<T>(PhantomData<T>);

impl<T: Serialize> Has<T> {
    const SERIALIZE: bool = true;
}

impl<T: DeserializeOwned> Has<T> {
    const DESERIALIZE: bool = true;
}

/// What a type has not, in the place of what it has.
trait HasNot {
    const SERIALIZE: bool = false;
    const DESERIALIZE: bool = false;
}

impl<T> HasNot for Has<T> {}

#[test]
fn a_type_of_one_direction_has_the_traits_of_that_alone() {
    macro_rules! directions {
        ($($ty:ty),*) => { [$((Has::<$ty>::SERIALIZE, Has::<$ty>::DESERIALIZE)),*] };
    }
    assert_eq!(directions!(Asked, Color, OneOf), [(true, false); 3]);
    assert_eq!(
        directions!(Received, Level, Shade, AnyOf),
        [(false, true); 4]
    );
    assert_eq!(directions!(Priority), [(true, true)]);
}

#[test]
fn each_direction_works_without_the_other() {
    let asked = |color, any| to_value(Asked { color, any }).unwrap();
    assert_eq!(
        asked(Color::Red, OneOf::Number(1)),
        json!({"color": "red", "any": 1})
    );
    let unlisted = Color::Unknown("teal".to_owned());
    assert_eq!(
        asked(unlisted, OneOf::Unknown(json!([]))),
        json!({"color": "teal", "any": []})
    );
    let received: Received =
        from_value(json!({"level": 2.0, "any": {"kind": "number"}, "shade": "dark"})).unwrap();
    let any = AnyOf::Unknown(json!({"kind": "number"}));
    let (level, shade) = (Level::High, Some(Shade::Dark));
    assert_eq!(received, Received { level, shade, any });
}

#[test]
fn a_number_that_nobody_knows_is_kept() {
    let read: Vec<Priority> = from_value(json!([1, -7])).unwrap();
    assert_eq!(read, [Priority::Urgent, Priority::Unknown(-7)]);
    assert_eq!(to_value(&read).unwrap(), json!([1, -7]));
    assert_eq!(
        from_value::<Vec<Level>>(json!([-1, 1])).unwrap(),
        [Level::Low, Level::Unknown(1)]
    );
    assert!(from_value::<Priority>(json!("1")).is_err());
    assert!(from_value::<Priority>(json!(1.5)).is_err());
}

#[test]
fn an_enum_of_numbers_is_an_argument_like_its_number() {
    let mut text = String::new();
    Priority::Urgent.write(&mut |number| text.push_str(number));
    assert_eq!(text, "1");
    assert_eq!(Priority::from(12).to_string(), "12");
}

#[derive(Debug, PartialEq)]
struct Cleared {
    name: Option<String>,
    note: Option<String>,
}

rt::json_object! { Cleared { name or Null, note, } }

#[test]
fn a_member_that_is_sent_as_null_is_read_like_any_other() {
    let cleared = Cleared {
        name: None,
        note: None,
    };
    assert_eq!(to_value(&cleared).unwrap(), json!({"name": null}));
    assert_eq!(from_value::<Cleared>(json!({})).unwrap(), cleared);
    let named: Cleared = from_value(json!({"name": "a"})).unwrap();
    assert_eq!(to_value(&named).unwrap(), json!({"name": "a"}));
}
