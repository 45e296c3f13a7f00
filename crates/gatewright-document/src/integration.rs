//! What stands behind an operation, as far as a caller can see it.

use indexmap::IndexMap;

/// An `x-amazon-apigateway-integration`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Integration {
    /// Its type.
    pub kind: IntegrationKind,
    /// The templates of a request by media type; a mock chooses its status by one.
    pub request_templates: IndexMap<String, String>,
    /// What becomes of a body of a media type that has no template.
    pub passthrough: Passthrough,
    /// The responses by selection pattern (`default`, `2\d{2}`), in the document's order.
    pub responses: IndexMap<String, IntegrationResponse>,
}

/// A `passthroughBehavior`: whether a body goes through that no template is for ("Method request behavior for payloads without mapping
/// templates").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Passthrough {
    /// `when_no_match`, the default: one whose media type has no template.
    #[default]
    WhenNoMatch,
    /// `when_no_templates`: none, unless there are no templates at all.
    WhenNoTemplates,
    /// `never`: none.
    Never,
}

/// The type of an integration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum IntegrationKind {
    /// `mock`: the gateway responds by itself.
    Mock,
    /// `http`, `http_proxy`.
    Http,
    /// `aws`, `aws_proxy`: Lambda and other services.
    Aws,
    /// Anything else, or no type.
    Unknown,
}

/// One response of an integration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct IntegrationResponse {
    /// The status that the gateway responds with.
    pub status: Option<u16>,
    /// The static headers: `method.response.header.X: "'value'"`, name and value without quotes. Mapped ones are left out.
    pub headers: IndexMap<String, String>,
    /// The templates of the body by media type.
    pub templates: IndexMap<String, String>,
}
