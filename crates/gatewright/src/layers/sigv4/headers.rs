//! The headers that a signature covers.

use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, Version};

use super::inline_list::InlineList;
use super::key_cache::SigningContext;
use super::payload::{Payload, UNSIGNED_PAYLOAD};
use super::settings::Settings;
use super::unsignable::unsignable;
use crate::AuthorizeError;

/// Headers beyond which the list of them is on the heap.
const MANY: usize = 20;

/// Borrowed, sorted by name; values of the same name stay in their order.
pub(super) struct SignedHeaders<'a> {
    lines: InlineList<Line<'a>, MANY>,
    /// Whether a value has blanks that a signature leaves out.
    pub(super) has_blanks: bool,
    /// What has to be mended first; these headers are then not signed.
    pub(super) flaw: Option<Flaw>,
}

#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    /// The first bytes of the name as a number, which nearly always decides how two names are ordered.
    start: u64,
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
struct Seen {
    content_length: bool,
    content_hash: bool,
}

/// Fills the list while it is empty.
const NO_LINE: Line<'static> = Line {
    start: 0,
    name: "",
    value: b"",
};

impl<'a> SignedHeaders<'a> {
    /// Has room for the headers of a usual request, so it is filled in place and not moved.
    #[inline]
    pub(super) fn new() -> Self {
        Self {
            lines: InlineList::new(NO_LINE),
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
        let (mut host, mut seen) = (None, Seen::default());
        for (name, value) in &request.headers {
            match name.as_str() {
                "x-amz-date" | "x-amz-security-token" => continue,
                text if is_never_signed(text) || settings.unsigned.contains(name) => {
                    self.look_at(text, value, &request.headers)?;
                    continue;
                }
                "host" => once(host.replace(value).is_some(), "host")?,
                "content-length" => {
                    once(seen.content_length, "content-length")?;
                    seen.content_length = true;
                    check_length(value, covered.body)?;
                }
                "x-amz-content-sha256" => {
                    once(seen.content_hash, "x-amz-content-sha256")?;
                    seen.content_hash = true;
                    self.flaw = check_hash(value, covered.payload)?.or(self.flaw);
                }
                _ => {}
            }
            self.push_checked(name, value)?;
        }
        self.push_host(request, host)?;
        self.push("x-amz-date", context.date.as_bytes());
        if let Some(token) = &context.key.token {
            self.push("x-amz-security-token", token.as_bytes());
        }
        self.lines
            .as_mut_slice()
            .sort_by(|a, b| (a.start, a.name).cmp(&(b.start, b.name)));
        Ok(())
    }

    /// What is not signed may yet take off what is.
    fn look_at(
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

    pub(super) fn lines(&self) -> &[Line<'a>] {
        self.lines.as_slice()
    }

    fn push(&mut self, name: &'a str, value: &'a [u8]) {
        self.lines.push(Line {
            start: start(name),
            name,
            value,
        });
    }

    fn push_checked(
        &mut self,
        name: &'a HeaderName,
        value: &'a HeaderValue,
    ) -> Result<(), AuthorizeError> {
        let bytes = value.as_bytes();
        if !is_plain(bytes) {
            check(name, bytes)?;
            self.has_blanks |= has_blanks(bytes);
        }
        self.push(name.as_str(), bytes);
        Ok(())
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

fn start(name: &str) -> u64 {
    match name.as_bytes().first_chunk() {
        Some(start) => u64::from_be_bytes(*start),
        None => {
            name.bytes()
                .fold(0, |start, byte| start << 8 | u64::from(byte))
                << (64 - 8 * name.len())
        }
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
        Some(last) => value.as_chunks().0.iter().chain([last]).all(is_plain_word),
        None => value.iter().all(is_visible),
    }
}

/// A byte below `!` borrows from its highest bit, and one beyond ASCII has it already.
fn is_plain_word(word: &[u8; 8]) -> bool {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let word = u64::from_ne_bytes(*word);
    (word | word.wrapping_sub(EACH * 0x21)) & (EACH * 0x80) == 0
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

/// Headers that clients, proxies and tracers set or change after the request is signed: the lists of `aws-sigv4` and
/// botocore together, and what HTTP/2 removes.
pub(super) fn is_never_signed(name: &str) -> bool {
    matches!(
        name,
        "authorization"
            | "baggage"
            | "connection"
            | "expect"
            | "keep-alive"
            | "proxy-authenticate"
            | "proxy-authorization"
            | "proxy-connection"
            | "te"
            | "traceparent"
            | "tracestate"
            | "trailer"
            | "transfer-encoding"
            | "upgrade"
            | "user-agent"
            | "x-amzn-trace-id"
    )
}

/// What AWS requires to be signed ("Elements of an AWS API request signature", IAM user guide).
pub(super) fn is_always_signed(name: &str) -> bool {
    name == "host" || name.starts_with("x-amz-")
}

#[cfg(test)]
mod tests {
    use super::{has_blanks, is_plain};

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
