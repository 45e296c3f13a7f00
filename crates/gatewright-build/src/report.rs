//! What was left out of a client, loosened and repaired, for a person to read.

use std::fmt;

use indexmap::IndexMap;

use crate::{Note, NoteKind};

/// What became of a document: everything that is not in the client as it stands there, by kind and message, each with its
/// places. Its text is for a person.
///
/// ```
/// let document = br#"{
///     "openapi": "3.0.1", "info": { "title": "pets", "version": "1" },
///     "paths": { "/pets": { "get": {
///         "parameters": [{ "name": "sid", "in": "cookie", "schema": { "type": "string" } }],
///         "responses": { "200": { "description": "pets" } }
///     } } }
/// }"#;
/// let generated = gatewright_build::configure().generate_from_slice("pets.json", document)?;
/// assert_eq!(
///     generated.report().to_string(),
///     "pets.json: a client of 1 operation; 1 left out\n\
///      \n\
///      Left out of the client:\n\
///      * the cookie `sid` is left out; send it by a layer\n\
///      \u{20}   #/paths/~1pets/get/parameters/0\n",
/// );
/// # Ok::<(), gatewright_build::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    document: &'a str,
    operations: usize,
    notes: &'a [Note],
}

/// The kinds with what is said of how many there are, and of all of them.
const KINDS: [(NoteKind, &str, &str); 4] = [
    (NoteKind::LeftOut, "left out", "Left out of the client"),
    (
        NoteKind::Loosened,
        "taken loosely",
        "In the client with a wider type or another name",
    ),
    (
        NoteKind::Repaired,
        "repaired",
        "Wrong in the document and read all the same",
    ),
    (
        NoteKind::CrossOrigin,
        "on CORS",
        "What browsers let pages of other origins do (CORS)",
    ),
];

impl<'a> Report<'a> {
    pub(crate) fn new(document: &'a str, operations: usize, notes: &'a [Note]) -> Self {
        Self {
            document,
            operations,
            notes,
        }
    }

    /// The first messages of each kind that are worth a warning, the gravest kind first, each in a line with its first place and how
    /// often it is said.
    pub(crate) fn first(&self, of_each: usize) -> Vec<String> {
        let lines = KINDS.iter().flat_map(|(kind, ..)| {
            let by_message = self.grouped(*kind, |note| !note.is_expected);
            by_message.into_iter().take(of_each)
        });
        lines
            .map(|(message, places)| warning(message, &places))
            .collect()
    }

    /// How many messages are worth a warning.
    pub(crate) fn warnings(&self) -> usize {
        let kinds = KINDS.iter();
        let of = |kind| self.grouped(kind, |note| !note.is_expected).len();
        kinds.map(|(kind, ..)| of(*kind)).sum()
    }

    fn of(&self, kind: NoteKind) -> impl Iterator<Item = &'a Note> {
        self.notes.iter().filter(move |note| note.kind == kind)
    }

    /// The places of each message.
    fn by_message(&self, kind: NoteKind) -> IndexMap<&'a str, Vec<&'a str>> {
        self.grouped(kind, |_| true)
    }

    /// The same of the notes that pass.
    fn grouped(
        &self,
        kind: NoteKind,
        passes: fn(&Note) -> bool,
    ) -> IndexMap<&'a str, Vec<&'a str>> {
        let mut places: IndexMap<_, Vec<_>> = IndexMap::new();
        for note in self.of(kind).filter(|note| passes(note)) {
            let of_message = places.entry(note.message.as_str()).or_default();
            of_message.push(note.pointer.as_str());
        }
        places
    }

    /// `2 left out, 3 repaired`.
    fn counts(&self) -> String {
        let counts = KINDS.iter().filter_map(|(kind, counted, _)| {
            let count = self.of(*kind).count();
            (count > 0).then(|| format!("{count} {counted}"))
        });
        let counts: Vec<_> = counts.collect();
        if counts.is_empty() {
            return "all as the document says".to_owned();
        }
        counts.join(", ")
    }
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (document, operations) = (self.document, self.operations);
        let plural = if operations == 1 { "" } else { "s" };
        let counts = self.counts();
        writeln!(
            f,
            "{document}: a client of {operations} operation{plural}; {counts}"
        )?;
        for (kind, _, title) in KINDS {
            let by_message = self.by_message(kind);
            if !by_message.is_empty() {
                writeln!(f, "\n{title}:")?;
            }
            for (message, places) in by_message {
                write_places(f, message, &places)?;
            }
        }
        Ok(())
    }
}

/// `#/paths/~1pets: what is so`, and how often.
fn warning(message: &str, places: &[&str]) -> String {
    let first = places.first().copied().unwrap_or_default();
    match places.len() {
        0 | 1 => format!("{first}: {message}"),
        count => format!("{first}: {message} ({count} times)"),
    }
}

fn write_places(f: &mut fmt::Formatter<'_>, message: &str, places: &[&str]) -> fmt::Result {
    write!(f, "* {message}")?;
    if places.len() > 1 {
        write!(f, " ({} times)", places.len())?;
    }
    writeln!(f)?;
    places
        .iter()
        .try_for_each(|place| writeln!(f, "    {place}"))
}
