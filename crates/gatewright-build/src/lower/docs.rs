//! Text of a document, made safe to stand in documentation: it never becomes a doctest, HTML, a broken link or a lint.

/// Joins the parts that are there, each a paragraph.
pub(super) fn text(parts: &[Option<&str>]) -> String {
    let parts = parts
        .iter()
        .flatten()
        .map(|part| shortened(part.trim()))
        .filter(|part| !part.is_empty());
    parts.map(escape).collect::<Vec<_>>().join("\n\n")
}

/// The beginning of a text that is longer than anybody reads; each of its lines is an attribute of the item, and takes a kilobyte.
fn shortened(text: &str) -> &str {
    const MOST: usize = 64 << 10;
    &text[..text.floor_char_boundary(MOST)]
}

/// Joins texts that are safe already, without the empty ones, each a paragraph.
pub(super) fn paragraphs(texts: impl IntoIterator<Item = String>) -> String {
    let texts = texts.into_iter().filter(|text| !text.is_empty());
    texts.collect::<Vec<_>>().join("\n\n")
}

/// Every line without indentation (an indented block would be a doctest) and with all marks escaped that mean
/// something in Markdown or HTML (a fence would be a doctest too).
fn escape(text: &str) -> String {
    text.lines().map(escape_line).collect::<Vec<_>>().join("\n")
}

/// One blank between words: several after the mark of a list would make a block of code of what follows.
fn escape_line(line: &str) -> String {
    let words = line.split(|c: char| c.is_whitespace() || c.is_control());
    let words = words.map(escape_word).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

fn escape_word(word: &str) -> String {
    if is_url(word) {
        return format!("<{word}>");
    }
    let mut out = String::with_capacity(word.len());
    word.chars().for_each(|c| push_escaped(&mut out, c));
    out
}

/// A whole word that is a plain address: rustdoc asks for angle brackets around it.
fn is_url(word: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#@!$&+,;=%".contains(c);
    (word.starts_with("https://") || word.starts_with("http://"))
        && word.len() > "https://".len()
        && word.chars().all(is_plain)
}

fn push_escaped(out: &mut String, c: char) {
    match c {
        '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '{' | '}'
        | ':' => {
            out.push('\\');
            out.push(c);
        }
        // Marks that change the direction of text hide what a reader sees.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
        c => out.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(input: &str) -> String {
        text(&[Some(input)])
    }

    #[test]
    fn what_nobody_reads_to_its_end_is_cut() {
        let long = "\u{e9}\n".repeat(1_000_000);
        let cut = one(&long);
        assert!(cut.len() <= 64 << 10 && long.starts_with(&cut));
    }

    #[test]
    fn nothing_becomes_code() {
        assert_eq!(one("```\npanic!()\n```"), "\\`\\`\\`\npanic!()\n\\`\\`\\`");
        assert_eq!(one("a\n\n    panic!()"), "a\n\npanic!()");
    }

    #[test]
    fn a_list_holds_no_code() {
        assert_eq!(one("-      panic!()"), "- panic!()");
        assert_eq!(one("1.\t\tpanic!()"), "1. panic!()");
        assert_eq!(one("-\u{1}\u{1}\u{1}\u{1}\u{1}\u{1}panic!()"), "- panic!()");
        assert_eq!(one("a\n\n\u{202e}    \u{1}    panic!()"), "a\n\npanic!()");
    }

    #[test]
    fn nothing_becomes_markup_or_a_link() {
        assert_eq!(one("<b>[x](y)</b>"), "\\<b\\>\\[x\\](y)\\</b\\>");
        assert_eq!(
            one("see https://example.com/a now"),
            "see <https://example.com/a> now"
        );
        assert_eq!(one("http://a]<b>"), "http\\://a\\]\\<b\\>");
    }

    #[test]
    fn hidden_marks_go() {
        assert_eq!(one("a\u{202e}b\u{0}c"), "ab c");
    }
}
