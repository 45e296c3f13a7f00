//! What the gateway received.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use gatewright_document::display::one_line;
use http::{HeaderMap, Method, StatusCode, Uri};
use percent_encoding::percent_decode_str;

use crate::gateway_error::GatewayError;

const MOST_ENTRIES: usize = 1_000;

/// How many bytes of targets, headers and bodies the log keeps. The newest request is kept whatever it has.
const MOST_BYTES: usize = 64 << 20;

/// The most of a target and of a reason that a line shows, in characters.
const MAX_TARGET: usize = 1_000;
const MAX_REASON: usize = 500;

/// One request that the gateway received, and what became of it.
///
/// It prints as one line of at most 2,000 characters: `GET /prod/pets -> 403 InvalidSignature (Signature expired: ..)`. Control
/// characters are escaped, and what is longer is cut. Credentials stay out of that line and of `Debug`; the fields hold them as
/// they were sent.
///
/// ```
/// # use gatewright_document::Document;
/// # let bytes = br#"{"openapi": "3.0.1", "info": {"title": "pets", "version": "1"}, "paths": {"/pets": {"get":
/// #     {"responses": {"200": {"description": "all"}}}}}}"#;
/// # let document = Document::from_slice("pets.json", bytes)?;
/// use std::time::SystemTime;
/// use bytes::Bytes;
/// use gatewright_local::LocalGateway;
///
/// let gateway = LocalGateway::builder(document).build()?;
/// let request = http::Request::get("/pets?limit=1").body(Bytes::new())?;
/// gateway.handle(request, SystemTime::UNIX_EPOCH);
///
/// let received = gateway.requests();
/// assert_eq!(received[0].operation.as_deref(), Some("GET /pets"));
/// assert_eq!(received[0].to_string(), "GET /pets?limit=1 -> 200");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct Received {
    /// The method.
    pub method: Method,
    /// The target as it was sent: the path with the stage, and the query.
    pub uri: Uri,
    /// The headers. Those that carry credentials are marked sensitive.
    pub headers: HeaderMap,
    /// The body; empty if it was too large.
    pub body: Bytes,
    /// The operation's method and path template, such as `GET /pets/{petId}`; `None` if there is no such route.
    pub operation: Option<String>,
    /// The `operationId`, if the document gives one.
    pub operation_id: Option<String>,
    /// Who called: the access key id of a signature, or the subject of a token.
    pub principal: Option<String>,
    /// The status of the answer.
    pub status: StatusCode,
    /// Whether the request was let through.
    pub verdict: Verdict,
    /// Path and query, with the values that an authorizer reads hidden.
    pub(crate) shown: String,
}

/// Whether a request was let through, and why not.
///
/// ```
/// use gatewright_local::{GatewayError, Verdict};
///
/// let verdict = Verdict::Refused { error: GatewayError::Forbidden, reason: "no x-api-key header was sent".to_owned() };
/// assert_ne!(verdict, Verdict::Passed);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// The request met every rule; the answer may still be an error that was ordered with [`Builder::respond`] or
    /// [`Builder::fail`].
    ///
    /// [`Builder::respond`]: crate::Builder::respond
    /// [`Builder::fail`]: crate::Builder::fail
    Passed,
    /// The gateway refused the request.
    Refused {
        /// The error that the client got.
        error: GatewayError,
        /// Why. It tells more than the client got, and never a secret.
        reason: String,
    },
}

impl fmt::Display for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (method, status) = (one_line(self.method.as_str(), 40), self.status.as_u16());
        let target = one_line(&self.shown, MAX_TARGET);
        write!(f, "{method} {target} -> {status}")?;
        match &self.verdict {
            // The canonical request follows on the later lines.
            Verdict::Refused { error, reason } => {
                let reason = reason.lines().next().unwrap_or_default();
                write!(f, " {error:?} ({})", one_line(reason, MAX_REASON))
            }
            Verdict::Passed => Ok(()),
        }
    }
}

impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Received")
            .field("method", &self.method)
            .field("target", &self.shown)
            .field("headers", &self.headers)
            .field("operation", &self.operation)
            .field("principal", &self.principal)
            .field("status", &self.status)
            .field("verdict", &self.verdict)
            .finish_non_exhaustive()
    }
}

/// Path and query of a request, with the values of the query parameters `secret` hidden.
pub(crate) fn shown_target(uri: &Uri, secret: &[&str]) -> String {
    let Some(query) = uri.query() else {
        return uri.path().to_owned();
    };
    let show = |pair: &str| match pair.split_once('=') {
        // A name may be written with escapes, as its reader reads it.
        Some((name, _)) if is_secret(name, secret) => format!("{name}=(hidden)"),
        _ => pair.to_owned(),
    };
    let pairs: Vec<_> = query.split('&').map(show).collect();
    format!("{}?{}", uri.path(), pairs.join("&"))
}

fn is_secret(name: &str, secret: &[&str]) -> bool {
    let name = percent_decode_str(name).decode_utf8_lossy();
    secret.contains(&&*name)
}

