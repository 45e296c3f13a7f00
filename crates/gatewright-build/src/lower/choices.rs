//! What the user chose beside the document, and the check that every choice is about something.

use gatewright_codegen::model::Ty;
use gatewright_document::{Document, Operation};

use super::auth::AuthMode;
use super::select::Select;
use crate::Problem;

/// The type to give a parameter that the document calls a string, as exports call all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum ParameterType {
    Bool,
    I32,
    I64,
    F64,
    String,
}

impl ParameterType {
    pub(super) fn ty(self) -> Ty {
        match self {
            Self::Bool => Ty::Bool,
            Self::I32 => Ty::I32,
            Self::I64 => Ty::I64,
            Self::F64 => Ty::F64,
            Self::String => Ty::Str,
        }
    }
}

/// What a document does not say.
#[derive(Clone, Debug, Default)]
pub(crate) struct Choices {
    /// The address to use instead of the document's.
    pub(crate) endpoint: Option<String>,
    /// The authorization of operations that the document says nothing about.
    pub(crate) mode: Option<AuthMode>,
    /// The operations to generate; all if empty.
    pub(crate) include: Vec<Select>,
    /// The operations to leave out of those.
    pub(crate) exclude: Vec<Select>,
    /// The names of methods.
    pub(crate) rename: Vec<(Select, String)>,
    /// The types of parameters, by operation and name.
    pub(crate) parameters: Vec<(Select, String, ParameterType)>,
    /// Whether to leave out the constructor that stacks the layers.
    pub(crate) without_connect: bool,
    /// The operations whose answers come with status and headers.
    pub(crate) parts: Vec<Select>,
}

impl Choices {
    /// Whether an operation is to be generated.
    pub(super) fn wants(&self, operation: &Operation) -> bool {
        let any = |selects: &[Select]| selects.iter().any(|select| select.matches(operation));
        (self.include.is_empty() || any(&self.include)) && !any(&self.exclude)
    }

    /// The name that was chosen for an operation; the last choice wins.
    pub(super) fn name(&self, operation: &Operation) -> Option<&str> {
        let mut chosen = self.rename.iter().rev();
        let (_, name) = chosen.find(|(select, _)| select.matches(operation))?;
        Some(name)
    }

    /// The type that was chosen for a parameter; the last choice wins.
    pub(super) fn parameter(&self, operation: &Operation, name: &str) -> Option<Ty> {
        let mut chosen = self.parameters.iter().rev();
        let (.., ty) = chosen.find(|(select, of, _)| of == name && select.matches(operation))?;
        Some(ty.ty())
    }

    /// Whether an operation's answer comes with status and headers.
    pub(super) fn wants_parts(&self, operation: &Operation) -> bool {
        self.parts.iter().any(|select| select.matches(operation))
    }

    /// A choice that is about nothing is a misspelt one.
    pub(super) fn check(&self, document: &Document) -> Vec<Problem> {
        let operations = &document.operations;
        let selects = self.include.iter().chain(&self.exclude).chain(&self.parts);
        let selects = selects.chain(self.rename.iter().map(|(select, _)| select));
        let selects = selects.chain(self.parameters.iter().map(|(select, ..)| select));
        let idle = selects.filter(|select| !operations.iter().any(|o| select.matches(o)));
        let idle = idle.map(|select| Problem::new(&"", select.nothing(operations)));
        idle.chain(self.idle_parameters(document)).collect()
    }

    fn idle_parameters<'a>(&'a self, document: &'a Document) -> impl Iterator<Item = Problem> + 'a {
        self.parameters.iter().filter_map(|(select, name, _)| {
            let mut selected = document
                .operations
                .iter()
                .filter(|o| select.matches(o))
                .peekable();
            selected.peek()?;
            let known: Vec<_> = selected
                .flat_map(|o| &o.parameters)
                .map(|p| p.name.as_str())
                .collect();
            let message = format!("the {select} has no parameter `{name}`");
            let is_idle = !known.contains(&name.as_str());
            is_idle.then(|| {
                Problem::new(
                    &"",
                    gatewright_codegen::check::did_you_mean(message, name, known),
                )
            })
        })
    }
}
