//! Random requests, odd ones among them. The same seed gives the same requests.

use bytes::Bytes;
use http::header::{HeaderName, HeaderValue};
use http::{Request, Uri};
use http_body_util::Full;

/// The generator `SplitMix64` (Steele, Lea and Flood, 2014): enough to be varied, and small.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn one_in(&mut self, many: u64) -> bool {
        self.below(many) == 0
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[usize::try_from(self.below(of.len() as u64)).unwrap_or_default()]
    }

    fn text(&mut self, alphabet: &[&str], longest: u64) -> String {
        let length = self.below(longest + 1);
        (0..length).map(|_| self.pick(alphabet)).collect()
    }
}

const METHODS: [&str; 8] = [
    "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "PURGE",
];
const ORIGINS: [&str; 12] = [
    "https://api.test",
    "https://API.Test",
    "https://api.test:443",
    "https://api.test:8443",
    "https://api.test:0443",
    "https://user:pw@api.test",
    "https://abc123.execute-api.eu-central-1.amazonaws.com",
    "http://localhost:3000",
    "http://127.0.0.1:80",
    "http://127.0.0.1:8080",
    "http://[::1]:3000",
    "http://[::1]",
];
const PLAIN: [&str; 8] = ["a", "b", "Z", "0", "9", "-", "_", "~"];
const ODD: [&str; 44] = [
    "a",
    "b",
    "c",
    "A",
    "Z",
    "0",
    "9",
    "-",
    ".",
    "_",
    "~",
    "!",
    "$",
    "'",
    "(",
    ")",
    "*",
    "+",
    ",",
    ";",
    ":",
    "@",
    "=",
    "%20",
    "%2F",
    "%2f",
    "%25",
    "%2B",
    "%26",
    "%3D",
    "%7e",
    "%41",
    "%C3%A9",
    "%e2%82%ac",
    "é",
    "日",
    "{",
    "}",
    "|",
    "^",
    "[",
    "]",
    "\"",
    "\\",
];
/// What cannot be signed truthfully.
const BAD: [&str; 8] = ["%zz", "%", "%4", "%FF", "/./", "/../", "//", "/%2E./"];
const NAMES: [&str; 28] = [
    "accept",
    "accept-language",
    "authorization",
    "baggage",
    "cache-control",
    "connection",
    "content-type",
    "cookie",
    "date",
    "expect",
    "if-match",
    "origin",
    "range",
    "te",
    "traceparent",
    "user-agent",
    "x-a",
    "x-a-b",
    "x-ab",
    "x-amz-date",
    "x-amz-meta-b",
    "x-amz-meta-a",
    "x-amz-security-token",
    "x-amzn-trace-id",
    "x-api-key",
    "x-forwarded-for",
    "x-request-id",
    "x-tenant-id",
];
const VALUES: [&str; 20] = [
    "a",
    "b",
    "Z",
    "0",
    " ",
    "  ",
    "=",
    ",",
    ";",
    ":",
    "\"",
    "/",
    "text",
    "application/json",
    "é",
    "日",
    "(",
    "*",
    "%",
    "?",
];

/// A request that `http` can hold. About one in ten cannot be signed truthfully.
pub(crate) fn request(random: &mut Random) -> Request<Full<Bytes>> {
    let uri = loop {
        if let Ok(uri) = Uri::try_from(target(random)) {
            break uri;
        }
    };
    let body = vec![b'x'; usize::try_from(body_length(random)).unwrap_or_default()];
    let mut request = Request::new(Full::from(body));
    *request.method_mut() = random.pick(&METHODS).parse().expect("a method");
    *request.uri_mut() = uri;
    let most = if random.one_in(20) { 60 } else { 10 };
    for _ in 0..random.below(most) {
        let (name, value) = header(random);
        request.headers_mut().append(name, value);
    }
    if random.one_in(20) {
        request
            .headers_mut()
            .insert("host", HeaderValue::from_static("vpce.test:8443"));
    }
    request
}

fn body_length(random: &mut Random) -> u64 {
    let longest = random.pick(&[1, 1, 200, 5000]);
    random.below(longest)
}

fn target(random: &mut Random) -> String {
    let alphabet: &[&str] = if random.one_in(3) { &PLAIN } else { &ODD };
    let mut target = random.pick(&ORIGINS).to_owned();
    for _ in 0..random.below(5) {
        target.push('/');
        target.push_str(random.pick(alphabet).trim_matches('.'));
        target.push_str(&random.text(alphabet, 6));
        if random.one_in(20) {
            target.push_str(random.pick(&BAD));
        }
    }
    if random.one_in(5) {
        target.push('/');
    }
    if random.one_in(2) {
        push_query(&mut target, alphabet, random);
    }
    target
}

fn push_query(target: &mut String, alphabet: &[&str], random: &mut Random) {
    let most = if random.one_in(20) { 40 } else { 5 };
    target.push('?');
    for _ in 0..random.below(most) {
        target.push_str(&random.text(alphabet, 4));
        if !random.one_in(4) {
            target.push('=');
            target.push_str(&random.text(alphabet, 6));
        }
        if random.one_in(100) {
            target.push_str(random.pick(&BAD[..4]));
        }
        target.push_str(random.pick(&["&", "&", "&", "&&", "?", "/"]));
    }
}

fn header(random: &mut Random) -> (HeaderName, HeaderValue) {
    let name = HeaderName::from_static(random.pick(&NAMES));
    let mut value = random.text(&VALUES, 6).into_bytes();
    if random.one_in(200) {
        value.push(random.pick(b"\t\xff"));
    }
    (
        name,
        HeaderValue::from_bytes(&value).expect("nothing that a value cannot hold"),
    )
}
