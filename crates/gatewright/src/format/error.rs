//! A text that is not of its form, or a value that has no text of that form.

use std::error::Error;
use std::fmt;

use crate::BoxError;

/// A text is not of the form of its type, or a value cannot be written in that form.
///
/// It does not hold the text. [`source`](Error::source) says what is wrong with it.
#[derive(Debug)]
pub struct FormatError {
    form: &'static str,
    source: BoxError,
}

impl FormatError {
    /// `form` completes "not …".
    pub(super) fn new(form: &'static str, source: impl Into<BoxError>) -> Self {
        Self {
            form,
            source: source.into(),
        }
    }
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not {}", self.form)
    }
}

impl Error for FormatError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}
