//! Which way the values of each type go: into requests, out of responses, or both. What no operation reaches is left out.

use std::collections::HashMap;

use gatewright_codegen::model::{Direction, Operation, Output, Ty, TypeDef, TypeKind};
use proc_macro2::Ident;

use super::graph::{each_part, visit};
use crate::lower::types::optional;

/// Leaves out the types that no operation needs, gives each other one its direction, and makes the members optional that
/// the document lets go one way only, in types that go the other way too.
pub(super) fn settle(defs: &mut Vec<TypeDef>, operations: &[Operation]) {
    let graph = Graph::new(defs);
    let written = operations.iter().flat_map(|operation| &operation.args);
    let written = graph.reach(written.map(|arg| &arg.ty));
    let read = graph.reach(operations.iter().flat_map(returned));
    let directions = written.into_iter().zip(read).map(|pair| match pair {
        (true, true) => Some(Direction::Both),
        (true, false) => Some(Direction::Write),
        (false, true) => Some(Direction::Read),
        (false, false) => None,
    });
    let settled = std::mem::take(defs).into_iter().zip(directions);
    defs.extend(settled.filter_map(|(def, direction)| {
        let mut def = TypeDef {
            direction: direction?,
            ..def
        };
        free_members(&mut def);
        Some(def)
    }));
}

fn returned(operation: &Operation) -> Vec<&Ty> {
    match &operation.output {
        Output::Typed { ok, error } => error.iter().chain([ok]).collect(),
        Output::User(_) => Vec::new(),
    }
}

/// A member that is `readOnly` cannot be demanded of a request, nor one that is `writeOnly` of a response.
fn free_members(def: &mut TypeDef) {
    let TypeKind::Struct { fields, .. } = &mut def.kind else {
        return;
    };
    for field in fields {
        if field.only.is_some_and(|only| only != def.direction) {
            let ty = std::mem::replace(&mut field.ty, Ty::Unit);
            field.ty = optional(ty);
        }
    }
}

/// Which types are made of which.
struct Graph {
    index: HashMap<Ident, usize>,
    parts: Vec<Vec<usize>>,
}

impl Graph {
    fn new(defs: &[TypeDef]) -> Self {
        let named = defs.iter().enumerate();
        let index: HashMap<_, _> = named.map(|(i, def)| (def.name.clone(), i)).collect();
        let parts = defs.iter().map(|def| {
            let mut parts = Vec::new();
            each_part(&def.kind, &mut |ty| {
                visit(ty, &mut |name| parts.extend(index.get(name).copied()));
            });
            parts
        });
        let parts = parts.collect();
        Self { index, parts }
    }

    /// Whether each type is part of one of `roots`.
    fn reach<'t>(&self, roots: impl Iterator<Item = &'t Ty>) -> Vec<bool> {
        let mut reached = vec![false; self.parts.len()];
        let mut stack = Vec::new();
        for root in roots {
            visit(root, &mut |name| {
                stack.extend(self.index.get(name).copied());
            });
        }
        while let Some(next) = stack.pop() {
            if !std::mem::replace(&mut reached[next], true) {
                stack.extend(&self.parts[next]);
            }
        }
        reached
    }
}
