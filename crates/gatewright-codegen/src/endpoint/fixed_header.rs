//! `#[header("name", "value")]` on a trait or a method: a header of fixed value.

use syn::parse::ParseStream;
use syn::{Attribute, LitStr, Token};

use super::attribute;
use crate::check::header::{name_fault, value_fault};
use crate::{Origin, Problem};

/// The headers that the attributes of a trait or a method give, names in lower case.
pub(super) fn parse(attrs: &[Attribute], problems: &mut Vec<Problem>) -> Vec<(String, String)> {
    let mut headers: Vec<(String, String)> = Vec::new();
    for attr in attribute::named(attrs, "header") {
        match one(attr, &headers) {
            Ok(header) => headers.push(header),
            Err(problem) => problems.push(problem),
        }
    }
    headers
}

fn one(attr: &Attribute, before: &[(String, String)]) -> Result<(String, String), Problem> {
    let (name, value) = attr.parse_args_with(pair).map_err(|_| {
        attribute::at(
            attr,
            "`#[header]` needs a name and a value here: `#[header(\"name\", \"value\")]`",
        )
    })?;
    let at = |literal: &LitStr, message: String| Problem::at(literal.span(), message);
    let (header, text) = (name.value().to_ascii_lowercase(), value.value());
    if let Some(fault) = name_fault(&header, &Origin::Span(name.span())) {
        return Err(at(&name, fault));
    }
    if let Some(fault) = value_fault(&text) {
        return Err(at(&value, fault));
    }
    if before.iter().any(|(other, _)| *other == header) {
        return Err(at(
            &name,
            format!("header `{header}` is given twice; keep one"),
        ));
    }
    Ok((header, text))
}

fn pair(input: ParseStream<'_>) -> syn::Result<(LitStr, LitStr)> {
    let name = input.parse()?;
    input.parse::<Token![,]>()?;
    let value = input.parse()?;
    input.parse::<Option<Token![,]>>()?;
    Ok((name, value))
}

/// The headers of a method: its own, and those of the trait that it does not replace.
pub(super) fn merge(
    own: Vec<(String, String)>,
    of_trait: &[(String, String)],
) -> Vec<(String, String)> {
    let is_kept = |name: &str| own.iter().all(|(other, _)| other != name);
    let kept = of_trait.iter().filter(|(name, _)| is_kept(name)).cloned();
    let mut headers: Vec<_> = kept.collect();
    headers.extend(own);
    headers
}
