//! The address of an API: scheme, host and the path up to the stage.

use std::fmt;
use std::str::FromStr;

use http::Uri;
use http::uri::{Authority, PathAndQuery, Scheme};

use crate::{InvalidOrigin, Origin};

/// The address of a deployed API: `https://{id}.execute-api.{region}.amazonaws.com/{stage}`, or a custom domain with its base
/// path.
///
/// A trailing slash makes no difference. A query and a fragment are refused. So are texts that programs read in different
/// ways: see [`Origin`] for host and port; in the path, a backslash and the segments `.` and `..`.
///
/// ```
/// use gatewright::client::BaseUrl;
///
/// let base: BaseUrl = "https://api.example.com/v1/".parse()?;
/// assert_eq!(base.to_string(), "https://api.example.com/v1");
/// assert!("api.example.com".parse::<BaseUrl>().is_err());
/// assert!("https://api.example.com:99999".parse::<BaseUrl>().is_err());
/// # Ok::<(), gatewright::client::InvalidBaseUrl>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    origin: Origin,
    path: String,
}

impl BaseUrl {
    /// `http` or `https`.
    pub fn scheme(&self) -> &Scheme {
        self.origin.scheme()
    }

    /// The host, with its port unless that is the default port of the scheme.
    pub fn authority(&self) -> &Authority {
        self.origin.authority()
    }

    /// Scheme, host and port: where the credentials of the API's operations may go.
    pub fn origin(&self) -> Origin {
        self.origin.clone()
    }

    /// The path that every operation's path is appended to: empty, or with a leading and without a trailing slash.
    pub fn path(&self) -> &str {
        &self.path
    }

    fn new(origin: Origin, path: &str) -> Result<Self, InvalidBaseUrl> {
        let path = path.trim_end_matches('/');
        match path_fault(path) {
            Some(fault) => Err(InvalidBaseUrl(fault)),
            None => Ok(Self {
                origin,
                path: path.to_owned(),
            }),
        }
    }

    /// The text, with capacity for more bytes.
    pub(super) fn to_text(&self, room: usize) -> String {
        let parts = [
            self.scheme().as_str(),
            "://",
            self.authority().as_str(),
            &self.path,
        ];
        let length: usize = parts.iter().map(|part| part.len()).sum();
        let mut text = String::with_capacity(length + room);
        text.extend(parts);
        text
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.origin, self.path)
    }
}

impl FromStr for BaseUrl {
    type Err = InvalidBaseUrl;

    fn from_str(url: &str) -> Result<Self, InvalidBaseUrl> {
        let (origin, path) = split(url);
        Self::new(origin.parse()?, path)
    }
}

impl TryFrom<Uri> for BaseUrl {
    type Error = InvalidBaseUrl;

    /// The `http` crate has already dropped a fragment, so parse a text from another source as a text.
    fn try_from(uri: Uri) -> Result<Self, InvalidBaseUrl> {
        let path = uri.path_and_query().map_or("", PathAndQuery::as_str);
        Self::new(Origin::of(&uri)?, path)
    }
}

/// Splits a URL before its path. A text that is not a URL is not split.
fn split(url: &str) -> (&str, &str) {
    let Some(at) = url.find("://").map(|at| at + "://".len()) else {
        return (url, "");
    };
    let end = url[at..].find(['/', '?']).map_or(url.len(), |end| at + end);
    url.split_at(end)
}

/// The fault of a path that a browser would resolve, or read as another path.
fn path_fault(path: &str) -> Option<&'static str> {
    if path.contains('?') {
        return Some("must not have a query");
    }
    if path.contains('#') {
        return Some("must not have a fragment");
    }
    if path.contains('\\') {
        return Some("must not have a backslash, which some programs read as a slash");
    }
    if path.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Some("must not have blanks or control characters");
    }
    if path.split('/').any(is_dots) {
        return Some("must not have a segment `.` or `..` in its path: resolve it");
    }
    let is_path = path.is_empty() || path.parse::<PathAndQuery>().is_ok();
    (!is_path).then_some("has a character in its path that a URL cannot hold")
}

