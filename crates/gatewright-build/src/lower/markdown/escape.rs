//! Text that is nothing but text, whatever stands in it.

/// The text without what is hidden in it: marks that change the direction of text go, other control characters are blanks.
pub(super) fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let kept = text.chars().filter(|c| !turns(*c));
    let kept = kept.map(|c| match c {
        '\n' | '\u{2028}' | '\u{2029}' | '\r' => '\n',
        c if c.is_control() => ' ',
        c => c,
    });
    kept.collect()
}

fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a text is one line in which nothing can mean anything else.
pub(super) fn is_plain(text: &str) -> bool {
    let is_plain = |c: char| c.is_alphanumeric() || " .,;'\"()!?%/-".contains(c);
    text.starts_with(char::is_alphabetic) && !text.ends_with(' ') && text.chars().all(is_plain)
}

/// Appends a text with an escape for each mark that would mean something there. Addresses become links, unless the text is part
/// of one; rustdoc asks for it (`rustdoc::bare_urls`).
pub(super) fn escape(text: &str, begins_line: bool, links: bool, out: &mut String) {
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            out.push('\n');
        }
        let line = if index > 0 { line.trim_start() } else { line };
        let rest = if begins_line || index > 0 {
            escape_start(line.trim_start(), out)
        } else {
            line
        };
        escape_line(rest, links, out);
    }
}

/// Escapes what would begin a block at the start of a line, and returns the rest.
fn escape_start<'t>(line: &'t str, out: &mut String) -> &'t str {
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = &line[..line.len() - digits.len()];
    if !number.is_empty() && digits.starts_with(['.', ')']) {
        out.push_str(number);
        out.push('\\');
        out.push_str(&digits[..1]);
        return &digits[1..];
    }
    let mut characters = line.chars();
    let (first, second) = (characters.next(), characters.next());
    let begins_block = match first {
        Some('#' | '>' | '=' | ':') => true,
        Some(mark @ ('-' | '+')) => second.is_none_or(|next| next.is_whitespace() || next == mark),
        _ => false,
    };
    if begins_block {
        out.push('\\');
        out.push_str(&line[..1]);
        return &line[1..];
    }
    line
}

fn escape_line(line: &str, links: bool, out: &mut String) {
    let mut before = None;
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        if links && let Some(url) = url(rest) {
            out.push('<');
            out.push_str(url);
            out.push('>');
            before = Some('>');
            rest = &rest[url.len()..];
            continue;
        }
        rest = &rest[c.len_utf8()..];
        if means_something(before, c, rest) && (links || c != ':') {
            out.push('\\');
        }
        out.push(c);
        before = Some(c);
    }
}

/// Whether a mark would be read as more than itself between what is before it and the rest of its line.
fn means_something(before: Option<char>, c: char, rest: &str) -> bool {
    let after = rest.chars().next();
    match c {
        '\\' | '`' | '*' | '[' | '|' | '~' => true,
        // Within a word it means nothing (CommonMark, "Emphasis and strong emphasis").
        '_' => {
            !(before.is_some_and(char::is_alphanumeric)
                && after.is_some_and(|c| c.is_alphanumeric() || c == '_'))
        }
        '<' => after.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
        '!' => after == Some('['),
        '&' => is_entity(rest),
        // An address that could not become a link.
        ':' => rest.starts_with("//"),
        _ => false,
    }
}

/// Whether `;` ends what looks like the name of a character.
fn is_entity(rest: &str) -> bool {
    let name = rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '#');
    name.len() < rest.len() && name.starts_with(';')
}

/// The address that a text begins with, without the mark that ends a sentence after it.
fn url(text: &str) -> Option<&str> {
    let scheme = ["https://", "http://"]
        .into_iter()
        .find(|scheme| text.starts_with(scheme))?;
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#@!$&+,;=%".contains(c);
    let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
    let url = text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?']);
    (url.len() > scheme.len()).then_some(url)
}

/// Whether documentation may lead there: an absolute address that opens a page or a letter.
pub(super) fn is_safe_link(to: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#@!$&'()*+,;=%[]".contains(c);
    let scheme = ["https://", "http://", "mailto:"];
    scheme
        .iter()
        .any(|scheme| to.len() > scheme.len() && to.starts_with(scheme))
        && to.chars().all(is_part)
}

/// A fence that ends nowhere in a text.
pub(super) fn fence(text: &str) -> String {
    let runs = text.split(|c| c != '`').map(str::len);
    "`".repeat(runs.max().unwrap_or_default().max(2) + 1)
}

/// A piece of HTML.
pub(super) enum Piece<'t> {
    Text(&'t str),
    /// A line ends.
    Break,
    /// Something for browsers.
    Nothing,
}

/// Tags that say how text looks, or where it stands.
const TAGS: [&str; 40] = [
    "a",
    "b",
    "big",
    "blockquote",
    "center",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "kbd",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "td",
    "th",
    "ul",
];

/// The pieces of HTML. What only looks like a tag, as `<id>` does, is text.
pub(super) fn pieces(html: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let (text, tag, after) = next_tag(rest);
        pieces.push(Piece::Text(text));
        pieces.extend((!tag.is_empty()).then(|| piece(tag)));
        rest = after;
    }
    pieces
}

/// The text before the first tag, the tag, and what comes after it.
fn next_tag(html: &str) -> (&str, &str, &str) {
    let Some(start) = html.find('<') else {
        return (html, "", "");
    };
    let (text, tag) = html.split_at(start);
    let end = match tag.strip_prefix("<!--") {
        Some(comment) => comment.find("-->").map(|end| end + "<!---->".len()),
        None => tag.find('>').map(|end| end + 1),
    };
    let Some(end) = end else {
        return (html, "", "");
    };
    let (tag, after) = tag.split_at(end);
    (text, tag, after)
}

fn piece(tag: &str) -> Piece<'_> {
    let name = tag.trim_start_matches(['<', '/']).to_ascii_lowercase();
    let end = name
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(name.len());
    match &name[..end] {
        _ if tag.starts_with("<!--") => Piece::Nothing,
        "br" => Piece::Break,
        name if TAGS.contains(&name)
            || matches!(
                name,
                "tr" | "tbody" | "thead" | "u" | "tt" | "section" | "style"
            ) =>
        {
            Piece::Nothing
        }
        _ => Piece::Text(tag),
    }
}
