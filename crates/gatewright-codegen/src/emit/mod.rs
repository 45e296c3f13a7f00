//! From a sound model to code. A pure function: the same model gives the same tokens.
//!
//! One function writes one fragment of the product: `call` the fragments of a call, `client` those around it, `types` the
//! types of a document, `docs` the documentation of all. Every runtime name comes from `rt`.

mod call;
mod client;
mod connect;
mod docs;
pub(crate) mod rt;
mod types;
mod union;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Surface};
use rt::Rt;
pub use rt::default_runtime;

/// The code of a client. The model must have passed [`check::api`](crate::check::api).
pub fn client(api: &Api) -> TokenStream {
    let rt = Rt::of(api);
    let import = rt.import();
    let client = client::client(api, &rt);
    let requests = call::requests(api, &rt);
    let types = match api.surface {
        Surface::Inherent { .. } => types::module(api, &rt),
        Surface::Trait { .. } => TokenStream::new(),
    };
    quote!(#import #client #requests #types)
}

/// Lints that are about taste have nothing to say about emitted code, and a program that does not use all of an API
/// makes no mistake.
fn allow() -> TokenStream {
    quote!(#[allow(dead_code, unreachable_pub, clippy::all, clippy::pedantic, clippy::nursery)])
}
