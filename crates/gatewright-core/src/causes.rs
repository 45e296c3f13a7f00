//! The causes of an error, in one line with it.

use std::error::Error;
use std::{fmt, iter};

/// Writes what `{:#}` adds to an error's own text: the text of each cause, from the outermost to the innermost.
pub fn write_causes(
    f: &mut fmt::Formatter<'_>,
    cause: Option<&(dyn Error + 'static)>,
) -> fmt::Result {
    iter::successors(cause, |error| (*error).source()).try_for_each(|error| write!(f, ": {error}"))
}
