//! What is wrong, and where: a span of a trait, or a JSON pointer into a document.

use std::fmt;

use proc_macro2::Span;

/// Where a piece of a model came from.
#[derive(Clone, Debug)]
pub enum Origin {
    /// Tokens of a trait.
    Span(Span),
    /// A place in a document, such as `#/paths/~1pets/get`.
    Pointer(String),
}

impl Origin {
    /// The span to report at; the whole macro call for a document.
    pub fn span(&self) -> Span {
        match self {
            Origin::Span(span) => *span,
            Origin::Pointer(_) => Span::call_site(),
        }
    }
}

/// One thing that is wrong with a model: lower case, without a full stop, saying what to do.
#[derive(Clone, Debug)]
pub struct Problem {
    /// Where.
    pub origin: Origin,
    /// What, and what to do about it.
    pub message: String,
}

impl Problem {
    /// A problem at `origin`.
    pub fn new(origin: &Origin, message: impl Into<String>) -> Self {
        Self {
            origin: origin.clone(),
            message: message.into(),
        }
    }

    /// A problem at a span.
    pub fn at(span: Span, message: impl Into<String>) -> Self {
        Self {
            origin: Origin::Span(span),
            message: message.into(),
        }
    }
}

impl fmt::Display for Origin {
    /// The pointer; nothing for a span, which the compiler shows.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Span(_) => Ok(()),
            Origin::Pointer(pointer) => f.write_str(pointer),
        }
    }
}
