//! What a client leaves out or takes more loosely than its document, so that nothing is lost in silence.

use std::collections::HashSet;

use gatewright_codegen::text;
use gatewright_document::Repair;

/// What became of a part of a document that is not in the client as it stands there; the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum NoteKind {
    /// It is not in the client.
    LeftOut,
    /// It is there, but its type is wider or its name another than the document says.
    Loosened,
    /// It was wrong in the document, and is read as what it must have meant.
    Repaired,
    /// It is about pages in a browser alone: what they may send to the API from another origin (CORS), and what not.
    CrossOrigin,
}

/// One such thing, and where.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Note {
    /// What became of it.
    pub kind: NoteKind,
    /// The place in the document, such as `#/paths/~1pets/get`.
    pub pointer: String,
    /// What, and what was done.
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
    /// A note of what is taken more loosely.
    pub(super) fn push(&mut self, pointer: &impl ToString, message: impl Into<String>) {
        self.add(NoteKind::Loosened, pointer, &message.into(), false);
    }

    /// A note of what is not in the client.
    pub(super) fn left_out(&mut self, pointer: &impl ToString, message: impl Into<String>) {
        self.add(NoteKind::LeftOut, pointer, &message.into(), false);
    }

    /// A note of what is left out of every client, because a caller has no use for it.
    pub(super) fn left_out_as_expected(&mut self, pointer: &impl ToString, message: &str) {
        self.add(NoteKind::LeftOut, pointer, message, true);
    }

    /// A note of what the document has that it should not.
    pub(super) fn repaired(&mut self, repair: &Repair) {
        let (pointer, message) = (&repair.pointer, &repair.message);
        let kind = if repair.leaves_out_operations {
            NoteKind::LeftOut
        } else {
            NoteKind::Repaired
        };
        self.add(kind, pointer, message, repair.is_minor);
    }

    /// A note of what browsers allow, which makes no difference to other programs.
    pub(super) fn cross_origin(&mut self, pointer: &impl ToString, message: &str) {
        self.add(NoteKind::CrossOrigin, pointer, message, true);
    }

    fn add(&mut self, kind: NoteKind, pointer: &impl ToString, message: &str, is_expected: bool) {
        let note = Note {
            kind,
            pointer: text::line(&pointer.to_string()),
            message: text::line(message),
            is_expected,
        };
        if self.seen.insert(note.clone()) {
            self.notes.push(note);
        }
    }

    /// What is left out that a caller would miss.
    pub(super) fn of_left_out(&self) -> impl Iterator<Item = &Note> {
        let notes = self.notes.iter();
        notes.filter(|note| note.kind == NoteKind::LeftOut && !note.is_expected)
    }

    pub(super) fn into_vec(self) -> Vec<Note> {
        self.notes
    }
}
