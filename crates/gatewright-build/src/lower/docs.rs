//! Text of a document, made safe to stand in documentation: it never becomes a doctest, HTML, a broken link or a lint.

/// Joins the parts that are there, each a paragraph.
pub(super) fn text(parts: &[Option<&str>]) -> String {
    let parts = parts
        .iter()
        .flatten()
        .map(|part| part.trim())
        .filter(|part| !part.is_empty());
    parts.map(escape).collect::<Vec<_>>().join("\n\n")
}

/// Every line without indentation (an indented block would be a doctest) and with all marks escaped that mean
/// something in Markdown or HTML (a fence would be a doctest too).
fn escape(text: &str) -> String {
    let lines = text.lines().map(|line| escape_line(line.trim()));
    lines.collect::<Vec<_>>().join("\n")
}

fn escape_line(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for word in line.split_inclusive(char::is_whitespace) {
        if is_url(word.trim_end()) {
            out.push_str(&format!("<{}> ", word.trim_end()));
        } else {
            word.chars().for_each(|c| push_escaped(&mut out, c));
        }
    }
    out.truncate(out.trim_end().len());
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
        c if c.is_control() => out.push(' '),
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
    fn nothing_becomes_code() {
        assert_eq!(one("```\npanic!()\n```"), "\\`\\`\\`\npanic!()\n\\`\\`\\`");
        assert_eq!(one("a\n\n    panic!()"), "a\n\npanic!()");
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
