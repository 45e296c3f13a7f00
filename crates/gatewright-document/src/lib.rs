//! Reads an Amazon API Gateway OpenAPI document into a typed model.
//!
//! A document is an export of a REST or HTTP API (`aws apigateway get-export --export-type oas30` or `swagger`, `aws
//! apigatewayv2 export-api`) or one that was written to be imported (SAM, Terraform, CDK), in JSON or YAML, of OpenAPI 3.0
//! or Swagger 2.0; or one that an application writes of itself, of OpenAPI 3.1 or 3.2. Few of them are valid: what is wrong and can be
//! understood all the same is read and listed as a [`Repair`], and so is what had to be left out; what cannot be read at all is an
//! [`Error`] that names every place. References of parameters, bodies, responses, headers and path items are followed, security is read
//! [as API Gateway reads it](Security), and schemas are left as they are.
//!
//! All versions give the same model, in the words of OpenAPI 3.0; pointers name the places of the document itself.
//!
//! ```
//! use gatewright_document::{Document, Kind, Method};
//!
//! let yaml = br#"
//! openapi: 3.0.1
//! info: { title: pets, version: "2024-05-01T10:00:00Z" }
//! servers:
//!   - url: https://a1b2c3.execute-api.eu-west-1.amazonaws.com/{basePath}
//!     variables: { basePath: { default: /prod } }
//! paths:
//!   /pets/{petId}:
//!     get:
//!       responses: { 200: { description: one pet } }
//!       security: [{ sigv4: [] }, { api_key: [] }]
//! components:
//!   securitySchemes:
//!     api_key: { type: apiKey, name: x-api-key, in: header }
//!     sigv4: { type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: awsSigv4 }
//! "#;
//! let document = Document::from_slice("pets.yaml", yaml)?;
//!
//! assert_eq!(document.endpoint.as_deref(), Some("https://a1b2c3.execute-api.eu-west-1.amazonaws.com/prod"));
//! let operation = &document.operations[0];
//! assert_eq!((operation.method, operation.path.as_str()), (Method::Get, "/pets/{petId}"));
//! // OpenAPI would take one of the two, API Gateway demands both.
//! let demands: Vec<&Kind> = operation.security.all_of.iter().map(|demand| &demand.kind).collect();
//! assert_eq!(demands, [&Kind::Iam, &Kind::ApiKey]);
//! // Nobody declared the path variable: it is there, and the repair says where.
//! assert_eq!(operation.parameters[0].name, "petId");
//! assert_eq!(document.repairs[0].pointer.to_string(), "#/paths/~1pets~1{petId}/get");
//! # Ok::<(), gatewright_document::Error>(())
//! ```
//!
//! # Several files
//!
//! [`ReadOptions::read_with`] also reads the files that a document refers to; [`Folder`] gives those on disk, and none outside of one
//! folder. [`Document::from_slice`] reads the document alone.
//!
//! # Templates
//!
//! A template of `CloudFormation` or AWS SAM has the document in the `Body` or `DefinitionBody` of an API, or has none: then the events
//! of functions are its routes. What `Auth`, `Cors` and `Globals` say of the API is read as SAM's translator writes it into the
//! document. Of a template with several APIs [`ReadOptions::resource`] chooses one, and [`template_apis`] lists them. Functions such as
//! `Fn::If` and `Fn::Sub` are settled as far as the template says their values; a parameter with `NoEcho` is never one of them.

mod anchors;
mod big_stack;
mod cors;
#[doc(hidden)]
pub mod display;
mod error;
mod files;
mod format;
mod gateway_response;
mod inline_refs;
mod integration;
mod jwt;
mod node;
mod operation;
mod options;
mod parse;
mod places;
mod pointer;
mod read;
mod reference;
mod rendered;
mod security;
#[doc(hidden)]
pub mod similar;
mod source;
mod template;
mod tree;
mod value;
mod version;
mod way;
mod yaml;

