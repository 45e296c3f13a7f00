//! What is wrong in a file, and where.

use std::error::Error;
use std::fmt;

/// One thing that is wrong in a file, or worth a warning.
///
/// It prints as `file#/pointer: message`. No message holds a value of the file that may be secret.
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
    pub(crate) fn new(file: &str, pointer: &str, message: String) -> Self {
        Self {
            file: file.to_owned(),
            pointer: pointer.to_owned(),
            message,
        }
    }

    /// The place as a JSON pointer (RFC 6901); empty for the whole file.
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
        f.write_str(&self.file)?;
        if !self.pointer.is_empty() {
            write!(f, "#{}", self.pointer)?;
        }
        write!(f, ": {}", self.message)
    }
}

/// Why a file was not accepted: all of its problems at once, and the warnings, which often name the cause.
///
/// It prints one line for each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    problems: Vec<Problem>,
    warnings: Vec<Problem>,
}

impl Report {
    pub(crate) fn new(problems: Vec<Problem>, warnings: Vec<Problem>) -> Self {
        Self { problems, warnings }
    }

    /// What must be mended, in the order of the file's sections; never empty.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// What is odd beside that, such as an unknown key.
    pub fn warnings(&self) -> &[Problem] {
        &self.warnings
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            let separator = if index == 0 { "" } else { "\n" };
            write!(f, "{separator}{problem}")?;
        }
        self.warnings
            .iter()
            .try_for_each(|warning| write!(f, "\nwarning: {warning}"))
    }
}

impl Error for Report {}
