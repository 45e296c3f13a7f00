//! The headers that a signature covers.

use std::mem;

use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, Version};

use super::header_names::{is_always_signed, is_never_signed, may_be_special, start};
use super::inline_list::InlineList;
use super::key_cache::SigningContext;
use super::payload::{Payload, UNSIGNED_PAYLOAD};
use super::settings::Settings;
use super::unsignable::unsignable;
use crate::AuthorizeError;

/// Headers beyond which the list of them is on the heap.
const MANY: usize = 16;

/// Borrowed, sorted by name; values of the same name stay in their order.
pub(super) struct SignedHeaders<'a> {
    lines: InlineList<Line<'a>, MANY>,
    /// In which order the lines are sorted by name, unless they are sorted themselves. Each number is the beginning of a name
    /// and, in the last byte, where its line is: moving these costs least.
    order: [u64; MANY],
    are_sorted: bool,
    /// Whether a value has blanks that a signature leaves out.
    pub(super) has_blanks: bool,
    /// What has to be mended first; these headers are then not signed.
    pub(super) flaw: Option<Flaw>,
}

#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) name: &'a str,
    pub(super) value: &'a [u8],
}

/// What a signature says of the body, which headers may contradict.
#[derive(Clone, Copy)]
pub(super) struct Covered<'a> {
    /// The bytes, if they were read.
    pub(super) body: Option<&'a Bytes>,
    pub(super) payload: &'a Payload,
}

/// What has to be mended before a request is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    /// A `transfer-encoding`: the transport frames the body itself.
    Framing,
    /// An `x-amz-content-sha256: UNSIGNED-PAYLOAD` where the service wants the hash.
    UnsignedPayload,
}

/// What is allowed on one line only, as far as it was seen.
#[derive(Default)]
struct Seen<'a> {
    host: Option<&'a HeaderValue>,
    content_length: bool,
    content_hash: bool,
}

/// Where a line is, in a number that says how it is sorted.
const PLACE: u64 = 0xff;

/// Fills the list while it is empty.
const NO_LINE: Line<'static> = Line {
    name: "",
    value: b"",
};

impl<'a> SignedHeaders<'a> {
    /// Has room for the headers of a usual request, so it is filled in place and not moved.
    #[inline]
    pub(super) fn new() -> Self {
        Self {
            lines: InlineList::new(NO_LINE),
            order: [0; MANY],
            are_sorted: false,
            has_blanks: false,
            flaw: None,
        }
    }

    /// Adds the headers of a request that are signed, and those that the signature itself adds. All is looked at in one pass.
    pub(super) fn add(
        &mut self,
        request: &'a Parts,
        settings: &Settings,
        context: &'a SigningContext,
        covered: Covered<'_>,
    ) -> Result<(), AuthorizeError> {
        let mut seen = Seen::default();
        let looks_at_all = !settings.unsigned.is_empty();
        for (name, value) in &request.headers {
            let text = name.as_str();
            let start = start(text);
            let is_signed = !(looks_at_all || may_be_special(start)) || {
                let is_unsigned = settings.unsigned.contains(name);
                self.look_at((text, value), is_unsigned, &mut seen, request, covered)?
            };
            if is_signed {
                check_value(name, value, &mut self.has_blanks)?;
                let value = value.as_bytes();
                self.push_line(start, Line { name: text, value });
            }
        }
        self.push_host(request, seen.host)?;
        self.push("x-amz-date", context.date.as_bytes());
        if let Some(token) = &context.key.token {
            self.push("x-amz-security-token", token.as_bytes());
        }
        self.sort();
        Ok(())
    }

    fn sort(&mut self) {
        self.are_sorted = !self.sort_by_start();
        if self.are_sorted {
            let lines = self.lines.as_mut_slice();
            lines.sort_by_key(|line| line.name);
        }
    }

    /// Says whether the beginnings of the names were enough.
    fn sort_by_start(&mut self) -> bool {
        let Some(order) = self.order.get_mut(..self.lines.len()) else {
            return false;
        };
        order.sort_unstable();
        order
            .windows(2)
            .all(|pair| (pair[0] ^ pair[1]) & !PLACE != 0)
    }

