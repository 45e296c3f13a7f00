//! Random texts that are made of what goes wrong.

use crate::api::{Members, Object};

/// Delimiters, dots, escapes and what looks like one, controls, the edges of Unicode and of the surrogates.
const PIECES: &[&str] = &[
    "a",
    "Z",
    "7",
    "-",
    "_",
    "~",
    "null",
    "value",
    ".",
    "..",
    "/",
    "//",
    "/../",
    "\\",
    "?",
    "#",
    "&",
    "=",
    "+",
    " ",
    "  ",
    ";",
    ",",
    "|",
    ":",
    "@",
    "!",
    "$",
    "'",
    "(",
    ")",
    "*",
    "\"",
    "<",
    ">",
    "[",
    "]",
    "{",
    "}",
    "{value}",
    "+}",
    "^",
    "`",
    "%",
    "%%",
    "%2",
    "%2F",
    "%2f",
    "%2e",
    "%2E%2E",
    "%00",
    "%ED%A0%80",
    "%FF",
    "\0",
    "\t",
    "\n",
    "\r",
    "\r\nx-evil: 1",
    "\u{1b}",
    "\u{7f}",
    "\u{80}",
    "\u{a0}",
    "é",
    "e\u{301}",
    "ß",
    "\u{d7ff}",
    "\u{e000}",
    "\u{feff}",
    "\u{fffd}",
    "\u{ffff}",
    "\u{202e}",
    "\u{2028}",
    "😀",
    "\u{10ffff}",
];

/// A source of texts; the same seed gives the same ones.
pub(crate) struct Texts(u64);

impl Texts {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// `SplitMix64` (Steele, Lea, Flood 2014).
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap_or_default()
    }

    /// Up to eight pieces and characters; now and then a long text, or one that no URI has room for.
    pub(crate) fn text(&mut self) -> String {
        let text: String = (0..self.below(9)).map(|_| self.piece()).collect();
        match self.below(200) {
            0 => text.repeat(400),
            1 => text.repeat(40_000),
            _ => text,
        }
    }

    fn piece(&mut self) -> String {
        if self.below(4) > 0 {
            return PIECES[self.below(PIECES.len())].to_owned();
        }
        let code = u32::try_from(self.below(0x11_0000)).unwrap_or_default();
        // A surrogate is no character: it cannot be in a text of Rust, only in an escape.
        char::from_u32(code).map_or_else(|| format!("%{:02X}", code >> 8), String::from)
    }

    pub(crate) fn list(&mut self) -> Vec<String> {
        (0..self.below(4)).map(|_| self.text()).collect()
    }

    pub(crate) fn members(&mut self) -> Members {
        (0..self.below(4))
            .map(|_| (self.text(), self.list()))
            .collect()
    }

    /// Members whose names have no brackets, for a style that puts them into brackets.
    pub(crate) fn object(&mut self) -> Object {
        let name = |text: String| text.replace(['[', ']'], "");
        (0..self.below(4))
            .map(|_| (name(self.text()), self.text()))
            .collect()
    }
}
