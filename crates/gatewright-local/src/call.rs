//! One request as the rules look at it.

use std::time::SystemTime;

use http::header::HOST;
use http::request::Parts;

/// A request with its whole body, and the time at which it is judged.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Call<'a> {
    pub(crate) parts: &'a Parts,
    pub(crate) body: &'a [u8],
    pub(crate) now: SystemTime,
}

impl<'a> Call<'a> {
    /// The first value of a header; `None` also for one that is not text.
    pub(crate) fn header(&self, name: &str) -> Option<&'a str> {
        let value = self.parts.headers.get(name)?;
        std::str::from_utf8(value.as_bytes()).ok()
    }

    /// The host that was called: the `Host` header of HTTP/1.1, the `:authority` of HTTP/2.
    pub(crate) fn host(&self) -> Option<&'a str> {
        let authority = || self.parts.uri.authority().map(http::uri::Authority::as_str);
        self.header(HOST.as_str()).or_else(authority)
    }

    /// The value of a query parameter, decoded; of several the last, as AWS was recorded to take it. `None` also for one that is not
    /// text.
    pub(crate) fn query(&self, name: &str) -> Option<String> {
        let pairs = crate::query::pairs(self.parts.uri.query());
        let found = pairs
            .into_iter()
            .rev()
            .find(|(key, _)| key == name.as_bytes());
        found.and_then(|(_, value)| String::from_utf8(value).ok())
    }
}

#[cfg(test)]
mod tests {
    use crate::fixtures::{call, get};

    #[test]
    fn of_a_repeated_query_parameter_the_last_value_counts() {
        let parts = get("/?a=1&b=2&a=x%20y");
        let call = call(&parts, b"");
        assert_eq!(call.query("a").as_deref(), Some("x y"));
        assert_eq!(call.query("c"), None);
    }
}