    /// Checks a header that may be special, and says whether it is signed as others are.
    fn look_at(
        &mut self,
        (name, value): (&str, &'a HeaderValue),
        is_unsigned: bool,
        seen: &mut Seen<'a>,
        request: &Parts,
        covered: Covered<'_>,
    ) -> Result<bool, AuthorizeError> {
        match name {
            "x-amz-date" | "x-amz-security-token" => return Ok(false),
            _ if is_unsigned || is_never_signed(name) => {
                self.look_at_unsigned(name, value, &request.headers)?;
                return Ok(false);
            }
            "host" => once(seen.host.replace(value).is_some(), "host")?,
            "content-length" => {
                once(mem::replace(&mut seen.content_length, true), name)?;
                check_length(value, covered.body)?;
            }
            "x-amz-content-sha256" => {
                once(mem::replace(&mut seen.content_hash, true), name)?;
                self.flaw = check_hash(value, covered.payload)?.or(self.flaw);
            }
            _ => {}
        }
        Ok(true)
    }

    /// What is not signed may yet take off what is.
    fn look_at_unsigned(
        &mut self,
        name: &str,
        value: &HeaderValue,
        headers: &HeaderMap,
    ) -> Result<(), AuthorizeError> {
        match name {
            "transfer-encoding" => self.flaw = self.flaw.or(Some(Flaw::Framing)),
            "connection" => check_connection(value, headers)?,
            _ => {}
        }
        Ok(())
    }

    /// In their order.
    #[inline]
    pub(super) fn lines(&self) -> impl Iterator<Item = Line<'a>> {
        let lines = self.lines.as_slice();
        (0..lines.len()).map(|at| match self.order.get(at) {
            Some(order) if !self.are_sorted => lines[(order & PLACE) as usize],
            _ => lines[at],
        })
    }

    fn push(&mut self, name: &'a str, value: &'a [u8]) {
        self.push_line(start(name), Line { name, value });
    }

    fn push_line(&mut self, start: u64, line: Line<'a>) {
        let at = self.lines.len();
        if let Some(order) = self.order.get_mut(at) {
            *order = start & !PLACE | at as u64;
        }
        self.lines.push(line);
    }

    fn push_host(
        &mut self,
        request: &'a Parts,
        host: Option<&HeaderValue>,
    ) -> Result<(), AuthorizeError> {
        match (host, request.uri.authority()) {
            (None, Some(authority)) => self.push("host", authority.as_str().as_bytes()),
            (Some(host), authority) if request.version >= Version::HTTP_2 => {
                check_authority(host, authority.map_or("", |authority| authority.as_str()))?;
            }
            (Some(_), _) => {}
            (None, None) => {
                return Err(unsignable(
                    "it has no host: give it an absolute URI or a `host` header",
                ));
            }
        }
        Ok(())
    }
}

/// A server reads one of two lines.
fn once(was_seen: bool, name: &str) -> Result<(), AuthorizeError> {
    if !was_seen {
        return Ok(());
    }
    Err(unsignable(format_args!(
        "it has more than one `{name}` header, and a server reads one"
    )))
}

/// Refuses signed headers that `connection` names: proxies and HTTP/2 take them off (RFC 9110, section 7.6.1).
fn check_connection(value: &HeaderValue, headers: &HeaderMap) -> Result<(), AuthorizeError> {
    let names = value.as_bytes().split(|byte| *byte == b',');
    for name in names.filter_map(|name| HeaderName::from_bytes(name.trim_ascii()).ok()) {
        let is_signed = headers.contains_key(&name) && !is_never_signed(name.as_str());
        if is_signed || is_always_signed(name.as_str()) || name == AUTHORIZATION {
            return Err(unsignable(format_args!(
                "its `connection` header names `{name}`, which is then taken off on the way: do not name it"
            )));
        }
    }
    Ok(())
}

/// The transport would cut the body to it, or wait for more.
fn check_length(value: &HeaderValue, body: Option<&Bytes>) -> Result<(), AuthorizeError> {
    let is_right = |body: &Bytes| value.as_bytes() == body.len().to_string().as_bytes();
    if body.is_none_or(is_right) {
        return Ok(());
    }
    Err(unsignable(
        "its `content-length` is not the length of its body: leave that to the transport",
    ))
}

/// The service would go by it instead of the hash that is signed.
fn check_hash(value: &HeaderValue, payload: &Payload) -> Result<Option<Flaw>, AuthorizeError> {
    if value.as_bytes() == payload.as_bytes() {
        Ok(None)
    } else if value.as_bytes() == UNSIGNED_PAYLOAD.as_bytes() {
        Ok(Some(Flaw::UnsignedPayload))
    } else {
        Err(unsignable(
            "its `x-amz-content-sha256` is not the hash of its body: leave that to the layer",
        ))
    }
}

