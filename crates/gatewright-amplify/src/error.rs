//! What can be wrong before anything is sent.

use std::fmt;

use gatewright_config::{NoSuchApi, Problem};
use gatewright_core::kit::Printable;

/// Why there is nothing to call: the file has no such API, or the path is none that can be sent as it is meant.
#[derive(Debug)]
pub struct Error(Kind);

#[derive(Debug)]
enum Kind {
    NoSuchApi(NoSuchApi),
    Path(&'static str),
}

impl Error {
    pub(crate) fn path(fault: &'static str) -> Self {
        Self(Kind::Path(fault))
    }
}

impl From<NoSuchApi> for Error {
    fn from(error: NoSuchApi) -> Self {
        Self(Kind::NoSuchApi(error))
    }
}

impl fmt::Display for Error {
    /// Without the path, whose values may be personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::NoSuchApi(error) => error.fmt(f),
            Kind::Path(fault) => write!(
                f,
                "the path {fault}; `Apis::rest` takes a template, whose values may hold any character"
            ),
        }
    }
}

impl std::error::Error for Error {}

/// Everything that does not fit together between the file and what the app added to it.
///
/// It prints one line for each of the first 50 problems, with the API, its `authorizationType` and the call that mends it, and
/// then the first 50 warnings about the file, which often name the cause: a key that is not spelled right, say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildError {
    problems: Vec<String>,
    warnings: Vec<Problem>,
}

impl BuildError {
    pub(crate) fn new(problems: Vec<String>, warnings: Vec<Problem>) -> Self {
        Self { problems, warnings }
    }

    /// The problems; never empty.
    pub fn problems(&self) -> &[String] {
        &self.problems
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().take(SHOWN).enumerate() {
            let line_end = if index == 0 { "" } else { "\n" };
            write!(f, "{line_end}{}", Printable::text(problem))?;
        }
        write_more(f, self.problems.len(), "problems")?;
        let mut warnings = self.warnings.iter().take(SHOWN);
        warnings.try_for_each(|warning| write!(f, "\nwarning: {warning}"))?;
        write_more(f, self.warnings.len(), "warnings")
    }
}

/// How many problems, and how many warnings, are printed.
const SHOWN: usize = 50;

fn write_more(f: &mut fmt::Formatter<'_>, all: usize, what: &str) -> fmt::Result {
    match all.checked_sub(SHOWN) {
        None | Some(0) => Ok(()),
        Some(more) => write!(f, "\nand {more} more {what}"),
    }
}

impl std::error::Error for BuildError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_a_file_move_no_cursor_and_the_list_ends() {
        let problem = format!("the API `a\n\u{1b}[2J\u{202e}{}`", "é".repeat(1 << 20));
        let text = BuildError::new(vec![problem; 60], Vec::new()).to_string();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 51);
        assert!(
            lines[0].starts_with("the API `a \u{fffd}[2J\u{fffd}é"),
            "{}",
            lines[0]
        );
        assert!(lines.iter().all(|line| line.chars().count() < 2_100));
        assert_eq!(lines[50], "and 10 more problems");
    }
}
