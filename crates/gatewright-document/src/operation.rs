//! The operations of a document, with everything resolved that does not need a language: parameters merged,
//! references of parameters, bodies and responses followed, security read as API Gateway reads it.

use indexmap::IndexMap;
use openapiv3::{ReferenceOr, Schema};
use serde_json::Value;

use crate::Pointer;
use crate::integration::Integration;
use crate::security::Security;

/// One operation: a method on a path.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Operation {
    /// Where it stands in the document, such as `#/paths/~1pets/get`.
    pub pointer: Pointer,
    /// The path template as API Gateway routes it: `/pets/{petId}`, a greedy variable as `{proxy+}`.
    pub path: String,
    /// The method, or [`Method::Any`] for `x-amazon-apigateway-any-method`.
    pub method: Method,
    /// The `operationId`, which exports made in the console lack.
    pub id: Option<String>,
    /// The `summary`.
    pub summary: Option<String>,
    /// The `description`.
    pub description: Option<String>,
    /// The `tags`.
    pub tags: Vec<String>,
    /// Whether it is marked `deprecated`.
    pub deprecated: bool,
    /// The parameters of path, query and header: those of the path item and the operation's own, the latter winning.
    /// Every variable of the path has its parameter here, declared or not.
    pub parameters: Vec<Parameter>,
    /// The request body, if the document has one.
    pub body: Option<RequestBody>,
    /// The documented responses, in the document's order.
    pub responses: Vec<Response>,
    /// What the gateway demands of a caller.
    pub security: Security,
    /// What the gateway checks of a request before anything else sees it.
    pub validation: Validation,
    /// What stands behind the operation; absent in an export without extensions.
    pub integration: Option<Integration>,
}

/// An HTTP method as a document names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
    Head,
    Options,
    Trace,
    /// `x-amazon-apigateway-any-method`: every method that the path does not name itself.
    Any,
}

impl Method {
    /// The name in upper case; `ANY` for [`Method::Any`].
    pub const fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Patch => "PATCH",
            Method::Delete => "DELETE",
            Method::Head => "HEAD",
            Method::Options => "OPTIONS",
            Method::Trace => "TRACE",
            Method::Any => "ANY",
        }
    }
}

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Location {
    Path,
    Query,
    Header,
    Cookie,
}

/// One parameter.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Parameter {
    /// Where it stands; for a path variable that nobody declared, where the operation stands.
    pub pointer: Pointer,
    /// The name on the wire; a greedy variable without its `+`.
    pub name: String,
    /// Where it is sent.
    pub location: Location,
    /// Whether it takes the rest of the path, slashes included (`{proxy+}`).
    pub greedy: bool,
    /// Whether a request without it is refused; always true of a path variable.
    pub required: bool,
    /// The `description`.
    pub description: Option<String>,
    /// Whether it is marked `deprecated`.
    pub deprecated: bool,
    /// The schema; exports say `string` of every parameter.
    pub schema: Option<ReferenceOr<Schema>>,
    /// Where the schema stands.
    pub schema_pointer: Pointer,
    /// How an array or object is written.
    pub style: Style,
    /// The media type that the value is written in, if the parameter is described by `content`; it has no style then.
    pub media_type: Option<String>,
    /// Whether it may be sent with an empty value (`allowEmptyValue`).
    pub allow_empty: bool,
}

/// How an array or object is written as text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Style {
    /// The style, with the default of the location filled in.
    pub name: StyleName,
    /// Whether each item or member is written by itself (`explode`), the style's default filled in.
    pub explode: bool,
    /// Whether reserved characters of values are sent as they are (`allowReserved`).
    pub allow_reserved: bool,
}

/// A style, as OpenAPI 3.0 names it ("Style Values").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum StyleName {
    Matrix,
    Label,
    Simple,
    Form,
    SpaceDelimited,
    PipeDelimited,
    /// `tsv` of Swagger 2.0, which OpenAPI 3.0 has no name for.
    TabDelimited,
    DeepObject,
}

/// A request body; in Swagger 2.0 the parameter `in: body`, or all parameters `in: formData` as the properties of an object.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RequestBody {
    /// Where it stands.
    pub pointer: Pointer,
    /// The `description`.
    pub description: Option<String>,
    /// Whether a request without it is refused.
    pub required: bool,
    /// The media types in the document's order.
    pub content: IndexMap<String, Media>,
}

/// One media type of a body.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Media {
    /// Where it stands; in Swagger 2.0 where the body or the response stands that it is one form of, or the first field.
    pub pointer: Pointer,
    /// The schema, if one is given; it stands at `schema` below the pointer, except that of a form of Swagger 2.0.
    pub schema: Option<ReferenceOr<Schema>>,
    /// The first example of the media type, if one is given.
    pub example: Option<Value>,
    /// How the properties of a form are written, by their names (`encoding`; in Swagger 2.0 `collectionFormat`).
    pub encoding: IndexMap<String, Encoding>,
}

/// How one property of a form is written.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Encoding {
    /// The media type, if one is given; a list of them as it is written.
    pub content_type: Option<String>,
    /// The style, if any part of it is given; without it, the media type alone says how the property is written.
    pub style: Option<Style>,
}

/// One documented response.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Response {
    /// Where it stands.
    pub pointer: Pointer,
    /// The status it documents.
    pub status: Status,
    /// The `description`.
    pub description: String,
    /// The media types; empty for `content: {}`.
    pub content: IndexMap<String, Media>,
    /// The documented headers by name.
    pub headers: IndexMap<String, Header>,
}

/// One documented header of a response.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Header {
    /// Where it stands.
    pub pointer: Pointer,
    /// The `description`.
    pub description: Option<String>,
    /// Whether the response always has it.
    pub required: bool,
    /// Whether it is marked `deprecated`.
    pub deprecated: bool,
    /// The schema, if one is given.
    pub schema: Option<ReferenceOr<Schema>>,
}

/// What the request validator of an operation checks (`x-amazon-apigateway-request-validator`). Without one, or in an export
/// without extensions, nothing is known to be checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Validation {
    /// Whether a request without a required query parameter or header is refused.
    pub parameters: bool,
    /// Whether a body that does not match its schema is refused.
    pub body: bool,
}

/// The status of a documented response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// One code, such as 200.
    Code(u16),
    /// A range: `4` for `4XX`.
    Range(u16),
    /// `default`.
    Default,
}
