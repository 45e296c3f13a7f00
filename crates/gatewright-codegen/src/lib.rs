//! The middle of gatewright: one model of an API, one list of checks, one emitter.
//!
//! Two front ends lower to [`model::Api`]: `gatewright-build` from a document, [`endpoint`] from a trait. [`check`]
//! finds what is wrong with a model, whichever it came from, and [`emit`] writes the code of a sound one. Nothing here
//! reads a file or knows OpenAPI; every step is a pure function.
//!
//! This crate has no stable interface of its own: use `gatewright-build` or `gatewright::rest_endpoint`.
//!
//! ```
//! use gatewright_codegen::{check, emit, endpoint};
//! use quote::quote;
//!
//! let api = endpoint::parse(quote!(), quote! {
//!     pub trait Pets {
//!         #[get("/pets/{id}")]
//!         async fn pet(&self, id: u64) -> gatewright::Result<Pet>;
//!     }
//! });
//! assert!(api.problems.is_empty());
//! let code = emit::client(&api.api.unwrap()).to_string();
//! assert!(code.contains("struct PetsClient"));
//! ```

pub mod case;
pub mod check;
pub mod emit;
pub mod endpoint;
pub mod model;
pub mod text;

mod problem;

pub use problem::{Origin, Problem};
