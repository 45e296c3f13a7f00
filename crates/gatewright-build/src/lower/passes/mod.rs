//! What is settled of all types together, after each is defined: the model in, the model out.

mod depth;
mod direction;
mod graph;
mod recursion;

use gatewright_codegen::model::{Direction, Operation, TypeDef};

use super::note::Notes;

/// Settles how deep types lie in each other, which way their values go, and where those that contain themselves are
/// boxed. With `both`, each type has both halves of its codec.
pub(super) fn settle(
    defs: &mut Vec<TypeDef>,
    operations: &[Operation],
    both: bool,
    notes: &mut Notes,
) {
    depth::limit(defs, notes);
    direction::settle(defs, operations);
    if both {
        let all = defs.iter_mut();
        all.for_each(|def| def.direction = Direction::Both);
    }
    recursion::break_cycles(defs, notes);
}
