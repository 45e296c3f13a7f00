//! From a sound model to code. A pure function: the same model gives the same tokens.
//!
//! One function writes one fragment of the product: `call` the chain of a call (`auth` what it demands, `codec` how its JSON
//! goes), `params` its optional arguments, `client` what is around it, `connect` the short way to a client, `types` the types
//! of a document, `debug` what is shown of a struct, `docs` the documentation of all. Every runtime name comes from `rt`.

mod auth;
mod call;
mod client;
mod code_block;
mod codec;
mod connect;
mod debug;
mod docs;
mod enums;
mod params;
mod parts;
mod responses;
pub(crate) mod rt;
mod style;
mod types;
mod union;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Surface};
pub use code_block::CodeBlock;
pub use connect::{Credential, credentials};
pub use params::name as params_name;
use rt::Rt;
pub use rt::default_runtime;

/// The code of a client. The model must have passed [`check::api`](crate::check::api).
pub fn client(api: &Api) -> TokenStream {
    let pieces = pieces(api).into_iter();
    pieces.map(CodeBlock::into_tokens).collect()
}

/// The client of a trait as far as it does not depend on the operations: for a trait whose methods have mistakes, so that code
/// that names the client is not refused as well.
pub(crate) fn frame(api: &Api) -> TokenStream {
    client::frame(api, &Rt::of(api))
}

/// The code of a client in pieces, in their order. Tokens take far more memory than their text, so whoever writes the text of a
/// large API should not have all of them at once.
pub fn pieces(api: &Api) -> Vec<CodeBlock<'_>> {
    let rt = Rt::of(api);
    let mut pieces = vec![CodeBlock::items([rt.import()])];
    pieces.extend(client::client(api, &rt));
    if let Surface::Inherent { connect } = api.surface {
        let connect = connect.then(|| connect::connect(api, &rt));
        pieces.push(CodeBlock::items(connect));
        pieces.extend(params::module(api, &rt).into_iter().flatten());
        pieces.extend(types::module(api, &rt));
    }
    pieces
}

/// Lints that are about taste have nothing to say about emitted code, and a program that does not use all of an API
/// makes no mistake.
fn allow() -> TokenStream {
    quote!(#[allow(dead_code, deprecated, unreachable_pub, clippy::all, clippy::pedantic, clippy::nursery)])
}

fn deprecated(is_deprecated: bool) -> Option<TokenStream> {
    is_deprecated.then(|| quote!(#[deprecated]))
}
