//! Lists of schemas of which one applies, in an object that has members besides: each schema with those members.

use super::merge::{self, Budget, Choice, Merged};
use super::node::Node;
use super::questions;
use super::schemas::Schemas;

/// A schema of such a list, together with the members that all schemas of the list share.
#[derive(Clone, Debug)]
pub(super) struct Expanded<'a> {
    pub(super) node: Node<'a>,
    pub(super) merged: Merged<'a>,
}

/// The lists of which one schema applies, without those that add nothing to a type, such as other members to demand.
pub(super) fn take<'a>(schemas: &Schemas<'a>, merged: &mut Merged<'a>) -> Vec<Choice<'a>> {
    let mut choices = std::mem::take(&mut merged.choices);
    let tells = |choice: &Choice<'a>| {
        let mut parts = choice.schemas.iter();
        parts.any(|one| !questions::is_untyped(schemas, one))
    };
    choices.retain(tells);
    choices
}

/// Each schema of a list with the members that all of them share; of one that is such a list itself, each of those.
/// `None` if one of them is no object, or there is no end of them.
pub(super) fn expand<'a>(
    schemas: &Schemas<'a>,
    budget: &mut Budget,
    shared: &Merged<'a>,
    choice: &Choice<'a>,
) -> Option<Vec<Expanded<'a>>> {
    let mut expansion = Expansion {
        schemas,
        budget,
        found: Vec::new(),
    };
    let is_complete = expansion.add(shared, choice, 0);
    is_complete.then_some(expansion.found)
}

struct Expansion<'s, 'a> {
    schemas: &'s Schemas<'a>,
    budget: &'s mut Budget,
    found: Vec<Expanded<'a>>,
}

impl<'a> Expansion<'_, 'a> {
    fn add(&mut self, shared: &Merged<'a>, choice: &Choice<'a>, depth: usize) -> bool {
        let nodes = choice.schemas.iter().enumerate();
        let mut nodes = nodes.map(|(index, one)| Node::new(one, choice.at.index(index)));
        nodes.all(|node| self.is_again(shared, &node) || self.one(shared, node, depth))
    }

    /// Whether a schema of the list is what the list is part of: a value is that because it is one of the others.
    fn is_again(&self, shared: &Merged<'a>, node: &Node<'a>) -> bool {
        let name = self.schemas.name(node.schema);
        name.is_some_and(|name| shared.has_seen(name))
    }

    fn one(&mut self, shared: &Merged<'a>, node: Node<'a>, depth: usize) -> bool {
        const DEEPEST: usize = 8;
        let mut merged = shared.clone();
        let is_object = depth < DEEPEST
            && self.budget.take(shared.properties.len() + 1)
            && merge::add(self.schemas, self.budget, &mut merged, &node);
        let choices = take(self.schemas, &mut merged);
        match choices.as_slice() {
            _ if !is_object => false,
            [] => {
                self.found.push(Expanded { node, merged });
                true
            }
            [choice] => self.add(&merged, choice, depth + 1),
            _ => false,
        }
    }
}
