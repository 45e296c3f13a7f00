//! The causes of an error, in one line with it.

use std::error::Error;
use std::{fmt, iter};

use crate::kit::printable::Printable;

/// Writes what `{:#}` adds to an error's own text: the text of each cause, from the outermost to the innermost. All of them
/// together are cut as one text is, because a cause may come from any crate.
pub fn write_causes(
    f: &mut fmt::Formatter<'_>,
    cause: Option<&(dyn Error + 'static)>,
) -> fmt::Result {
    write!(f, "{}", Printable::text(Causes(cause)))
}

struct Causes<'a>(Option<&'a (dyn Error + 'static)>);

impl fmt::Display for Causes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut causes = iter::successors(self.0, |error| (*error).source());
        causes.try_for_each(|error| write!(f, ": {error}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AuthorizeError, BoxError};

    fn shown(cause: impl Into<BoxError>) -> String {
        format!("{:#}", AuthorizeError::provider_failed("a token", cause))
    }

    #[test]
    fn a_cause_cannot_write_a_second_line_into_a_log() {
        for cause in [
            "no\n2026-11-30 INFO root logged in",
            "no\r\u{2028}\u{2029}",
            "\u{1b}[2J\u{9b}2J\u{202e}",
        ] {
            let text = shown(cause);
            assert!(!text.contains(|c: char| c.is_control()), "{text:?}");
            assert!(
                !text.contains(['\u{2028}', '\u{2029}', '\u{202e}']),
                "{text:?}"
            );
        }
    }

    #[test]
    fn a_long_cause_is_cut() {
        let text = shown("é".repeat(1 << 20));
        assert!(text.chars().count() < 2_100 && text.ends_with('…'));
    }

    /// Its own cause.
    #[derive(Debug)]
    struct Circle;

    impl fmt::Display for Circle {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("round")
        }
    }

    impl Error for Circle {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            Some(self)
        }
    }

    #[test]
    fn causes_without_an_end_are_cut() {
        assert!(shown(Circle).ends_with('…'));
    }
}
