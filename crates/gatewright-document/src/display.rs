//! Text of a document in messages: on one line, of bounded length, with nothing hidden in it.

/// The longest message, in characters.
const MAX_MESSAGE: usize = 500;

/// The longest piece of the document that is quoted in a message, in characters.
const MAX_QUOTE: usize = 60;

/// A message that is safe to print.
pub(crate) fn sanitize(text: &str) -> String {
    one_line(text, MAX_MESSAGE)
}

/// A piece of the document in backticks.
pub(crate) fn quote(text: &str) -> String {
    format!("`{}`", one_line(text, MAX_QUOTE))
}

/// Whether a character ends a line, moves the cursor or turns the direction of the text around it.
pub(crate) fn is_hidden(character: char) -> bool {
    let is_line_end = matches!(character, '\u{2028}' | '\u{2029}');
    let turns = matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    character.is_control() || is_line_end || turns
}

/// A text on one line, with an escape for each character that is hidden. `…` is in place of what would make it longer than `max`
/// characters.
pub fn one_line(text: &str, max: usize) -> String {
    let mut line = String::new();
    let mut left = max;
    for character in text.chars() {
        let escape = is_hidden(character).then(|| character.escape_unicode());
        let width = escape.as_ref().map_or(1, ExactSizeIterator::len);
        let Some(rest) = left.checked_sub(width) else {
            line.push('…');
            break;
        };
        left = rest;
        match escape {
            Some(escape) => line.extend(escape),
            None => line.push(character),
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_stays_on_its_line() {
        assert_eq!(
            sanitize("a\ncargo::b\u{202e}é"),
            "a\\u{a}cargo::b\\u{202e}é"
        );
    }

    #[test]
    fn long_text_is_cut() {
        assert_eq!(quote(&"ä".repeat(100)), format!("`{}…`", "ä".repeat(60)));
        assert_eq!(one_line("\u{9b}a\u{9b}", 8), r"\u{9b}a…");
        assert_eq!(one_line("\u{9b}", 5), "…");
    }
}
