//! Which connections cross no network that others can read.

use std::net::IpAddr;

use http::Uri;
use http::uri::{Authority, Scheme};

/// Whether `host` is this machine: `localhost`, `127.0.0.0/8` or `::1`, an address in brackets or not.
pub fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let address = bare.parse::<IpAddr>();
    host.eq_ignore_ascii_case("localhost")
        || address.is_ok_and(|address| address.to_canonical().is_loopback())
}

/// The host of an authority. Nearly all have neither a user nor an address in brackets.
fn host(authority: &Authority) -> &str {
    let text = authority.as_str();
    if text.bytes().any(|byte| matches!(byte, b'@' | b'[')) {
        return authority.host();
    }
    let end = text.bytes().position(|byte| byte == b':');
    &text[..end.unwrap_or(text.len())]
}

/// Whether a credential may go to `target`: over `https`, or over `http` to this machine.
#[inline]
pub fn is_private(target: &Uri) -> bool {
    if target.scheme() == Some(&Scheme::HTTPS) {
        return target.authority().is_some();
    }
    let is_http = target.scheme() == Some(&Scheme::HTTP);
    is_http
        && target
            .authority()
            .is_some_and(|it| is_usual(it.as_str()) || is_loopback(host(it)))
}

/// Whether it is written as nearly always, which needs no parser: a test server at a port.
fn is_usual(authority: &str) -> bool {
    let port = authority
        .strip_prefix("127.0.0.1:")
        .or_else(|| authority.strip_prefix("localhost:"));
    port.is_some_and(|port| port.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn private(target: &str) -> bool {
        is_private(&target.parse().unwrap())
    }

    #[test]
    fn https_and_loopback_are_private() {
        for target in [
            "https://api.test/",
            "HTTPS://api.test/",
            "http://localhost:3000/x",
            "http://LocalHost/",
            "http://127.0.0.1/",
            "http://127.9.9.9:1/",
            "http://[::1]:3000/",
            "http://[::ffff:127.0.0.1]/",
        ] {
            assert!(private(target), "{target}");
        }
    }

    #[test]
    fn the_open_network_is_not() {
        for target in [
            "http://api.test/",
            "http://localhost@api.test/",
            "http://localhost:80@api.test/",
            "http://127.0.0.1:@api.test/",
            "http://localhost.api.test/",
            "http://127.0.0.1.api.test/",
            "http://169.254.169.254/token",
            "http://10.0.0.1/",
            "http://[::2]/",
            "ftp://localhost/",
            "/pets",
            "localhost:80",
        ] {
            assert!(!private(target), "{target}");
        }
    }
}
