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
            Err(suggest::ask(unknown, name, NAMES))
        }
    }
}
