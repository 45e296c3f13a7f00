//! Types that contain themselves. A struct is boxed where it does; an alias, which cannot be boxed, becomes any JSON. A
//! struct that cannot do without itself has no value; the member that demands it is made optional. A union does without
//! a schema that is the union again: to read one would take for ever.

use std::collections::HashMap;

use gatewright_codegen::model::{Ty, TypeDef, TypeKind};
use proc_macro2::Ident;

use super::graph::{connect, visit};
use crate::lower::note::Notes;

/// Breaks every circle.
pub(super) fn break_cycles(defs: &mut [TypeDef], notes: &mut Notes) {
    break_alias_cycles(defs, notes);
    break_union_cycles(defs, notes);
    box_struct_cycles(defs);
    end_struct_cycles(defs, notes);
}

/// `type A = Vec<A>` is refused by the compiler, whatever stands between.
fn break_alias_cycles(defs: &mut [TypeDef], notes: &mut Notes) {
    let components = components(defs, |def, target| {
        if let TypeKind::Alias(ty) = &def.kind {
            visit(ty, target);
        }
    });
    for (index, def) in defs.iter_mut().enumerate() {
        if let TypeKind::Alias(ty) = &mut def.kind
            && components.is_circular(index)
        {
            *ty = Ty::Value;
            notes.push(
                &def.origin,
                "a type that is only itself; any JSON is taken here",
            );
        }
    }
}

/// A value of a union is that union again, with nothing of the value read in between.
fn break_union_cycles(defs: &mut [TypeDef], notes: &mut Notes) {
    let components = components(defs, |def, target| match &def.kind {
        TypeKind::Union { variants, .. } => {
            let same = variants.iter().filter_map(|variant| direct(&variant.ty));
            same.for_each(target);
        }
        TypeKind::Alias(ty) => direct(ty).into_iter().for_each(target),
        _ => {}
    });
    for (index, def) in defs.iter_mut().enumerate() {
        let TypeKind::Union { variants, .. } = &mut def.kind else {
            continue;
        };
        let circular = |ty: &Ty| direct(ty).is_some_and(|name| components.same(index, name));
        let before = variants.len();
        variants.retain(|variant| !circular(&variant.ty));
        if variants.len() < before {
            let message = "is one of itself, directly or through others; what is only that is kept as it comes";
            notes.push(&def.origin, message);
        }
        if variants.is_empty() {
            def.kind = TypeKind::Alias(Ty::Value);
        }
    }
}

/// A struct of infinite size is refused too; a list or map in between is enough, a box otherwise.
fn box_struct_cycles(defs: &mut [TypeDef]) {
    let components = components(defs, |def, target| match &def.kind {
        TypeKind::Struct { fields, .. } => {
            fields
                .iter()
                .filter_map(|field| direct(&field.ty))
                .for_each(target);
        }
        TypeKind::Union { variants, .. } => {
            variants
                .iter()
                .filter_map(|variant| direct(&variant.ty))
                .for_each(target);
        }
        TypeKind::Alias(ty) => direct(ty).into_iter().for_each(target),
        _ => {}
    });
    for (index, def) in defs.iter_mut().enumerate() {
        if let TypeKind::Union { variants, .. } = &mut def.kind {
            let circular = |ty: &Ty| direct(ty).is_some_and(|name| components.same(index, name));
            variants
                .iter_mut()
                .map(|variant| &mut variant.ty)
                .filter(|ty| circular(ty))
                .for_each(box_inner);
        }
        let TypeKind::Struct { fields, .. } = &mut def.kind else {
            continue;
        };
        for field in fields {
            if direct(&field.ty).is_some_and(|name| components.same(index, name)) {
                box_inner(&mut field.ty);
            }
        }
    }
}

/// A member that a value must have, of a type that must have such a value again: no JSON has an end there.
fn end_struct_cycles(defs: &mut [TypeDef], notes: &mut Notes) {
    let components = components(defs, |def, target| match &def.kind {
        TypeKind::Struct { fields, .. } => {
            let demanded = fields.iter().filter_map(|field| demanded(&field.ty));
            demanded.for_each(target);
        }
        TypeKind::Alias(ty) => demanded(ty).into_iter().for_each(target),
        _ => {}
    });
    for (index, def) in defs.iter_mut().enumerate() {
        let TypeKind::Struct { fields, .. } = &mut def.kind else {
            continue;
        };
        for field in fields {
            if demanded(&field.ty).is_some_and(|name| components.same(index, name)) {
                let ty = std::mem::replace(&mut field.ty, Ty::Unit);
                field.ty = Ty::Optional(Box::new(ty));
                let message = format!(
                    "`{}` is required of a type that contains itself, which no value can satisfy; it is optional here",
                    field.wire
                );
                notes.push(&def.origin, message);
            }
        }
    }
}

/// The type of which a value cannot be without one.
fn demanded(ty: &Ty) -> Option<&Ident> {
    match ty {
        Ty::Named(name) => Some(name),
        Ty::Boxed(inner) => demanded(inner),
        _ => None,
    }
}

/// The type that is stored in place.
fn direct(ty: &Ty) -> Option<&Ident> {
    match ty {
        Ty::Named(name) => Some(name),
        Ty::Optional(inner) => direct(inner),
        _ => None,
    }
}

fn box_inner(ty: &mut Ty) {
    match ty {
        Ty::Optional(inner) => box_inner(inner),
        other => *other = Ty::Boxed(Box::new(std::mem::replace(other, Ty::Unit))),
    }
}

/// The strongly connected components of the types.
struct Components {
    index: HashMap<Ident, usize>,
    component: Vec<usize>,
    circular: Vec<bool>,
}

impl Components {
    fn same(&self, index: usize, name: &Ident) -> bool {
        self.index
            .get(name)
            .is_some_and(|&other| self.component[index] == self.component[other])
    }

    fn is_circular(&self, index: usize) -> bool {
        self.circular[index]
    }
}

fn components(
    defs: &[TypeDef],
    edges: impl for<'d> Fn(&'d TypeDef, &mut dyn FnMut(&'d Ident)),
) -> Components {
    let index: HashMap<_, _> = defs
        .iter()
        .enumerate()
        .map(|(i, def)| (def.name.clone(), i))
        .collect();
    let mut graph: Vec<Vec<usize>> = vec![Vec::new(); defs.len()];
    for (from, def) in defs.iter().enumerate() {
        edges(def, &mut |name| graph[from].extend(index.get(name)));
    }
    let component = connect(&graph);
    let mut sizes = vec![0; defs.len()];
    component.iter().for_each(|&c| sizes[c] += 1);
    let is_circular = |i: usize| sizes[component[i]] > 1 || graph[i].contains(&i);
    let circular = (0..defs.len()).map(is_circular).collect();
    Components {
        index,
        component,
        circular,
    }
}
