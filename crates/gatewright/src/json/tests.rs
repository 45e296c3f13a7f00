//! JSON in memory is read and written as by way of serde's traits, errors included.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use super::{FromJson, ToJson, from_slice, to_vec};

#[derive(Debug, PartialEq)]
struct Part {
    id: i64,
    text: String,
    a_long_name_of_a_member: Option<bool>,
    quoted: Option<f64>,
    parts: Vec<Part>,
    by_name: Option<BTreeMap<String, Option<Value>>>,
    x: Option<Value>,
}

crate::__json_object! {
    Part { id, text, a_long_name_of_a_member, quoted = "a \"quoted\"\tname", parts, by_name, x or Null, }
}

/// Members that nobody knows are not looked at.
#[derive(Debug, PartialEq)]
struct Open {
    id: i64,
    others: BTreeMap<String, String>,
}

crate::__json_object! { Open { id, ..others } }

fn part() -> Value {
    json!({
        "id": -7, "text": "é", "a_long_name_of_a_member": true, "a \"quoted\"\tname": 0.1,
        "parts": [
            {"id": 1, "text": "", "parts": [], "by_name": {}},
            {"x": 1, "by_name": {"a\nb": null, "": [1, {}]}, "parts": [], "text": "\\", "id": 2},
        ],
    })
}

fn read<T: FromJson>(json: &[u8]) -> Result<T, String> {
    let mut value = T::blank();
    match from_slice(json, &mut value) {
        Ok(()) => Ok(value),
        Err(error) => Err(error.to_string()),
    }
}

fn read_by_serde<T: serde::de::DeserializeOwned>(json: &[u8]) -> Result<T, String> {
    serde_json::from_slice(json).map_err(|error| error.to_string())
}

fn written<T: ToJson + Serialize>(value: &T) -> String {
    let text = String::from_utf8(to_vec(value).unwrap()).unwrap();
    assert_eq!(text, serde_json::to_string(value).unwrap());
    text
}

#[test]
fn a_value_of_every_kind_is_read_and_written() {
    let text = serde_json::to_vec(&part()).unwrap();
    let read: Part = read(&text).unwrap();
    assert_eq!(read, read_by_serde(&text).unwrap());
    assert_eq!(read.parts[1].x, Some(json!(1)));
    assert!(written(&read).ends_with(r#"}],"x":null}"#));
    written(&vec![read]);
    written(&Vec::<Part>::new());
    assert_eq!(written(&vec![None, Some(true)]), "[null,true]");
    assert_eq!(written(&None::<bool>), "null");
    assert_eq!(written(&vec![f64::NAN, -0.0, 1e300]), "[null,-0.0,1e+300]");
    let others = BTreeMap::from([("id".to_owned(), "written once".to_owned())]);
    assert_eq!(written(&Open { id: 3, others }), r#"{"id":3}"#);
}

/// Texts without a character to escape take a shorter way, which looks at several bytes at a time.
#[test]
fn a_character_is_escaped_wherever_it_is() {
    for length in 0..=20 {
        for place in 0..length {
            for character in ('\0'..='\u{ff}').chain(['\u{2028}', '😀']) {
                let mut text = "a".repeat(length);
                text.replace_range(place..=place, &character.to_string());
                let value = BTreeMap::from([(text.clone(), vec![text])]);
                let json = written(&value);
                assert_eq!(read(json.as_bytes()), Ok(value));
            }
        }
    }
}

#[test]
fn a_name_of_any_length_is_found_in_any_order() {
    #[derive(Debug, PartialEq)]
    struct Names {
        a: Option<i64>,
        ab: Option<i64>,
        abcd: Option<i64>,
        abce: Option<i64>,
        abcdefgh: Option<i64>,
        abcdefghi: Option<i64>,
        abcdefghijklmnopq: Option<i64>,
    }
    crate::__json_object! {
        Names { a, ab, abcd, abce, abcdefgh, abcdefghi, abcdefghijklmnopq, }
    }
    let names = [
        "a",
        "ab",
        "abcd",
        "abce",
        "abcdefgh",
        "abcdefghi",
        "abcdefghijklmnopq",
    ];
    let strange = ["", "b", "bb", "abxd", "xbcd", "abcdxfgh", "abcdefghx"];
    for first in names.into_iter().chain(strange) {
        for second in names {
            let text = format!(r#"{{"{first}": 1, "{second}": 2}}"#);
            let read: Names = read(text.as_bytes()).unwrap();
            let mut expected = BTreeMap::from([(first, 1)]);
            expected.insert(second, 2);
            expected.retain(|name, _| names.contains(name));
            assert_eq!(serde_json::to_value(&read).unwrap(), json!(expected));
        }
    }
}

#[test]
fn an_error_is_the_same() {
    let text = serde_json::to_string_pretty(&part()).unwrap();
    let mut broken: Vec<String> = text
        .char_indices()
        .map(|(end, _)| text[..end].to_owned())
        .collect();
    broken.extend(["1", r#"{"id": "hunter2"}"#, "{\n\"id\":\n1.5}", "{} x"].map(str::to_owned));
    broken.push(text.replace("true", "7"));
    broken.push(text.replace("\"text\"", "\"test\""));
    broken.push(text.replace("é", "\n"));
    for broken in broken {
        let error = read::<Part>(broken.as_bytes()).unwrap_err();
        assert_eq!(Err(error), read_by_serde::<Part>(broken.as_bytes()));
    }
}

/// The short way takes text alone.
#[test]
fn bytes_that_are_no_text_are_refused_where_they_are_read() {
    let in_a_text = b"{\"id\": 1,\n\"other\": \"\xe9\"}";
    let error = read::<Open>(in_a_text).unwrap_err();
    assert_eq!(
        error,
        "at /other: invalid unicode code point at line 2 column 11"
    );
    assert_eq!(Err(error), read_by_serde::<Open>(in_a_text));
    let between = b"{\"id\": \xe9}";
    assert_eq!(read::<Open>(between), read_by_serde(between));

    let unread = serde_json::to_string(&part())
        .unwrap()
        .replacen('{', r#"{"other": "?", "#, 1);
    let unread: Vec<u8> = unread
        .bytes()
        .map(|byte| if byte == b'?' { 0xe9 } else { byte })
        .collect();
    assert_eq!(
        read::<Part>(&unread),
        read_by_serde(serde_json::to_string(&part()).unwrap().as_bytes())
    );
}
