//! What the user chose of types: own ones in place of those of the document, other names, more traits.

use gatewright_codegen::check::did_you_mean;
use gatewright_codegen::model::{Ty, TypeDef, TypeKind};
use gatewright_codegen::text::code;
use gatewright_document::Operation;
use proc_macro2::TokenStream;

use super::choices::Choices;
use super::select::Select;
use crate::Problem;

/// The types that were chosen, each with the operations it is for; they were looked at by [`problems`].
pub(super) fn of(chosen: &[(Select, String)], operation: &Operation) -> Option<Ty> {
    let mut chosen = chosen.iter().rev();
    let (_, ty) = chosen.find(|(select, _)| select.matches(operation))?;
    Some(Ty::User(parsed::<syn::Type>(ty)?))
}

/// The path of `gatewright` that was chosen.
pub(super) fn crate_path(choices: &Choices) -> Option<TokenStream> {
    parsed::<syn::Path>(choices.crate_path.as_ref()?)
}

/// The tokens of a text that is a `T`.
pub(super) fn parsed<T: syn::parse::Parse>(text: &str) -> Option<TokenStream> {
    syn::parse_str::<T>(text).ok()?;
    text.parse().ok()
}

/// Gives each type the traits that were chosen for it, and says which choices are for no type.
pub(super) fn derive(defs: &mut [TypeDef], choices: &Choices) -> Vec<Problem> {
    for def in defs.iter_mut().filter(|def| is_json(&def.kind)) {
        let is_for = |of: &Option<String>| of.as_ref().is_none_or(|of| def.name == of);
        let chosen = choices
            .derives
            .iter()
            .filter(|(of, path)| is_for(of) && !has(&def.kind, path));
        let mut paths: Vec<&String> = chosen.map(|(_, path)| path).collect();
        paths.dedup();
        def.derives = paths
            .into_iter()
            .filter_map(|path| parsed::<syn::Path>(path))
            .collect();
    }
    let named = choices.derives.iter().filter_map(|(of, _)| of.as_ref());
    let unknown = named.filter(|of| !defs.iter().any(|def| def.name == of));
    let known: Vec<_> = defs.iter().map(|def| def.name.to_string()).collect();
    let problem = |of: &String| {
        let candidates = known.iter().map(String::as_str);
        let message = did_you_mean(
            format!("the client has no type {}", code(of)),
            of,
            candidates,
        );
        Problem::new(&"", message)
    };
    unknown.map(problem).collect()
}

fn is_json(kind: &TypeKind) -> bool {
    matches!(
        kind,
        TypeKind::Struct { .. }
            | TypeKind::Enum { .. }
            | TypeKind::IntegerEnum { .. }
            | TypeKind::Union { .. }
    )
}

/// Whether a type of this kind has a trait already, or cannot have it.
fn has(kind: &TypeKind, path: &str) -> bool {
    let is_list = matches!(kind, TypeKind::Enum { .. } | TypeKind::IntegerEnum { .. });
    match last(path) {
        "Eq" | "Hash" => is_list,
        // An enum has no variant that is none in particular, and a struct whose members are all optional has the trait already.
        "Default" => true,
        _ => false,
    }
}

/// The last name of a path.
pub(super) fn last(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path).trim()
}
