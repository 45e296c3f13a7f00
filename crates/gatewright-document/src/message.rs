//! Text of a document in messages: on one line, of bounded length, with nothing hidden in it.

/// The longest message, in characters.
const MAX_MESSAGE: usize = 500;

/// The longest piece of the document that is quoted in a message, in characters.
const MAX_QUOTE: usize = 60;

/// A message that is safe to print.
pub(crate) fn message(text: &str) -> String {
    cut(text, MAX_MESSAGE)
}

/// A piece of the document in backticks.
pub(crate) fn quote(text: &str) -> String {
    format!("`{}`", cut(text, MAX_QUOTE))
}

/// Whether a character ends a line, moves the cursor or turns the direction of the text around it.
pub(crate) fn is_hidden(character: char) -> bool {
    let is_line_end = matches!(character, '\u{2028}' | '\u{2029}');
    let turns = matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    character.is_control() || is_line_end || turns
}

fn cut(text: &str, max: usize) -> String {
    let mut line = String::new();
    for (index, character) in text.chars().enumerate() {
        if index == max {
            line.push('…');
            break;
        }
        if is_hidden(character) {
            line.extend(character.escape_unicode());
        } else {
            line.push(character);
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_stays_on_its_line() {
        assert_eq!(message("a\ncargo::b\u{202e}é"), "a\\u{a}cargo::b\\u{202e}é");
    }

    #[test]
    fn long_text_is_cut() {
        assert_eq!(quote(&"ä".repeat(100)), format!("`{}…`", "ä".repeat(60)));
    }
}
