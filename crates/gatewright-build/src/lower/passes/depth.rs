//! Types that lie deep within each other.
//!
//! To know whether a value may go to another thread, and how it is dropped, rustc looks at the types of its parts and of
//! theirs. At a depth of 128 it stops with an error (E0275, E0320), unless the crate that uses the client says
//! `#![recursion_limit]`, which no generated module can. A box or a list counts as several steps: 32 types that hold each
//! other in optional boxes are too many. Where types would lie deeper than [`DEEPEST`], any JSON is taken instead.

use std::collections::{HashMap, HashSet};

use gatewright_codegen::model::{Ty, TypeDef, TypeKind};
use proc_macro2::Ident;

use super::graph::{connect, each_part, finish_order};
use crate::lower::note::Notes;

/// In steps of rustc. The others are for the types of the caller around: futures, layers, results.
const DEEPEST: usize = 88;

/// Loosens what lies too deep.
pub(super) fn limit(defs: &mut [TypeDef], notes: &mut Notes) {
    let named = defs.iter().enumerate();
    let index: HashMap<_, _> = named.map(|(i, def)| (def.name.clone(), i)).collect();
    let cut = too_deep(&graph(defs, &index));
    if cut.is_empty() {
        return;
    }
    for (from, def) in defs.iter_mut().enumerate() {
        let is_cut = |name: &Ident| index.get(name).is_some_and(|to| cut.contains(&(from, *to)));
        if loosen_parts(&mut def.kind, &is_cut) {
            notes.push(
                &def.origin,
                "its types lie too deep within each other for the compiler; any JSON is taken at the deepest",
            );
        }
    }
}

/// A type, and the steps to it.
type Edge = (usize, usize);

/// The types that each type is made of.
fn graph(defs: &[TypeDef], index: &HashMap<Ident, usize>) -> Vec<Vec<Edge>> {
    let edges = defs.iter().map(|def| {
        let mut edges = Vec::new();
        each_part(&def.kind, &mut |ty| {
            if let Some((name, steps)) = inner(ty)
                && let Some(to) = index.get(name)
            {
                edges.push((*to, steps));
            }
        });
        edges
    });
    edges.collect()
}

/// The type of the API that a type holds, and the steps to it, as rustc 1.95 takes them.
fn inner(ty: &Ty) -> Option<(&Ident, usize)> {
    let (inside, steps) = match ty {
        // As if it were boxed, which is settled later.
        Ty::Named(name) => return Some((name, 3)),
        Ty::Optional(inside) => (inside, 1),
        Ty::Boxed(inside) => (inside, 2),
        Ty::List(inside) | Ty::Map(inside) => (inside, 3),
        _ => return None,
    };
    inner(inside).map(|(name, further)| (name, steps + further))
}

/// The edges to do without, so that no way along the others has more than [`DEEPEST`] steps.
///
/// Types that contain each other are one unit, with a way through all of them; unless it were too long by itself: such
/// types are told apart, and the ways back are cut.
fn too_deep(graph: &[Vec<Edge>]) -> HashSet<(usize, usize)> {
    let plain: Vec<Vec<usize>> = graph
        .iter()
        .map(|edges| edges.iter().map(|(to, _)| *to).collect())
        .collect();
    let mut units = Units::new(graph, connect(&plain));
    let mut cut = HashSet::new();
    let mut is_done = vec![false; graph.len()];
    // Those that hold others come before them, so that what is cut is far from the operations.
    for from in finish_order(&plain).into_iter().rev() {
        is_done[from] = true;
        for &(to, steps) in &graph[from] {
            if !units.are_one(from, to) && (is_done[to] || !units.extend(from, to, steps)) {
                cut.insert((from, to));
            }
        }
    }
    cut
}

/// Types that contain each other, as one.
struct Units {
    of: Vec<usize>,
    /// The steps of a way through all types of a unit.
    through: Vec<usize>,
    /// The steps of the longest way to a unit.
    before: Vec<usize>,
}

impl Units {
    fn new(graph: &[Vec<Edge>], component: Vec<usize>) -> Self {
        let mut through = vec![0; graph.len()];
        for (from, edges) in graph.iter().enumerate() {
            let unit = component[from];
            let inside = edges.iter().filter(|(to, _)| component[*to] == unit);
            through[unit] += inside.map(|(_, steps)| *steps).max().unwrap_or(0);
        }
        let of = component.into_iter().enumerate();
        let of = of.map(|(node, unit)| if through[unit] > DEEPEST { node } else { unit });
        let of = of.collect();
        let too_long = through.iter_mut().filter(|steps| **steps > DEEPEST);
        too_long.for_each(|steps| *steps = 0);
        Self {
            of,
            through,
            before: vec![0; graph.len()],
        }
    }