/// For the generator, whose depth is that of the document. Not part of the public interface.
#[doc(hidden)]
pub use big_stack::with_large_stack as __with_large_stack;
pub use cors::Cors;
pub use error::{Error, Problem};
pub use files::{Files, Folder};
pub use gateway_response::GatewayResponse;
pub use integration::{Integration, IntegrationKind, IntegrationResponse, Passthrough};
pub use jwt::{JwtAlgorithm, JwtClaim, JwtIssuer, JwtRules};
pub use operation::{
    Encoding, Header, Location, Media, Method, Operation, Parameter, RequestBody, Response, Status,
    Style, StyleName, Validation,
};
pub use options::ReadOptions;
pub use pointer::{Pointer, located};
pub use security::{Alternative, Authorizer, Kind, Place, Requirement, Security, Silent};

use indexmap::IndexMap;
use openapiv3::{ReferenceOr, Schema};

use files::Linked;
use places::Body;
use template::Elsewhere;

/// A document that was read, repaired and resolved.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Document {
    /// The file's name, for messages.
    pub name: String,
    /// `info.title`.
    pub title: String,
    /// `info.description`.
    pub description: Option<String>,
    /// `info.version`: in an export the time of its deployment.
    pub version: String,
    /// REST or HTTP API.
    pub kind: ApiKind,
    /// The logical id of the API in its template; `None` of a document that is no template.
    pub resource: Option<String>,
    /// Where the document stands in its file: `#`, or the body of an API in a template. All other places are those of the file, too.
    pub pointer: Pointer,
    /// The first server with its variables filled in (in Swagger 2.0 scheme, `host` and `basePath`) and exactly one slash
    /// between host and base path, without a trailing slash; `None` when there is none, a placeholder is left in it
    /// (`${..}`, `{{..}}`, `<..>`), or it is no absolute URL.
    pub endpoint: Option<String>,
    /// The operations in the document's order.
    pub operations: Vec<Operation>,
    /// The security schemes that the document declares, and after them those that it only names, each with what it makes a
    /// caller send; `None` if that is nothing, or cannot be told.
    pub security_schemes: IndexMap<String, Option<Kind>>,
    /// The `security` of the whole document. In an HTTP API it is part of each operation that has none of its own; in a REST
    /// API the gateway ignores it on import, and so do the operations here, but a caller may choose to go by it.
    pub root_security: Security,
    /// `components.schemas`, in Swagger 2.0 `definitions`; and after them, named by the way to them, the schemas that are
    /// referred to where they stand. Every reference of a schema has the form `#/components/schemas/NAME` (RFC 6901, not
    /// percent-encoded), names one of these, and leads to a schema that is no reference in the end. A schema may contain
    /// itself, also through `allOf`, `oneOf` or `anyOf` alone.
    pub schemas: IndexMap<String, ReferenceOr<Schema>>,
    /// The `x-amazon-apigateway-binary-media-types`.
    pub binary_media_types: Vec<String>,
    /// What an HTTP API lets the pages of other origins do; a REST API says it by a mock integration of `OPTIONS`.
    pub cors: Option<Cors>,
    /// What a REST API responds where the gateway itself refuses, by the type of the response: `DEFAULT_4XX`, `UNAUTHORIZED`.
    pub gateway_responses: IndexMap<String, GatewayResponse>,
    /// What was wrong in the document and read all the same.
    pub repairs: Vec<Repair>,
    schema_places: IndexMap<String, Pointer>,
}

impl Document {
    /// Reads a document. `name` is its file name: it stands in messages, and `.json` in it says that the bytes are JSON if
    /// they do not begin with `{`; everything else is YAML.
    ///
    /// Time and memory grow with the size of the document, whatever is in it.
    ///
    /// # Errors
    /// If the bytes are not UTF-8, not JSON or YAML, larger than 64 MiB or nested more than 127 levels deep; if the document
    /// is neither OpenAPI 3.0 to 3.2 nor Swagger 2.0; and if something that an operation needs lies in another file, or a security requirement
    /// cannot be understood. All problems of the last kind are reported together.
    ///
    /// What is wrong in one operation or path alone stops no document: it is left out with a [`Repair`] that
    /// [says so](Repair::leaves_out_operations). Where all of them are, [`operations`](Self::operations) is empty.
    pub fn from_slice(name: &str, bytes: &[u8]) -> Result<Self, Error> {
        ReadOptions::new().read(name, bytes)
    }

