//! Text of a document, made safe to stand in documentation: it never becomes a doctest, HTML, a broken link or a lint.

use super::markdown;

/// Joins the parts that are there, each a paragraph.
pub(super) fn text(parts: &[Option<&str>]) -> String {
    let parts = parts
        .iter()
        .flatten()
        .map(|part| shortened(part.trim()))
        .filter(|part| !part.is_empty());
    paragraphs(parts.map(markdown::render))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_reads_to_its_end_is_cut() {
        let long = "\u{e9}\n".repeat(1_000_000);
        let cut = text(&[Some(&long)]);
        assert!(cut.len() <= 64 << 10 && long.starts_with(&cut));
    }
}
