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

/// Markdown for an item of a list: its paragraphs are sentences of one line; blocks of other kinds stand below with the margin of the list.
///
/// ```
/// use gatewright_codegen::text;
///
/// assert_eq!(text::in_list("How far north\n\nA latitude."), "How far north. A latitude.");
/// assert_eq!(text::in_list("One of\n\n* north\n* south"), "One of\n  \n  * north\n  * south");
/// ```
pub fn in_list(text: &str) -> String {
    if !text.lines().any(begins_block) {
        return sentences(text);
    }
    let gap = if text.lines().next().is_some_and(begins_block) {
        "\n\n  "
    } else {
        ""
    };
    format!("{gap}{}", text.replace('\n', "\n  "))
}

/// Whether a line begins a list, a quote, a table or code. What a document says otherwise has an escape there.
fn begins_block(line: &str) -> bool {
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = digits.len() < line.len() && digits.starts_with(". ");
    is_numbered
        || ["* ", "***", "> ", "```", "|"]
            .iter()
            .any(|mark| line.starts_with(mark))
}

fn sentences(text: &str) -> String {
    let mut line = String::new();
    for paragraph in text.split("\n\n") {
        if !line.is_empty() {
            let is_closed = line.ends_with(['.', '!', '?', ':', ';']);
            line.push_str(if is_closed { " " } else { ". " });
        }
        line.push_str(&paragraph.replace("\\\n", " ").replace('\n', " "));
    }
    line
}

/// Words that are no names, among them those that are only reserved ("Keywords", The Rust Reference), in the order of the
/// alphabet. `gen` is one since edition 2024 and can be a name before it.
const KEYWORDS: [&str; 52] = [
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield", "_",
];

/// Whether Rust takes a text for a name as it is, without `r#`. It is what `syn` takes for an identifier, which a document with
/// ten thousand names would ask a parser for each.
pub fn is_ident(text: &str) -> bool {
    let mut characters = text.chars();
    let begins_well = characters
        .next()
        .is_some_and(|first| first == '_' || unicode_ident::is_xid_start(first));
    begins_well && characters.all(unicode_ident::is_xid_continue) && !KEYWORDS.contains(&text)
}

#[cfg(test)]
mod tests {
    use proc_macro2::Ident;

    use super::*;

    #[test]
    fn a_name_is_what_syn_takes_for_one() {
        let others = [
            "", "a", "_a", "1a", "a-b", "größe", "日本", "r", "gen", "union", "dyn_", "a b", "a1_",
            "raw", "\u{202e}", "À",
        ];
        for text in KEYWORDS.into_iter().chain(others) {
            assert_eq!(
                is_ident(text),
                syn::parse_str::<Ident>(text).is_ok(),
                "{text:?}"
            );
        }
        assert!(KEYWORDS.iter().all(|word| !is_ident(word)));
    }

    #[test]
    fn a_name_stays_in_its_span() {
        assert_eq!(code("```\nfn main() {}"), r"`'''\u{a}fn main() {}`");
        assert_eq!(code("a\u{202e}b\0\u{2028}c"), r"`a\u{202e}b\u{0}\u{2028}c`");
        assert_eq!(code(""), "``");
    }
}
