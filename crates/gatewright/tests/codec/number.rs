//! Numbers, exactly.

use std::collections::BTreeMap;

use gatewright::__private as rt;
use serde_json::{from_str, json, to_string};

use crate::random::Random;
use crate::types::{Circle, Color, Level, Shape, Tree};

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
            error.starts_with("expected an object, found another number"),
            "{error}"
        );
        let error = from_str::<Vec<Color>>(&format!("[{number}]")).unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("expected a string, found another number")
        );
        let read: Shape = from_str(number).unwrap();
        assert_eq!(read, Shape::Unknown(from_str(number).unwrap()));
    }
    let levels: Vec<Level> = from_str("[-1, 7.0, 12]").unwrap();
    assert_eq!(levels, [Level::Low, Level::High, Level::Unknown(12)]);
    let leaves = from_str::<Tree>("[1, 1.5]").unwrap();
    assert_eq!(leaves, Tree::Leaves(vec![json!(1), json!(1.5)]));
}
