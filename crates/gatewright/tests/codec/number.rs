//! Numbers, exactly.

use std::collections::BTreeMap;

use gatewright::__private as rt;
use serde_json::{from_str, json, to_string};

use crate::random::Random;
use crate::types::{Circle, Color, Item, Level, Open, Shape, Tree};

fn bits(random: &mut Random) -> f64 {
    let half = |random: &mut Random| random.below(1 << 32) as u64;
    f64::from_bits(half(random) << 32 | half(random))
}

fn circle(radius: f64) -> Circle {
    Circle {
        kind: "circle".to_owned(),
        radius,
    }
}

#[test]
fn every_number_is_read_as_it_was_written() {
    let mut random = Random::new(1);
    let random = (0..20_000).map(|_| bits(&mut random));
    let edges = [
        0.0,
        -0.0,
        5e-324,
        f64::MIN_POSITIVE,
        f64::MAX,
        f64::EPSILON,
        1.0 / 3.0,
        2e53,
    ];
    for number in edges
        .into_iter()
        .chain(random)
        .filter(|number| number.is_finite())
    {
        let text = to_string(&circle(number)).unwrap();
        let read: Circle = from_str(&text).unwrap();
        assert_eq!(read.radius.to_bits(), number.to_bits(), "{text}");
        let Shape::Circle(read) = from_str(&text).unwrap() else {
            panic!("{text} is a circle");
        };
        assert_eq!(read.radius.to_bits(), number.to_bits(), "{text}");
    }
}

/// Up to 40 digits with a point and an exponent.
fn decimal(random: &mut Random) -> String {
    let digits = |random: &mut Random, most| -> String {
        let digits = 1 + random.below(most);
        (0..digits)
            .map(|_| char::from(b'0' + random.below(10) as u8))
            .collect()
    };
    let first = 1 + random.below(9);
    let (whole, part) = (digits(random, 19), digits(random, 20));
    let exponent = random.below(600) as i64 - 320;
    format!("{first}{whole}.{part}e{exponent}")
}

#[test]
fn any_decimal_is_read_as_the_nearest_number() {
    let mut random = Random::new(2);
    for _ in 0..20_000 {
        let text = decimal(&mut random);
        let nearest: f64 = text.parse().unwrap();
        if nearest.is_finite() {
            let read: Circle = from_str(&format!(r#"{{"kind":"","radius":{text}}}"#)).unwrap();
            assert_eq!(read.radius.to_bits(), nearest.to_bits(), "{text}");
        }
    }
}

#[derive(Debug, PartialEq)]
struct Loose {
    note: Option<String>,
    others: BTreeMap<String, String>,
}

rt::json_object! { Loose { note, ..others } }

/// With its feature `arbitrary_precision`, which anybody in a program may turn on, `serde_json` shows numbers as objects. All
/// tests of the codec but those against derive run with it in CI.
#[test]
fn a_number_is_read_as_a_number_alone() {
    for number in ["7", "-7", "1.5", "123456789012345678901234567890"] {
        let error = from_str::<Loose>(number).unwrap_err().to_string();
        assert!(
            error.starts_with("expected an object, found a number"),
            "{error}"
        );
        let error = from_str::<Vec<Color>>(&format!("[{number}]")).unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("expected a string, found a number")
        );
        let read: Shape = from_str(number).unwrap();
        assert_eq!(read, Shape::Unknown(from_str(number).unwrap()));
    }
    let levels: Vec<Level> = from_str("[-1, 7.0, 12]").unwrap();
    assert_eq!(levels, [Level::Low, Level::High, Level::Unknown(12)]);
    let leaves = from_str::<Tree>("[1, 1.5]").unwrap();
    assert_eq!(leaves, Tree::Leaves(vec![json!(1), json!(1.5)]));
}

/// The words for a number in place of the member `id`, of 64 bits, and `small`, of 32.
fn said_of(number: &str) -> (String, String) {
    let said = |error: serde_json::Error| {
        let text = error.to_string();
        let (_, found) = text.split_once("found ").unwrap();
        found.split(" at line").next().unwrap().to_owned()
    };
    let long = from_str::<Vec<Open>>(&format!("[{{\"id\": {number}}}]"));
    let short = from_str::<Item>(&format!(
        r#"{{"id":"","count":1,"ratio":1,"is active":true,"tags":[],"limits":{{}},"small":{number}}}"#
    ));
    (said(long.unwrap_err()), said(short.unwrap_err()))
}

#[test]
fn a_number_that_does_not_fit_is_an_error_that_says_why() {
    let fraction = "a number with a fraction";
    for number in ["1.5", "-0.25", "1e-3", "0.1e0"] {
        assert_eq!(said_of(number), (fraction.to_owned(), fraction.to_owned()));
    }
    for number in [
        "9223372036854775808",
        "-9223372036854775809",
        "1e300",
        "-1e19",
    ] {
        let (long, short) = said_of(number);
        assert!(
            long.starts_with("an integer out of the range -9223372036854775808 to"),
            "{long}"
        );
        assert!(
            short.starts_with("an integer out of the range -2147483648 to"),
            "{short}"
        );
    }
    for number in ["9007199254740993.0", "-1e17"] {
        let (long, short) = said_of(number);
        assert!(
            long.contains("more than 53 bits with a point or an exponent"),
            "{long}"
        );
        assert!(
            short.starts_with("an integer out of the range -2147483648 to"),
            "{short}"
        );
    }
}

#[test]
fn a_number_that_does_not_fit_into_32_bits_is_an_error_that_says_why() {
    for number in ["2147483649", "-2147483650", "4e9", "3000000000.0"] {
        let item = format!(
            r#"{{"id":"","count":1,"ratio":1,"is active":true,"tags":[],"limits":{{}},"small":{number}}}"#
        );
        let error = from_str::<Item>(&item).unwrap_err().to_string();
        let words = "expected a 32-bit integer, found an integer out of the range -2147483648 to 2147483647";
        assert!(error.contains(words), "{error}");
        assert!(!error.contains(number), "{error}");
    }
}

#[test]
fn a_number_in_place_of_something_else_is_called_a_number() {
    for number in ["1", "-1", "1.5", "18446744073709551615", "1e300"] {
        let error = from_str::<Vec<Color>>(&format!("[{number}]"))
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("expected a string, found a number"),
            "{error}"
        );
    }
}
