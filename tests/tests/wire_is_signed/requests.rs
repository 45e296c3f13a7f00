//! Random requests.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use gatewright::Body;
use http::{HeaderName, HeaderValue, Method, Request, Uri, Version};
use http_body::Frame;

use crate::forms::{CHOSEN, Form};
use crate::random::Random;
use crate::{Protocol, is_known};

const METHODS: [&str; 15] = [
    "GET",
    "GET",
    "POST",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "HEAD",
    "OPTIONS",
    "TRACE",
    "PURGE",
    "M-SEARCH",
    "get",
    "Post",
    "!#$%&'*+-.^_`|~",
];
const PLAIN: [&str; 10] = ["a", "b", "Z", "0", "9", "-", "_", "~", ".", "c."];
#[rustfmt::skip]
const ODD: [&str; 48] = [
    "a", "b", "Z", "0", "-", "_", "~", "!", "$", "'", "(", ")", "*", "*()'!~", "+", ",", ";", ":", "@", ";:@", "=", "&amp",
    "%20", "%2F", "%2f", "%25", "%2B", "%26", "%3D", "%7e", "%41", "%00", "%C3%A9", "%e2%82%ac", "%F0%9F%90%88",
    "é", "日", "🐈", "{", "}", "|", "^", "[", "]", "\"", "\\", "`", "..a",
];
const NAMES: [&str; 14] = [
    "accept",
    "accept-language",
    "cache-control",
    "content-type",
    "date",
    "if-match",
    "origin",
    "range",
    "traceparent",
    "x-a",
    "x-a-b",
    "x-amz-meta-a",
    "x-amzn-trace-id",
    "x-forwarded-for",
];
const VALUES: [&str; 18] = [
    "a", "b", "Z", "0", " ", "  ", "=", ",", ";", ":", "\"", "/", "text", "é", "日", "(", "*", "%",
];

/// A request, and what is known of it beforehand.
pub(crate) struct Sample {
    pub(crate) request: Request<Body>,
    pub(crate) body: Bytes,
    pub(crate) forms: Vec<Form>,
    pub(crate) has_session_token: bool,
}

pub(crate) fn sample(random: &mut Random, authority: &str, protocol: Protocol) -> Sample {
    let (body, bytes) = body(random);
    let mut request = Request::new(body);
    *request.uri_mut() = uri(random, authority);
    *request.method_mut() = random.pick(&METHODS).parse().unwrap();
    if protocol == Protocol::Http2 {
        *request.version_mut() = Version::HTTP_2;
    }
    for _ in 0..random.below(6) {
        let (name, value) = header(random);
        request.headers_mut().append(name, value);
    }
    let forms = forms(random, &request);
    let (mut head, body) = request.into_parts();
    for form in &forms {
        form.apply(&mut head, &bytes, protocol);
    }
    Sample {
        request: Request::from_parts(head, body),
        body: bytes,
        forms,
        has_session_token: random.one_in(2),
    }
}

/// None, one or two forms that are not known to fail.
fn forms(random: &mut Random, request: &Request<Body>) -> Vec<Form> {
    let number = random.pick(&[0, 0, 1, 1, 1, 2]);
    let mut forms: Vec<Form> = (0..number).map(|_| random.pick(&CHOSEN)).collect();
    forms.sort();
    forms.dedup();
    if forms.iter().all(|form| form.is_host()) {
        // Two of them are the doubled host, which is a form of its own.
        forms.truncate(1);
    }
    if forms.contains(&Form::PayloadHashGiven) && is_unread(request) {
        forms = vec![Form::UnreadBodyOfGet];
    }
    forms.retain(|form| !is_known(*form));
    forms
}

/// A stream in a request whose method expects no body.
fn is_unread(request: &Request<Body>) -> bool {
    [Method::GET, Method::HEAD].contains(request.method()) && request.body().as_bytes().is_none()
}

fn uri(random: &mut Random, authority: &str) -> Uri {
    loop {
        if let Ok(uri) = Uri::try_from(target(random, authority)) {
            return uri;
        }
    }
}

fn target(random: &mut Random, authority: &str) -> String {
    let alphabet: &[&str] = if random.one_in(3) { &PLAIN } else { &ODD };
    let mut target = format!("http://{authority}");
    for _ in 0..random.below(5) {
        target.push_str("/s");
        target.push_str(&random.text(alphabet, 6));
    }
    if random.one_in(5) {
        target.push('/');
    }
    if random.one_in(2) {
        push_query(&mut target, random, alphabet);
    }
    target
}

/// Values that are empty or missing, names that are repeated, in any order.
fn push_query(target: &mut String, random: &mut Random, alphabet: &[&str]) {
    let most = if random.one_in(20) { 40 } else { 5 };
    target.push('?');
    for _ in 0..random.below(most) {
        let name = match random.below(3) {
            0 => "b".to_owned(),
            _ => random.text(alphabet, 3),
        };
        target.push_str(&name);
        if !random.one_in(4) {
            target.push('=');
            target.push_str(&random.text(alphabet, 4));
        }
        target.push_str(random.pick(&["&", "&", "&", "&&", "?", "/"]));
    }
}

fn header(random: &mut Random) -> (HeaderName, HeaderValue) {
    let name = HeaderName::from_static(random.pick(&NAMES));
    let value = random.text(&VALUES, 6);
    (name, HeaderValue::from_bytes(value.as_bytes()).unwrap())
}

/// No body, bytes in memory, or a stream whose length nobody knows; and the bytes.
fn body(random: &mut Random) -> (Body, Bytes) {
    let longest = random.pick(&[1, 200, 2_000, 20_000]);
    let length = random.below(longest);
    let bytes = Bytes::from(random.bytes(length));
    let body = match random.below(3) {
        0 => return (Body::empty(), Bytes::new()),
        1 => Body::from(bytes.clone()),
        _ => Body::new(pieces(random, bytes.clone())),
    };
    (body, bytes)
}

fn pieces(random: &mut Random, mut bytes: Bytes) -> Pieces {
    let mut pieces = VecDeque::new();
    while !bytes.is_empty() {
        let length = random.below(bytes.len() + 1);
        pieces.push_back(bytes.split_to(length));
    }
    Pieces(pieces)
}

/// A stream of these pieces. Some of them are empty.
struct Pieces(VecDeque<Bytes>);

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.0.pop_front().map(|bytes| Ok(Frame::data(bytes))))
    }
}
