//! Texts of strangers in messages: on one line, with nothing hidden in them, of bounded length.
//!
//! A server, a provider of credentials and a document all write into errors, and errors go to logs and terminals. There a line
//! break makes a second entry, an escape sequence moves the cursor, and a bidi control shows other words than there are.

use std::fmt::{self, Write};

/// The most of one text that an error shows, in characters: the message of a server, or all causes of an error together.
pub const MAX_TEXT: usize = 2_000;

/// The most of a name or an id that an error shows, in characters.
pub const MAX_NAME: usize = 100;

/// What `text` shows, on one line: line breaks and tabs become spaces, other control characters U+FFFD. What is after the
/// first `max` characters is not asked for; `…` takes its place.
#[derive(Debug)]
pub struct Printable<T> {
    text: T,
    max: usize,
}

impl<T: fmt::Display> Printable<T> {
    /// Of a message.
    pub fn text(text: T) -> Self {
        Self {
            text,
            max: MAX_TEXT,
        }
    }

    /// Of a message that is cut to [`MAX_TEXT`] already, and says so at its end.
    pub fn cut_text(text: T) -> Self {
        Self {
            text,
            max: MAX_TEXT + MAX_NAME,
        }
    }

    /// Of a text with another limit, in characters.
    pub fn within(text: T, max: usize) -> Self {
        Self { text, max }
    }

    /// Of a name or an id.
    pub fn name(text: T) -> Self {
        Self {
            text,
            max: MAX_NAME,
        }
    }
}

impl<T: fmt::Display> fmt::Display for Printable<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = Line {
            out: f,
            left: self.max,
            is_cut: false,
        };
        match write!(line, "{}", self.text) {
            Err(_) if line.is_cut => line.out.write_char('…'),
            result => result,
        }
    }
}

/// Takes characters until it is full. Then it fails, which ends whatever writes to it.
struct Line<'f, 'a> {
    out: &'f mut fmt::Formatter<'a>,
    left: usize,
    is_cut: bool,
}

impl fmt::Write for Line<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        text.chars().try_for_each(|c| self.put(c))
    }
}

impl Line<'_, '_> {
    fn put(&mut self, character: char) -> fmt::Result {
        if self.left == 0 {
            self.is_cut = true;
            return Err(fmt::Error);
        }
        self.left -= 1;
        self.out.write_char(visible(character))
    }
}

/// The character that is shown in place of this one.
pub fn visible(character: char) -> char {
    match character {
        '\t'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        _ if is_hidden(character) => char::REPLACEMENT_CHARACTER,
        _ => character,
    }
}

/// C0, DEL, C1, and what turns the direction of a text (Unicode Standard Annex 9, 2.1 to 2.6).
fn is_hidden(character: char) -> bool {
    let turns = matches!(
        character,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    character.is_control() || turns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stays_on_its_line_and_hides_nothing() {
        let text = "a\r\n\tb\u{2028}c\u{85}d\u{0}\u{1b}[2J\u{7f}\u{9b}\u{202e}\u{2066}\u{200f}é";
        let shown = Printable::text(text).to_string();
        assert_eq!(
            shown,
            "a   b c d\u{fffd}\u{fffd}[2J\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}é"
        );
    }

    #[test]
    fn a_long_text_is_cut_on_a_character() {
        let shown = Printable::name("é".repeat(1_000)).to_string();
        assert_eq!(shown, format!("{}…", "é".repeat(MAX_NAME)));
        let fits = "é".repeat(MAX_NAME);
        assert_eq!(Printable::name(&fits).to_string(), fits);
    }

    /// Writes for ever.
    struct Endless;

    impl fmt::Display for Endless {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            loop {
                f.write_str("more ")?;
            }
        }
    }

    #[test]
    fn a_text_without_an_end_is_shown() {
        let shown = Printable::text(Endless).to_string();
        assert_eq!(shown.chars().count(), MAX_TEXT + 1);
    }
}
