//! Whether reqwest sends a request as it was signed.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use gatewright::{AuthorizeError, AuthorizeErrorKind, BoxError};
use http::header::HOST;
use http::request::Parts;
use http::uri::Authority;
use http::{HeaderValue, Uri};
use url::{Position, Url};

/// The URL of a request, without a user name and password: those are not sent (RFC 9110, section 4.2.4).
///
/// # Errors
///
/// When it is no URL, or reqwest would send another one.
pub(crate) fn url(target: &Uri) -> Result<Url, BoxError> {
    let mut url = Url::parse(&target.to_string())
        .map_err(|error| format!("nothing was sent: the target is no URL: {error}"))?;
    if url[Position::BeforePath..] != path_and_query(target) || !is_same_host(&url, target) {
        return Err(refused(REWRITTEN).into());
    }
    // `Err` for a URL without a host, which has neither.
    let _ = url.set_username("").and_then(|()| url.set_password(None));
    Ok(url)
}

fn path_and_query(target: &Uri) -> String {
    match target.query() {
        Some(query) => format!("{}?{query}", target.path()),
        None => target.path().to_owned(),
    }
}

fn is_same_host(url: &Url, target: &Uri) -> bool {
    let (parsed, host) = (url.host_str(), target.host());
    parsed
        .zip(host)
        .is_some_and(|(parsed, host)| parsed.eq_ignore_ascii_case(host))
}

/// Refuses a `host` that HTTP/2 would not send (RFC 9113, section 8.3.1), unless the client speaks HTTP/1.1 only.
pub(crate) fn check_host(head: &Parts, is_http1_only: bool) -> Result<(), AuthorizeError> {
    let is_https = head.uri.scheme_str() == Some("https");
    if is_http1_only || !is_https {
        return Ok(());
    }
    let authority = head.uri.authority().map_or("", Authority::as_str);
    let is_own = |host: &HeaderValue| {
        let host = host.as_bytes();
        host == authority.as_bytes() || Some(host) == without_default_port(authority)
    };
    if head.headers.get_all(HOST).iter().all(is_own) {
        Ok(())
    } else {
        Err(refused(OTHER_HOST))
    }
}

fn without_default_port(authority: &str) -> Option<&[u8]> {
    authority.strip_suffix(":443").map(str::as_bytes)
}

/// Whether the client is seen to follow redirects. Clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Redirects(Arc<AtomicBool>);

impl Redirects {
    /// Refuses to send any more once the client was seen to follow one: it would forward credentials each time.
    pub(crate) fn admit(&self) -> Result<(), AuthorizeError> {
        if !self.0.load(Ordering::Relaxed) {
            return Ok(());
        }
        let message = format!("nothing was sent: {FollowedRedirect}");
        Err(AuthorizeError::new(
            AuthorizeErrorKind::ForeignOrigin,
            message,
        ))
    }

    /// Refuses a response that came from elsewhere.
    pub(crate) fn check(&self, sent: &Url, arrived: &Url) -> Result<(), FollowedRedirect> {
        if sent == arrived {
            return Ok(());
        }
        self.0.store(true, Ordering::Relaxed);
        Err(FollowedRedirect)
    }
}

/// The client of [`Reqwest::from_client`](crate::Reqwest::from_client) followed a redirect and forwarded credentials. The
/// response is dropped, and further calls are refused before they are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FollowedRedirect;

impl fmt::Display for FollowedRedirect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "the reqwest client followed a redirect, which forwards credentials: make it with \
             `.redirect(reqwest::redirect::Policy::none())`, or pass its builder to `gatewright_reqwest::transport`",
        )
    }
}

impl std::error::Error for FollowedRedirect {}

fn refused(why: &'static str) -> AuthorizeError {
    AuthorizeError::new(AuthorizeErrorKind::Unsignable, why)
}

const REWRITTEN: &str = "nothing was sent: reqwest would send another URL, as it resolves dot segments and encodes \
     characters such as `'`: percent-encode the path and the query, and write the host in its usual form";

const OTHER_HOST: &str = "nothing was sent: the `host` header is not the host of the URL, and over HTTP/2 only the latter is \
     sent: use a client of `Reqwest::http1_only`";

#[cfg(test)]
mod tests {
    use super::*;
    use http::Request;

    fn sent(target: &'static str) -> Option<String> {
        let url = url(&Uri::from_static(target));
        url.ok().map(|url| url.to_string())
    }

    #[test]
    fn a_url_is_sent_as_it_is() {
        for same in [
            "https://api.test/",
            "https://api.test/a%2Fb/%20c/$x;y=(1)?a=%27&b=c+d/?",
            "http://127.0.0.1:8080/a",
            "http://[::1]:8080/",
        ] {
            assert_eq!(sent(same).as_deref(), Some(same));
        }
        assert_eq!(
            sent("https://api.test").as_deref(),
            Some("https://api.test/")
        );
        assert_eq!(
            sent("https://API.test:443/").as_deref(),
            Some("https://api.test/")
        );
        assert_eq!(
            sent("https://a:b@api.test/").as_deref(),
            Some("https://api.test/")
        );
    }

    #[test]
    fn a_url_that_reqwest_would_change_is_refused() {
        for other in [
            "https://api.test/a/../b",
            "https://api.test/a/%2e%2e/b",
            "https://api.test/?a='b'",
            "http://0x7f.1/",
            "/no/host",
        ] {
            assert_eq!(sent(other), None, "{other}");
        }
    }

    fn check(target: &str, host: &str, is_http1_only: bool) -> bool {
        let request = Request::get(target).header("host", host).body(());
        let (head, ()) = request.unwrap().into_parts();
        check_host(&head, is_http1_only).is_ok()
    }

    #[test]
    fn a_host_that_http_2_does_not_send_is_refused() {
        assert!(check("https://api.test/", "api.test", false));
        assert!(check("https://api.test:443/", "api.test", false));
        assert!(!check("https://vpce.test/", "api.test", false));
        assert!(check("https://vpce.test/", "api.test", true));
        assert!(check("http://127.0.0.1/", "api.test", false));
    }
}