/// Is told of each request.
pub(crate) type Observer = Box<dyn Fn(&Received) + Send + Sync>;

/// The latest requests, up to [`MOST_ENTRIES`] and [`MOST_BYTES`].
pub(crate) struct Log {
    kept: Mutex<Kept>,
    observer: Option<Observer>,
}

#[derive(Default)]
struct Kept {
    entries: VecDeque<Received>,
    bytes: usize,
}

impl Kept {
    fn push(&mut self, received: Received) {
        self.bytes += size(&received);
        self.entries.push_back(received);
        while self.entries.len() > MOST_ENTRIES
            || (self.bytes > MOST_BYTES && self.entries.len() > 1)
        {
            let oldest = self.entries.pop_front();
            self.bytes -= oldest.as_ref().map_or(0, size);
        }
    }
}

/// What a request takes of the log's memory, about.
fn size(received: &Received) -> usize {
    let headers = received.headers.iter();
    let headers: usize = headers
        .map(|(name, value)| name.as_str().len() + value.len())
        .sum();
    received.body.len() + received.shown.len() + headers
}

impl Log {
    pub(crate) fn new(observer: Option<Observer>) -> Self {
        Self {
            kept: Mutex::default(),
            observer,
        }
    }

    pub(crate) fn push(&self, received: Received) {
        if let Some(observer) = &self.observer {
            observer(&received);
        }
        self.lock().push(received);
    }

    pub(crate) fn entries(&self) -> Vec<Received> {
        self.lock().entries.iter().cloned().collect()
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn received(target: &str) -> Received {
        Received {
            method: Method::GET,
            uri: target.parse().unwrap(),
            headers: HeaderMap::new(),
            body: Bytes::new(),
            operation: None,
            operation_id: None,
            principal: None,
            status: StatusCode::FORBIDDEN,
            verdict: Verdict::Refused {
                error: GatewayError::InvalidSignature,
                reason: "does not match\n\nThe Canonical String".to_owned(),
            },
            shown: shown_target(&target.parse().unwrap(), &["token"]),
        }
    }

    #[test]
    fn large_bodies_do_not_fill_the_memory() {
        let log = Log::new(None);
        for number in 0..100 {
            let mut received = received(&format!("/{number}"));
            received.body = Bytes::from(vec![0; 10 << 20]);
            log.push(received);
        }
        let kept = log.entries();
        assert_eq!(kept.len(), 6);
        assert_eq!(kept[5].uri, "/99");
        let mut largest = received("/largest");
        largest.body = Bytes::from(vec![0; MOST_BYTES + 1]);
        log.push(largest);
        assert_eq!(log.entries().len(), 1);
        (0..2_000).for_each(|_| log.push(received("/")));
        assert_eq!(log.entries().len(), 1_000);
    }

    #[test]
    fn an_entry_is_one_line() {
        let line = "GET /a?b=c -> 403 InvalidSignature (does not match)";
        assert_eq!(received("http://localhost/a?b=c").to_string(), line);
    }

    #[test]
    fn a_token_in_the_query_is_not_shown() {
        let received = received("/a?token=hush&b=c");
        assert!(
            received
                .to_string()
                .starts_with("GET /a?token=(hidden)&b=c ->"),
            "{received}"
        );
        assert!(!format!("{received:?}").contains("hush"));
    }

    #[test]
    fn a_secret_with_an_escaped_name_is_not_shown() {
        let line = received("/a?t%6Fken=hush&b=c").to_string();
        assert!(line.starts_with("GET /a?t%6Fken=(hidden)&b=c"), "{line}");
    }

    #[test]
    fn a_request_cannot_move_the_cursor_of_a_terminal() {
        for text in ["\u{9b}2J", "\u{85}\u{2028}", "\u{202e}\u{2066}"] {
            let mut received = received(&format!("/a{text}?b={text}"));
            received.verdict = Verdict::Refused {
                error: GatewayError::Forbidden,
                reason: format!("no key {text}\u{1b}[2J"),
            };
            let line = received.to_string();
            assert!(!line.contains(text) && !line.contains('\u{1b}'), "{line:?}");
            assert!(line.starts_with("GET /a\\u{"), "{line}");
        }
    }

    #[test]
    fn a_long_request_is_one_short_line() {
        for text in ["é", "\u{9b}", "a=b&"] {
            let target = format!("/a?{}", text.repeat(10_000));
            let mut received = received(&target);
            received.verdict = Verdict::Refused {
                error: GatewayError::Forbidden,
                reason: text.repeat(10_000),
            };
            let line = received.to_string();
            assert!(
                line.chars().count() < 2_000 && line.ends_with("…)"),
                "{line}"
            );
        }
    }

    #[test]
    fn the_log_keeps_the_latest() {
        let log = Log::new(None);
        for number in 0..MOST_ENTRIES + 2 {
            log.push(received(&format!("/{number}")));
        }
        let entries = log.entries();
        assert_eq!(entries.len(), MOST_ENTRIES);
        assert_eq!(entries[0].uri, "/2");
    }
}
