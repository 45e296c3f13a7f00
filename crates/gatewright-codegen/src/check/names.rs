//! Names in Rust: each stands for one thing.

use proc_macro2::Ident;

use super::{repeated, words};
use crate::model::{Api, Operation, Surface, TypeDef, TypeKind};
use crate::{Origin, Problem};

/// A client can call something.
pub(super) fn no_operations(api: &Api) -> Vec<Problem> {
    if !api.operations.is_empty() {
        return Vec::new();
    }
    vec![match &api.surface {
        Surface::Trait { ident, .. } => Problem::at(
            ident.span(),
            format!(
                "trait `{ident}` has no endpoints; add a method such as `#[get(\"/path\")] async fn …;`"
            ),
        ),
        Surface::Inherent { .. } => Problem::new(
            &Origin::Pointer("#/paths".to_owned()),
            "the document has no operations; export a stage with at least one method",
        ),
    }]
}

/// Each operation has a method of its own. Methods under `cfg` may exclude each other; rustc knows.
pub(super) fn repeated_operations(api: &Api) -> Vec<Problem> {
    let unconditional = api
        .operations
        .iter()
        .filter(|operation| operation.attrs.is_empty());
    let again = repeated(unconditional, |operation| operation.name.to_string()).into_iter();
    again
        .map(|operation| {
            twice(
                &operation.origin,
                &operation.name,
                "operations",
                "operationId",
            )
        })
        .collect()
}

/// Each argument has a name of its own. Rustc says so of a trait.
pub(super) fn repeated_arguments(operation: &Operation) -> Vec<Problem> {
    let again = repeated(&operation.args, |arg| arg.name.to_string()).into_iter();
    again
        .filter(|arg| matches!(arg.origin, Origin::Pointer(_)))
        .map(|arg| twice(&arg.origin, &arg.name, "arguments", "name"))
        .collect()
}

/// Each type has a name of its own.
pub(super) fn repeated_types(api: &Api) -> Vec<Problem> {
    let again = repeated(&api.types, |ty| ty.name.to_string()).into_iter();
    again
        .map(|ty| twice(&ty.origin, &ty.name, "types", "name"))
        .collect()
}

/// Each member of a type has a name of its own.
pub(super) fn repeated_members(api: &Api) -> Vec<Problem> {
    let in_type = |ty: &TypeDef| -> Vec<Problem> {
        let again = repeated(members(ty), ToString::to_string).into_iter();
        again
            .map(|name| twice(&ty.origin, name, "members", "name"))
            .collect()
    };
    api.types.iter().flat_map(in_type).collect()
}

pub(super) fn members(ty: &TypeDef) -> Vec<&Ident> {
    match &ty.kind {
        TypeKind::Struct { fields, .. } => fields.iter().map(|field| &field.name).collect(),
        TypeKind::Enum { variants } => variants.iter().map(|variant| &variant.name).collect(),
        TypeKind::IntegerEnum { variants, .. } => {
            variants.iter().map(|variant| &variant.name).collect()
        }
        TypeKind::Union { variants, .. } => variants.iter().map(|variant| &variant.name).collect(),
        TypeKind::Responses { variants, .. } => {
            variants.iter().map(|variant| &variant.name).collect()
        }
        TypeKind::Parts(parts) => parts.iter().map(|part| &part.name).collect(),
        TypeKind::Errors { variants } => variants.iter().map(|variant| &variant.name).collect(),
        TypeKind::Alias(_) => Vec::new(),
    }
}

fn twice(origin: &Origin, name: &Ident, what: &str, property: &str) -> Problem {
    let origin = match origin {
        Origin::Span(_) => &Origin::Span(name.span()),
        pointer @ Origin::Pointer(_) => pointer,
    };
    let rename = format!("change the `{property}` of one");
    let rename = words(origin, "rename one", &rename);
    Problem::new(origin, format!("two {what} are called `{name}`; {rename}"))
}
