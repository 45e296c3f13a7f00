//! The `Credentials` of a generated client, from what the judge gives.

use gatewright_codegen::model::{Api, Scheme};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

/// The fields with their values; nothing for an API that asks for none.
///
/// The fields stand in the order in which the operations first ask for their schemes.
pub(super) fn all(api: &Api, code: &str) -> Result<TokenStream, String> {
    let (schemes, fields) = (schemes(api), fields(code));
    if schemes.len() != fields.len() {
        let (wanted, found) = (schemes.len(), fields.len());
        return Err(format!(
            "`Credentials` has {found} fields for {wanted} security schemes"
        ));
    }
    let given = schemes.iter().zip(fields).map(|(scheme, field)| {
        let field = format_ident!("{field}");
        match scheme {
            Scheme::Iam => quote!(#field: _given.iam(),),
            Scheme::ApiKey => quote!(#field: _given.api_key(),),
            Scheme::HeaderToken { scheme, .. } | Scheme::QueryToken { scheme, .. } => {
                quote!(#field: _given.token(#scheme),)
            }
        }
    });
    Ok(given.collect())
}

fn schemes(api: &Api) -> Vec<&Scheme> {
    let mut schemes = Vec::new();
    for scheme in api.operations.iter().flat_map(|operation| &operation.auth) {
        if !schemes.contains(&scheme) {
            schemes.push(scheme);
        }
    }
    schemes
}

/// The names of the fields in the generated code.
fn fields(code: &str) -> Vec<&str> {
    let lines = code
        .lines()
        .skip_while(|line| !line.starts_with("pub struct Credentials"));
    lines
        .skip(1)
        .take_while(|line| *line != "}")
        .filter_map(|line| line.trim().strip_prefix("pub ")?.split(':').next())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_below_their_docs() {
        let code = "pub struct Client {\n    rest: u8,\n}\npub struct Credentials<A> {\n    /// Signs: all.\n    pub \
                    iam: rt::SigV4Layer<A>,\n    pub api_key: rt::ApiKeyLayer,\n}\npub struct Other {\n    pub a: u8,\n}\n";
        assert_eq!(fields(code), ["iam", "api_key"]);
        assert_eq!(fields("pub struct Client {\n}\n"), [""; 0]);
    }
}
