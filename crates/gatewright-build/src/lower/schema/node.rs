//! A schema as it is written, and where.

use std::borrow::Borrow;

use gatewright_document::Pointer;
use openapiv3::{ReferenceOr, Schema};

/// A schema as it is written: as a reference, or in place.
#[derive(Clone, Copy, Debug)]
pub(in crate::lower) enum Written<'a> {
    /// A reference, such as `#/components/schemas/Pet`.
    Reference(&'a str),
    /// The name of a schema of the document.
    Named(&'a str),
    /// The schema itself.
    Inline(&'a Schema),
}

impl<'a> Written<'a> {
    /// The schema itself, if it is written in place.
    pub(in crate::lower) fn inline(self) -> Option<&'a Schema> {
        match self {
            Self::Inline(schema) => Some(schema),
            Self::Reference(_) | Self::Named(_) => None,
        }
    }
}

impl<'a, S: Borrow<Schema>> From<&'a ReferenceOr<S>> for Written<'a> {
    fn from(schema: &'a ReferenceOr<S>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Inline(schema.borrow()),
        }
    }
}

impl<'a> From<&'a Schema> for Written<'a> {
    fn from(schema: &'a Schema) -> Self {
        Self::Inline(schema)
    }
}

/// A schema and its place in the document. The place of an inline schema is its identity: its type is made once.
#[derive(Clone, Debug)]
pub(in crate::lower) struct Node<'a> {
    pub(in crate::lower) schema: Written<'a>,
    pub(in crate::lower) at: Pointer,
}

impl<'a> Node<'a> {
    pub(in crate::lower) fn new(schema: impl Into<Written<'a>>, at: Pointer) -> Self {
        let schema = schema.into();
        Self { schema, at }
    }
}
