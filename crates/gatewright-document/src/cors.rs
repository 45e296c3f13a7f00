//! What the pages of other origins may do with an API.

use crate::Pointer;

/// An `x-amazon-apigateway-cors` ("Configuring CORS for an HTTP API"). The gateway adds the headers to its responses by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cors {
    /// Where it stands.
    pub pointer: Pointer,
    /// `allowOrigins`: the origins whose pages may call; `*` is any.
    pub allow_origins: Vec<String>,
    /// `allowMethods`: the methods that such a page may use; `*` is any.
    pub allow_methods: Vec<String>,
    /// `allowHeaders`: the headers that such a page may send.
    pub allow_headers: Vec<String>,
    /// `exposeHeaders`: the headers of a response that such a page may read.
    pub expose_headers: Vec<String>,
    /// `maxAge`: for how many seconds a browser may keep the response to a preflight.
    pub max_age: Option<u64>,
    /// `allowCredentials`: whether such a page may send cookies.
    pub allow_credentials: bool,
}
