//! What is said of a number that does not fit its place. The number itself may be confidential.

use std::borrow::Cow;

use serde_json::{Number, Value};

use super::slot::Slot;

/// What was found in a place for something else.
#[derive(Clone, Copy)]
pub(super) enum Found {
    /// A value of this kind.
    Kind(&'static str),
    /// A number without a point and an exponent.
    Integer,
    /// A number with a point or an exponent, or of more digits than were read.
    Float(f64),
    /// A number beyond what any place takes.
    TooLarge,
}

/// What was found, in words.
#[cold]
pub(super) fn found(place: &Slot<'_>, found: Found) -> Cow<'static, str> {
    match (found, range(place)) {
        (Found::Kind(kind), _) => kind.into(),
        (Found::TooLarge, _) => "a number that is too large".into(),
        (Found::Integer, Some(range)) => out_of(range).into(),
        (Found::Float(number), Some(range)) => float(range, number),
        (Found::Integer | Found::Float(_), None) => "a number".into(),
    }
}

/// The least and the greatest integer of a place.
pub(super) fn range(place: &Slot<'_>) -> Option<(i128, u128)> {
    match place {
        Slot::I32(_) => Some((i32::MIN.into(), i32::MAX as u128)),
        Slot::I64(_) => Some((i64::MIN.into(), i64::MAX as u128)),
        Slot::Integer(place) => Some(place.range()),
        _ => None,
    }
}

/// Whether a place takes integers of more than 64 bits.
pub(super) fn is_wide(place: &Slot<'_>) -> bool {
    range(place).is_some_and(|(_, greatest)| is_beyond_64_bits(greatest))
}

/// "a 64-bit integer"
pub(super) fn kind((least, greatest): (i128, u128)) -> String {
    let bits = u128::BITS - greatest.leading_zeros();
    match (least, bits) {
        (0, bits) => format!("an unsigned {bits}-bit integer"),
        (_, 7) => "an 8-bit integer".to_owned(),
        (_, bits) => format!("a {}-bit integer", bits + 1),
    }
}

/// What is wrong, and what can be done about it: the document promises less than the API sends.
fn out_of((least, greatest): (i128, u128)) -> String {
    let wider = "; if the API sends such numbers, give the schema a wider `format`, such as `uint64` or `int128`: \
                 `Builder::schema_format` does so in the build script";
    let wider = if is_beyond_64_bits(greatest) {
        ""
    } else {
        wider
    };
    format!("an integer out of the range {least} to {greatest}{wider}")
}

#[cold]
fn float(range: (i128, u128), number: f64) -> Cow<'static, str> {
    let (least, greatest) = (range.0 as f64, range.1 as f64);
    // The ends of 64 bits and what is next to them are one `f64`; the ends themselves are read as integers.
    let is_out = match is_beyond_64_bits(range.1) {
        true => number < least || number > greatest,
        false => number <= least || number >= greatest || greatest < I53_END,
    };
    if number.fract() != 0.0 {
        "a number with a fraction".into()
    } else if is_out {
        out_of(range).into()
    } else if is_beyond_64_bits(range.1) {
        INEXACT.into()
    } else {
        // Its last digits may be others than were sent.
        "an integer of more than 53 bits with a point or an exponent, which is not exact".into()
    }
}

fn is_beyond_64_bits(greatest: u128) -> bool {
    greatest > u64::MAX.into()
}

const INEXACT: &str = "an integer of more digits than are read exactly here";

/// Whether an integer was not read exactly.
pub(super) fn is_inexact(error: &serde_json::Error) -> bool {
    error.is_data() && error.to_string().contains(INEXACT)
}

/// 2^53: every integer below is exact.
const I53_END: f64 = 9_007_199_254_740_992.0;

/// An integer may also be written as `1.0` or `1e3`, as JSON allows. Every one of less than 2^53 is exact.
pub(super) fn is_exact_integer(number: f64) -> bool {
    number.fract() == 0.0 && number.abs() < I53_END
}

/// An integer as any JSON; the nearest `f64` if it has more than 64 bits and `serde_json` takes no more.
pub(super) fn value(number: i128, nearest: f64) -> Value {
    Number::from_i128(number).map_or_else(|| nearest.into(), Value::Number)
}
