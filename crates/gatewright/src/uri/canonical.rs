//! The one canonical form of a URI: what is sent is what is signed.
//!
//! Signer and server both re-encode a request before they hash it, and not all do it alike. A URI in this form
//! comes out of any of them unchanged.

use std::fmt;

use http::Uri;
use http::uri::{Authority, Parts, PathAndQuery};

use super::escape::push_strict;
use super::is_canonical::{default_port, is_canonical};
use super::{path, percent, query};

/// Why a URI has no canonical form. It names the part and the place, never the content.
#[derive(Debug, PartialEq)]
pub(crate) enum UriFault {
    /// Part, and byte in it.
    BadEscape(&'static str, usize),
    NotUtf8,
    DotSegment,
    EmptySegment,
    NoPath,
    BadPort,
    TooLong,
}

impl fmt::Display for UriFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadEscape(part, at) => write!(
                f,
                "the {part} has a `%` without two hex digits at byte {at}: write a percent sign as `%25`"
            ),
            Self::NotUtf8 => {
                f.write_str("the query has escapes that are not UTF-8: encode text as UTF-8")
            }
            Self::DotSegment => f.write_str(
                "the path has a segment `.` or `..`: resolve it before the request is sent",
            ),
            Self::EmptySegment => {
                f.write_str("the path has an empty segment (`//`): is a path variable empty?")
            }
            Self::NoPath => {
                f.write_str("the target has no path: give the request a URI with a path")
            }
            Self::BadPort => {
                f.write_str("the target has a port that is no number from 1 to 65535: correct it")
            }
            Self::TooLong => f.write_str("the URI is too long once it is encoded (64 KiB)"),
        }
    }
}

/// Brings `uri` into canonical form. A URI that is already canonical, such as those of generated clients, is only checked.
///
/// - Path: upper-case escapes; raw characters that a path cannot hold are escaped.
/// - Query: names and values are decoded (`+` is a space) and encoded again with all but the unreserved characters
///   escaped; empty pairs are dropped; the order and a missing `=` stay.
/// - Authority: host in lower case, without the scheme's default port and without user information.
pub(crate) fn make_canonical(uri: &mut Uri) -> Result<(), UriFault> {
    if !is_canonical(uri) {
        *uri = canonical(uri)?;
    }
    Ok(())
}

fn canonical(uri: &Uri) -> Result<Uri, UriFault> {
    let mut target = path::canonical(uri.path())?;
    push_query(&mut target, uri.query().unwrap_or_default())?;
    let mut parts = Parts::default();
    parts.scheme = uri.scheme().cloned();
    parts.authority = canonical_authority(uri)?;
    parts.path_and_query = Some(PathAndQuery::try_from(target).map_err(|_| UriFault::TooLong)?);
    Uri::from_parts(parts).map_err(|_| UriFault::TooLong)
}

fn push_query(out: &mut String, text: &str) -> Result<(), UriFault> {
    if let Some(bad) = percent::units(text).find_map(Result::err) {
        return Err(UriFault::BadEscape("query", bad.at));
    }
    let mut separator = '?';
    for pair in query::pairs(text) {
        out.push(separator);
        separator = '&';
        let (name, value) = pair
            .split_once('=')
            .map_or((pair, None), |(n, v)| (n, Some(v)));
        push_component(out, name)?;
        if let Some(value) = value {
            out.push('=');
            push_component(out, value)?;
        }
    }
    Ok(())
}

fn push_component(out: &mut String, text: &str) -> Result<(), UriFault> {
    let decoded = query::decode(text);
    if std::str::from_utf8(&decoded).is_err() {
        return Err(UriFault::NotUtf8);
    }
    push_strict(out, &decoded);
    Ok(())
}

fn canonical_authority(uri: &Uri) -> Result<Option<Authority>, UriFault> {
    let Some(authority) = uri.authority() else {
        return Ok(None);
    };
    let port = port(authority)?.filter(|port| Some(*port) != default_port(uri.scheme()));
    let host = authority.host().to_ascii_lowercase();
    let authority = port.map_or_else(|| host.clone(), |port| format!("{host}:{port}"));
    // The host was already part of a valid authority.
    Ok(Authority::try_from(authority).ok())
}

