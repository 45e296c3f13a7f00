//! The `Credentials` of a generated client, from what the judge gives.

use gatewright_codegen::emit::{self, Credential};
use gatewright_codegen::model::{Api, Scheme};
use proc_macro2::TokenStream;
use quote::quote;

/// The fields with their values; nothing for an API that asks for none.
pub(super) fn all(api: &Api) -> TokenStream {
    emit::credentials(api).iter().map(value).collect()
}

fn value(credential: &Credential<'_>) -> TokenStream {
    let field = &credential.field;
    match credential.schemes[0] {
        Scheme::Iam => quote!(#field: _given.iam(),),
        Scheme::ApiKey => quote!(#field: _given.api_key(),),
        Scheme::HeaderToken { .. } | Scheme::QueryToken { .. } => {
            let names = credential.schemes.iter().filter_map(|scheme| name(scheme));
            quote!(#field: _given.token(&[#(#names),*]),)
        }
    }
}

fn name(scheme: &Scheme) -> Option<&str> {
    match scheme {
        Scheme::HeaderToken { scheme, .. } | Scheme::QueryToken { scheme, .. } => Some(scheme),
        Scheme::Iam | Scheme::ApiKey => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn authorizers_of_one_token_are_given_one() {
        let reads = r#"{"type": "http", "scheme": "bearer"}"#;
        let document = format!(
            r#"{{"openapi": "3.0.1", "info": {{"title": "t", "version": "1"}}, "paths": {{"/a": {{
                "get": {{"responses": {{}}, "security": [{{"readers": []}}]}},
                "put": {{"responses": {{}}, "security": [{{"writers": []}}]}}
            }}}}, "components": {{"securitySchemes": {{"readers": {reads}, "writers": {reads}}}}}}}"#
        );
        let api = gatewright_build::__model("t.json", document.as_bytes()).unwrap();
        let expected = quote!(token: _given.token(&["readers", "writers"]),);
        assert_eq!(all(&api).to_string(), expected.to_string());
    }
}
