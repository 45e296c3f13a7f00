//! The way to a value while a tree is read, and the keys that stand in their object more than once.

use crate::Pointer;

/// A place in a tree that is being read. It lives on the stack, so that a pointer is made only where there is something to say.
#[derive(Clone, Copy, Default)]
pub(crate) struct Way<'p> {
    parent: Option<&'p Way<'p>>,
    step: Step<'p>,
}

#[derive(Clone, Copy, Default)]
enum Step<'p> {
    #[default]
    Root,
    Key(&'p str),
    Index(usize),
}

impl<'p> Way<'p> {
    pub(crate) fn key(&'p self, key: &'p str) -> Self {
        self.below(Step::Key(key))
    }

    pub(crate) fn index(&'p self, index: usize) -> Self {
        self.below(Step::Index(index))
    }

    fn below(&'p self, step: Step<'p>) -> Self {
        Self {
            parent: Some(self),
            step,
        }
    }

    /// The last two keys; an index is none.
    pub(crate) fn last_two(&self) -> (Option<&'p str>, Option<&'p str>) {
        let key = |way: &Way<'p>| match way.step {
            Step::Key(key) => Some(key),
            Step::Root | Step::Index(_) => None,
        };
        (key(self), self.parent.and_then(key))
    }

    pub(crate) fn pointer(&self) -> Pointer {
        self.pointer_from(&Pointer::root())
    }

    /// The pointer to a place of a tree that itself stands at `base`.
    pub(crate) fn pointer_from(&self, base: &Pointer) -> Pointer {
        let parent = self
            .parent
            .map_or_else(|| base.clone(), |parent| parent.pointer_from(base));
        match self.step {
            Step::Root => parent,
            Step::Key(key) => parent.key(key),
            Step::Index(index) => parent.index(index),
        }
    }
}

/// More doubles than this are not kept; as many repairs are shown.
const MAX_DOUBLES: usize = 1_001;

/// The keys that stand in their object more than once. In JSON nobody says what that means (RFC 8259, section 4), YAML forbids it
/// (1.2.2, section 3.2.1.3), and most programs that wrote or read the document kept the last in silence. So it is read that way
/// in both, and said.
#[derive(Default)]
pub(crate) struct Doubles(Vec<Pointer>);

impl Doubles {
    pub(crate) fn note(&mut self, way: &Way<'_>) {
        if self.0.len() < MAX_DOUBLES {
            self.0.push(way.pointer());
        }
    }

    pub(crate) fn into_vec(self) -> Vec<Pointer> {
        self.0
    }
}
