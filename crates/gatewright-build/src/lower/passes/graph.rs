//! Which types are made of which, as a graph.

use gatewright_codegen::model::{Ty, TypeKind};
use proc_macro2::Ident;

/// The types that a type is made of in place.
pub(super) fn each_part<'t>(kind: &'t TypeKind, with: &mut dyn FnMut(&'t Ty)) {
    match kind {
        TypeKind::Struct { fields, rest } => {
            fields
                .iter()
                .map(|field| &field.ty)
                .chain(rest.as_ref().map(|rest| &rest.ty))
                .for_each(with);
        }
        TypeKind::Union { variants, .. } => variants.iter().for_each(|one| with(&one.ty)),
        TypeKind::Responses { variants, .. } => {
            variants
                .iter()
                .filter_map(|one| one.ty.as_ref())
                .for_each(with);
        }
        TypeKind::Parts(parts) => parts.iter().for_each(|one| with(&one.ty)),
        TypeKind::Errors { variants } => variants.iter().for_each(|one| with(&one.ty)),
        TypeKind::Alias(ty) => with(ty),
        TypeKind::Enum { .. } | TypeKind::IntegerEnum { .. } => {}
    }
}

/// The named types within a type.
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
