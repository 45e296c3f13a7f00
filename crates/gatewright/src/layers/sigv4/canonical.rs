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
use crate::uri::{escaped, is_unreserved};

/// Long enough for a session token (about 900 bytes) and ten or so other headers.
type Text = InlineList<u8, 1984>;
type Names = InlineList<u8, 256>;
/// Parameters of a query beyond which the list of them is on the heap.
const MANY: usize = 16;

/// The `authorization` of a request.
pub(super) fn authorization(
    request: &Parts,
    headers: &SignedHeaders<'_>,
    payload: &Payload,
    context: &SigningContext,
) -> Result<HeaderValue, AuthorizeError> {
    let mut text = Text::new(0);
    let names = push_request(&mut text, request, headers, payload);
    let hash = Sha256::digest(text.as_slice()).into();
    let signature = context.key.sign(to_be_signed(&hash, context).as_slice());
    let parts = [
        b"AWS4-HMAC-SHA256 Credential=",
        context.key.credential().as_bytes(),
        b", SignedHeaders=",
        names.as_slice(),
        b", Signature=",
        &hex(&signature),
    ];
    // Of exactly this length, so that it is not copied when it becomes a header value.
    let value = Bytes::from(parts.concat());
    HeaderValue::from_maybe_shared(value)
        .map_err(|_| unsignable("its signature is no header value"))
}

/// The "string to sign", for a canonical request of this hash.
fn to_be_signed(hash: &[u8; 32], context: &SigningContext) -> InlineList<u8, 192> {
    let mut text = InlineList::new(0);
    text.extend(b"AWS4-HMAC-SHA256\n");
    text.extend(context.date.as_bytes());
    text.push(b'\n');
    text.extend(context.key.scope_text().as_bytes());
    text.push(b'\n');
    text.extend(&hex(hash));
    text
}

/// Writes the canonical request, and gives the names of the signed headers, as the authorization lists them.
fn push_request(
    text: &mut Text,
    request: &Parts,
    headers: &SignedHeaders<'_>,
    payload: &Payload,
) -> Names {
    text.extend(request.method.as_str().as_bytes());
    text.push(b'\n');
    push_path(text, request.uri.path());
    text.push(b'\n');
    push_query(text, request.uri.query().unwrap_or_default());
    let names = push_headers(text, headers);
    text.extend(names.as_slice());
    text.push(b'\n');
    text.extend(payload.as_bytes());
    names
}

/// A signature covers the path as it is sent, encoded once more.
fn push_path(text: &mut Text, path: &str) {
    let is_plain = |byte: u8| byte == b'/' || is_unreserved(byte);
    if path.bytes().all(is_plain) {
        return text.extend(path.as_bytes());
    }
    for byte in path.bytes() {
        if is_plain(byte) {
            text.push(byte);
        } else {
            text.extend(&escaped(byte));
        }
    }
}

/// Parameters sorted by name and then value, each with a `=`. They are encoded already.
fn push_query(text: &mut Text, query: &str) {
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
            text.push(b'&');
        }
        text.extend(name.as_bytes());
        text.push(b'=');
        text.extend(value.as_bytes());
    }
}

/// The only parameter of a query, if there is one.
fn push_pair(text: &mut Text, pair: &str) {
    text.extend(pair.as_bytes());
    if !pair.is_empty() && pair.bytes().all(|byte| byte != b'=') {
        text.push(b'=');
    }
}

/// The line break after the query, a line for each header, and an empty line. Values of one name share a line. Gives the
/// list of the names.
fn push_headers(text: &mut Text, headers: &SignedHeaders<'_>) -> Names {
    let mut names = Names::new(0);
    let mut last = "";
    for line in headers.lines() {
        if line.name == last {
            text.push(b',');
        } else {
            if !last.is_empty() {
                names.push(b';');
            }
            names.extend(line.name.as_bytes());
            text.push(b'\n');
            text.extend(line.name.as_bytes());
            text.push(b':');
        }
        text.extend(line.value);
        last = line.name;
    }
    text.extend(b"\n\n");
    names
}