fn is_dots(segment: &str) -> bool {
    let plain = segment.to_ascii_lowercase().replace("%2e", ".");
    matches!(plain.as_str(), "." | "..")
}

/// Why a text is not the address of an API. It does not repeat the text, which may hold a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidBaseUrl(&'static str);

impl fmt::Display for InvalidBaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the base URL {}", self.0)
    }
}

impl std::error::Error for InvalidBaseUrl {}

impl From<InvalidOrigin> for InvalidBaseUrl {
    fn from(fault: InvalidOrigin) -> Self {
        Self(fault.reason())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trailing_slash_makes_no_difference() {
        let slash: BaseUrl = "https://api.example.com/prod/".parse().unwrap();
        assert_eq!(slash, "https://api.example.com/prod".parse().unwrap());
        assert_eq!(
            "http://127.0.0.1:8080".parse::<BaseUrl>().unwrap().path(),
            ""
        );
    }

    #[test]
    fn what_is_not_an_address_is_refused_without_being_repeated() {
        for bad in [
            "",
            "/prod",
            "ftp://h/",
            "https://me:hunter2@h/",
            "https://h/?q=hunter2",
            "https://",
        ] {
            let error = bad.parse::<BaseUrl>().unwrap_err().to_string();
            assert!(error.starts_with("the base URL "), "{bad}: {error}");
            assert!(!error.contains("hunter2"));
        }
    }
    #[track_caller]
    fn refused(text: &str, word: &str) {
        let error = match text.parse::<BaseUrl>() {
            Ok(base) => panic!("{text:?} is read as {base}"),
            Err(error) => error.to_string(),
        };
        assert!(error.contains(word), "{text:?}: {error}");
    }

    #[test]
    fn a_port_that_would_be_dropped_is_refused() {
        for port in ["99999", "65536", "0", "", "+443"] {
            refused(&format!("https://api.test:{port}"), "port");
            refused(&format!("https://api.test:{port}/prod"), "port");
            let uri: Result<Uri, _> = format!("https://api.test:{port}/prod").parse();
            assert!(BaseUrl::try_from(uri.unwrap()).is_err(), "{port}");
        }
    }

    #[test]
    fn an_address_that_a_browser_reads_as_another_is_refused() {
        for (text, word) in [
            ("https://evil.test#@api.test/", "fragment"),
            ("https://api.test/prod#", "fragment"),
            ("https://api.test#/prod", "fragment"),
            ("https://api.test?", "query"),
            ("https://api.test?@evil.test/", "query"),
            ("https://api.test/prod?x", "query"),
            ("https://evil.test\\@api.test/", "backslash"),
            ("https://api.test\\prod", "backslash"),
            ("https://api.test/a\\..\\b", "backslash"),
            ("https://u@api.test/", "user name"),
            ("https://api.test/a/../b", "`..`"),
            ("https://api.test/.%2E/b", "`..`"),
            ("https://api.test/./", "`.`"),
            ("https://[fe80::1%25eth0]/prod", "zone"),
            ("https://münchen.test/prod", "ASCII"),
            (" https://api.test/", "blanks"),
            ("https://api.test/prod\r\n", "blanks"),
            ("https://api.test/pr\tod", "blanks"),
            ("https://api.test/\u{7f}", "control"),
            ("https://api.test/\u{85}", "control"),
            ("https://127.1/", "IP address"),
        ] {
            refused(text, word);
        }
    }

    #[test]
    fn ordinary_addresses_are_taken() {
        for text in [
            "https://a1b2c3.execute-api.eu-west-1.amazonaws.com/prod",
            "https://api.test:8443",
            "http://localhost:3000/dev/v1",
            "http://[::1]:3000",
            "https://xn--mnchen-3ya.test/a.b/..c",
        ] {
            assert_eq!(text.parse::<BaseUrl>().unwrap().to_string(), text);
            let uri: Uri = text.parse().unwrap();
            assert_eq!(BaseUrl::try_from(uri).unwrap().to_string(), text);
        }
    }
}