    fn are_one(&self, one: usize, other: usize) -> bool {
        self.of[one] == self.of[other]
    }

    /// Adds a way from one unit, to which all ways are known, to another, unless it is too long.
    fn extend(&mut self, from: usize, to: usize, steps: usize) -> bool {
        let (from, to) = (self.of[from], self.of[to]);
        let before = self.before[from] + self.through[from] + steps;
        let fits = before + self.through[to] <= DEEPEST;
        if fits {
            self.before[to] = self.before[to].max(before);
        }
        fits
    }
}

/// Whether any type was loosened. The responses and errors of an operation stay as they are: they are part of no type.
fn loosen_parts(kind: &mut TypeKind, is_cut: &dyn Fn(&Ident) -> bool) -> bool {
    let mut is_changed = false;
    let mut change = |ty: &mut Ty| is_changed |= loosen(ty, is_cut);
    match kind {
        TypeKind::Struct { fields, rest } => {
            fields
                .iter_mut()
                .map(|field| &mut field.ty)
                .chain(rest.as_mut().map(|rest| &mut rest.ty))
                .for_each(change);
        }
        TypeKind::Union { variants, .. } => {
            variants.iter_mut().map(|one| &mut one.ty).for_each(change);
        }
        TypeKind::Alias(ty) => change(ty),
        _ => {}
    }
    is_changed
}

fn loosen(ty: &mut Ty, is_cut: &dyn Fn(&Ident) -> bool) -> bool {
    match ty {
        Ty::Named(name) if is_cut(name) => *ty = Ty::Value,
        Ty::Optional(inside) | Ty::Boxed(inside) | Ty::List(inside) | Ty::Map(inside) => {
            return loosen(inside, is_cut);
        }
        _ => return false,
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(length: usize) -> Vec<Vec<Edge>> {
        let edges = |node| {
            if node + 1 < length {
                vec![(node + 1, 4)]
            } else {
                vec![]
            }
        };
        (0..length).map(edges).collect()
    }

    /// The longest way in steps, by brute force.
    fn longest(graph: &[Vec<Edge>], cut: &HashSet<(usize, usize)>) -> usize {
        fn from(
            node: usize,
            graph: &[Vec<Edge>],
            cut: &HashSet<(usize, usize)>,
            on_way: &mut Vec<usize>,
        ) -> usize {
            on_way.push(node);
            let ways = graph[node].iter().map(|&(to, steps)| {
                if cut.contains(&(node, to)) || on_way.contains(&to) {
                    return 0;
                }
                steps + from(to, graph, cut, on_way)
            });
            let longest = ways.collect::<Vec<_>>().into_iter().max().unwrap_or(0);
            on_way.pop();
            longest
        }
        let ways = (0..graph.len()).map(|node| from(node, graph, cut, &mut Vec::new()));
        ways.max().unwrap_or(0)
    }

    #[test]
    fn nothing_is_cut_from_what_is_not_too_deep() {
        assert!(too_deep(&chain(DEEPEST / 4)).is_empty());
        let ring: Vec<Vec<Edge>> = (0..20).map(|node| vec![((node + 1) % 20, 4)]).collect();
        assert!(too_deep(&ring).is_empty());
    }

    #[test]
    fn a_chain_is_cut_into_chains_that_are_not_too_long() {
        let graph = chain(300);
        let cut = too_deep(&graph);
        assert_eq!(cut.len(), 299 / (DEEPEST / 4 + 1));
        assert!(longest(&graph, &cut) <= DEEPEST);
        assert!(too_deep(&chain(100_000)).len() > 4_000);
    }

    #[test]
    fn rings_and_their_neighbours_are_cut_where_they_are_too_long() {
        let ring: Vec<Vec<Edge>> = (0..300)
            .map(|node| vec![((node + 1) % 300, 4), (node / 2, 4)])
            .collect();
        assert!(longest(&ring, &too_deep(&ring)) <= DEEPEST);

        let mut graph = chain(60);
        for node in (0..60).step_by(5).skip(1) {
            graph[node].push((node - 3, 4));
        }
        assert!(longest(&graph, &too_deep(&graph)) <= DEEPEST);
    }
}
