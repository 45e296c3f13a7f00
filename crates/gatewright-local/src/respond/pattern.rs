//! The selection patterns of a mock integration, which choose a response by the status.
//!
//! They are regular expressions of Java. One that is not read here (it looks ahead, say) matches nothing, so that the `default` response is
//! taken.

use regex_lite::Regex;

/// Whether `pattern` takes the whole of `status`.
pub(super) fn takes(pattern: &str, status: u16) -> bool {
    let whole = Regex::new(&format!("^(?:{pattern})$"));
    whole.is_ok_and(|whole| whole.is_match(&status.to_string()))
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
            (r"(4|5)\d{2}", 404, true),
            (r"(4|5)\d{2}", 200, false),
            (r"(?!2)\d+", 404, false),
            (".*", 200, true),
        ] {
            assert_eq!(takes(pattern, status), taken, "{pattern} {status}");
        }
    }

    #[test]
    fn what_is_not_understood_matches_nothing() {
        for pattern in ["default", "[4", r"4\", "-", "(", "*"] {
            assert!(!takes(pattern, 404), "{pattern}");
        }
    }
}
