//! One call: its signature, the parameters gathered for it, and the function that builds its request.
//!
//! The function is not generic and stands in a type of its own, so that it is compiled once and not for every service;
//! and it is `#[inline]`, so that it is compiled at all only in programs that call it.

use heck::ToUpperCamelCase;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};

use super::rt::Rt;
use super::{allow, docs};
use crate::model::{Api, Arg, ArgKind, Operation, Scheme, Segment, Surface, Ty};

/// The type whose functions build the requests.
pub(super) fn requests_name(api: &Api) -> Ident {
    match api.surface {
        Surface::Inherent { .. } => format_ident!("Requests"),
        Surface::Trait { .. } => format_ident!("{}Requests", api.client),
    }
}

/// Whether an argument is gathered in the parameters instead of standing by itself.
fn is_gathered(api: &Api, arg: &Arg) -> bool {
    let gathers = matches!(api.surface, Surface::Inherent { .. });
    gathers && arg.optional && matches!(arg.kind, ArgKind::Query(_) | ArgKind::Header(_))
}

fn gathered<'a>(api: &'a Api, operation: &'a Operation) -> Vec<&'a Arg> {
    operation
        .args
        .iter()
        .filter(|arg| is_gathered(api, arg))
        .collect()
}

fn positional<'a>(api: &'a Api, operation: &'a Operation) -> impl Iterator<Item = &'a Arg> {
    operation.args.iter().filter(|arg| !is_gathered(api, arg))
}

fn params_name(operation: &Operation) -> Ident {
    format_ident!(
        "{}Params",
        operation
            .name
            .to_string()
            .trim_start_matches("r#")
            .to_upper_camel_case()
    )
}

/// A name for something of ours that no argument has.
fn fresh(operation: &Operation, wanted: &str) -> Ident {
    let mut name = format_ident!("{wanted}");
    while operation.args.iter().any(|arg| arg.name == name) {
        name = format_ident!("{name}_");
    }
    name
}

