//! What can be wrong before anything is sent.

use std::fmt;

use gatewright_config::{NoSuchApi, Problem};

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
/// It prints one line for each problem, with the API, its `authorizationType` and the call that mends it, and then the
/// warnings about the file, which often name the cause: a key that is not spelled right, say.
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
        f.write_str(&self.problems.join("\n"))?;
        self.warnings
            .iter()
            .try_for_each(|warning| write!(f, "\nwarning: {warning}"))
    }
}

impl std::error::Error for BuildError {}
