//! What a request can have beside the usual: each form is a way in which a signature and the wire could come apart.

use gatewright::layers::sigv4::PayloadHash;
use http::header::{CONTENT_LENGTH, HOST};
use http::request::Parts;
use http::{HeaderName, HeaderValue};
use sha2::{Digest, Sha256};

use crate::Protocol;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    AnotherHost,
    ASecondHost,
    BlanksInARow,
    ByteBeyondUtf8,
    ConnectionClose,
    ContentHashOfAnotherBody,
    ContentHashRight,
    ContentHashUnsigned,
    EmptyValue,
    ProxyConnection,
    InvalidPath,
    KeepAlive,
    LengthOfAnotherBody,
    LengthRight,
    NamedInConnection,
    OddName,
    PayloadHashGiven,
    Quotes,
    RepeatedName,
    SignatureOfBefore,
    Tab,
    Te,
    Trailer,
    TransferEncoding,
    TwoCookies,
    /// As `PayloadHashGiven`, with a stream that HTTP/1.1 clients do not send with a GET or HEAD.
    UnreadBodyOfGet,
    Upgrade,
    UserAgent,
    UsualHost,
}

/// All but the one that depends on method and body.
pub(crate) const CHOSEN: [Form; 28] = [
    Form::AnotherHost,
    Form::ASecondHost,
    Form::BlanksInARow,
    Form::ByteBeyondUtf8,
    Form::ConnectionClose,
    Form::ContentHashOfAnotherBody,
    Form::ContentHashRight,
    Form::ContentHashUnsigned,
    Form::EmptyValue,
    Form::ProxyConnection,
    Form::InvalidPath,
    Form::KeepAlive,
    Form::LengthOfAnotherBody,
    Form::LengthRight,
    Form::NamedInConnection,
    Form::OddName,
    Form::PayloadHashGiven,
    Form::Quotes,
    Form::RepeatedName,
    Form::SignatureOfBefore,
    Form::Tab,
    Form::Te,
    Form::Trailer,
    Form::TransferEncoding,
    Form::TwoCookies,
    Form::Upgrade,
    Form::UserAgent,
    Form::UsualHost,
];

impl Form {
    /// Brings the form into a request that has this body.
    pub(crate) fn apply(self, head: &mut Parts, body: &[u8], protocol: Protocol) {
        match self {
            _ if self.is_host() => self.apply_hosts(head, protocol),
            Self::InvalidPath => append_to_path(head),
            Self::PayloadHashGiven | Self::UnreadBodyOfGet => {
                let _ = head.extensions.insert(PayloadHash::of(body));
            }
            _ => {
                for (name, value) in self.headers(body) {
                    head.headers.append(name, value);
                }
            }
        }
    }

    pub(crate) fn is_host(self) -> bool {
        matches!(
            self,
            Self::AnotherHost | Self::ASecondHost | Self::UsualHost
        )
    }

    /// HTTP/1.1 can be sent with the host of a private API; HTTP/2 has no other host than that of the URI.
    fn apply_hosts(self, head: &mut Parts, protocol: Protocol) {
        let authority = head.uri.authority().unwrap().as_str();
        let usual = HeaderValue::from_str(authority).unwrap();
        let other = HeaderValue::from_static("abc123.execute-api.eu-west-1.amazonaws.com");
        let first = match (self, protocol) {
            (Self::AnotherHost, Protocol::Http1 | Protocol::Reqwest) => other.clone(),
            _ => usual,
        };
        head.headers.append(HOST, first);
        if self == Self::ASecondHost {
            head.headers.append(HOST, other);
        }
    }

    fn headers(self, body: &[u8]) -> Vec<(HeaderName, HeaderValue)> {
        let length = body.len();
        match self {
            Self::LengthRight => vec![(CONTENT_LENGTH, length.into())],
            Self::LengthOfAnotherBody => {
                vec![(CONTENT_LENGTH, length.checked_sub(1).unwrap_or(1).into())]
            }
            Self::ContentHashRight => vec![content_hash(&sha256(body))],
            Self::ContentHashOfAnotherBody => {
                vec![content_hash(&sha256(&[body, b"."].concat()))]
            }
            Self::ContentHashUnsigned => vec![content_hash("UNSIGNED-PAYLOAD")],
            Self::ByteBeyondUtf8 => {
                vec![(x("x-latin"), HeaderValue::from_bytes(b"caf\xe9").unwrap())]
            }
            _ => self
                .fixed()
                .iter()
                .map(|(name, value)| (x(name), HeaderValue::from_bytes(value.as_bytes()).unwrap()))
                .collect(),
        }
    }

    /// Headers that are the same for every body.
    fn fixed(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::BlanksInARow => &[(
                "x-blanks",
                "  two  before,   three within,    four after    ",
            )],
            Self::ConnectionClose => &[("connection", "close")],
            Self::EmptyValue => &[("x-empty", ""), ("accept-language", "")],
            Self::ProxyConnection => &[("proxy-connection", "keep-alive")],
            Self::KeepAlive => &[("keep-alive", "timeout=5, max=100")],
            Self::NamedInConnection => &[("connection", "x-hop"), ("x-hop", "to the next proxy")],
            Self::OddName => &[
                ("!#$%&'*+-.^_`|~0", "odd"),
                ("x-amz-1", "a"),
                ("x_a", "b"),
                ("1", "c"),
            ],
            Self::Quotes => &[
                ("x-quotes", r#""a  b" , "c\"d", 'e  f'"#),
                ("if-match", r#"W/"1""#),
            ],
            Self::RepeatedName => &[
                ("x-list", "b"),
                ("x-other", "1"),
                ("x-list", "a"),
                ("x-list", "b"),
            ],
            Self::SignatureOfBefore => &[
                (
                    "authorization",
                    "AWS4-HMAC-SHA256 Credential=AKID/20010101/us-east-1/execute-api/aws4_request",
                ),
                ("x-amz-date", "20010101T000000Z"),
                ("x-amz-security-token", "of-before"),
            ],
            Self::Tab => &[("x-tab", "a\tb")],
            Self::Te => &[("te", "trailers")],
            Self::Trailer => &[("trailer", "x-checksum")],
            Self::TransferEncoding => &[("transfer-encoding", "chunked")],
            Self::TwoCookies => &[("cookie", "a=1; b=2"), ("cookie", "c=3")],
            Self::Upgrade => &[("upgrade", "websocket")],
            Self::UserAgent => &[("user-agent", "a-client/1.0")],
            _ => &[],
        }
    }
}

fn x(name: &str) -> HeaderName {
    HeaderName::from_bytes(name.as_bytes()).unwrap()
}

fn content_hash(value: &str) -> (HeaderName, HeaderValue) {
    let name = HeaderName::from_static("x-amz-content-sha256");
    (name, HeaderValue::from_str(value).unwrap())
}

fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A dot segment, which a server resolves before it verifies.
fn append_to_path(head: &mut Parts) {
    let uri = head.uri.to_string();
    let (target, query) = uri.split_once('?').unwrap_or((&uri, ""));
    head.uri = format!("{target}/../a?{query}").parse().unwrap();
}
