//! The client: its struct, its constructors, and its methods, each one chain.

use std::iter;

use proc_macro2::TokenStream;
use quote::quote;

use super::call::Chains;
use super::code_block::CodeBlock;
use super::rt::Rt;
use super::{call, deprecated, docs};
use crate::model::{Api, Operation, Output, Surface};

pub(super) fn client<'a>(api: &'a Api, rt: &Rt) -> Vec<CodeBlock<'a>> {
    let (rt, chains) = (rt.clone(), Chains::of(api));
    let operations = api.operations.iter();
    match &api.surface {
        Surface::Inherent { .. } => {
            let definitions = [definition(api, &rt), chains.auths.definitions(&rt)];
            let (own, constructors) = (own(api, &rt), constructors(api, &rt));
            let methods = operations.map(move |it| method(api, it, &chains, &rt));
            let all = iter::once(constructors).chain(methods);
            vec![CodeBlock::items(definitions), CodeBlock::block(own, all)]
        }
        Surface::Trait { ident, .. } => {
            let (client, http_service) = (&api.client, rt.name("HttpService"));
            let head =
                quote!(#[automatically_derived] impl<S: #http_service> #ident for #client<S>);
            let (frame, own) = (frame(api, &rt), own(api, &rt));
            let (calls, rt_of_calls) = (operations.clone().filter(|it| is_own(it)), rt.clone());
            let calls = calls.map({
                let chains = chains.clone();
                move |it| method(api, it, &chains, &rt_of_calls)
            });
            let methods = operations.map(move |it| trait_method(api, it, &chains, &rt));
            vec![
                CodeBlock::items([frame]),
                CodeBlock::block(own, calls),
                CodeBlock::block(head, methods),
            ]
        }
    }
}

/// The client of a trait without its operations.
pub(super) fn frame(api: &Api, rt: &Rt) -> TokenStream {
    let (definition, constructors, own) =
        (definition(api, rt), constructors(api, rt), own(api, rt));
    let configured = configured(api, rt);
    quote!(#definition #own { #constructors } #configured)
}

fn own(api: &Api, rt: &Rt) -> TokenStream {
    let (client, http_service, allow) = (&api.client, rt.name("HttpService"), rt.allow());
    quote!(#allow impl<S: #http_service> #client<S>)
}

/// What an app finds the API by. It stands on the type without arguments, where nothing has to be inferred to name it.
fn configured(api: &Api, rt: &Rt) -> Option<TokenStream> {
    let Surface::Trait {
        api: Some(name), ..
    } = &api.surface
    else {
        return None;
    };
    let (client, vis, allow) = (&api.client, &api.vis, rt.allow());
    Some(quote! {
        #allow
        impl #client {
            /// The name that the app's configuration gives this API.
            #vis const API: &'static str = #name;
        }
    })
}

fn definition(api: &Api, rt: &Rt) -> TokenStream {
    let Api { client, vis, .. } = api;
    let [service, rest, fmt] = rt.names(["BoxService", "RestClient", "fmt"]);
    let (docs, endpoint, allow) = (docs::client(api), endpoint(api, rt), rt.allow());
    let name = client.to_string();
    quote! {
        #endpoint
        #(#[doc = #docs])*
        #allow
        #[derive(Clone)]
        #vis struct #client<S = #service> {
            rest: #rest<S>,
        }

        #[automatically_derived]
        impl<S> #fmt::Debug for #client<S> {
            fn fmt(&self, f: &mut #fmt::Formatter<'_>) -> #fmt::Result {
                f.debug_struct(#name).field("rest", &self.rest).finish()
            }
        }
    }
}

fn endpoint(api: &Api, rt: &Rt) -> Option<TokenStream> {
    let url = api.endpoint.as_ref()?;
    let (vis, allow) = (&api.vis, rt.allow());
    Some(quote! {
        /// The address that the document, or the configuration, gives for this API; `BaseUrl` parses it.
        #allow
        #vis const ENDPOINT: &str = #url;
    })
}

fn constructors(api: &Api, rt: &Rt) -> TokenStream {
    let Api { client, vis, .. } = api;
    let [rest, base] = rt.names(["RestClient", "BaseUrl"]);
    quote! {
        /// A client of the API at `base` that sends through `service`, with the limits, retries and credentials of its
        /// layers and no others. `gatewright::stack` brings them; a bare transport waits for a silent server without an
        /// end.
        #vis fn new(service: S, base: #base) -> Self {
            Self { rest: #rest::new(service, base) }
        }

        /// The service and the address that the client sends through and to.
        #vis fn rest(&self) -> &#rest<S> {
            &self.rest
        }

        /// The same client with the type of its service erased, so that it can be named without it.
        #vis fn boxed(self) -> #client {
            #client { rest: self.rest.boxed() }
        }
    }
}

/// A method of the client, which returns a call: that can be given headers, a time limit or another authorization before it is sent.
fn method(api: &Api, operation: &Operation, chains: &Chains<'_>, rt: &Rt) -> TokenStream {
    let Operation {
        name,
        attrs,
        generics,
        ..
    } = operation;
    let (vis, docs) = (&api.vis, docs::operation(operation));
    let deprecated = deprecated(operation.deprecated);
    let signature = call::signature(api, operation, rt);
    let output = call_type(api, operation, rt);
    let chain = call::chain(api, operation, chains, rt);
    quote! {
        #(#[doc = #docs])*
        #deprecated
        #attrs
        #vis fn #name #generics (&self, #signature) -> #output {
            #chain
        }
    }
}

/// Whether a method of a trait is one of its client, too. The client has a `new` already.
fn is_own(operation: &Operation) -> bool {
    operation.name != "new"
}

/// A user writes the whole `Result`; a document has what is in it.
fn call_type(api: &Api, operation: &Operation, rt: &Rt) -> TokenStream {
    match (&api.surface, &operation.output) {
        (Surface::Inherent { .. }, Output::Typed { ok, error }) => {
            let call = rt.name("Call");
            let (ok, error) = (rt.ty(ok), error.iter().map(|error| rt.ty(error)));
            quote!(#call<S, #ok #(, #error)*>)
        }
        (_, output) => {
            let (call, output) = (rt.name("AnyCall"), result(output, rt));
            quote!(#call<S, #output>)
        }
    }
}

fn trait_method(api: &Api, operation: &Operation, chains: &Chains<'_>, rt: &Rt) -> TokenStream {
    let Operation {
        name,
        attrs,
        generics,
        ..
    } = operation;
    let signature = call::signature(api, operation, rt);
    let output = result(&operation.output, rt);
    let chain = if is_own(operation) {
        let arguments = operation.args.iter().map(|arg| &arg.name);
        quote!(Self::#name(self, #(#arguments),*))
    } else {
        call::chain(api, operation, chains, rt)
    };
    let [future, marker] = rt.names(["Future", "Send"]);
    quote! {
        #attrs
        fn #name #generics (&self, #signature) -> impl #future<Output = #output> + #marker {
            #chain
        }
    }
}

pub(super) fn result(output: &Output, rt: &Rt) -> TokenStream {
    let (ok, error) = match output {
        Output::User(tokens) => return tokens.clone(),
        Output::Typed { ok, error } => (rt.ty(ok), error.iter().map(|error| rt.ty(error))),
    };
    let [result, outer] = rt.names(["Result", "Error"]);
    quote!(#result<#ok, #outer #(<#error>)*>)
}
