//! The client: its struct, its constructors, and its methods, which only hand on.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::call::{self, requests_name};
use super::rt::Rt;
use super::{allow, docs};
use crate::model::{Api, Operation, Output, Surface, Ty};

pub(super) fn client(api: &Api, rt: &Rt) -> TokenStream {
    let definition = definition(api, rt);
    let methods = match &api.surface {
        Surface::Inherent { connect } => {
            let connect = connect.then(|| super::connect::connect(api, rt));
            let methods = inherent(api, rt);
            quote!(#connect #methods)
        }
        Surface::Trait { ident } => implementation(api, ident, rt),
    };
    let params = call::params(api, rt);
    quote!(#definition #methods #params)
}

fn definition(api: &Api, rt: &Rt) -> TokenStream {
    let Api { client, vis, .. } = api;
    let [service, rest, base, http_service, debug_fmt] =
        rt.names(["BoxService", "Rest", "BaseUrl", "HttpService", "fmt"]);
    let docs = docs::client(api);
    let endpoint = endpoint(api);
    let allow = allow();
    let name = client.to_string();
    let result = rt.name("Result");
    quote! {
        #endpoint
        #(#[doc = #docs])*
        #allow
        #[derive(Clone)]
        #vis struct #client<S = #service> {
            rest: #rest<S>,
        }

        #allow
        impl<S> #client<S> {
            /// A client of the API at `base` that sends through `service`.
            #vis fn new(service: S, base: #base) -> Self
            where
                S: #http_service,
            {
                Self { rest: #rest::new(service, base) }
            }

            /// The service and the address that the client sends through and to.
            #vis fn rest(&self) -> &#rest<S> {
                &self.rest
            }
        }

        #allow
        impl<S: #http_service> #client<S> {
            /// The same client with the type of its service erased, so that it can be named without it.
            #vis fn boxed(self) -> #client {
                #client { rest: self.rest.boxed() }
            }
        }

        #[automatically_derived]
        impl<S> #debug_fmt::Debug for #client<S> {
            fn fmt(&self, f: &mut #debug_fmt::Formatter<'_>) -> #result<(), #debug_fmt::Error> {
                f.debug_struct(#name).field("rest", &self.rest).finish()
            }
        }
    }
}

fn endpoint(api: &Api) -> Option<TokenStream> {
    let url = api.endpoint.as_ref()?;
    let (vis, allow) = (&api.vis, allow());
    Some(quote! {
        /// The address that the document, or the configuration, gives for this API; `BaseUrl` parses it.
        #allow
        #vis const ENDPOINT: &str = #url;
    })
}

fn inherent(api: &Api, rt: &Rt) -> TokenStream {
    let (client, http_service, allow) = (&api.client, rt.name("HttpService"), allow());
    let methods = api
        .operations
        .iter()
        .map(|operation| inherent_method(api, operation, rt));
    quote! {
        #allow
        impl<S: #http_service> #client<S> {
            #(#methods)*
        }
    }
}

/// Not an `async fn`, which would make a second future around the one that it awaits: a fifth of what a client costs to
/// check.
fn inherent_method(api: &Api, operation: &Operation, rt: &Rt) -> TokenStream {
    let Operation { name, attrs, .. } = operation;
    let docs = docs::operation(operation);
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
    let signature = call::signature(api, operation, rt);
    let output = output(&operation.output, rt);
    let send = send(api, operation);
    let [future, marker] = rt.names(["Future", "Send"]);
    quote! {
        #(#[doc = #docs])*
        #deprecated
        #attrs
        pub fn #name(&self, #signature) -> impl #future<Output = #output> + #marker {
            #send
        }
    }
}

fn implementation(api: &Api, ident: &Ident, rt: &Rt) -> TokenStream {
    let (client, http_service) = (&api.client, rt.name("HttpService"));
    let methods = api
        .operations
        .iter()
        .map(|operation| trait_method(api, operation, rt));
    quote! {
        #[automatically_derived]
        impl<S: #http_service> #ident for #client<S> {
            #(#methods)*
        }
    }
}

fn trait_method(api: &Api, operation: &Operation, rt: &Rt) -> TokenStream {
    let Operation {
        name,
        attrs,
        generics,
        ..
    } = operation;
    let signature = call::signature(api, operation, rt);
    let output = output(&operation.output, rt);
    let send = send(api, operation);
    let [future, marker] = rt.names(["Future", "Send"]);
    quote! {
        #attrs
        fn #name #generics (&self, #signature) -> impl #future<Output = #output> + #marker {
            #send
        }
    }
}

/// The one line that a method is: build, send, decode.
fn send(api: &Api, operation: &Operation) -> TokenStream {
    let (requests, name) = (requests_name(api), &operation.name);
    let arguments = call::arguments(api, operation);
    let at = call::located_at(return_type(operation));
    quote_spanned!(at=> self.rest.send(#requests::#name(self.rest.base(), #arguments)))
}

/// Where the user wrote the return type; rustc points there when it is not one that can be decoded.
fn return_type(operation: &Operation) -> Option<Span> {
    let Output::User(tokens) = &operation.output else {
        return None;
    };
    Some(tokens.clone().into_iter().next()?.span())
}

fn output(output: &Output, rt: &Rt) -> TokenStream {
    let (ok, error) = match output {
        Output::User(tokens) => return tokens.clone(),
        Output::Typed { ok, error } => (ok, error),
    };
    let [result, outer] = rt.names(["Result", "Error"]);
    let ok = rt.ty(ok);
    let error = error.as_ref().map(|error: &Ty| {
        let error = rt.ty(error);
        quote!(<#error>)
    });
    quote!(#result<#ok, #outer #error>)
}
