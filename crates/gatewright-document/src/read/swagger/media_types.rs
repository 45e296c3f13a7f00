//! `consumes` and `produces`: the media types of an operation, or of every operation that has none of its own.

use crate::node::Node;

/// The media types under `key`; none where neither the operation nor the document names any.
pub(super) fn named(operation: &Node<'_>, key: &str) -> Vec<String> {
    let root = Node::root(operation.source());
    if operation.has(key) {
        return texts(operation, key);
    }
    let Some(shared) = root.field(key) else {
        return Vec::new();
    };
    match operation.source().repeat(shared.value) {
        Ok(()) => texts(&root, key),
        Err(message) => {
            operation.problem(message);
            Vec::new()
        }
    }
}

fn texts(node: &Node<'_>, key: &str) -> Vec<String> {
    node.field(key).map_or_else(Vec::new, |field| field.texts())
}
