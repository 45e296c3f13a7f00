//! One call: its signature, and the chain that builds it.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};

use super::auth::Auths;
use super::codec::Codec;
use super::params::{self, has_params, is_gathered};
use super::rt::Rt;
use super::style;
use crate::Origin;
use crate::model::{Api, Arg, ArgKind, Method, Operation, Output, Segment, Ty};

/// A name for the parameters that no argument has.
fn params_argument(operation: &Operation) -> Ident {
    let mut name = format_ident!("params");
    while operation.args.iter().any(|arg| arg.name == name) {
        name = format_ident!("{name}_");
    }
    name
}

/// The arguments as a method declares them, after `self`.
pub(super) fn signature(api: &Api, operation: &Operation, rt: &Rt) -> TokenStream {
    let positional = operation.args.iter().filter(|arg| !is_gathered(api, arg));
    let declared = positional.map(|arg| {
        let (name, ty) = (&arg.name, rt.ty(&arg.ty));
        quote!(#name: #ty)
    });
    let params = has_params(api, operation).then(|| {
        let (argument, ty) = (params_argument(operation), params::name(operation));
        quote!(#argument: #ty)
    });
    let all = declared.chain(params);
    quote!(#(#all),*)
}

/// The arguments as a method hands them on.
pub(super) fn arguments(api: &Api, operation: &Operation) -> Vec<Ident> {
    let positional = operation.args.iter().filter(|arg| !is_gathered(api, arg));
    let params = has_params(api, operation).then(|| params_argument(operation));
    positional
        .map(|arg| arg.name.clone())
        .chain(params)
        .collect()
}

/// What the chains of an API have in common.
#[derive(Clone)]
pub(super) struct Chains<'a> {
    pub(super) auths: Auths<'a>,
    codec: Codec<'a>,
}

impl<'a> Chains<'a> {
    pub(super) fn of(api: &'a Api) -> Self {
        Self {
            auths: Auths::of(api),
            codec: Codec::of(api),
        }
    }
}

/// The one expression that a method is.
pub(super) fn chain(api: &Api, operation: &Operation, chains: &Chains<'_>, rt: &Rt) -> TokenStream {
    let begin = begin(operation, &chains.auths, rt);
    let path = path(operation, rt);
    let headers = operation
        .headers
        .iter()
        .filter(|header| !is_of_type(header, &operation.output))
        .map(|(name, value)| quote!(.header(#name, &#value)));
    let parts = operation
        .args
        .iter()
        .filter_map(|arg| part(arg, &value(api, operation, arg), &chains.codec, rt));
    let call = call(&operation.output, &chains.codec);
    quote!(self.rest.#begin #path #(#headers)* #(#parts)* #call)
}

/// What ends the chain, where the user wrote the type of the response.
fn call(output: &Output, codec: &Codec<'_>) -> TokenStream {
    match output {
        Output::Typed { ok, .. } if codec.reads(ok) => quote!(.call_json()),
        _ => {
            let at = located_at(return_type(output));
            quote_spanned!(at=> .call())
        }
    }
}

/// What begins the chain: the method of the runtime that is called like that of HTTP, if there is one.
fn begin(operation: &Operation, auths: &Auths<'_>, rt: &Rt) -> TokenStream {
    let (id, path) = (&operation.id, template(operation));
    let auth = auths.expression(&operation.auth, rt);
    match operation.method {
        Method::Any => {
            let is_method = |arg: &&Arg| arg.kind == ArgKind::Method;
            let method = operation.args.iter().find(is_method);
            let method = method.map(|arg| &arg.name);
            quote!(any(#method, #id, #path, #auth))
        }
        Method::Fixed(
            method @ ("GET" | "PUT" | "POST" | "PATCH" | "DELETE" | "HEAD" | "OPTIONS"),
        ) => {
            let method = format_ident!("{}", method.to_ascii_lowercase());
            quote!(#method(#id, #path, #auth))
        }
        Method::Fixed(method) => {
            let ty = rt.name("Operation");
            quote!(request(#ty::new(#id, #method, #path, #auth)))
        }
    }
}

/// The path template, where the user wrote it.
fn template(operation: &Operation) -> Literal {
    let mut template = Literal::string(operation.path.as_str());
    if let Origin::Span(place) = operation.origin {
        template.set_span(located_at(Some(place)));
    }
    template
}

/// Whether a header says what the type of the response says by itself.
fn is_of_type((name, value): &&(String, String), output: &Output) -> bool {
    let is_json = match output {
        Output::User(_) => false,
        Output::Typed { ok, .. } => is_json(ok),
    };
    is_json && name == "accept" && value == "application/json"
}

/// Whether a response of this type is decoded from JSON.
fn is_json(ok: &Ty) -> bool {
    match ok {
        Ty::Body | Ty::Content | Ty::PlainText | Ty::User(_) => false,
        Ty::Response(inner) => is_json(inner),
        _ => true,
    }
}

/// The expression of an argument's value.
fn value(api: &Api, operation: &Operation, arg: &Arg) -> TokenStream {
    let name = &arg.name;
    if is_gathered(api, arg) {
        let params = params_argument(operation);
        quote!(#params.#name)
    } else {
        name.to_token_stream()
    }
}

/// The values of the path, in the order of the template.
fn path(operation: &Operation, rt: &Rt) -> TokenStream {
    let argument = |variable: &str| {
        let is_its = |arg: &&Arg| arg.kind.path() == Some(variable);
        operation.args.iter().find(is_its)
    };
    let values = operation.path.segments().iter();
    let values = values.filter_map(|segment| match segment {
        Segment::Literal(_) => None,
        Segment::Variable(name) => {
            let argument = argument(name)?;
            let value = lent(&argument.name);
            let ArgKind::PathAs(_, style) = argument.kind else {
                return Some(quote!(.path(#name, #value)));
            };
            let style = style::path(style, rt);
            Some(quote!(.path_as(#name, #value, #style)))
        }
        Segment::Greedy(name) => {
            let value = lent(argument(name).map(|argument| &argument.name));
            Some(quote!(.greedy(#name, #value)))
        }
    });
    values.collect()
}

/// Everything but the path and the method: where the value of an argument goes.
fn part(arg: &Arg, value: &TokenStream, codec: &Codec<'_>, rt: &Rt) -> Option<TokenStream> {
    let lent = lent(value);
    Some(match &arg.kind {
        ArgKind::Path(_) | ArgKind::PathAs(..) | ArgKind::Method => return None,
        ArgKind::Query(name) => quote!(.query(#name, #lent)),
        ArgKind::QueryAs(name, style) => {
            let style = style::query(*style, rt);
            quote!(.query_as(#name, #lent, #style))
        }
        ArgKind::Members(name) => quote!(.query_members(#name, #lent)),
        ArgKind::Header(name) => quote!(.header(#name, #lent)),
        ArgKind::HeaderAs(name, style) => {
            let style = style::header(*style, rt);
            quote!(.header_as(#name, #lent, #style))
        }
        ArgKind::Body(media_type) => {
            let media_type = media_type.iter();
            let body = body(&arg.ty, value, codec);
            quote!(#body #(.content_type(#media_type))*)
        }
        ArgKind::Text(media_type) => quote!(.text(#value).content_type(#media_type)),
        ArgKind::Form(styles) if styles.is_empty() => quote!(.form(#value)),
        ArgKind::Form(styles) => {
            let styles = style::form(styles, rt);
            quote!(.form_as(#value, #styles))
        }
        ArgKind::Extension => quote!(.extension(#value)),
    })
}

fn body(ty: &Ty, value: &TokenStream, codec: &Codec<'_>) -> TokenStream {
    match ty {
        ty if !codec.writes(ty) => quote!(.body(#value)),
        // A list is lent as a slice, whose size is not known.
        Ty::Ref(inner) if !matches!(**inner, Ty::List(_)) => quote!(.json(#value)),
        _ => quote!(.json(&#value)),
    }
}

/// `&value`, located at the argument, so that rustc points there when its type cannot be sent.
fn lent(value: impl ToTokens) -> TokenStream {
    let argument = value.to_token_stream().into_iter().last();
    let at = located_at(argument.map(|token| token.span()));
    quote_spanned!(at=> &#value)
}

/// Where the user wrote the return type; rustc points there when it is not one that can be decoded.
fn return_type(output: &Output) -> Option<Span> {
    let Output::User(tokens) = output else {
        return None;
    };
    Some(tokens.clone().into_iter().next()?.span())
}

/// Our code at a place of the user's: errors are shown there, while names and lints know it as ours.
fn located_at(place: Option<Span>) -> Span {
    place.map_or_else(Span::call_site, |place| Span::call_site().located_at(place))
}
