//! What is said of a number that does not fit its place. The number itself may be confidential.

use super::slot::Slot;

/// Beyond what any place takes.
pub(super) const TOO_LARGE: &str = "a number that is too large";

/// An integer of 64 bits, signed or not.
#[cold]
pub(super) fn integer(place: &Slot<'_>) -> &'static str {
    match place {
        Slot::I32(_) => "an integer out of the range -2147483648 to 2147483647",
        Slot::I64(_) | Slot::Integer(_) => {
            "an integer out of the range -9223372036854775808 to 9223372036854775807"
        }
        _ => "a number",
    }
}

/// A number with a point or an exponent, or of more than 64 bits.
#[cold]
pub(super) fn float(place: &Slot<'_>, number: f64) -> &'static str {
    let is_integer = matches!(place, Slot::I32(_) | Slot::I64(_) | Slot::Integer(_));
    match place {
        _ if !is_integer => "a number",
        _ if number.fract() != 0.0 => "a number with a fraction",
        // Of 64 bits, but read with a point or an exponent, so that its last digits may be others than were sent.
        Slot::I64(_) | Slot::Integer(_) if number.abs() < I64_END => {
            "an integer of more than 53 bits with a point or an exponent, which is not exact"
        }
        _ => integer(place),
    }
}

/// 2^63.
const I64_END: f64 = 9_223_372_036_854_775_808.0;

/// An integer may also be written as `1.0` or `1e3`, as JSON allows. Every one of less than 2^53 is exact.
pub(super) fn is_exact_integer(number: f64) -> bool {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    number.fract() == 0.0 && number.abs() < EXACT
}
