//! A copy of the head of a request, to send it a second time.

use http::request::Parts;
use http::{Extensions, HeaderMap, HeaderName, HeaderValue, Method, Request, Uri, Version};

use crate::room::{Room, with_room};

/// The copy of a head. Many requests are copied and few are repeated, so a copy must cost little: copying a header map takes
/// two allocations, and one more for each value that is not shared yet.
pub(crate) struct HeadCopy {
    method: Method,
    uri: Uri,
    version: Version,
    extensions: Extensions,
    headers: FlatHeaders,
}

impl HeadCopy {
    pub(crate) fn of(parts: &Parts) -> Self {
        Self {
            method: parts.method.clone(),
            uri: parts.uri.clone(),
            version: parts.version,
            extensions: parts.extensions.clone(),
            headers: FlatHeaders::of(&parts.headers),
        }
    }

    #[cfg(feature = "retry")]
    pub(crate) fn of_request<B>(request: &Request<B>) -> Self {
        Self {
            method: request.method().clone(),
            uri: request.uri().clone(),
            version: request.version(),
            extensions: request.extensions().clone(),
            headers: FlatHeaders::of(request.headers()),
        }
    }

    #[cfg(feature = "retry")]
    pub(crate) fn method(&self) -> &Method {
        &self.method
    }

    /// Whether there is a header of this name, which is in lower case.
    #[cfg(feature = "retry")]
    pub(crate) fn has_header(&self, name: &str) -> bool {
        let mut headers = self.headers.0.split(|byte| *byte == b'\n');
        headers.any(|line| header(line).is_some_and(|(known, _)| known == name))
    }

    pub(crate) fn to_parts(&self) -> Parts {
        let (mut parts, ()) = Request::new(()).into_parts();
        parts.method = self.method.clone();
        parts.uri = self.uri.clone();
        parts.version = self.version;
        parts.extensions = self.extensions.clone();
        parts.headers = self.headers.to_map();
        parts
    }
}

/// Headers in one piece of memory, each as its name, a colon (or a semicolon if it is sensitive), its value and a line
/// break.
struct FlatHeaders(Vec<u8>);

/// A usual request without its session token fits.
const USUAL_LENGTH: usize = 512;

impl FlatHeaders {
    fn of(headers: &HeaderMap) -> Self {
        if headers.is_empty() {
            return Self(Vec::new());
        }
        with_room::<USUAL_LENGTH, _>(|memory| {
            let text = write(memory, headers)?;
            Some(Self(text.to_vec()))
        })
    }

    fn to_map(&self) -> HeaderMap {
        // Neither a name nor a value can hold a line break, and a name no colon.
        self.0
            .split(|byte| *byte == b'\n')
            .filter_map(header)
            .collect()
    }
}

/// `None` if there is not enough memory.
fn write<'a>(memory: &'a mut [u8], headers: &HeaderMap) -> Option<&'a [u8]> {
    let mut text = Room::of(memory);
    for (name, value) in headers {
        text.extend(name.as_str().as_bytes())?;
        text.push(if value.is_sensitive() { b';' } else { b':' })?;
        text.extend(value.as_bytes())?;
        text.push(b'\n')?;
    }
    Some(text.written())
}

fn header(line: &[u8]) -> Option<(HeaderName, HeaderValue)> {
    let end = line.iter().position(|byte| matches!(byte, b':' | b';'))?;
    let name = HeaderName::from_bytes(&line[..end]).ok()?;
    let mut value = HeaderValue::from_bytes(&line[end + 1..]).ok()?;
    value.set_sensitive(line[end] == b';');
    Some((name, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_has_all_that_the_request_has() {
        let mut secret = HeaderValue::from_static("a: b; c");
        secret.set_sensitive(true);
        let request = Request::put("https://api.test/pets?a=1")
            .version(Version::HTTP_2)
            .header("x-tenant", "blue")
            .header("cookie", "a=1")
            .header("cookie", "")
            .header("x-secret", secret)
            .extension(7_u8)
            .body(());
        let (parts, ()) = request.unwrap().into_parts();
        let copy = HeadCopy::of(&parts).to_parts();
        assert_eq!(copy.method, Method::PUT);
        assert_eq!(copy.uri, "https://api.test/pets?a=1");
        assert_eq!(copy.version, Version::HTTP_2);
        assert_eq!(copy.headers, parts.headers);
        assert!(copy.headers["x-secret"].is_sensitive());
        assert_eq!(copy.extensions.get(), Some(&7_u8));
    }
}
