//! The headers that a signature covers.

use http::request::Parts;
use http::{HeaderName, HeaderValue, Version};

use smallvec::SmallVec;

use super::key_cache::SigningContext;
use super::layer::Settings;
use super::sign::unsignable;
use crate::AuthorizeError;

/// Headers beyond which the list of them is on the heap.
const MANY: usize = 32;

/// Borrowed, sorted by name; values of the same name stay in their order.
pub(super) struct SignedHeaders<'a> {
    lines: SmallVec<[Line<'a>; MANY]>,
    /// Whether a value has blanks that a signature leaves out.
    pub(super) has_blanks: bool,
}

#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    /// The first bytes of the name as a number, which nearly always decides how two names are ordered.
    start: u64,
    pub(super) name: &'a str,
    pub(super) value: &'a [u8],
}

impl<'a> SignedHeaders<'a> {
    pub(super) fn new() -> Self {
        Self {
            lines: SmallVec::new(),
            has_blanks: false,
        }
    }

    /// Adds the headers of a request that are signed, and those that the signature itself adds.
    pub(super) fn add(
        &mut self,
        request: &'a Parts,
        settings: &Settings,
        context: &'a SigningContext,
    ) -> Result<(), AuthorizeError> {
        let mut host = None;
        for (name, value) in &request.headers {
            match name.as_str() {
                "x-amz-date" | "x-amz-security-token" => continue,
                text if is_never_signed(text) || settings.unsigned.contains(name) => continue,
                "host" => host = Some(value),
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
            .sort_by(|a, b| (a.start, a.name).cmp(&(b.start, b.name)));
        Ok(())
    }

    pub(super) fn lines(&self) -> &[Line<'a>] {
        &self.lines
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
