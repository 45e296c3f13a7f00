//! The calls of a generated client, as code: one for each operation, with arguments that the document takes.
//!
//! They are written from the same model as the client, so that an argument is spelled as a user would write it; the values are
//! made from the document's schemas.

mod arguments;
mod credentials;
mod value;

use std::path::Path;

use gatewright_codegen::model::{Api, Operation};
use gatewright_document::{Document, ReadOptions};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use arguments::Arguments;

/// The module of calls for the client in `module`.
pub(super) fn code(path: &Path, resource: Option<&str>, module: &str) -> Result<String, String> {
    let api = gatewright_build::__model_of(path, resource);
    let api = api.map_err(|error| error.to_string())?;
    let options = ReadOptions::new();
    let options = resource.map_or(options.clone(), |id| options.resource(id));
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    let mut files = options.folder(path);
    let document = options.read_with(&path.display().to_string(), bytes, &mut files);
    let document = document.map_err(|error| error.to_string())?;
    Ok(code_of(&api, &document, module))
}

fn code_of(api: &Api, document: &Document, module: &str) -> String {
    let operations = api.operations.iter();
    let calls = operations.map(|operation| call(api, document, operation));
    let client = self::client(api);
    let module = format_ident!("{module}");
    let code = quote! {
        #![allow(deprecated)]

        use corpus_judge::{Call, Caller, Outcome};
        use crate::#module as api;

        pub const CALLS: &[Call] = &[#(#calls),*];

        #client
    };
    code.to_string()
}

/// How a client is made, with and without credentials.
fn client(api: &Api) -> TokenStream {
    let (name, credentials) = (&api.client, credentials::all(api));
    let credentials =
        (!credentials.is_empty()).then(|| quote!(, api::Credentials { #credentials }));
    quote! {
        #[allow(dead_code, reason = "no value can be made for any operation of some documents")]
        fn client(caller: Caller) -> api::#name {
            match caller {
                Caller::Connected(base, _given) => api::#name::connect(base #credentials),
                Caller::Bare(base, service) => api::#name::new(service, base),
            }
        }
    }
}

/// An operation that no arguments can be made for is a call that fails.
fn call(api: &Api, document: &Document, operation: &Operation) -> TokenStream {
    let title = format!("{} {}", operation.method.as_str(), operation.path);
    let name = &operation.name;
    let outcome = match Arguments::of(api, document, operation, &title) {
        Ok(Arguments { code, credential }) => {
            let credential =
                credential.map(|scheme| quote!(let credential = caller.token(#scheme);));
            quote!(#credential Outcome::from(client(caller).#name(#code).await))
        }
        Err(why) => {
            let why = format!("no arguments: {why}");
            quote!(let _ = caller; Outcome::Failed(#why.to_owned()))
        }
    };
    quote! {
        Call { operation: #title, make: |caller| Box::pin(async move { #outcome }) }
    }
}