/// The arguments as a method declares them, after `self`.
pub(super) fn signature(api: &Api, operation: &Operation, rt: &Rt) -> TokenStream {
    let declared = positional(api, operation).map(|arg| {
        let (name, ty) = (&arg.name, rt.ty(&arg.ty));
        quote!(#name: #ty)
    });
    let params = (!gathered(api, operation).is_empty()).then(|| {
        let (params, ty) = (fresh(operation, "params"), params_name(operation));
        quote!(#params: #ty)
    });
    let all = declared.chain(params);
    quote!(#(#all),*)
}

/// The same arguments as a method hands them on.
pub(super) fn arguments(api: &Api, operation: &Operation) -> TokenStream {
    let handed = positional(api, operation).map(|arg| arg.name.to_token_stream());
    let params = (!gathered(api, operation).is_empty())
        .then(|| fresh(operation, "params").to_token_stream());
    let all = handed.chain(params);
    quote!(#(#all),*)
}

/// The structs that gather optional arguments.
pub(super) fn params(api: &Api, rt: &Rt) -> TokenStream {
    api.operations
        .iter()
        .map(|operation| params_of(api, operation, rt))
        .collect()
}

fn params_of(api: &Api, operation: &Operation, rt: &Rt) -> TokenStream {
    let args = gathered(api, operation);
    if args.is_empty() {
        return TokenStream::new();
    }
    let (name, docs) = (params_name(operation), docs::params(api, operation));
    let allow = allow();
    let fields = args.iter().map(|arg| {
        let (name, ty, docs) = (&arg.name, rt.ty(&owned(&arg.ty)), docs::argument(arg));
        quote!(#(#[doc = #docs])* pub #name: #ty)
    });
    quote! {
        #(#[doc = #docs])*
        #allow
        #[derive(Clone, Debug, Default)]
        pub struct #name { #(#fields,)* }
    }
}

/// The type to store what is borrowed in a call.
fn owned(ty: &Ty) -> Ty {
    match ty {
        Ty::Str => Ty::String,
        Ty::Ref(inner) => owned(inner),
        Ty::Optional(inner) => Ty::Optional(Box::new(owned(inner))),
        Ty::List(inner) => Ty::List(Box::new(owned(inner))),
        other => other.clone(),
    }
}

/// The type whose functions build the requests.
pub(super) fn requests(api: &Api, rt: &Rt) -> TokenStream {
    let (vis, name, client) = (&api.vis, requests_name(api), &api.client);
    let docs = format!(
        " Builds the requests of [`{client}`] without sending them, for a test or a batch of your own."
    );
    let allow = allow();
    let functions = api
        .operations
        .iter()
        .map(|operation| function(api, operation, rt));
    quote! {
        #[doc = #docs]
        #allow
        #[derive(Clone, Copy, Debug)]
        #vis struct #name;

        #allow
        impl #name {
            #(#functions)*
        }
    }
}

fn function(api: &Api, operation: &Operation, rt: &Rt) -> TokenStream {
    let Operation {
        name,
        attrs,
        generics,
        ..
    } = operation;
    let vis = &api.vis;
    let docs = format!(
        " The request of `{} {}`.",
        operation.method.as_str(),
        operation.path
    );
    let base = fresh(operation, "base");
    let signature = signature(api, operation, rt);
    let [base_url, result, request, body, error] =
        rt.names(["BaseUrl", "Result", "Request", "Body", "RequestError"]);
    let build = build(api, operation, &base, rt);
    quote! {
        #[doc = #docs]
        #attrs
        #[inline]
        #vis fn #name #generics (
            #base: &#base_url, #signature
        ) -> #result<#request<#body>, #error> {
            #build
        }
    }
}

fn build(api: &Api, operation: &Operation, base: &Ident, rt: &Rt) -> TokenStream {
    let request = fresh(operation, "request");
    let constant = constant(operation, rt);
    let builder = rt.name("RequestBuilder");
    let path = path(operation);
    let headers = operation
        .headers
        .iter()
        .map(|(name, value)| quote!(.header(#name, &#value)));
    let parts = operation
        .args
        .iter()
        .filter_map(|arg| part(&arg.kind, &value(api, operation, arg)));
    quote! {
        #constant
        let mut #request = #builder::new(#base, OPERATION);
        #request #path #(#headers)* #(#parts)*;
        #request.finish()
    }
}

/// The expression of an argument's value.
fn value(api: &Api, operation: &Operation, arg: &Arg) -> TokenStream {
    let name = &arg.name;
    if is_gathered(api, arg) {
        let params = fresh(operation, "params");
        quote!(#params.#name)
    } else {
        name.to_token_stream()
    }
}

fn constant(operation: &Operation, rt: &Rt) -> TokenStream {
    let ty = rt.name("Operation");
    let (id, method, path) = (
        &operation.id,
        operation.method.as_str(),
        operation.path.as_str(),
    );
    let auth = auth(operation, rt);
    quote! {
        const OPERATION: #ty = #ty::new(#id, #method, #path, #auth);
    }
}

fn auth(operation: &Operation, rt: &Rt) -> TokenStream {
    let auth = rt.name("Auth");
    match operation.auth.as_slice() {
        [] => quote!(#auth::NONE),
        [Scheme::Iam] => quote!(#auth::IAM),
        [Scheme::ApiKey] => quote!(#auth::API_KEY),
        schemes => {
            let schemes = schemes.iter().map(|scheme| self::scheme(scheme, rt));
            quote!(#auth::of(&[#(#schemes),*]))
        }
    }
}

fn scheme(scheme: &Scheme, rt: &Rt) -> TokenStream {
    let [ty, place] = rt.names(["Scheme", "Place"]);
    match scheme {
        Scheme::Iam => quote!(#ty::Iam),
        Scheme::ApiKey => quote!(#ty::ApiKey),
        Scheme::HeaderToken { scheme, header } => {
            quote!(#ty::Token { scheme: #scheme, place: #place::Header(#header) })
        }
        Scheme::QueryToken { scheme, query } => {
            quote!(#ty::Token { scheme: #scheme, place: #place::Query(#query) })
        }
    }
}

/// The path, piece by piece in the order of the template.
fn path(operation: &Operation) -> TokenStream {
    let argument = |variable: &str| {
        let is_its = |arg: &&Arg| matches!(&arg.kind, ArgKind::Path(name) if name == variable);
        operation.args.iter().find(is_its).map(|arg| &arg.name)
    };
    let pieces = operation
        .path
        .segments()
        .iter()
        .map(|segment| match segment {
            Segment::Literal(text) => quote!(.literal(#text)),
            Segment::Variable(name) => {
                let value = lent(argument(name));
                quote!(.path(#name, #value))
            }
            Segment::Greedy(name) => {
                let value = lent(argument(name));
                quote!(.greedy(#name, #value))
            }
        });
    pieces.collect()
}

/// Everything but the path: where the value of an argument goes.
fn part(kind: &ArgKind, value: &TokenStream) -> Option<TokenStream> {
    let lent = lent(value);
    Some(match kind {
        ArgKind::Path(_) => return None,
        ArgKind::Query(name) => quote!(.query(#name, #lent)),
        ArgKind::Header(name) => quote!(.header(#name, #lent)),
        ArgKind::Body(None) => quote!(.body(#value)),
        ArgKind::Body(Some(media_type)) => quote!(.body(#value).content_type(#media_type)),
        ArgKind::Form => quote!(.form(#value)),
        ArgKind::Extension => quote!(.extension(#value)),
        ArgKind::Method => quote!(.method(#value)),
    })
}

/// `&value`, located at the argument, so that rustc points there when its type cannot be sent.
fn lent(value: impl ToTokens) -> TokenStream {
    let argument = value.to_token_stream().into_iter().last();
    let at = located_at(argument.map(|token| token.span()));
    quote_spanned!(at=> &#value)
}

/// Our code at a place of the user's: errors are shown there, while names and lints know it as ours.
pub(super) fn located_at(place: Option<Span>) -> Span {
    place.map_or_else(Span::call_site, |place| Span::call_site().located_at(place))
}