/// HTTP/2 sends the URI's authority, and that is the host that a server verifies.
fn check_authority(host: &HeaderValue, authority: &str) -> Result<(), AuthorizeError> {
    if host == authority {
        return Ok(());
    }
    Err(unsignable(
        "its `host` header is not the host of its URI, and HTTP/2 sends that of the URI: send it as HTTP/1.1, or name a \
         private API in `x-apigw-api-id` instead",
    ))
}

/// Whether a value is signed as it is, as most are: visible ASCII without a space. Eight bytes at a time, the last of
/// them perhaps twice.
fn is_plain(value: &[u8]) -> bool {
    let is_visible = |byte: &u8| (b'!'..=0x7f).contains(byte);
    match value.last_chunk() {
        Some(last) => is_plain_text(value, *last),
        None => value.iter().all(is_visible),
    }
}

fn is_plain_text(value: &[u8], last: [u8; 8]) -> bool {
    let words = value.as_chunks().0.iter();
    words.fold(flaws(last), |all, word| all | flaws(*word)) == 0
}

/// Nothing if a word is plain. A byte below `!` borrows from its highest bit, and one beyond ASCII has it already.
fn flaws(word: [u8; 8]) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let word = u64::from_ne_bytes(word);
    (word | word.wrapping_sub(EACH * 0x21)) & (EACH * 0x80)
}

/// Whether a value can be signed, and whether it has blanks that a signature leaves out.
#[inline]
fn check_value(
    name: &HeaderName,
    value: &HeaderValue,
    has_blanks: &mut bool,
) -> Result<(), AuthorizeError> {
    let bytes = value.as_bytes();
    if !is_plain(bytes) {
        check(name, bytes)?;
        *has_blanks |= self::has_blanks(bytes);
    }
    Ok(())
}

fn check(name: &HeaderName, value: &[u8]) -> Result<(), AuthorizeError> {
    if std::str::from_utf8(value).is_err() {
        return Err(unsignable(format_args!("the header `{name}` is not UTF-8")));
    }
    if value.contains(&b'\t') {
        return Err(unsignable(format_args!(
            "the header `{name}` has a tab, which signers treat differently: use spaces"
        )));
    }
    Ok(())
}

/// Spaces at an end, or two in a row.
fn has_blanks(value: &[u8]) -> bool {
    value.starts_with(b" ") || value.ends_with(b" ") || value.windows(2).any(|pair| pair == b"  ")
}

#[cfg(test)]
mod tests {
    use super::{SignedHeaders, has_blanks, is_plain};

    fn sorted<'a>(lines: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a [u8])> {
        let mut headers = SignedHeaders::new();
        for (name, value) in lines {
            headers.push(name, value.as_bytes());
        }
        headers.sort();
        headers
            .lines()
            .map(|line| (line.name, line.value))
            .collect()
    }

    #[test]
    fn headers_are_sorted_by_name_and_values_of_one_name_stay_in_their_order() {
        let many: Vec<String> = (0..40).map(|at| format!("x-{:02}", at * 7 % 40)).collect();
        let many: Vec<_> = many.iter().map(|name| (name.as_str(), "")).collect();
        let mut cases: Vec<_> = (0..=many.len()).map(|end| &many[..end]).collect();
        cases.push(&[("te-x", ""), ("te", ""), ("tea", ""), ("t", "")]);
        cases.push(&[("content-type", ""), ("accept", ""), ("content-length", "")]);
        cases.push(&[
            ("x-b", "2"),
            ("x-a", "b"),
            ("x-b", "1"),
            ("x-a", "a"),
            ("x-b", "0"),
        ]);
        for lines in cases {
            let mut expected: Vec<_> = lines
                .iter()
                .map(|(name, value)| (*name, value.as_bytes()))
                .collect();
            expected.sort_by_key(|(name, _)| *name);
            assert_eq!(sorted(lines), expected);
        }
    }

    #[test]
    fn only_visible_ascii_is_plain_wherever_it_stands() {
        for length in 0..40 {
            let value = vec![b'~'; length];
            assert!(is_plain(&value));
            for at in 0..length {
                for (byte, expected) in (0..=255).map(|byte| (byte, (0x21..0x80).contains(&byte))) {
                    let mut value = vec![b'!'; length];
                    value[at] = byte;
                    assert_eq!(is_plain(&value), expected, "{byte} at {at} of {length}");
                }
            }
        }
    }

    #[test]
    fn blanks_that_a_signature_leaves_out_are_seen() {
        for value in [" a", "a ", "a  b", " ", "a b  c"] {
            assert!(has_blanks(value.as_bytes()), "{value:?}");
        }
        for value in ["", "a", "a b c"] {
            assert!(!has_blanks(value.as_bytes()), "{value:?}");
        }
    }
}
