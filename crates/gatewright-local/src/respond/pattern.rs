//! The selection patterns of a mock integration, which choose a response by the status.
//!
//! They are regular expressions. Of these the forms that stand in documents are understood: digits, `\d`, `.` and `[..]`, each
//! with `{n}`, `+` or `*`, and alternatives with `|` that are not in a group. Any other matches nothing, so that the `default`
//! response is taken.

/// Whether `pattern` takes the whole of `status`.
pub(super) fn takes(pattern: &str, status: u16) -> bool {
    let status = status.to_string();
    pattern
        .split('|')
        .any(|alternative| matches(alternative.as_bytes(), status.as_bytes()))
}

fn matches(pattern: &[u8], digits: &[u8]) -> bool {
    if pattern.is_empty() {
        return digits.is_empty();
    }
    let Some((atom, rest)) = atom(pattern) else {
        return false;
    };
    let Some((counts, rest)) = repetition(rest, digits.len()) else {
        return false;
    };
    let taken = digits
        .iter()
        .take_while(|digit| is_in(atom, **digit))
        .count();
    counts
        .filter(|count| *count <= taken)
        .any(|count| matches(rest, &digits[count..]))
}

/// The first atom of a pattern and what follows it.
fn atom(pattern: &[u8]) -> Option<(&[u8], &[u8])> {
    let length = match pattern[0] {
        b'\\' => 2,
        b'[' => pattern.iter().position(|byte| *byte == b']')? + 1,
        b'.' | b'0'..=b'9' => 1,
        _ => return None,
    };
    pattern.split_at_checked(length)
}

/// How often an atom may stand: at most as often as there are digits.
fn repetition(rest: &[u8], digits: usize) -> Option<(std::ops::RangeInclusive<usize>, &[u8])> {
    match rest.first() {
        Some(b'+') => Some((1..=digits, &rest[1..])),
        Some(b'*') => Some((0..=digits, &rest[1..])),
        Some(b'{') => {
            let end = rest.iter().position(|byte| *byte == b'}')?;
            let count = std::str::from_utf8(&rest[1..end]).ok()?.parse().ok()?;
            Some((count..=count, &rest[end + 1..]))
        }
        _ => Some((1..=1, rest)),
    }
}

fn is_in(atom: &[u8], digit: u8) -> bool {
    match atom {
        [b'.'] | [b'\\', b'd'] => true,
        [b'[', from, b'-', to, b']'] => (*from..=*to).contains(&digit),
        [b'[', set @ .., b']'] => set.contains(&digit),
        one => one == [digit],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_take_the_whole_status() {
        for (pattern, status, taken) in [
            ("200", 200, true),
            ("200", 201, false),
            ("20", 200, false),
            (r"4\d{2}", 404, true),
            (r"4\d\d", 404, true),
            (r"4\d{2}", 500, false),
            ("4..", 499, true),
            ("5.*", 503, true),
            ("5.+", 503, true),
            ("[45][0-9]{2}", 404, true),
            ("[45][0-9]{2}", 200, false),
            ("400|404", 404, true),
            ("400|404", 403, false),
            (".*", 200, true),
        ] {
            assert_eq!(takes(pattern, status), taken, "{pattern} {status}");
        }
    }

    #[test]
    fn what_is_not_understood_matches_nothing() {
        for pattern in [
            "default", "(4|5)..", "4{", "[4", r"4\", "4{x}..", "-", "{2}",
        ] {
            assert!(!takes(pattern, 404), "{pattern}");
        }
    }
}
