//! Integers of every range, in JSON and in parameters.

use std::collections::BTreeMap;

use gatewright::__private as rt;
use serde_json::{Value, from_str, from_value, json, to_string};

/// A shelf of counters, one of each range.
#[derive(Clone, Debug, PartialEq)]
struct Counters {
    i8: Option<i8>,
    i16: Option<i16>,
    i32: Option<i32>,
    i64: Option<i64>,
    i128: Option<i128>,
    u8: Option<u8>,
    u16: Option<u16>,
    u32: Option<u32>,
    u64: Option<u64>,
    u128: Option<u128>,
}

rt::json_object! { Counters { i8, i16, i32, i64, i128, u8, u16, u32, u64, u128, } }

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Serial {
    First,
    Last,
    Unknown(u64),
}

rt::integer_enum!(Serial: u64 as_u64 { First = 1, Last = 18_446_744_073_709_551_615, });

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Height {
    Deep,
    Unknown(i128),
}

rt::integer_enum!(Height: i128 as_i128 { Deep = -9_223_372_036_854_775_809, });

/// Each range with its least and its greatest number.
const RANGES: [(&str, &str, &str, &str); 10] = [
    ("i8", "-128", "127", "an 8-bit integer"),
    ("i16", "-32768", "32767", "a 16-bit integer"),
    ("i32", "-2147483648", "2147483647", "a 32-bit integer"),
    (
        "i64",
        "-9223372036854775808",
        "9223372036854775807",
        "a 64-bit integer",
    ),
    // More than 64 bits are read by the codec of a call alone, since other readers go by way of an `f64`.
    (
        "i128",
        "-9223372036854775808",
        "18446744073709551615",
        "a 128-bit integer",
    ),
    ("u8", "0", "255", "an unsigned 8-bit integer"),
    ("u16", "0", "65535", "an unsigned 16-bit integer"),
    ("u32", "0", "4294967295", "an unsigned 32-bit integer"),
    (
        "u64",
        "0",
        "18446744073709551615",
        "an unsigned 64-bit integer",
    ),
    (
        "u128",
        "0",
        "18446744073709551615",
        "an unsigned 128-bit integer",
    ),
];

fn one(member: &str, number: &str) -> String {
    format!("{{\"{member}\":{number}}}")
}

#[test]
fn a_number_at_the_end_of_a_range_is_read_and_written_as_it_is() {
    for (member, least, greatest, _) in RANGES {
        for number in [least, greatest, "0", "1"] {
            let text = one(member, number);
            let read: Counters = from_str(&text).unwrap();
            assert_eq!(to_string(&read).unwrap(), text);
        }
    }
}

#[test]
fn a_number_out_of_the_range_is_an_error_with_its_place_its_range_and_a_way_out() {
    for (member, least, greatest, kind) in RANGES {
        let beyond = |number: &str, by: i128| (number.parse::<i128>().unwrap() + by).to_string();
        for number in [beyond(least, -1), beyond(greatest, 1)] {
            if member.ends_with("128") && number != "-1" {
                continue;
            }
            let text = format!("[{{}},{}]", one(member, &number));
            let error = from_str::<Vec<Counters>>(&text).unwrap_err().to_string();
            assert!(
                error.starts_with(&format!("at /{member}: expected {kind}, found ")),
                "{error}"
            );
            if !member.ends_with("128") {
                let range = format!("out of the range {least} to {greatest}; ");
                assert!(
                    error.contains(&range) && error.contains("`format`"),
                    "{error}"
                );
            }
        }
    }
}

#[test]
fn an_integer_may_have_a_point_or_an_exponent() {
    for (member, ..) in RANGES {
        for (written, number) in [
            ("1.0", "1"),
            ("1e2", "100"),
            ("12.50e1", "125"),
            ("-0.0", "0"),
        ] {
            let read: Counters = from_str(&one(member, written)).unwrap();
            assert_eq!(to_string(&read).unwrap(), one(member, number));
        }
        let error = from_str::<Counters>(&one(member, "1.5")).unwrap_err();
        assert!(error.to_string().contains("found a number with a fraction"));
        let error = from_str::<Counters>(&one(member, "\"1\"")).unwrap_err();
        assert!(error.to_string().contains("integer, found a string"));
    }
}

#[test]
fn an_integer_of_a_list_beyond_64_bits_with_a_sign_is_known() {
    let serials: Vec<Serial> = from_str("[1, 18446744073709551615, 7]").unwrap();
    assert_eq!(serials, [Serial::First, Serial::Last, Serial::Unknown(7)]);
    assert_eq!(to_string(&serials).unwrap(), "[1,18446744073709551615,7]");
    assert_eq!(
        (Serial::Last.as_u64(), Serial::Last.to_string()),
        (u64::MAX, u64::MAX.to_string())
    );
    assert!(
        from_str::<Serial>("-1")
            .unwrap_err()
            .to_string()
            .contains("0 to 18446744073709551615")
    );
    assert_eq!(Height::from(-9_223_372_036_854_775_809), Height::Deep);
    assert_eq!(to_string(&Height::Deep).unwrap(), "-9223372036854775809");
    let mut text = String::new();
    rt::ParamValue::write(&Height::Deep, &mut |value| text.push_str(value));
    assert_eq!(text, "-9223372036854775809");
}

/// A format that keeps values as `serde_json::Value` has 64 bits.
#[test]
fn an_integer_goes_by_way_of_a_value() {
    let counters: Counters =
        from_value(json!({"u64": u64::MAX, "i128": u64::MAX, "u128": 5})).unwrap();
    assert_eq!(
        (counters.u64, counters.i128, counters.u128),
        (Some(u64::MAX), Some(u64::MAX.into()), Some(5))
    );
    let value = serde_json::to_value(&counters).unwrap();
    assert_eq!(value, json!({"u64": u64::MAX, "i128": u64::MAX, "u128": 5}));
    let by_name: BTreeMap<String, Value> = from_str("{\"a\": 18446744073709551615}").unwrap();
    assert_eq!(by_name["a"], json!(u64::MAX));
}
