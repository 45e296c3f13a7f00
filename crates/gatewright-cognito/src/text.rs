//! Texts of others, made fit to be shown.

/// As long as a message may be.
const LONGEST: usize = 500;

/// `text` in one line of at most 500 characters.
pub(crate) fn shown(text: &str) -> String {
    visible(text).take(LONGEST).collect()
}

/// `text` without control characters, which could write to a terminal or begin another line of a log.
pub(crate) fn one_line(text: &str) -> String {
    visible(text).collect()
}

fn visible(text: &str) -> impl Iterator<Item = char> {
    text.chars().map(|c| if c.is_control() { ' ' } else { c })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_cannot_write_to_the_terminal_or_fill_it() {
        let text = format!("a\u{1b}[2J\r\n\u{9b}{}", "é".repeat(1000));
        assert!(shown(&text).starts_with("a [2J   é"));
        assert_eq!(shown(&text).chars().count(), 500);
        assert_eq!(one_line(&text).chars().count(), text.chars().count());
    }
}
