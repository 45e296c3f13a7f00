//! Which types go by way of the codec of generated types, which is compiled once, and which by way of the traits that a
//! user's own types have too.

use std::collections::HashSet;

use proc_macro2::Ident;

use crate::model::{Api, Surface, Ty, TypeKind};

/// What is known of the types of an API.
#[derive(Clone)]
pub(super) struct Codec<'a> {
    /// The types of a trait are the user's.
    are_ours: bool,
    /// Types of ours that are not JSON: they are made of the whole body.
    whole: HashSet<&'a Ident>,
}

impl<'a> Codec<'a> {
    pub(super) fn of(api: &'a Api) -> Self {
        let is_whole = |kind: &TypeKind| {
            matches!(
                kind,
                TypeKind::Answers { .. } | TypeKind::Parts(_) | TypeKind::Errors { .. }
            )
        };
        let whole = api.types.iter().filter(|def| is_whole(&def.kind));
        Self {
            are_ours: matches!(api.surface, Surface::Inherent { .. }),
            whole: whole.map(|def| &def.name).collect(),
        }
    }

    /// Whether it reads answers of this type.
    pub(super) fn reads(&self, ty: &Ty) -> bool {
        match ty {
            Ty::Response(inner) => self.reads(inner),
            other => self.writes(other),
        }
    }

    /// Whether it writes bodies of this type.
    pub(super) fn writes(&self, ty: &Ty) -> bool {
        match ty {
            Ty::Named(name) => self.are_ours && !self.whole.contains(name),
            Ty::List(inner) | Ty::Map(inner) | Ty::Optional(inner) | Ty::Boxed(inner) => {
                self.writes(inner)
            }
            Ty::Ref(inner) => self.writes(inner),
            Ty::Bool | Ty::I32 | Ty::I64 | Ty::F64 | Ty::String | Ty::Value | Ty::Format(_) => {
                self.are_ours
            }
            _ => false,
        }
    }
}
