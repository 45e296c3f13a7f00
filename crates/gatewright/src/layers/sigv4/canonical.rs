//! The canonical request, and the signature over it: nearly all requests are signed here.
//!
//! It borrows what it writes and stays on the stack. It takes requests whose URI is in canonical form and whose header
//! values are signed as they are.

use bytes::Bytes;
use http::HeaderValue;
use http::request::Parts;
use sha2::{Digest, Sha256};

use super::headers::SignedHeaders;
use super::inline_list::InlineList;
use super::key_cache::SigningContext;
use super::payload::{Payload, hex};
use super::unsignable::unsignable;
use crate::AuthorizeError;
use crate::room::{Room, with_room};
use crate::uri::{escaped, is_unreserved};

/// Long enough for a session token (about 900 bytes) and ten or so other headers. The first eighth is for their names. From 2,048 bytes on, `memset` takes a slower way.
const ROOM: usize = 2032;
/// Of what is signed with the key.
const SHORT_ROOM: usize = 192;
/// Parameters of a query beyond which the list of them is on the heap.
const MANY: usize = 16;

/// The `authorization` of a request.
pub(super) fn authorization(
    request: &Parts,
    headers: &SignedHeaders<'_>,
    payload: &Payload,
    context: &SigningContext,
) -> Result<HeaderValue, AuthorizeError> {
    let value = with_room::<ROOM, _>(|memory| {
        let (names, text) = memory.split_at_mut(memory.len() / 8);
        let (names, text) = write_request(names, text, request, headers, payload)?;
        Some(value(names, &Sha256::digest(text).into(), context))
    });
    HeaderValue::from_maybe_shared(value)
        .map_err(|_| unsignable("its signature is no header value"))
}

/// The authorization, for a canonical request of this hash and the names of the signed headers.
fn value(names: &[u8], hash: &[u8; 32], context: &SigningContext) -> Bytes {
    let signature = with_room::<SHORT_ROOM, _>(|memory| {
        let text = write_to_be_signed(memory, hash, context)?;
        Some(context.key.sign(text))
    });
    let parts = [
        b"AWS4-HMAC-SHA256 Credential=",
        context.key.credential().as_bytes(),
        b", SignedHeaders=",
        names,
        b", Signature=",
        &hex(&signature),
    ];
    // Of exactly this length, so that it is not copied when it becomes a header value.
    Bytes::from(parts.concat())
}

/// The "string to sign", for a canonical request of this hash.
fn write_to_be_signed<'a>(
    memory: &'a mut [u8],
    hash: &[u8; 32],
    context: &SigningContext,
) -> Option<&'a [u8]> {
    let mut text = Room::of(memory);
    text.extend(b"AWS4-HMAC-SHA256\n")?;
    text.extend(context.date.as_bytes())?;
    text.push(b'\n')?;
    text.extend(context.key.scope_text().as_bytes())?;
    text.push(b'\n')?;
    text.extend(&hex(hash))?;
    Some(text.written())
}

/// Writes the names of the signed headers, as the authorization lists them, and the canonical request.
fn write_request<'a>(
    names: &'a mut [u8],
    text: &'a mut [u8],
    request: &Parts,
    headers: &SignedHeaders<'_>,
    payload: &Payload,
) -> Option<(&'a [u8], &'a [u8])> {
    let mut room = Room::of(text);
    room.extend(request.method.as_str().as_bytes())?;
    room.push(b'\n')?;
    push_path(&mut room, request.uri.path())?;
    room.push(b'\n')?;
    push_query(&mut room, request.uri.query().unwrap_or_default())?;
    let mut names = Room::of(names);
    push_lines(&mut room, &mut names, headers)?;
    let names = names.written();
    room.extend(names)?;
    room.push(b'\n')?;
    room.extend(payload.as_bytes())?;
    Some((names, room.written()))
}

/// A signature covers the path as it is sent, encoded once more.
#[inline]
fn push_path(text: &mut Room<'_>, path: &str) -> Option<()> {
    if path.bytes().all(is_plain) {
        return text.extend(path.as_bytes());
    }
    path.bytes().try_for_each(|byte| {
        if is_plain(byte) {
            text.push(byte)
        } else {
            text.extend(&escaped(byte))
        }
    })
}

/// Whether a byte of a path is written as it is. Looked up, since every byte of every path is.
fn is_plain(byte: u8) -> bool {
    static PLAIN: [bool; 256] = {
        let mut plain = [false; 256];
        let mut byte = 0;
        while byte < 256 {
            plain[byte] = byte as u8 == b'/' || is_unreserved(byte as u8);
            byte += 1;
        }
        plain
    };
    PLAIN[usize::from(byte)]
}

/// Parameters sorted by name and then value, each with a `=`. They are encoded already.
#[inline]
fn push_query(text: &mut Room<'_>, query: &str) -> Option<()> {
    if query.bytes().all(|byte| byte != b'&') {
        return push_pair(text, query);
    }
    let mut pairs = InlineList::<_, MANY>::new(("", ""));
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        pairs.push(pair.split_once('=').unwrap_or((pair, "")));
    }
    pairs.as_mut_slice().sort_unstable();
    for (index, (name, value)) in pairs.as_slice().iter().enumerate() {
        if index > 0 {
            text.push(b'&')?;
        }
        text.extend(name.as_bytes())?;
        text.push(b'=')?;
        text.extend(value.as_bytes())?;
    }
    Some(())
}

/// The only parameter of a query, if there is one.
#[inline]
fn push_pair(text: &mut Room<'_>, pair: &str) -> Option<()> {
    text.extend(pair.as_bytes())?;
    if !pair.is_empty() && pair.bytes().all(|byte| byte != b'=') {
        text.push(b'=')?;
    }
    Some(())
}

/// The line break after the query, a line for each header, and an empty line. Values of one name share a line. In `names`,
/// each name once.
#[inline]
fn push_lines(
    text: &mut Room<'_>,
    names: &mut Room<'_>,
    headers: &SignedHeaders<'_>,
) -> Option<()> {
    let mut last = "";
    for line in headers.lines() {
        if line.name == last {
            text.push(b',')?;
        } else {
            if !last.is_empty() {
                names.push(b';')?;
            }
            names.extend(line.name.as_bytes())?;
            text.push(b'\n')?;
            text.extend(line.name.as_bytes())?;
            text.push(b':')?;
        }
        text.extend(line.value)?;
        last = line.name;
    }
    text.extend(b"\n\n")
}
