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
mod twin;
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
    let code: TokenStream = pieces(api)
        .into_iter()
        .map(CodeBlock::into_tokens)
        .collect();
    match outer(api) {
        Some((head, tail)) => quote!(#head { #code } #tail),
        None => code,
    }
}

/// The client of a trait as far as it does not depend on the operations: for a trait whose methods have mistakes, so that code
/// that names the client is not refused as well.
pub(crate) fn frame(api: &Api) -> TokenStream {
    client::frame(api, &Rt::of(api))
}

/// The module that all pieces of a file stand in, and what brings its items out of it. So one attribute holds for all of them; a
/// file that is included cannot have one of its own.
pub fn outer(api: &Api) -> Option<(TokenStream, TokenStream)> {
    let Surface::Inherent { .. } = api.surface else {
        return None;
    };
    let reexport = Rt::of(api).path("reexport");
    // What the lints ask for is taste, or they know nothing of programs that do not use all of an API.
    let head = quote! {
        #[rustfmt::skip]
        #[allow(
            dead_code, deprecated, missing_copy_implementations, missing_docs, unreachable_pub, unused_imports,
            unused_qualifications, clippy::all, clippy::pedantic, clippy::nursery
        )]
        mod generated
    };
    Some((head, quote!(#reexport!(generated);)))
}

/// The code of a client in pieces, in their order. Tokens take far more memory than their text, so whoever writes the text of a
/// large API should not have all of them at once.
pub fn pieces(api: &Api) -> Vec<CodeBlock<'_>> {
    let rt = Rt::of(api);
    let mut pieces = vec![CodeBlock::items([rt.import()])];
    pieces.extend(client::client(api, &rt));
    if let Surface::Trait {
        ident,
        twin: Some(twin),
        ..
    } = &api.surface
    {
        pieces.push(CodeBlock::items([twin::of_trait(api, ident, twin, &rt)]));
    }
    if let Surface::Inherent { connect, methods } = api.surface {
        let connect = connect.then(|| connect::connect(api, &rt));
        pieces.push(CodeBlock::items(connect));
        let methods = methods.then(|| twin::of_client(api, &rt));
        pieces.push(CodeBlock::items(methods));
        pieces.extend(params::module(api, &rt).into_iter().flatten());
        pieces.extend(types::module(api, &rt));
    }
    pieces
}

fn deprecated(is_deprecated: bool) -> Option<TokenStream> {
    is_deprecated.then(|| quote!(#[deprecated]))
}
