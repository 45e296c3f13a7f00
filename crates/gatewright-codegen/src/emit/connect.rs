//! The short way to a client: a struct of exactly the credentials that the operations ask for, so that leaving one out does
//! not compile, and a constructor that stacks their layers.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::rt::Rt;
use crate::case;
use crate::model::{Api, Scheme};
use crate::text::{self, code};

/// One credential of `Credentials`: the field that holds its layer, and all schemes that it serves, which are sent in one place.
#[derive(Clone, Debug)]
pub struct Credential<'a> {
    /// The schemes, in the order in which the operations first ask for them; at least one.
    pub schemes: Vec<&'a Scheme>,
    /// The name of the field.
    pub field: Ident,
    /// The type parameter of its provider, if it has one.
    provider: Option<Ident>,
}

pub(super) fn connect(api: &Api, rt: &Rt) -> TokenStream {
    let credentials = credentials(api);
    let (client, allow) = (&api.client, rt.allow());
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

/// All that any operation asks for, each once: the fields of `Credentials` in their order.
///
/// Schemes that are sent in one place are one credential: whoever calls has one token, though several authorizers read it.
pub fn credentials(api: &Api) -> Vec<Credential<'_>> {
    of_places(places(api))
}

fn of_places(places: Vec<Vec<&Scheme>>) -> Vec<Credential<'_>> {
    let mut credentials: Vec<Credential<'_>> = Vec::new();
    let wanted: Vec<_> = places.iter().map(|it| wanted(it, &places)).collect();
    for (schemes, wanted) in places.into_iter().zip(wanted) {
        let name = free(wanted, &credentials);
        let field = format_ident!("{name}");
        let has_provider = *schemes[0] != Scheme::ApiKey;
        let provider = has_provider.then(|| provider(&name));
        credentials.push(Credential {
            schemes,
            field,
            provider,
        });
    }
    credentials
}

/// The schemes of each place.
fn places(api: &Api) -> Vec<Vec<&Scheme>> {
    let mut places: Vec<Vec<&Scheme>> = Vec::new();
    for scheme in api.operations.iter().flat_map(|operation| &operation.auth) {
        let mut known = places.iter_mut();
        match known.find(|known| is_same_place(known[0], scheme)) {
            Some(known) if known.contains(&scheme) => {}
            Some(known) => known.push(scheme),
            None => places.push(vec![scheme]),
        }
    }
    places
}

fn is_same_place(one: &Scheme, other: &Scheme) -> bool {
    match (one, other) {
        (Scheme::HeaderToken { header: one, .. }, Scheme::HeaderToken { header: other, .. }) => {
            one.eq_ignore_ascii_case(other)
        }
        (Scheme::QueryToken { query: one, .. }, Scheme::QueryToken { query: other, .. }) => {
            one == other
        }
        _ => one == other,
    }
}

/// What a credential should be called: after its authorizer, if that one reads nothing else and no other one reads there.
fn wanted(schemes: &[&Scheme], places: &[Vec<&Scheme>]) -> String {
    let first = schemes[0];
    let is_of_first = |scheme: &&&Scheme| called(scheme) == called(first);
    let is_alone = schemes.len() == 1 && places.iter().flatten().filter(is_of_first).count() == 1;
    if is_alone { field(first) } else { place(first) }
}

/// What the document calls a scheme that it may have several of.
fn called(scheme: &Scheme) -> Option<&str> {
    match scheme {
        Scheme::HeaderToken { scheme, .. } | Scheme::QueryToken { scheme, .. } => Some(scheme),
        Scheme::Iam | Scheme::ApiKey => None,
    }
}

