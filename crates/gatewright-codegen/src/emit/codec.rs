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
                TypeKind::Responses { .. } | TypeKind::Parts(_) | TypeKind::Errors { .. }
            )
        };
        let whole = api.types.iter().filter(|def| is_whole(&def.kind));
        Self {
            are_ours: matches!(api.surface, Surface::Inherent { .. }),
            whole: whole.map(|def| &def.name).collect(),
        }
    }

    /// Whether it reads responses of this type.
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
            Ty::Bool | Ty::Integer(_) | Ty::F64 | Ty::String | Ty::Value | Ty::Format(_) => {
                self.are_ours
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use quote::format_ident;

    use super::*;

    #[test]
    fn only_json_of_our_own_types_goes_by_it() {
        let (pet, photo) = (format_ident!("Pet"), format_ident!("Photo"));
        let ours = Codec {
            are_ours: true,
            whole: HashSet::from([&photo]),
        };
        let list = |name: &Ident| Ty::List(Box::new(Ty::Named(name.clone())));
        assert!(ours.reads(&list(&pet)) && ours.writes(&Ty::Ref(Box::new(list(&pet)))));
        assert!(ours.reads(&Ty::Response(Box::new(list(&pet)))));
        let photo = Ty::Named(photo.clone());
        assert!(!ours.reads(&photo) && !ours.writes(&photo));
        assert!(!ours.reads(&Ty::Content) && !ours.reads(&Ty::Unit));
        let theirs = Codec {
            are_ours: false,
            whole: HashSet::new(),
        };
        assert!(!theirs.reads(&Ty::Named(pet)) && !theirs.writes(&Ty::String));
    }
}
