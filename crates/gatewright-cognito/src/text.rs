//! Texts of others, made fit to be shown.

use gatewright_core::kit::Printable;

/// The most characters of a message.
const LONGEST: usize = 500;

/// `text` in one line of at most 500 characters, and a mark if it is longer.
pub(crate) fn shown(text: &str) -> String {
    Printable::within(text, LONGEST).to_string()
}

/// `text` without control characters, which could write to a terminal or begin another line of a log.
pub(crate) fn one_line(text: &str) -> String {
    Printable::within(text, usize::MAX).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_cannot_write_to_the_terminal_or_fill_it() {
        let text = format!("a\u{1b}[2J\r\n\u{9b}{}", "é".repeat(1000));
        assert!(shown(&text).starts_with("a\u{fffd}[2J  \u{fffd}é"));
        assert_eq!(shown(&text).chars().count(), 501);
        assert_eq!(one_line(&text).chars().count(), text.chars().count());
    }
}