/// The wanted name, or one like it; it differs from the others as a field and as a type parameter.
fn free(wanted: String, taken: &[Credential<'_>]) -> String {
    let numbered = (2_usize..).map(|number| format!("{wanted}_{number}"));
    let is_free = |name: &String| {
        let provider = provider(name);
        let mut taken = taken.iter();
        !taken.any(|other| other.field == name || other.provider.as_ref() == Some(&provider))
    };
    let mut candidates = std::iter::once(wanted.clone()).chain(numbered);
    candidates.find(is_free).unwrap_or(wanted)
}

/// What a credential is called after where it is sent: for several authorizers, or where one of them reads more than one value.
fn place(scheme: &Scheme) -> String {
    match scheme {
        Scheme::HeaderToken { header, .. } if !is_authorization(header) => sound(header),
        Scheme::QueryToken { query, .. } => sound(query),
        Scheme::HeaderToken { .. } => "token".to_owned(),
        Scheme::Iam | Scheme::ApiKey => field(scheme),
    }
}

fn is_authorization(header: &str) -> bool {
    header.eq_ignore_ascii_case("authorization")
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
    if begins_well && !is_reserved && text::is_ident(&name) {
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
    let (generics, allow) = (generics(credentials), rt.allow());
    let fields = credentials.iter().map(|credential| {
        let (name, docs, ty) = (
            &credential.field,
            docs(&credential.schemes),
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

fn docs(schemes: &[&Scheme]) -> String {
    match schemes[0] {
        Scheme::Iam => " Signs the requests of operations with `AWS_IAM`.".to_owned(),
        Scheme::ApiKey => " The API key of a usage plan.".to_owned(),
        Scheme::HeaderToken { header, .. } => {
            let form = if is_authorization(header) {
                ""
            } else {
                ", without `Bearer`"
            };
            let (readers, header) = (readers(schemes), code(header));
            format!(" The token that {readers} in the header {header}{form}.")
        }
        Scheme::QueryToken { query, .. } => {
            let (readers, query) = (readers(schemes), code(query));
            format!(" The token that {readers} in the query parameter {query}.")
        }
    }
}

/// Who reads a token: `the authorizer a reads`.
fn readers(schemes: &[&Scheme]) -> String {
    let names = schemes.iter().filter_map(|scheme| called(scheme)).map(code);
    let names: Vec<_> = names.collect();
    match names.as_slice() {
        [name] => format!("the authorizer {name} reads"),
        _ => format!("the authorizers {} read", names.join(", ")),
    }
}

fn layer(credential: &Credential<'_>, rt: &Rt) -> TokenStream {
    let name = match credential.schemes[0] {
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
        let bound = match credential.schemes[0] {
            Scheme::Iam => rt.name("ProvideCredentials"),
            _ => rt.name("ProvideToken"),
        };
        Some(quote!(#provider: #bound + 'static))
    });
    let bounds: Vec<_> = bounds.collect();
    (!bounds.is_empty()).then(|| quote!(<#(#bounds),*>))
}

/// How a layer joins the stack. A token goes where its authorizer reads. If there is one authorizer, the layer is for that one
/// only; if there are several, it serves all that read there.
fn join(credential: &Credential<'_>, rt: &Rt) -> TokenStream {
    let (field, first) = (&credential.field, credential.schemes[0]);
    let only = only(&credential.schemes);
    match first {
        Scheme::Iam => quote!(.iam(credentials.#field)),
        Scheme::ApiKey => quote!(.api_key(credentials.#field)),
        Scheme::HeaderToken { header, .. } => {
            let place = in_header(header, rt);
            quote!(.token(credentials.#field #place #only))
        }
        Scheme::QueryToken { query, .. } => {
            quote!(.token(credentials.#field.in_query(#query) #only))
        }
    }
}

/// `Bearer` belongs to the header `authorization` (RFC 6750, section 2.1); in any other one the value is bare.
fn in_header(header: &str, rt: &Rt) -> Option<TokenStream> {
    if is_authorization(header) {
        return None;
    }
    let (name, header) = (rt.name("HeaderName"), header.to_ascii_lowercase());
    Some(quote!(.in_header(#name::from_static(#header)).raw()))
}

fn only(schemes: &[&Scheme]) -> Option<TokenStream> {
    match schemes {
        [Scheme::HeaderToken { scheme, .. } | Scheme::QueryToken { scheme, .. }] => {
            Some(quote!(.for_scheme(#scheme)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(scheme: &str, header: &str) -> Scheme {
        Scheme::HeaderToken {
            scheme: scheme.to_owned(),
            header: header.to_owned(),
        }
    }

    /// The names of the fields for these schemes, those of one place together.
    fn fields(places: &[&[Scheme]]) -> Vec<String> {
        let places = places.iter().map(|schemes| schemes.iter().collect());
        let credentials = of_places(places.collect());
        credentials.iter().map(|it| it.field.to_string()).collect()
    }

    #[test]
    fn a_field_is_called_after_its_authorizer_or_what_several_share() {
        let one = [header("staff", "authorization")];
        let two = [header("a", "authorization"), header("b", "Authorization")];
        let tickets = [header("c", "x-ticket"), header("d", "x-ticket")];
        assert_eq!(fields(&[&one]), ["staff"]);
        assert_eq!(fields(&[&two, &tickets]), ["token", "x_ticket"]);
    }

    #[test]
    fn the_values_of_one_authorizer_are_called_after_their_places() {
        let seat = Scheme::QueryToken {
            scheme: "usher".to_owned(),
            query: "x-ticket".to_owned(),
        };
        let places: [&[Scheme]; 3] = [
            &[header("usher", "authorization")],
            &[seat],
            &[header("usher", "x-ticket")],
        ];
        assert_eq!(fields(&places), ["token", "x_ticket", "x_ticket_2"]);
    }
}