/// The port as it is written. `Authority::port` drops one beyond its range, and the request would go to another server.
fn port(authority: &Authority) -> Result<Option<u16>, UriFault> {
    let text = authority.as_str();
    let after_host = text.rsplit(['@', ']']).next().unwrap_or(text);
    let Some((_, port)) = after_host.rsplit_once(':') else {
        return Ok(None);
    };
    if port.is_empty() {
        return Ok(None);
    }
    let is_number = port.bytes().all(|byte| byte.is_ascii_digit());
    let number = port.parse().ok().filter(|port| is_number && *port > 0);
    number.map(Some).ok_or(UriFault::BadPort)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(uri: &str) -> Result<String, UriFault> {
        let uri = Uri::try_from(uri).unwrap_or_else(|error| panic!("{uri}: {error}"));
        let rebuilt = canonical(&uri).map(|uri| uri.to_string());
        let mut made = uri;
        // A URI that is not rebuilt because it looks canonical already has to come out the same.
        let made = make_canonical(&mut made).map(|()| made.to_string());
        assert_eq!(made, rebuilt);
        made
    }

    #[test]
    fn a_canonical_uri_is_left_alone() {
        for uri in [
            "https://api.test/",
            "https://api.test:8443/prod/pets/a%20b?limit=10&flag&empty=",
            "http://[::1]:3000/x",
            "/only/a/path?q=1",
        ] {
            assert_eq!(form(uri).unwrap(), uri);
        }
    }

    #[test]
    fn paths() {
        for (written, sent) in [
            ("/a%2fb%c3%a9", "/a%2Fb%C3%A9"),
            ("/%41%7E", "/%41%7E"),
            ("/urn:x:1/a@b/$x&y'(z)*+,;=", "/urn:x:1/a@b/$x&y'(z)*+,;="),
            (
                "/é/{id}/a|b^c[e]\\\"",
                "/%C3%A9/%7Bid%7D/a%7Cb%5Ec%5Be%5D%5C%22",
            ),
            ("/a/...", "/a/..."),
            ("/pets/", "/pets/"),
            ("/%FF", "/%FF"),
        ] {
            assert_eq!(form(written).unwrap(), sent, "{written}");
        }
    }

    #[test]
    fn queries() {
        for (written, sent) in [
            ("a%20b+c", "a%20b%20c"),
            ("q=1%2B1&p=%2526", "q=1%2B1&p=%2526"),
            ("x=%41%7e%2f%3d", "x=A~%2F%3D"),
            (
                "a=/:,@*'();$?[]",
                "a=%2F%3A%2C%40%2A%27%28%29%3B%24%3F%5B%5D",
            ),
            ("e=é", "e=%C3%A9"),
            ("a=b=c&=v&=", "a=b%3Dc&=v&="),
            ("&&b=2&&a=1&b=1&", "b=2&a=1&b=1"),
        ] {
            assert_eq!(form(&format!("/?{written}")).unwrap(), format!("/?{sent}"));
        }
        assert_eq!(form("/pets?").unwrap(), "/pets");
        assert_eq!(form("/pets?&").unwrap(), "/pets");
    }

    #[test]
    fn authorities() {
        for (written, sent) in [
            ("https://API.Test:443/", "https://api.test/"),
            ("http://api.test:80/", "http://api.test/"),
            ("http://api.test:443/", "http://api.test:443/"),
            ("https://user:pw@api.test:444/x", "https://api.test:444/x"),
            ("https://api.test", "https://api.test/"),
            ("https://api.test:/x", "https://api.test/x"),
            ("https://u:1@[::1]:8443/", "https://[::1]:8443/"),
            ("https://u:1@[::1]/", "https://[::1]/"),
            ("https://api.test/x#part", "https://api.test/x"),
        ] {
            assert_eq!(form(written).unwrap(), sent, "{written}");
        }
    }

    #[test]
    fn canonical_form_is_reached_in_one_step() {
        let once = form("https://u@A.test:443/é%2f?b=a+b&&c=%7e").unwrap();
        assert_eq!(form(&once).unwrap(), once);
    }

    #[test]
    fn what_cannot_be_signed_truthfully_is_refused() {
        use UriFault::{BadEscape, BadPort, DotSegment, EmptySegment, NoPath, NotUtf8, TooLong};
        for (written, fault) in [
            ("/a%zz", BadEscape("path", 2)),
            ("/a%", BadEscape("path", 2)),
            ("/?a=1&bc=d%4", BadEscape("query", 8)),
            ("/?%=1", BadEscape("query", 0)),
            ("/?a=%FF", NotUtf8),
            ("/a/../b", DotSegment),
            ("/a/.", DotSegment),
            ("/%2E%2e/b", DotSegment),
            ("/a//b", EmptySegment),
            ("https://api.test//", EmptySegment),
            ("*", NoPath),
            ("api.test:443", NoPath),
            ("https://api.test:99999/", BadPort),
            ("https://u:1@api.test:65536/", BadPort),
            ("https://[::1]:+443/", BadPort),
            ("http://api.test:0/", BadPort),
            (&format!("/?{}", "é".repeat(20_000)), TooLong),
        ] {
            assert_eq!(form(written).unwrap_err(), fault, "{written:.40}");
        }
    }

    #[test]
    fn a_fault_tells_the_place_and_not_the_content() {
        let fault = form("/?secret=%zz").unwrap_err();
        assert_eq!(
            fault.to_string(),
            "the query has a `%` without two hex digits at byte 7: write a percent sign as `%25`"
        );
    }
}