    /// Where one of the [`schemas`](Self::schemas) stands, such as `#/definitions/Pet`; `None` if there is none of that name.
    pub fn schema_pointer(&self, name: &str) -> Option<&Pointer> {
        self.schema_places.get(name)
    }
}

fn read_document(
    name: &str,
    bytes: impl AsRef<[u8]>,
    options: &ReadOptions,
    files: Option<&mut (dyn Files + Send)>,
) -> Result<Document, Vec<Problem>> {
    let parsed = parse::parse(name, bytes.as_ref());
    drop(bytes);
    let (value, mut doubles) = parsed.map_err(|problem| vec![problem])?;
    let mut files = Elsewhere::new(files);
    let mut body = template::body(value, options, &mut files)?;
    let (files, more_doubles) = files.into_parts();
    doubles.extend(more_doubles);
    link(name, &mut body, files).map_err(|problem| vec![problem])?;
    format::set(&mut body, options.formats())?;
    read::document(name, &mut body, doubles, options)
}

/// Reads the files that a document refers to, if anybody gives them.
fn link(
    name: &str,
    body: &mut Body,
    files: Option<&mut (dyn Files + Send)>,
) -> Result<(), Problem> {
    let Some(files) = files else {
        body.files = Linked::alone();
        return Ok(());
    };
    let base = body.places.base.clone();
    let main = base
        .file()
        .unwrap_or(name.rsplit(['/', '\\']).next().unwrap_or(name));
    let (places, notes) = (&mut body.places, &mut body.notes);
    let settle = |other| template::other_file(other, places, notes);
    body.files = Linked::read(main, &body.value, files, settle)?;
    Ok(())
}

/// The logical ids of the APIs that a template of `CloudFormation` or AWS SAM has, in its order and those that AWS SAM adds at the
/// end; none of a document of another kind. [`ReadOptions::resource`] chooses one. APIs over `WebSocket`s are not among them.
///
/// ```
/// let template = br#"{"Resources": {
///     "ListPets": {"Type": "AWS::Serverless::Function", "Properties": {"Events": {
///         "List": {"Type": "Api", "Properties": {"Path": "/pets", "Method": "get"}}
///     }}},
///     "ShopsApi": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Body": {}}}
/// }}"#;
/// assert_eq!(gatewright_document::template_apis("template.json", template)?, ["ShopsApi", "ServerlessRestApi"]);
/// # Ok::<(), gatewright_document::Error>(())
/// ```
///
/// # Errors
///
/// If the bytes are neither JSON nor YAML, or too many; see [`Document::from_slice`].
pub fn template_apis(name: &str, bytes: &[u8]) -> Result<Vec<String>, Error> {
    let ids = || parse::parse(name, bytes).map(|(value, _)| template::ids(&value));
    let ids = big_stack::with_large_stack(ids).unwrap_or_else(|error| Err(no_thread(&error)));
    ids.map_err(|problem| Error::new(name, vec![problem]))
}

fn no_thread(error: &std::io::Error) -> Problem {
    Problem::file(format!("cannot be read: no thread: {error}"))
}

/// The two kinds of API that API Gateway exports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ApiKind {
    /// A REST API (v1).
    Rest,
    /// An HTTP API (v2).
    Http,
}

/// A deviation that was repaired while reading.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Repair {
    /// Where.
    pub pointer: Pointer,
    /// What was wrong and what it was taken for.
    pub message: String,
    /// Whether it makes no difference to a caller: an operation that documents no responses, a version that is missing.
    pub is_minor: bool,
    /// Whether operations that the document describes are not in [`Document::operations`] for it, as nothing honest could be made
    /// of them: a path with `#` in it, a parameter that refers to nothing, an `Fn::If` of `CloudFormation`.
    pub leaves_out_operations: bool,
}

impl Repair {
    /// One that is worth a word and leaves out no operation.
    fn new(pointer: Pointer, text: &str) -> Self {
        Self {
            pointer,
            message: display::sanitize(text),
            is_minor: false,
            leaves_out_operations: false,
        }
    }
}
