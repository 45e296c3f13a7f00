//! What makes a document unreadable.

use std::fmt;

use crate::{Pointer, display, located};

/// A document that cannot be read; holds every problem that was found, not only the first.
///
/// Its text has one line for each problem: the file, the place, what is wrong and what to do.
#[derive(Clone, Debug)]
pub struct Error {
    file: String,
    problems: Vec<Problem>,
}

/// One reason why a document cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file if it is not the document's own, by its path from the document's folder; a pointer knows its file itself.
    file: Option<String>,
    place: Place,
    message: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    File,
    Position { line: u64, column: u64 },
    Pointer(Pointer),
}

impl Error {
    /// `problems` must hold at least one.
    pub(crate) fn new(file: &str, problems: Vec<Problem>) -> Self {
        Self {
            file: file.to_owned(),
            problems,
        }
    }

    /// The name that was given to [`Document::from_slice`](crate::Document::from_slice).
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The problems in the order in which they were found; at least one.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl Problem {
    pub(crate) fn file(text: impl AsRef<str>) -> Self {
        Self {
            file: None,
            place: Place::File,
            message: display::sanitize(text.as_ref()),
        }
    }

    pub(crate) fn position(line: u64, column: u64, text: impl AsRef<str>) -> Self {
        Self {
            file: None,
            place: Place::Position { line, column },
            message: display::sanitize(text.as_ref()),
        }
    }

    pub(crate) fn pointer(pointer: Pointer, text: impl AsRef<str>) -> Self {
        Self {
            file: None,
            place: Place::Pointer(pointer),
            message: display::sanitize(text.as_ref()),
        }
    }

    /// The same in another file.
    pub(crate) fn in_file(self, path: &str) -> Self {
        Self {
            file: Some(path.to_owned()),
            ..self
        }
    }

    /// The same with more said of what to do.
    pub(crate) fn with(self, hint: &str) -> Self {
        let message = display::sanitize(&format!("{}; {hint}", self.message));
        Self { message, ..self }
    }

    /// Where in the document, if the file could be parsed.
    pub fn at(&self) -> Option<&Pointer> {
        match &self.place {
            Place::Pointer(pointer) => Some(pointer),
            Place::File | Place::Position { .. } => None,
        }
    }

    /// Line and column, both from 1, if the file could not be parsed.
    pub fn line_and_column(&self) -> Option<(u64, u64)> {
        match self.place {
            Place::Position { line, column } => Some((line, column)),
            Place::File | Place::Pointer(_) => None,
        }
    }

    /// What is wrong and what to do.
    pub fn message(&self) -> &str {
        &self.message
    }
}

/// How many problems are printed.
const SHOWN: usize = 100;

/// The most of a file's name that is printed, in characters.
const MAX_FILE: usize = 400;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = display::one_line(&self.file, MAX_FILE);
        for (index, problem) in self.problems.iter().take(SHOWN).enumerate() {
            let line_end = if index == 0 { "" } else { "\n" };
            let problem = located(&file, &problem.to_string());
            write!(f, "{line_end}{problem}")?;
        }
        match self.problems.len().checked_sub(SHOWN) {
            None | Some(0) => Ok(()),
            Some(more) => write!(f, "\nand {more} more problems"),
        }
    }
}

impl fmt::Display for Problem {
    /// The place in the form that editors jump to, and the message: `:3:14: ...`, `#/paths/~1pets: ...`; in another file than the
    /// document's own after that file's path from the folder of the document.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            f.write_str(&display::one_line(file, MAX_FILE))?;
        }
        match &self.place {
            Place::File => write!(f, ": {}", self.message),
            Place::Position { line, column } => write!(f, ":{line}:{column}: {}", self.message),
            Place::Pointer(pointer) => write!(f, "{pointer}: {}", self.message),
        }
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_has_a_line_with_its_file_and_place() {
        let pointer = Pointer::root().key("paths");
        let problems = vec![
            Problem::position(3, 14, "a"),
            Problem::pointer(pointer, "b"),
            Problem::file("c"),
        ];
        let text = Error::new("pets.json", problems).to_string();
        assert_eq!(text, "pets.json:3:14: a\npets.json#/paths: b\npets.json: c");
        let problems = vec![
            Problem::position(3, 14, "a").in_file("schemas/pet.yaml"),
            Problem::pointer(Pointer::of_file("schemas/pet.yaml").key("a"), "b"),
        ];
        let text = Error::new("api/pets.json", problems).to_string();
        assert_eq!(
            text,
            "api/schemas/pet.yaml:3:14: a\napi/schemas/pet.yaml#/a: b"
        );
    }
}
