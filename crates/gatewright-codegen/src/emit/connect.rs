//! The short way to a client: a struct of exactly the credentials that the operations ask for, so that leaving one out does
//! not compile, and a constructor that stacks their layers.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::allow;
use super::rt::Rt;
use crate::case;
use crate::model::{Api, Scheme};
use crate::text::code;

/// One credential: the field that holds its layer, and how the layer joins the stack.
struct Credential<'a> {
    scheme: &'a Scheme,
    field: Ident,
    /// The type parameter of its provider, if it has one.
    provider: Option<Ident>,
}

pub(super) fn connect(api: &Api, rt: &Rt) -> TokenStream {
    let credentials = credentials(api);
    let (client, allow) = (&api.client, allow());
    let [stack, base_url] = rt.names(["stack", "BaseUrl"]);
    let (generics, bounds) = (generics(&credentials), bounds(&credentials, rt));
    let argument = (!credentials.is_empty()).then(|| quote!(, credentials: Credentials #generics));
    let joins = credentials.iter().map(|credential| join(credential, rt));
    let definition = definition(&credentials, rt);
    quote! {
        #definition

        #allow
        impl #client {
            /// A client of the API at `base` over the default transport, with the layers in the order that works; see
            /// `gatewright::stack` for what they do, and to set more of it.
            pub fn connect #bounds (base: #base_url #argument) -> Self {
                let service = #stack(&base) #(#joins)* .build();
                Self::new(service, base)
            }
        }
    }
}

/// All that any operation asks for, each once.
fn credentials(api: &Api) -> Vec<Credential<'_>> {
    let mut credentials: Vec<Credential<'_>> = Vec::new();
    for scheme in api.operations.iter().flat_map(|operation| &operation.auth) {
        if !credentials.iter().any(|known| known.scheme == scheme) {
            let name = name(scheme, &credentials);
            let field = format_ident!("{name}");
            let has_provider = !matches!(scheme, Scheme::ApiKey);
            let provider = has_provider.then(|| provider(&name));
            credentials.push(Credential {
                scheme,
                field,
                provider,
            });
        }
    }
    credentials
}

/// The name of a credential's field; it differs from the others as a field and as a type parameter.
fn name(scheme: &Scheme, taken: &[Credential<'_>]) -> String {
    let name = field(scheme);
    let numbered = (2_usize..).map(|number| format!("{name}_{number}"));
    let is_free = |name: &String| {
        let provider = provider(name);
        let mut taken = taken.iter();
        !taken.any(|other| other.field == name || other.provider.as_ref() == Some(&provider))
    };
    let mut candidates = std::iter::once(name.clone()).chain(numbered);
    candidates.find(is_free).unwrap_or(name)
}

/// What a credential is called, in `snake_case`.
pub(super) fn field(scheme: &Scheme) -> String {
    match scheme {
        Scheme::Iam => "iam".to_owned(),
        Scheme::ApiKey => "api_key".to_owned(),
        Scheme::HeaderToken { scheme, .. } | Scheme::QueryToken { scheme, .. } => sound(scheme),
    }
}

/// The name of a document's scheme as an identifier.
fn sound(scheme: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { ' ' };
    let name = scheme.chars().map(plain).collect::<String>();
    let name = case::snake(&name);
    let begins_well = name.starts_with(|c: char| c.is_ascii_lowercase());
    // Reserved since edition 2024, which `syn` does not ask for.
    let is_reserved = name == "gen";
    if begins_well && !is_reserved && syn::parse_str::<Ident>(&name).is_ok() {
        return name;
    }
    format!("token_{name}").trim_end_matches('_').to_owned()
}

fn provider(name: &str) -> Ident {
    format_ident!("{}Provider", case::upper_camel(name))
}

fn definition(credentials: &[Credential<'_>], rt: &Rt) -> Option<TokenStream> {
    if credentials.is_empty() {
        return None;
    }
    let (generics, allow) = (generics(credentials), allow());
    let fields = credentials.iter().map(|credential| {
        let (name, docs, ty) = (
            &credential.field,
            docs(credential.scheme),
            layer(credential, rt),
        );
        quote!(#[doc = #docs] pub #name: #ty)
    });
    Some(quote! {
        /// The credentials that the operations of this API ask for, all of them: each is the layer that brings it.
        #allow
        #[derive(Clone, Debug)]
        pub struct Credentials #generics { #(#fields,)* }
    })
}

fn docs(scheme: &Scheme) -> String {
    match scheme {
        Scheme::Iam => " Signs the requests of operations with `AWS_IAM`.".to_owned(),
        Scheme::ApiKey => " The API key of a usage plan.".to_owned(),
        Scheme::HeaderToken { scheme, header } => {
            format!(
                " The token that the authorizer {} reads in the header {}.",
                code(scheme),
                code(header)
            )
        }
        Scheme::QueryToken { scheme, query } => {
            format!(
                " The token that the authorizer {} reads in the query parameter {}.",
                code(scheme),
                code(query)
            )
        }
    }
}

fn layer(credential: &Credential<'_>, rt: &Rt) -> TokenStream {
    let name = match credential.scheme {
        Scheme::Iam => "SigV4Layer",
        Scheme::ApiKey => "ApiKeyLayer",
        Scheme::HeaderToken { .. } | Scheme::QueryToken { .. } => "BearerTokenLayer",
    };
    let (layer, provider) = (rt.name(name), credential.provider.iter());
    quote!(#layer #(<#provider>)*)
}

fn generics(credentials: &[Credential<'_>]) -> Option<TokenStream> {
    let providers: Vec<_> = credentials
        .iter()
        .filter_map(|it| it.provider.as_ref())
        .collect();
    (!providers.is_empty()).then(|| quote!(<#(#providers),*>))
}

/// The type parameters with what their layers ask of them.
fn bounds(credentials: &[Credential<'_>], rt: &Rt) -> Option<TokenStream> {
    let bounds = credentials.iter().filter_map(|credential| {
        let provider = credential.provider.as_ref()?;
        let bound = match credential.scheme {
            Scheme::Iam => rt.name("ProvideCredentials"),
            _ => rt.name("ProvideToken"),
        };
        Some(quote!(#provider: #bound + 'static))
    });
    let bounds: Vec<_> = bounds.collect();
    (!bounds.is_empty()).then(|| quote!(<#(#bounds),*>))
}

/// How a layer joins the stack. A token goes where its authorizer reads, for that authorizer only.
fn join(credential: &Credential<'_>, rt: &Rt) -> TokenStream {
    let field = &credential.field;
    match credential.scheme {
        Scheme::Iam => quote!(.iam(credentials.#field)),
        Scheme::ApiKey => quote!(.api_key(credentials.#field)),
        Scheme::HeaderToken { scheme, header } if header.eq_ignore_ascii_case("authorization") => {
            quote!(.token(credentials.#field.for_scheme(#scheme)))
        }
        Scheme::HeaderToken { scheme, header } => {
            let (name, header) = (rt.name("HeaderName"), header.to_ascii_lowercase());
            quote!(.token(credentials.#field.in_header(#name::from_static(#header)).for_scheme(#scheme)))
        }
        Scheme::QueryToken { scheme, query } => {
            quote!(.token(credentials.#field.in_query(#query).for_scheme(#scheme)))
        }
    }
}
