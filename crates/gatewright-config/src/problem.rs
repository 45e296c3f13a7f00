//! What is wrong in a file, and where.

use std::error::Error;
use std::fmt;

use crate::printable::printable;

/// One thing that is wrong in a file, or worth a warning.
///
/// It prints as `file#/pointer: message`, on one line of at most 2,000 characters: line breaks become spaces, other control
/// characters U+FFFD, and what is longer is cut. No message holds a value of the file that may be secret.
///
/// ```
/// use gatewright_config::Config;
///
/// let file = br#"{"awsAPIPlugin": {"orders": {"endpointType": "REST", "authorizationType": "NONE"}}}"#;
/// let report = Config::from_slice("amplifyconfiguration.json", file).unwrap_err();
///
/// assert_eq!(report.problems()[0].pointer(), "/awsAPIPlugin/orders");
/// assert!(report.to_string().starts_with("amplifyconfiguration.json#/awsAPIPlugin/orders: `endpoint` is missing"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    file: String,
    pointer: String,
    message: String,
}

impl Problem {
    /// In characters.
    const MAX_PLACE: usize = 400;
    const MAX_MESSAGE: usize = 1_000;

    pub(crate) fn new(file: &str, pointer: &str, message: &str) -> Self {
        Self {
            file: file.to_owned(),
            pointer: pointer.to_owned(),
            message: printable(message, Self::MAX_MESSAGE),
        }
    }

    /// The place as a JSON pointer (RFC 6901); empty for the whole file. A key of more than 100 characters is cut.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// What is wrong and what to do about it.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = |text: &str| printable(text, Self::MAX_PLACE);
        f.write_str(&place(&self.file))?;
        if !self.pointer.is_empty() {
            write!(f, "#{}", place(&self.pointer))?;
        }
        write!(f, ": {}", self.message)
    }
}

/// Why a file was not accepted: all of its problems at once, and the warnings, which often name the cause.
///
/// It prints one line for each of the first 50 problems and the first 50 warnings, and how many more there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    problems: Vec<Problem>,
    warnings: Vec<Problem>,
}

impl Report {
    pub(crate) fn new(problems: Vec<Problem>, warnings: Vec<Problem>) -> Self {
        Self { problems, warnings }
    }

    /// What must be mended, in the order of the file's sections; never empty. Of more than 1,000 the last one says how many.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// What is odd beside that, such as an unknown key. Of more than 1,000 the last one says how many.
    pub fn warnings(&self) -> &[Problem] {
        &self.warnings
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().take(SHOWN).enumerate() {
            let separator = if index == 0 { "" } else { "\n" };
            write!(f, "{separator}{problem}")?;
        }
        write_more(f, &self.problems, "problems")?;
        write_warnings(f, &self.warnings)
    }
}

/// How many lines of a kind are printed.
const SHOWN: usize = 50;

/// A line for each of the first, each after a line break.
pub(crate) fn write_warnings(f: &mut fmt::Formatter<'_>, warnings: &[Problem]) -> fmt::Result {
    let mut first = warnings.iter().take(SHOWN);
    first.try_for_each(|warning| write!(f, "\nwarning: {warning}"))?;
    write_more(f, warnings, "warnings")
}

fn write_more(f: &mut fmt::Formatter<'_>, all: &[Problem], what: &str) -> fmt::Result {
    match all.len().checked_sub(SHOWN) {
        None | Some(0) => Ok(()),
        Some(more) => write!(f, "\nand {more} more {what}"),
    }
}

impl Error for Report {}
