//! The least that a signature costs: a signer that does what has to be done for a request that is canonical already, and
//! checks nothing.
//!
//! It has the signing key ready. What is left: read the clock, sort the headers, write the canonical request into one buffer
//! on the stack, hash it, write the authorization, and put three headers onto the request.

use bytes::Bytes;
use hmac::{Hmac, KeyInit, Mac};
use http::header::{AUTHORIZATION, HeaderName, HeaderValue};
use http::{HeaderMap, Request};
use sha2::{Digest, Sha256};

use crate::dates;
use crate::sample::{KEY_ID, REGION, SECRET, SERVICE, token};

const EMPTY: &[u8; 64] = b"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

pub(crate) struct Floor {
    key: Hmac<Sha256>,
    scope: String,
    token: HeaderValue,
}

/// Bytes written one after the other.
struct Text {
    bytes: [u8; 1984],
    length: usize,
}

impl Text {
    fn new() -> Self {
        Self {
            bytes: [0; 1984],
            length: 0,
        }
    }

    fn push(&mut self, more: &[u8]) {
        let end = self.length + more.len();
        self.bytes[self.length..end].copy_from_slice(more);
        self.length = end;
    }

    fn written(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

impl Floor {
    /// For one day.
    pub(crate) fn new() -> Self {
        let stamp = dates::stamp(dates::now());
        let day = std::str::from_utf8(&stamp[..8]).expect("digits");
        let secret = format!("AWS4{SECRET}");
        let parts = [day, REGION, SERVICE, "aws4_request"];
        let key = parts
            .into_iter()
            .fold(hmac(secret.as_bytes()), |key, part| {
                hmac(&key.chain_update(part).finalize().into_bytes())
            });
        let token = HeaderValue::try_from(token()).expect("a token");
        Self {
            key,
            scope: format!("{day}/{REGION}/{SERVICE}/aws4_request"),
            token,
        }
    }

    pub(crate) fn sign<B>(&self, request: &mut Request<B>, body: &[u8]) {
        let stamp = dates::stamp(dates::now());
        let payload = if body.is_empty() {
            *EMPTY
        } else {
            hex(&hash(body))
        };
        let (canonical, names) = self.canonical(request, &stamp, &payload);
        let mut to_sign = Text::new();
        to_sign.push(b"AWS4-HMAC-SHA256\n");
        to_sign.push(&stamp);
        to_sign.push(b"\n");
        to_sign.push(self.scope.as_bytes());
        to_sign.push(b"\n");
        to_sign.push(&hex(&hash(canonical.written())));
        let signature = hex(&self.mac(to_sign.written()));
        let parts = [
            b"AWS4-HMAC-SHA256 Credential=",
            KEY_ID.as_bytes(),
            b"/",
            self.scope.as_bytes(),
            b", SignedHeaders=",
            &canonical.written()[names.0..names.1],
            b", Signature=",
            &signature,
        ];
        self.apply(request.headers_mut(), Bytes::from(parts.concat()), &stamp);
    }

    fn canonical<B>(
        &self,
        request: &Request<B>,
        stamp: &[u8],
        payload: &[u8],
    ) -> (Text, (usize, usize)) {
        let mut lines: [(&str, &[u8]); 32] = [("", b""); 32];
        let mut count = 0;
        let mut line = |name, value| {
            lines[count] = (name, value);
            count += 1;
        };
        for (name, value) in request.headers() {
            if name != http::header::USER_AGENT {
                line(name.as_str(), value.as_bytes());
            }
        }
        line(
            "host",
            request
                .uri()
                .authority()
                .expect("a host")
                .as_str()
                .as_bytes(),
        );
        line("x-amz-date", stamp);
        line("x-amz-security-token", self.token.as_bytes());
        let lines = &mut lines[..count];
        lines.sort_unstable_by_key(|(name, _)| *name);
        write(request, lines, payload)
    }

    fn apply(&self, headers: &mut HeaderMap, authorization: Bytes, stamp: &[u8]) {
        let value = HeaderValue::from_maybe_shared(authorization).expect("a value");
        headers.insert(AUTHORIZATION, value);
        let value = HeaderValue::from_bytes(stamp).expect("a value");
        headers.insert(HeaderName::from_static("x-amz-date"), value);
        headers.insert(
            HeaderName::from_static("x-amz-security-token"),
            self.token.clone(),
        );
    }

    /// The hash of a signing key's message.
    pub(crate) fn mac(&self, message: &[u8]) -> [u8; 32] {
        self.key
            .clone()
            .chain_update(message)
            .finalize()
            .into_bytes()
            .into()
    }
}

fn write<B>(
    request: &Request<B>,
    lines: &[(&str, &[u8])],
    payload: &[u8],
) -> (Text, (usize, usize)) {
    let mut text = Text::new();
    text.push(request.method().as_str().as_bytes());
    text.push(b"\n");
    text.push(request.uri().path().as_bytes());
    text.push(b"\n");
    text.push(request.uri().query().unwrap_or_default().as_bytes());
    for (name, value) in lines {
        text.push(b"\n");
        text.push(name.as_bytes());
        text.push(b":");
        text.push(value);
    }
    text.push(b"\n\n");
    let start = text.length;
    for (index, (name, _)) in lines.iter().enumerate() {
        text.push(if index > 0 { b";" } else { b"" });
        text.push(name.as_bytes());
    }
    let end = text.length;
    text.push(b"\n");
    text.push(payload);
    (text, (start, end))
}

fn hmac(key: &[u8]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).expect("a key of any length")
}

pub(crate) fn hash(text: &[u8]) -> [u8; 32] {
    Sha256::digest(text).into()
}

fn hex(hash: &[u8; 32]) -> [u8; 64] {
    let mut text = [0; 64];
    for (pair, byte) in text.chunks_exact_mut(2).zip(hash) {
        pair[0] = digit(byte >> 4);
        pair[1] = digit(byte & 15);
    }
    text
}

fn digit(value: u8) -> u8 {
    value + if value < 10 { b'0' } else { b'a' - 10 }
}
