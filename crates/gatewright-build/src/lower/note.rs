//! What a client leaves out or takes more loosely than its document, so that nothing is lost in silence.

use std::collections::HashSet;

use gatewright_document::Repair;

/// One such thing, and where.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Note {
    /// The place in the document, such as `#/paths/~1pets/get`.
    pub pointer: String,
    /// What.
    pub message: String,
    /// Whether it is so in most documents of its kind and makes no difference to a caller: no reason to warn.
    pub is_expected: bool,
}

impl std::fmt::Display for Note {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.pointer, self.message)
    }
}

/// Notes in the order they were made, each once.
#[derive(Debug, Default)]
pub(super) struct Notes {
    notes: Vec<Note>,
    seen: HashSet<Note>,
}

impl Notes {
    pub(super) fn push(&mut self, pointer: &impl ToString, message: impl Into<String>) {
        self.add(Note {
            pointer: pointer.to_string(),
            message: message.into(),
            is_expected: false,
        });
    }

    /// A note of what the document has that it should not.
    pub(super) fn push_repair(&mut self, repair: &Repair) {
        self.add(Note {
            pointer: repair.pointer.to_string(),
            message: repair.message.clone(),
            is_expected: repair.is_minor,
        });
    }

    /// A note of what is so in every document of its kind.
    pub(super) fn push_expected(&mut self, pointer: &impl ToString, message: impl Into<String>) {
        self.add(Note {
            pointer: pointer.to_string(),
            message: message.into(),
            is_expected: true,
        });
    }

    fn add(&mut self, note: Note) {
        if self.seen.insert(note.clone()) {
            self.notes.push(note);
        }
    }

    pub(super) fn into_vec(self) -> Vec<Note> {
        self.notes
    }
}
