//! A request between its arrival and its signature.

use bytes::Bytes;
use http::request::Parts;
use http::{Extensions, HeaderMap, HeaderName, HeaderValue, Method, Request, Uri, Version};

use super::payload::Payload;

pub(super) struct Unsigned<B> {
    pub(super) parts: Parts,
    pub(super) payload: Payload,
    pub(super) body: Content<B>,
}

/// A body that is in memory, or one that is passed on as it came.
pub(super) enum Content<B> {
    Read(Bytes),
    Unread(B),
}

impl<B: From<Bytes>> Unsigned<B> {
    /// What to send it a second time with, if its body can be sent twice.
    pub(super) fn copy(&self) -> Option<Copy> {
        match &self.body {
            Content::Read(body) => Some(Copy::new(&self.parts, self.payload, body.clone())),
            Content::Unread(_) => None,
        }
    }

    pub(super) fn into_request(self) -> Request<B> {
        let body = match self.body {
            Content::Read(bytes) => B::from(bytes),
            Content::Unread(body) => body,
        };
        Request::from_parts(self.parts, body)
    }
}

/// A copy of a request. It is made of every request and needed of hardly any, so it is made to cost little: to copy a
/// header map takes two allocations, and one more for each value that was not shared yet.
pub(super) struct Copy {
    method: Method,
    uri: Uri,
    version: Version,
    extensions: Extensions,
    headers: FlatHeaders,
    payload: Payload,
    body: Bytes,
}

impl Copy {
    fn new(parts: &Parts, payload: Payload, body: Bytes) -> Self {
        Self {
            method: parts.method.clone(),
            uri: parts.uri.clone(),
            version: parts.version,
            extensions: parts.extensions.clone(),
            headers: FlatHeaders::new(&parts.headers),
            payload,
            body,
        }
    }

    pub(super) fn into_unsigned<B>(self) -> Unsigned<B> {
        let (mut parts, ()) = Request::new(()).into_parts();
        parts.method = self.method;
        parts.uri = self.uri;
        parts.version = self.version;
        parts.extensions = self.extensions;
        parts.headers = self.headers.to_map();
        Unsigned {
            parts,
            payload: self.payload,
            body: Content::Read(self.body),
        }
    }
}

/// Headers in one piece of memory, each as its name, a colon (or a semicolon if it is sensitive), its value and a line
/// break.
struct FlatHeaders(Vec<u8>);

/// A usual request without its session token fits.
const USUAL_LENGTH: usize = 512;

impl FlatHeaders {
    fn new(headers: &HeaderMap) -> Self {
        let mut text = Vec::with_capacity(USUAL_LENGTH);
        for (name, value) in headers {
            text.extend_from_slice(name.as_str().as_bytes());
            text.push(if value.is_sensitive() { b';' } else { b':' });
            text.extend_from_slice(value.as_bytes());
            text.push(b'\n');
        }
        Self(text)
    }

    fn to_map(&self) -> HeaderMap {
        // Neither a name nor a value can hold a line break, and a name no colon.
        self.0
            .split(|byte| *byte == b'\n')
            .filter_map(header)
            .collect()
    }
}

fn header(line: &[u8]) -> Option<(HeaderName, HeaderValue)> {
    let end = line.iter().position(|byte| matches!(byte, b':' | b';'))?;
    let name = HeaderName::from_bytes(&line[..end]).ok()?;
    let mut value = HeaderValue::from_bytes(&line[end + 1..]).ok()?;
    value.set_sensitive(line[end] == b';');
    Some((name, value))
}
