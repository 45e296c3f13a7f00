//! What an operation demands, as an expression. What has no short name in the runtime gets one in the emitted file, where
//! many operations refer to it.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::connect;
use super::rt::Rt;
use crate::case;
use crate::model::{Api, Scheme, Surface};

/// The constants of a file: each is a list of schemes that operations demand together.
#[derive(Clone)]
pub(super) struct Auths<'a> {
    named: Vec<(&'a [Scheme], Ident)>,
}

impl<'a> Auths<'a> {
    /// None beside a trait: it would bring names into the user's scope.
    pub(super) fn of(api: &'a Api) -> Self {
        let mut auths = Self { named: Vec::new() };
        if let Surface::Inherent { .. } = api.surface {
            for operation in &api.operations {
                auths.add(&operation.auth);
            }
        }
        auths
    }

    fn add(&mut self, schemes: &'a [Scheme]) {
        let is_known = short(schemes).is_some() || self.get(schemes).is_some();
        if !is_known {
            let name = self.free(&name(schemes));
            self.named.push((schemes, name));
        }
    }

    fn get(&self, schemes: &[Scheme]) -> Option<&Ident> {
        let (_, name) = self.named.iter().find(|(known, _)| *known == schemes)?;
        Some(name)
    }

    /// A name that no other constant of the file has.
    fn free(&self, wanted: &str) -> Ident {
        let mut name = format_ident!("{wanted}");
        while name == "ENDPOINT" || self.named.iter().any(|(_, taken)| *taken == name) {
            name = format_ident!("{name}_");
        }
        name
    }

    /// The constants.
    pub(super) fn definitions(&self, rt: &Rt) -> TokenStream {
        let ty = rt.name("Auth");
        let definitions = self.named.iter().map(|(schemes, name)| {
            let (allow, list) = (rt.allow(), list(schemes, rt));
            quote!(#allow const #name: #ty = #list;)
        });
        definitions.collect()
    }

    /// What stands in a method.
    pub(super) fn expression(&self, schemes: &[Scheme], rt: &Rt) -> TokenStream {
        let auth = rt.name("Auth");
        match (short(schemes), self.get(schemes)) {
            (Some(name), _) => {
                let name = format_ident!("{name}");
                quote!(#auth::#name)
            }
            (None, Some(name)) => quote!(#name),
            (None, None) => list(schemes, rt),
        }
    }
}

/// The runtime's own name of a list.
fn short(schemes: &[Scheme]) -> Option<&'static str> {
    match schemes {
        [] => Some("NONE"),
        [Scheme::Iam] => Some("IAM"),
        [Scheme::ApiKey] => Some("API_KEY"),
        [Scheme::HeaderToken { scheme, header }]
            if scheme == "bearer" && header == "authorization" =>
        {
            Some("BEARER")
        }
        _ => None,
    }
}

fn name(schemes: &[Scheme]) -> String {
    let mut names: Vec<_> = schemes.iter().map(connect::field).collect();
    // An authorizer may read several values.
    names.dedup();
    case::shouty(&names.join("_and_"))
}

fn list(schemes: &[Scheme], rt: &Rt) -> TokenStream {
    let auth = rt.name("Auth");
    let schemes = schemes.iter().map(|scheme| self::scheme(scheme, rt));
    quote!(#auth::of(&[#(#schemes),*]))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn token(scheme: &str, header: &str) -> Scheme {
        Scheme::HeaderToken {
            scheme: scheme.to_owned(),
            header: header.to_owned(),
        }
    }

    #[test]
    fn what_the_runtime_has_a_name_for_needs_none() {
        assert_eq!(short(&[]), Some("NONE"));
        assert_eq!(short(&[token("bearer", "authorization")]), Some("BEARER"));
        assert_eq!(short(&[token("bearer", "x-token")]), None);
        assert_eq!(short(&[Scheme::Iam, Scheme::ApiKey]), None);
    }

    #[test]
    fn each_list_has_one_name_which_no_other_has() {
        let both = [token("userPool", "Authorization"), Scheme::ApiKey];
        let (one, other) = ([token("end-point", "a")], [token("endPoint", "b")]);
        let odd = [token("endpoint", "c")];
        let mut auths = Auths { named: Vec::new() };
        for schemes in [&both[..], &both, &one, &other, &odd, &[Scheme::Iam]] {
            auths.add(schemes);
        }
        let names: Vec<_> = auths
            .named
            .iter()
            .map(|(_, name)| name.to_string())
            .collect();
        assert_eq!(
            names,
            [
                "USER_POOL_AND_API_KEY",
                "END_POINT",
                "END_POINT_",
                "ENDPOINT_"
            ]
        );
    }
}
