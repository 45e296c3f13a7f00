//! What a REST API responds where the gateway itself refuses.

use indexmap::IndexMap;

/// One of the `x-amazon-apigateway-gateway-responses` ("Gateway responses in API Gateway").
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct GatewayResponse {
    /// `statusCode`; `None` leaves the status of the error.
    pub status: Option<u16>,
    /// The headers, by their names: each value is a static text in single quotes, or names a value of the request or of `$context`.
    pub headers: IndexMap<String, String>,
    /// `responseTemplates`: a body by media type, in which `$context.*` is what the gateway knows.
    pub templates: IndexMap<String, String>,
}
