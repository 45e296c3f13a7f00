//! Names and texts of others in emitted code and in messages: on their line, with nothing hidden in them.
//!
//! ```
//! use gatewright_codegen::text;
//!
//! assert_eq!(text::code("a`b\nc"), r"`a'b\u{a}c`");
//! assert_eq!(text::line("a\u{202e}b"), r"a\u{202e}b");
//! ```

/// Whether a character ends a line, moves the cursor, or turns the direction of the text around it: rustc denies the latter
/// in comments (`text_direction_codepoint_in_comment`), and a reader is shown something else than the compiler.
fn is_hidden(character: char) -> bool {
    let is_line_end = matches!(character, '\u{2028}' | '\u{2029}');
    let turns = matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    character.is_control() || is_line_end || turns
}

/// The text on one line, with an escape for each character that is hidden.
pub fn line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for character in text.chars() {
        if is_hidden(character) {
            line.extend(character.escape_unicode());
        } else {
            line.push(character);
        }
    }
    line
}

/// A name as code in a line of documentation, a "code span" of `CommonMark`: whatever it holds, the span ends with it, and it
/// begins no block.
pub fn code(name: &str) -> String {
    format!("`{}`", line(name).replace('`', "'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_in_its_span() {
        assert_eq!(code("```\nfn main() {}"), r"`'''\u{a}fn main() {}`");
        assert_eq!(code("a\u{202e}b\0\u{2028}c"), r"`a\u{202e}b\u{0}\u{2028}c`");
        assert_eq!(code(""), "``");
    }
}
