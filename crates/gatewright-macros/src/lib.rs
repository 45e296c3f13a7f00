//! The attribute `#[rest_endpoint]`. Use it as `gatewright::rest_endpoint` (feature `macros`), where it is documented.
//!
//! No logic lives here: it is in `gatewright_codegen::endpoint`, which is tested without a compiler.

use proc_macro::TokenStream;

/// Makes a client of a trait whose methods are annotated with HTTP methods and paths.
///
/// Documented where `gatewright` re-exports it.
#[proc_macro_attribute]
pub fn rest_endpoint(attr: TokenStream, item: TokenStream) -> TokenStream {
    gatewright_codegen::endpoint::expand(attr.into(), item.into()).into()
}
