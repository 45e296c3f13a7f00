//! Types that contain themselves. A struct is boxed where it does; an alias, which cannot be boxed, becomes any JSON. A
//! struct that cannot do without itself has no value; the member that demands it is made optional.

use std::collections::HashMap;

use gatewright_codegen::model::{Ty, TypeDef, TypeKind};
use proc_macro2::Ident;

use crate::lower::note::Notes;

/// Breaks every circle.
pub(super) fn break_cycles(defs: &mut [TypeDef], notes: &mut Notes) {
    break_alias_cycles(defs, notes);
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

pub(super) fn visit<'a>(ty: &'a Ty, target: &mut dyn FnMut(&'a Ident)) {
    match ty {
        Ty::Named(name) => target(name),
        Ty::List(inner)
        | Ty::Map(inner)
        | Ty::Optional(inner)
        | Ty::Boxed(inner)
        | Ty::Ref(inner) => {
            visit(inner, target);
        }
        _ => {}
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

/// Kosaraju's algorithm without recursion, because a document may chain thousands of schemas: the component of each
/// node.
pub(super) fn connect(graph: &[Vec<usize>]) -> Vec<usize> {
    let mut reversed: Vec<Vec<usize>> = vec![Vec::new(); graph.len()];
    for (from, targets) in graph.iter().enumerate() {
        targets.iter().for_each(|&to| reversed[to].push(from));
    }
    let mut component = vec![usize::MAX; graph.len()];
    for root in finish_order(graph).into_iter().rev() {
        let mut stack = vec![root];
        while let Some(node) = stack.pop() {
            if component[node] == usize::MAX {
                component[node] = root;
                stack.extend(&reversed[node]);
            }
        }
    }
    component
}

/// The nodes in the order in which a depth-first search leaves them.
pub(super) fn finish_order(graph: &[Vec<usize>]) -> Vec<usize> {
    let mut order = Vec::with_capacity(graph.len());
    let mut seen = vec![false; graph.len()];
    for root in 0..graph.len() {
        let mut stack = vec![(root, false)];
        while let Some((node, left)) = stack.pop() {
            if left {
                order.push(node);
            } else if !std::mem::replace(&mut seen[node], true) {
                stack.push((node, true));
                stack.extend(graph[node].iter().map(|&next| (next, false)));
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_are_components() {
        // 0 → 1 → 2 → 0, 3 → 0, 4 alone
        let component = connect(&[vec![1], vec![2], vec![0], vec![0], vec![]]);
        assert_eq!(component[0], component[1]);
        assert_eq!(component[0], component[2]);
        assert_ne!(component[0], component[3]);
        assert_ne!(component[3], component[4]);
    }

    #[test]
    fn a_chain_of_any_length_is_walked_without_recursion() {
        let chain: Vec<_> = (0..100_000).map(|i| vec![(i + 1) % 100_000]).collect();
        let component = connect(&chain);
        assert!(component.iter().all(|&c| c == component[0]));
    }
}
