//! Schemas to types. Only what an operation uses becomes a type, in the order of the document.

pub(super) mod console_names;
pub(super) mod constraint_docs;
mod content;
mod definitions;
mod enums;
pub(super) mod form;
pub(super) mod multipart;
mod object;
pub(super) mod parameter;
mod place_docs;
#[cfg(test)]
mod tests;
mod union;

use gatewright_codegen::model::{TypeDef, TypeKind};
use gatewright_document::Pointer;

use super::note::Notes;
use super::schema::meaning::Meaning;
use definitions::{Inline, Job};

pub(super) use content::content;
pub(super) use definitions::{Types, optional, refused};

/// All types that were asked for, with those that they are made of.
pub(super) fn finish(mut types: Types<'_>) -> (Vec<TypeDef>, Notes) {
    while let Some(job) = types.next() {
        match job {
            Job::Named(name) => {
                let meaning = types.meanings.of_name(name, &mut types.notes);
                let at = types.schemas().node(name).at;
                let kind = kind(&mut types, meaning, &at, name);
                types.define_named(name, kind);
            }
            Job::Inline(job) => {
                let Inline { def, meaning, hint } = *job;
                let kind = kind(&mut types, meaning, &Pointer::root(), &hint);
                types.push(None, TypeDef { kind, ..def });
            }
        }
    }
    types.into_parts()
}

/// What a type is that has a name; its parts are called after `hint`.
fn kind<'a>(types: &mut Types<'a>, meaning: Meaning<'a>, at: &Pointer, hint: &str) -> TypeKind {
    match meaning {
        Meaning::Texts(texts) => enums::of_texts(&texts),
        Meaning::Integers(integers, range) => enums::of_integers(&integers, range),
        Meaning::Object(merged) => object::kind(types, &merged, hint),
        Meaning::Union(union) => union::kind(types, &union, hint),
        meaning => TypeKind::Alias(types.unnamed(meaning, at, hint)),
    }
}
