//! Where the credentials of a text are, in one pass over it.
//!
//! All markers move along together, and the end of a word and of a line is looked for once, so that each byte is looked at a few
//! times, however often a text repeats a marker.

use std::ops::Range;

/// What is before a credential that is one word, in lower case. A blank follows.
const BEFORE_WORD_AND_BLANK: [&str; 2] = ["bearer", "basic"];

/// What is before a credential that is one word, in lower case.
const BEFORE_WORD: [&str; 1] = ["signature="];

/// What is before a credential that fills the rest of its line, in lower case.
const BEFORE_LINE: [&str; 6] = [
    "authorization=",
    "authorization:",
    "x-amz-security-token:",
    "x-amz-security-token=",
    "x-api-key:",
    "cookie:",
];

/// The credentials of `text`, in order. If `is_cut`, more followed, and what reaches the end is a part of something longer.
pub(super) fn secrets(text: &str, is_cut: bool) -> Vec<Range<usize>> {
    let mut scan = Scan {
        text,
        is_cut,
        word_end: None,
        line_end: None,
        last_token: None,
        found: Vec::new(),
    };
    for (at, byte) in text.bytes().enumerate() {
        work::note(1);
        scan.look(at, byte);
    }
    scan.found
}

struct Scan<'a> {
    text: &'a str,
    is_cut: bool,
    /// The end that was found last.
    word_end: Option<usize>,
    line_end: Option<usize>,
    /// The end of the last word that was held for a JSON Web Token.
    last_token: Option<usize>,
    found: Vec<Range<usize>>,
}

impl Scan<'_> {
    /// Looks at what ends with the byte `at`.
    fn look(&mut self, at: usize, byte: u8) {
        match byte {
            b' ' | b'\t' if self.is_after(at, &BEFORE_WORD_AND_BLANK) => self.word(at + 1),
            b'=' | b':' if self.is_after(at + 1, &BEFORE_LINE) => self.line(at + 1),
            b'=' if self.is_after(at + 1, &BEFORE_WORD) => self.word(at + 1),
            b'j' | b'J' if self.is_after(at + 1, &["eyj"]) => self.token(at - 2),
            _ => {}
        }
    }

    /// Whether one of `markers` ends at `end`.
    fn is_after(&self, end: usize, markers: &[&str]) -> bool {
        let before = &self.text.as_bytes()[..end];
        markers.iter().any(|marker| {
            let start = end.checked_sub(marker.len());
            start.is_some_and(|start| before[start..].eq_ignore_ascii_case(marker.as_bytes()))
        })
    }

    fn word(&mut self, start: usize) {
        let start = self.after_blanks(start);
        let end = self.word_end(start);
        self.found_text(start, end);
    }

    fn line(&mut self, start: usize) {
        let start = self.after_blanks(start);
        let end = self.line_end(start);
        self.found_text(start, end);
    }

    fn found_text(&mut self, start: usize, end: usize) {
        if self.is_cut_at(end) || !is_prose(&self.text[start..end]) {
            self.found(start, end);
        }
    }

    /// A JSON Web Token begins with `{"` in base64url and has two dots. The first beginning in a word decides: after a later one
    /// there are no more dots.
    fn token(&mut self, start: usize) {
        let end = self.word_end(start);
        if self.last_token.replace(end) == Some(end) {
            return;
        }
        work::note(end - start);
        let dots = self.text[start..end].matches('.').count();
        if dots >= 2 || self.is_cut_at(end) {
            self.found(start, end);
        }
    }

    /// What is inside of a credential that was found is masked with it.
    fn found(&mut self, start: usize, end: usize) {
        let covered = self.found.last().map_or(0, |last| last.end);
        if end > covered {
            self.found.push(start.max(covered)..end);
        }
    }

    fn is_cut_at(&self, end: usize) -> bool {
        self.is_cut && end == self.text.len()
    }

    fn after_blanks(&self, start: usize) -> usize {
        let rest = self.text[start..].trim_start_matches([' ', '\t']);
        work::note(self.text.len() - rest.len() - start);
        self.text.len() - rest.len()
    }

    fn word_end(&mut self, start: usize) -> usize {
        let known = self.word_end.filter(|end| start <= *end);
        *self
            .word_end
            .insert(known.unwrap_or_else(|| end(self.text, start, ends_word)))
    }

    fn line_end(&mut self, start: usize) -> usize {
        let known = self.line_end.filter(|end| start <= *end);
        *self
            .line_end
            .insert(known.unwrap_or_else(|| end(self.text, start, ends_line)))
    }
}

/// No token is a short word of letters alone, nor is the name of a parameter (`Bearer scope=".."`, in a challenge).
fn is_prose(text: &str) -> bool {
    let is_letter = |byte: &u8| byte.is_ascii_alphabetic() || *byte == b'_';
    let letters = text.bytes().take(20).take_while(is_letter).count();
    letters < 20 && text[letters..].bytes().all(|byte| byte == b'=')
}

fn end(text: &str, start: usize, ends: fn(char) -> bool) -> usize {
    let end = text[start..].find(ends).map_or(text.len(), |at| start + at);
    work::note(end - start);
    end
}

fn ends_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\'' | '"' | ',' | ';' | '\\' | '<' | '>' | ')' | '}')
}

/// A backslash begins a line break in the `Debug` of a text.
fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\\' | '"')
}

/// Counts the bytes that are looked at, for tests.
pub(super) mod work {
    #[cfg(test)]
    thread_local! {
        static BYTES: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
    }

    #[cfg(test)]
    pub(super) fn note(bytes: usize) {
        BYTES.with(|count| count.set(count.get() + bytes));
    }

    #[cfg(not(test))]
    pub(super) fn note(_: usize) {}

    /// The bytes that `run` looks at.
    #[cfg(test)]
    pub(in super::super) fn of(run: impl FnOnce()) -> usize {
        let before = BYTES.with(std::cell::Cell::get);
        run();
        BYTES.with(std::cell::Cell::get) - before
    }
}
