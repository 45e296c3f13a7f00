//! Generates a typed Amazon API Gateway client from an exported OpenAPI document, in `build.rs`.
//!
//! ```no_run
//! // build.rs
//! fn main() -> Result<(), gatewright_build::Error> {
//!     gatewright_build::configure()
//!         .config("amplifyconfiguration.json")
//!         .compile("petstore.json")
//! }
//! ```
//!
//! and in the crate, `pub mod petstore { gatewright::include_client!("petstore"); }`.
//!
//! Which authorization an operation needs comes from the document's own security. Where the document says nothing
//! about an operation, it comes from [`Builder::default_auth`], or else from the `authorizationType` of the
//! configuration. Keys and secrets of a configuration never reach the generated code.
//!
//! # Types
//!
//! - Only types that the chosen operations need are there. One that is only part of responses can be read, one that is only part
//!   of requests can be written; [`Builder::all_codecs`] makes all of them both.
//! - A value that the document does not list fails no response: enums of texts and of integers, and the enums that `oneOf` and
//!   `anyOf` become, keep it in `Unknown`. They tell their schemas apart by the discriminator; without one by a required member
//!   for which every schema lists texts, integers or booleans of its own; else the first schema that fits is taken, the most demanding one first.
//! - `allOf` is one struct. With a `oneOf` inside it is an enum of structs that have the shared members too.
//! - The string formats `date-time`, `date`, `uuid` and `byte` have types in `gatewright::format`, which keep the text as it came;
//!   any other format is a `String`, named in the documentation together with bounds, pattern, default and example.
//! - A member that is not required, or is `nullable`, is an `Option`; `null` and an absent member are both read as `None`. `None`
//!   is sent as `null` if the member is required, and not at all otherwise.
//! - A member that may be both absent and `null` is an `Option<Option<T>>` in a type that is sent, as serde's users know it, so that
//!   a `PATCH` can tell what it leaves (`None`), clears (`Some(None)`) and sets (`Some(Some(value))`). In a type that only
//!   arrives it is an `Option<T>`.
//! - A schema that lists nothing but `null` is `()`.
//! - The formats `int8` to `int128` and `uint8` to `uint128` are the integers of Rust, also of a `number`. An `integer` without a
//!   format is an `i64`, and a `u64` or an `i128` where its `minimum` and `maximum` allow more. A number out of the range is an
//!   error with its place and the range; [`Builder::schema_format`] gives a schema a wider one. More than 64 bits are read in
//!   responses, and not by `serde_json::from_str`, which has the nearest `f64` of them.
//! - A `readOnly` member is an `Option` in a type that is sent, and a `writeOnly` member in one that arrives, even if the document
//!   requires them.
//!
//! - Schemas of OpenAPI 3.1 (JSON Schema 2020-12) give the same types: a list of types is an enum of them, `const` lists one value,
//!   `null` among the types is an `Option`, `contentMediaType` of bytes is a file in a form, `prefixItems` are a `Vec` whose items may be any of them,
//!   and what stands beside a `$ref` counts. Keywords that only restrict values, such as `if` or `contains`, change no type.
//!
//! - A response to `HEAD` has no body, whatever the document says of one: its method returns `Response<()>`, status and headers.
//!
//! # What is wrong in a document
//!
//! A fault in one operation stops no other one. The operation is left out, or what is not known of it is taken as anything, and a
//! [`Note`] names the place; the build warns of it and [`Generated::report`] has all of them:
//!
//! - a path with `#`, `?`, unbalanced braces or a placeholder of a template is left out, and so is an operation that has a parameter
//!   that refers to nothing;
//! - of an `Fn::If` of `CloudFormation` whose condition is not known, the branch that has something is read;
//! - a schema, a response or a body that refers to nothing may be anything; an example or a header that does is left out;
//! - of a key that stands twice in one object or mapping, the last counts.
//!
//! A document is refused if it is no JSON or YAML, if nothing is left of it, or if an operation needs a file that is not there.
//!
//! # Several files
//!
//! A document may refer to other files, JSON or YAML, by relative paths (`$ref: schemas/pet.yaml`, `../common.yaml#/Error`), and these to
//! one another, also in a circle. They are read from the folder of the document and below it, or from [`Builder::root`]: nothing above
//! that, nothing over the network. A build script runs again when one of them changes, and messages name the file that they are about.
//! A schema in a file of its own is called as the document calls it, else as its file.
//!
//! # Templates
//!
//! A template of `CloudFormation` or AWS SAM is read as it is, in JSON or YAML with its short forms (`!Sub`, `!Ref`): the document in
//! the `Body` or `DefinitionBody` of its API, or the routes that the events of its functions make, with the authorization that `Auth`
//! adds; [more on that](https://docs.rs/gatewright-document). Of a template with several APIs [`Builder::resource`] chooses one. No
//! template knows the address of its API: hand the base URL to the client.
//!
//! ```no_run
//! // build.rs
//! fn main() -> Result<(), gatewright_build::Error> {
//!     gatewright_build::configure().resource("PetsApi").compile("template.yaml")
//! }
//! ```
//!
//! and in the crate, `pub mod pets { gatewright::include_client!("pets_api"); }`.
//!
//! # Traits
//!
//! [`Builder::verify_trait`] holds a `#[rest_endpoint]` trait against the export of its API, before anybody calls it:
//!
//! ```no_run
//! // build.rs
//! fn main() -> Result<(), gatewright_build::Error> {
//!     gatewright_build::configure().verify_trait("src/shop.rs", "Shop", "shop.json")
//! }
//! ```
//!
//! What differs fails the build, and each message names both places:
//!
//! ```text
//! src/shop.rs:14:11: the document has no path `/book/{id}` (shop.json#/paths); did you mean `/books/{id}`?
//! ```
//!
//! - A method belongs to the operation that API Gateway routes it to, by a greedy variable or `ANY` too. The names of path
//!   variables are free, for they are not sent.
//! - Query parameters, headers and a body have to be in the document, unless its operation takes whatever has none of its own.
//!   What the document requires has to be sent. Exports of proxy integrations model no bodies: one is taken where the HTTP method
//!   is made for it.
//! - The authorization is what the document demands, or what the builder says of it ([`Builder::default_auth`],
//!   [`Builder::scheme`], [`Builder::auth`], [`Builder::config`]).
//! - Fixed headers, cookies and the types of arguments are not compared, nor is what the trait does not call.

