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

#[derive(Debug, PartialEq)]
struct Ledger {
    total: i128,
    seal: Option<u128>,
    sums: Vec<i128>,
    by_name: BTreeMap<String, Option<i128>>,
    ratio: f64,
    any: Option<Value>,
}

crate::__json_object! { Ledger { total, seal, sums, by_name, ratio, any, } }

/// `serde_json` shows numbers of more than 64 bits as the nearest `f64`, which is not what was sent.
#[test]
fn an_integer_of_128_bits_is_read_to_its_last_digit() {
    let text = format!(
        r#"{{"total":{},"seal":{},"sums":[{},-1,18446744073709551615],"by_name":{{"a":null,"b":18446744073709551617}},"ratio":1e30,"any":1e30}}"#,
        i128::MIN,
        u128::MAX,
        i128::MAX,
    );
    let ledger: Ledger = read(text.as_bytes()).unwrap();
    assert_eq!((ledger.total, ledger.seal), (i128::MIN, Some(u128::MAX)));
    assert_eq!(ledger.sums, [i128::MAX, -1, u64::MAX.into()]);
    let expected = BTreeMap::from([
        ("a".to_owned(), None),
        ("b".to_owned(), Some(18_446_744_073_709_551_617)),
    ]);
    assert_eq!((&ledger.by_name, ledger.ratio), (&expected, 1e30));
    let written = to_vec(&ledger).unwrap();
    assert_eq!(read::<Ledger>(&written).unwrap(), ledger);
    assert_eq!(
        read::<i128>(b"-99999999999999999999"),
        Ok(-99_999_999_999_999_999_999)
    );
}

#[test]
fn an_integer_beyond_128_bits_is_an_error_with_its_place() {
    let ledger = |total: &str, seal: &str| {
        let text =
            format!(r#"{{"total":{total},"seal":{seal},"sums":[],"by_name":{{}},"ratio":1}}"#);
        read::<Ledger>(text.as_bytes())
            .map_err(|error| error.split(" at line").next().unwrap().to_owned())
    };
    let (huge, large) = ("9".repeat(60), "9".repeat(25));
    for (total, seal, place) in [
        (&*huge, "1", "/total"),
        ("1", &huge, "/seal"),
        (&large, "-1", "/seal"),
        (&large, "\"1\"", "/seal"),
        ("1e30", "1", "/total"),
        (&large, "1.5", "/seal"),
    ] {
        let error = ledger(total, seal).unwrap_err();
        assert!(
            error.starts_with(&format!("at {place}: ")) || error.starts_with("at /total: "),
            "{error}"
        );
        assert!(!error.contains(total) || total.len() == 1, "{error}");
    }
    assert!(ledger(&large, "null").unwrap().seal.is_none());
}
