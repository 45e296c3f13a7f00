//! Headers that are not for a caller to send: the one list for arguments, fixed values, and places of tokens.

/// Who sets a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderOwner {
    /// The transport: it frames the message or belongs to one connection (RFC 9110, sections 6.6, 7.2, 7.6.1, 7.8, 8.6,
    /// 10.1 and 11.7.2; RFC 9113, section 8.2.2).
    Transport,
    /// The signer ("Elements of an AWS API request signature", IAM user guide).
    Signer,
    /// A layer with a credential. A token may be one.
    Credential,
}

const TRANSPORT: [&str; 12] = [
    "connection",
    "content-length",
    "expect",
    "host",
    "http2-settings",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

const SIGNER: [&str; 3] = ["x-amz-content-sha256", "x-amz-date", "x-amz-security-token"];

const CREDENTIAL: [&str; 2] = ["authorization", "x-api-key"];

/// Who sets the header `name`, in whatever case it is written; `None` of one that a caller may send.
///
/// ```
/// use gatewright_codegen::check::{HeaderOwner, header_owner};
///
/// assert_eq!(header_owner("Transfer-Encoding"), Some(HeaderOwner::Transport));
/// assert_eq!(header_owner("x-amz-meta-title"), None);
/// ```
pub fn header_owner(name: &str) -> Option<HeaderOwner> {
    let is_in = |list: &[&str]| list.iter().any(|owned| owned.eq_ignore_ascii_case(name));
    if is_in(&TRANSPORT) {
        Some(HeaderOwner::Transport)
    } else if is_in(&SIGNER) {
        Some(HeaderOwner::Signer)
    } else {
        is_in(&CREDENTIAL).then_some(HeaderOwner::Credential)
    }
}