mod builder;
mod error;
mod format;
mod generate;
mod lower;
mod output;
mod report;
mod verify;

pub use builder::{Builder, compile, configure};
pub use error::{Error, Problem};
pub use generate::Generated;
pub use lower::auth::AuthMode;
pub use lower::{Note, NoteKind, ParameterType, Select};
pub use report::Report;

/// The model of a document, for the test that a document and a trait are emitted alike. Not part of the public
/// interface.
///
/// # Errors
///
/// As [`Builder::generate`].
#[doc(hidden)]
pub fn __model(name: &str, document: &[u8]) -> Result<gatewright_codegen::model::Api, Error> {
    let choices = lower::Choices::default();
    generate::model(name, document, None, &choices).map(|lowered| lowered.api)
}

/// As [`__model`], of a file and those beside it, or of one API of a template.
///
/// # Errors
///
/// As [`Builder::generate`].
#[doc(hidden)]
pub fn __model_of(
    path: &std::path::Path,
    resource: Option<&str>,
) -> Result<gatewright_codegen::model::Api, Error> {
    let choices = lower::Choices {
        resource: resource.map(str::to_owned),
        ..lower::Choices::default()
    };
    let document = builder::read(path)?;
    let mut files = choices.read_options().folder(path);
    let name = path.display().to_string();
    generate::model(&name, document, Some(&mut files), &choices).map(|lowered| lowered.api)
}
