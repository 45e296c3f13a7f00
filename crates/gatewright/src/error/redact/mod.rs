//! Credentials in texts that servers send back.
//!
//! API Gateway repeats a malformed `authorization` with the token in it ("'..' not a valid key=value pair (missing
//! equal-sign) in Authorization header: 'Bearer ..'"), and a signature that does not match with the canonical request,
//! session token and API key included ("The Canonical String for this request should have been ..").
//!
//! A server decides how long such a text is and what it repeats. Only its beginning is looked at, once.

mod scan;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fmt::{self, Write};
use std::ops::Range;

use gatewright_core::kit::printable::{MAX_TEXT, visible};

const MASK: &str = "[redacted]";

/// What API Gateway says of an `authorization` that it repeats.
const REPEATS_AUTHORIZATION: &str = "not a valid key=value pair";

/// What is around a credential that is repeated whole, blanks and quotes included.
const AROUND: [(&str, &str); 2] = [
    ("'", "' not a valid key=value pair"),
    ("Authorization header: '", "'."),
];

/// The first 2,000 characters of `text` without the credentials that it repeats; a mark tells how long the text was.
pub(super) fn redact(text: &str) -> Cow<'_, str> {
    redact_part(text, false)
}

/// The same of a text that goes on after its end if `is_part`.
fn redact_part(text: &str, is_part: bool) -> Cow<'_, str> {
    let shown = beginning(text);
    let is_cut = is_part || shown.len() < text.len();
    let mut secrets = scan::secrets(shown, is_cut);
    // A token may be longer than what is shown: then the words after it tell that it is one.
    if text.contains(REPEATS_AUTHORIZATION) {
        secrets.extend(repeated_whole(shown));
        secrets.sort_unstable_by_key(|secret| secret.start);
    }
    if secrets.is_empty() && !is_cut {
        return Cow::Borrowed(text);
    }
    let masked = mask(shown, &secrets);
    // A mask may be longer than what it hides.
    let mut shown = masked[..end_beside_masks(&masked)].to_owned();
    if is_part {
        shown.push('…');
    } else if is_cut || shown.len() < masked.len() {
        shown.push_str(&format!("… ({} bytes in all)", text.len()));
    }
    Cow::Owned(shown)
}

/// As much of a text as is shown.
fn beginning(text: &str) -> &str {
    let end = text.char_indices().nth(MAX_TEXT);
    end.map_or(text, |(at, _)| &text[..at])
}

/// Where a masked text is cut: after a mask that the cut would go through.
fn end_beside_masks(masked: &str) -> usize {
    let end = beginning(masked).len();
    let is_mask = |at: &usize| masked.as_bytes()[*at..].starts_with(MASK.as_bytes());
    let mask = (end.saturating_sub(MASK.len() - 1)..end).find(is_mask);
    mask.map_or(end, |at| at + MASK.len())
}

/// Between the first opening and the last closing, so that a quote in the credential ends nothing. Without a closing the text
/// was cut, and the credential reaches to its end.
fn repeated_whole(text: &str) -> Vec<Range<usize>> {
    let mut secrets = Vec::new();
    let mut from = 0;
    for (before, after) in AROUND {
        let Some(at) = text[from..].find(before) else {
            continue;
        };
        let start = from + at + before.len();
        let closing = text[start..].rfind(after);
        from = closing.map_or(text.len(), |at| start + at);
        secrets.push(start..from);
    }
    secrets
}

/// `text` with a mask in place of each secret, which are in the order of their beginnings.
fn mask(text: &str, secrets: &[Range<usize>]) -> String {
    let mut masked = String::new();
    let mut done = 0;
    for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
        if secret.start > done || done == 0 {
            masked.push_str(&text[done..secret.start]);
            masked.push_str(MASK);
        }
        done = done.max(secret.end);
    }
    masked.push_str(&text[done..]);
    masked
}

/// The words of a decoder without the value that they repeat, as in ``unknown variant `secret`, expected `a` or `b` ``.
pub(super) fn mask_value(text: &str) -> Cow<'_, str> {
    const REPEATS: [&str; 3] = ["invalid type: ", "invalid value: ", "unknown variant "];
    if !REPEATS.iter().any(|begin| text.starts_with(begin)) {
        return redact(text);
    }
    let quote = text.find('"').into_iter().chain(text.find('`')).min();
    let expected = text
        .rfind(", expected")
        .or_else(|| text.rfind(", there are no"));
    match (quote, expected) {
        (Some(start), Some(end)) if start <= end => {
            let masked = format!("{}{MASK}{}", &text[..start], &text[end..]);
            Cow::Owned(redact(&masked).into_owned())
        }
        _ => redact(text),
    }
}

/// Shows a value as its `Debug` does, without the credentials that it repeats: the first 2,000 characters.
pub(super) struct Redacted<'a, T: ?Sized>(pub(super) &'a T);

impl<T: fmt::Debug + ?Sized> fmt::Debug for Redacted<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut beginning = Beginning::default();
        let written = if f.alternate() {
            write!(beginning, "{:#?}", self.0)
        } else {
            write!(beginning, "{:?}", self.0)
        };
        if !beginning.is_full {
            written?;
        }
        f.write_str(&redact_part(&beginning.text, beginning.is_full))
    }
}

/// Keeps the first bytes that are written, and then fails, which ends the writing.
#[derive(Default)]
struct Beginning {
    text: String,
    is_full: bool,
}

impl Beginning {
    /// In bytes. More than is shown, because the words after a token may tell that it is one: API Gateway takes headers of 10,240
    /// bytes in all ("Amazon API Gateway quotas and important notes").
    const MAX: usize = 4 * 10_240;
}

impl Write for Beginning {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = text.floor_char_boundary(Self::MAX.saturating_sub(self.text.len()));
        let shown = |c| if c == '\n' { c } else { visible(c) };
        self.text.extend(text[..end].chars().map(shown));
        self.is_full = end < text.len();
        if self.is_full {
            Err(fmt::Error)
        } else {
            Ok(())
        }
    }
}
