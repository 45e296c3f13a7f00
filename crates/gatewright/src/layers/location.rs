//! Where in a request a credential goes.

use std::borrow::Cow;
use std::fmt;

use http::HeaderName;
use http::request::Parts;

use crate::uri::has_parameter;

/// Where in a request a credential goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// Into this header.
    Header(HeaderName),
    /// Into this query parameter.
    Query(Cow<'static, str>),
}

impl Location {
    /// Whether a request brings something there.
    pub(super) fn is_taken(&self, request: &Parts) -> bool {
        match self {
            Self::Header(name) => request.headers.contains_key(name),
            Self::Query(name) => has_parameter(&request.uri, name),
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Header(name) => write!(f, "the header `{name}`"),
            Self::Query(name) => write!(f, "the query parameter `{name}`"),
        }
    }
}
