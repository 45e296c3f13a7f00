//! Texts of a file in messages: on one line, with nothing hidden in them, of bounded length.

/// The most of a name that a message shows, in characters.
pub(crate) const MAX_NAME: usize = 100;

/// What `text` shows, on one line: line breaks and tabs become spaces, other control characters and those that turn the
/// direction of a text (Unicode Standard Annex 9) U+FFFD. `…` is in place of what is after the first `max` characters.
pub(crate) fn printable(text: &str, max: usize) -> String {
    let mut characters = text.chars();
    let mut shown: String = characters.by_ref().take(max).map(visible).collect();
    if characters.next().is_some() {
        shown.push('…');
    }
    shown
}

fn visible(character: char) -> char {
    let turns = matches!(
        character,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    match character {
        '\t'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        _ if turns || character.is_control() => char::REPLACEMENT_CHARACTER,
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stays_on_its_line_and_hides_nothing() {
        let text = "a\r\n\tb\u{2028}\u{85}c\u{0}\u{1b}[2J\u{7f}\u{9b}\u{202e}\u{2066}é";
        let shown = "a   b  c\u{fffd}\u{fffd}[2J\u{fffd}\u{fffd}\u{fffd}\u{fffd}é";
        assert_eq!(printable(text, 100), shown);
    }

    #[test]
    fn a_long_text_is_cut_on_a_character() {
        assert_eq!(printable("ééé", 3), "ééé");
        assert_eq!(printable(&"é".repeat(1 << 20), 3), "ééé…");
    }
}
