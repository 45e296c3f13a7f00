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

mod builder;
mod error;
mod generate;
mod lower;
mod output;

pub use builder::{Builder, compile, configure};
pub use error::{Error, Problem};
pub use generate::Generated;
pub use lower::auth::AuthMode;
pub use lower::{Note, ParameterType, Select};

/// The model of a document, for the test that a document and a trait are emitted alike. Not part of the public
/// interface.
///
/// # Errors
///
/// As [`Builder::generate`].
#[doc(hidden)]
pub fn __model(name: &str, document: &[u8]) -> Result<gatewright_codegen::model::Api, Error> {
    generate::model(name, document, &lower::Choices::default()).map(|lowered| lowered.api)
}
