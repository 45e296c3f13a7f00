//! `#[auth(iam | api_key | bearer | none, …)]`: what the gateway demands.

use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::punctuated::Punctuated;
use syn::{Attribute, Token};

use super::attribute;
use crate::Problem;
use crate::check::suggest;
use crate::model::Scheme;

const NAMES: [&str; 4] = ["iam", "api_key", "bearer", "none"];

/// The schemes that the attributes of a trait or a method ask for; nothing if they do not say.
pub(super) fn parse(attrs: &[Attribute], problems: &mut Vec<Problem>) -> Option<Vec<Scheme>> {
    let mut given = attribute::named(attrs, "auth");
    let first = given.next()?;
    let again =
        given.map(|attr| attribute::at(attr, "`#[auth]` is given twice; name all schemes in one"));
    problems.extend(again);
    let Some(names) = names(first) else {
        let message = "`#[auth]` needs one or more of `iam`, `api_key` and `bearer`, or `none`";
        problems.push(attribute::at(first, message));
        return None;
    };
    Some(schemes(&names, problems))
}

fn names(attr: &Attribute) -> Option<Vec<Ident>> {
    let list = |input: syn::parse::ParseStream<'_>| {
        Punctuated::<Ident, Token![,]>::parse_terminated_with(input, Ident::parse_any)
    };
    let names = attr.parse_args_with(list).ok()?;
    (!names.is_empty()).then(|| names.into_iter().collect())
}

fn schemes(names: &[Ident], problems: &mut Vec<Problem>) -> Vec<Scheme> {
    let mut schemes = Vec::new();
    for name in names {
        match scheme(name, names.len(), &schemes) {
            Ok(scheme) => schemes.extend(scheme),
            Err(message) => problems.push(Problem::at(name.span(), message)),
        }
    }
    schemes
}

/// The scheme of one name out of `count`, given those `before`; `none` is no scheme.
fn scheme(name: &Ident, count: usize, before: &[Scheme]) -> Result<Option<Scheme>, String> {
    let Some(scheme) = named(&name.to_string())? else {
        let alone = count == 1;
        let message = "`none` stands alone; remove it or the other schemes";
        return if alone {
            Ok(None)
        } else {
            Err(message.to_owned())
        };
    };
    if before.contains(&scheme) {
        return Err(format!("`{name}` is named twice; keep one"));
    }
    if scheme != Scheme::ApiKey && before.iter().any(|other| *other != Scheme::ApiKey) {
        return Err("`iam` and `bearer` both need the `authorization` header; keep one".to_owned());
    }
    Ok(Some(scheme))
}

fn named(name: &str) -> Result<Option<Scheme>, String> {
    match name {
        "iam" => Ok(Some(Scheme::Iam)),
        "api_key" => Ok(Some(Scheme::ApiKey)),
        "bearer" => Ok(Some(Scheme::HeaderToken {
            scheme: "bearer".to_owned(),
            header: "authorization".to_owned(),
        })),
        "none" => Ok(None),
        _ => {
            let unknown =
                format!("unknown auth `{name}`; expected `iam`, `api_key`, `bearer` or `none`");
            Err(match elsewhere(name) {
                Some((what, here)) => format!("{unknown}; {what}: write `{here}`"),
                None => suggest::ask(unknown, name, NAMES),
            })
        }
    }
}

/// What other places call an authorization that has another name here: the types of Amplify's configuration, the kinds of authorizers,
/// the security schemes of OpenAPI. What it is, and its name here.
fn elsewhere(name: &str) -> Option<(&'static str, &'static str)> {
    let name = name.to_ascii_lowercase().replace('_', "");
    Some(match name.as_str() {
        "cognito"
        | "cognitouserpool"
        | "cognitouserpools"
        | "amazoncognitouserpools"
        | "userpool"
        | "userpools" => ("the token of a user pool is a bearer token", "bearer"),
        "jwt" | "oidc" | "openid" | "openidconnect" | "oauth" | "oauth2" | "token" => (
            "a token in the header `authorization` is a bearer token",
            "bearer",
        ),
        "lambda" | "awslambda" | "custom" | "authorizer" | "request" => (
            "what a Lambda authorizer reads of the header `authorization` is sent as a bearer token",
            "bearer",
        ),
        "sigv4" | "awssigv4" | "awsiam" | "aws" | "signature" | "signed" => {
            ("a request with a signature is one of IAM", "iam")
        }
        "apikey" | "key" | "xapikey" | "usageplan" => {
            ("this is the key of a usage plan", "api_key")
        }
        "open" | "public" | "anonymous" | "no" | "nobody" => ("nobody needs a credential", "none"),
        _ => return None,
    })
}
