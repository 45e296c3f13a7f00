//! What the user chose beside the document, and the check that every choice is about something.

use std::path::PathBuf;

use gatewright_codegen::check::did_you_mean;
use gatewright_codegen::model::{Integer, Ty};
use gatewright_document::{Document, Operation, ReadOptions};

use super::auth::mode::AuthMode;
use super::select::Select;
use crate::Problem;

/// The type to give a parameter that the document calls a string, as exports call all of them.
///
/// ```
/// use gatewright_build::{ParameterType, Select, configure};
///
/// let list = Select::operation("GET /pets");
/// let builder = configure()
///     .parameter(list.clone(), "limit", ParameterType::U32)
///     .parameter(list.clone(), "ids", ParameterType::list(ParameterType::I64))
///     .parameter(list, "order", ParameterType::one_of(["asc", "desc"]));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum ParameterType {
    Bool,
    I32,
    I64,
    I128,
    U32,
    U64,
    U128,
    F64,
    String,
    /// Several values, written in the style of the parameter: by default the parameter once for each in a query, separated by commas
    /// elsewhere.
    List(Box<ParameterType>),
    /// One of some texts; the enum that is made of them takes others as `Unknown`.
    OneOf(Vec<String>),
}

impl ParameterType {
    /// A list of such values.
    #[must_use]
    pub fn list(items: Self) -> Self {
        Self::List(Box::new(items))
    }

    /// One of these texts.
    pub fn one_of<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Self {
        Self::OneOf(texts.into_iter().map(Into::into).collect())
    }

    /// The type of a value of its own; none of what is made of parts.
    pub(super) fn scalar(&self) -> Option<Ty> {
        Some(match self {
            Self::Bool => Ty::Bool,
            Self::I32 => Ty::Integer(Integer::I32),
            Self::I64 => Ty::Integer(Integer::I64),
            Self::I128 => Ty::Integer(Integer::I128),
            Self::U32 => Ty::Integer(Integer::U32),
            Self::U64 => Ty::Integer(Integer::U64),
            Self::U128 => Ty::Integer(Integer::U128),
            Self::F64 => Ty::F64,
            Self::String => Ty::String,
            Self::List(_) | Self::OneOf(_) => return None,
        })
    }

    /// Why no parameter can have this type, if so.
    fn refused(&self) -> Option<&'static str> {
        match self {
            Self::OneOf(texts) if texts.is_empty() => Some("an enum has at least one text"),
            Self::List(items) if matches!(**items, Self::List(_)) => {
                Some("no style of a parameter has a form for lists of lists")
            }
            Self::List(items) => items.refused(),
            _ => None,
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
    /// What the security schemes of the document make a caller send, by name.
    pub(crate) schemes: Vec<(String, AuthMode)>,
    /// The authorization of operations, whatever the document says.
    pub(crate) auth: Vec<(Select, Vec<AuthMode>)>,
    /// Whether all of the `security` of a whole REST API counts.
    pub(crate) uses_root_security: bool,
    /// The operations to generate; all if empty.
    pub(crate) include: Vec<Select>,
    /// The operations to leave out of those.
    pub(crate) exclude: Vec<Select>,
    /// The names of methods.
    pub(crate) rename: Vec<(Select, String)>,
    /// The types of parameters, by operation and name.
    pub(crate) parameters: Vec<(Select, String, ParameterType)>,
    /// The types of what operations return and take, as Rust writes them.
    pub(crate) response_types: Vec<(Select, String)>,
    pub(crate) request_types: Vec<(Select, String)>,
    /// Traits to derive for the type of a name, or for all.
    pub(crate) derives: Vec<(Option<String>, String)>,
    /// The names of types, by the names of their schemas.
    pub(crate) type_names: Vec<(String, String)>,
    /// The formats of schemas, by the pointers to these.
    pub(crate) formats: Vec<(String, String)>,
    /// The path of `gatewright` in the crate of the client, if it is another one.
    pub(crate) crate_path: Option<String>,
    /// Whether to leave out the constructor that stacks the layers.
    pub(crate) without_connect: bool,
    /// Whether the methods of the client are a trait, too.
    pub(crate) client_trait: bool,
    /// Whether every type is one to read and to write, wherever the operations use it.
    pub(crate) all_codecs: bool,
    /// The logical id of the API in a template.
    pub(crate) resource: Option<String>,
    /// The folder of all files that the document refers to.
    pub(crate) root: Option<PathBuf>,
    /// The operations whose responses come with status and headers.
    pub(crate) parts: Vec<Select>,
}

impl Choices {
    /// The name that was chosen for an operation; the last choice wins.
    pub(super) fn name(&self, operation: &Operation) -> Option<&str> {
        let mut chosen = self.rename.iter().rev();
        let (_, name) = chosen.find(|(select, _)| select.matches(operation))?;
        Some(name)
    }

    /// The type that was chosen for a parameter; the last choice wins.
    pub(super) fn parameter(&self, operation: &Operation, name: &str) -> Option<&ParameterType> {
        let mut chosen = self.parameters.iter().rev();
        let (.., ty) = chosen.find(|(select, of, _)| of == name && select.matches(operation))?;
        Some(ty)
    }

    /// The authorization that was chosen for an operation; the last choice wins.
    pub(super) fn auth(&self, operation: &Operation) -> Option<&[AuthMode]> {
        let mut chosen = self.auth.iter().rev();
        let (_, modes) = chosen.find(|(select, _)| select.matches(operation))?;
        Some(modes)
    }

    /// How to read the document.
    pub(crate) fn read_options(&self) -> ReadOptions {
        let mut options = ReadOptions::new().leave_out_examples();
        if let Some(id) = &self.resource {
            options = options.resource(id);
        }
        if let Some(root) = &self.root {
            options = options.root(root);
        }
        if self.uses_root_security {
            options = options.use_root_security();
        }
        for (pointer, format) in &self.formats {
            options = options.schema_format(pointer, format);
        }
        let schemes = self.schemes.iter();
        schemes.fold(options, |options, (name, mode)| {
            options.scheme(name, mode.kind())
        })
    }

    /// Whether an operation's response comes with status and headers.
    pub(super) fn wants_headers(&self, operation: &Operation) -> bool {
        self.parts.iter().any(|select| select.matches(operation))
    }

    /// A choice that is about nothing is a misspelt one.
    pub(crate) fn check(&self, document: &Document) -> Vec<Problem> {
        let operations = &document.operations;
        // What is excluded may be what the reader has left out already, of which no more is known than the place.
        let is_whole = !document
            .repairs
            .iter()
            .any(|repair| repair.leaves_out_operations);
        let excluded = self.exclude.iter().filter(|_| is_whole);
        let selects = self.include.iter().chain(excluded).chain(&self.parts);
        let selects = selects.chain(self.rename.iter().map(|(select, _)| select));
        let selects = selects.chain(self.parameters.iter().map(|(select, ..)| select));
        let selects = selects.chain(self.auth.iter().map(|(select, _)| select));
        let types = self.response_types.iter().chain(&self.request_types);
        let selects = selects.chain(types.map(|(select, _)| select));
        let idle = selects.filter(|select| !operations.iter().any(|o| select.matches(o)));
        let idle = idle.map(|select| Problem::new(&"", select.nothing(operations)));
        let idle = idle.chain(self.idle_schemes(document));
        let idle = idle.chain(self.contested_auth());
        let idle = idle.chain(self.refused_parameters());
        idle.chain(self.idle_parameters(document)).collect()
    }

    fn refused_parameters(&self) -> impl Iterator<Item = Problem> + '_ {
        self.parameters.iter().filter_map(|(select, name, ty)| {
            let why = ty.refused()?;
            let message =
                format!("the parameter `{name}` of the {select} cannot have this type: {why}");
            Some(Problem::new(&"", message))
        })
    }

    /// Demands of one choice that no request can meet together.
    fn contested_auth(&self) -> impl Iterator<Item = Problem> + '_ {
        self.auth.iter().filter_map(|(select, modes)| {
            let (one, other) = contested(modes)?;
            let message = format!(
                "the {select} is to be authorized by {one:?} and {other:?}, which are sent in the same place; choose one"
            );
            Some(Problem::new(&"", message))
        })
    }

    fn idle_schemes<'a>(&'a self, document: &'a Document) -> impl Iterator<Item = Problem> + 'a {
        let known = &document.security_schemes;
        let named = self.schemes.iter().map(|(name, _)| name);
        let idle = named.filter(|name| !known.contains_key(*name));
        idle.map(|name| {
            let message = format!("has no security scheme `{name}`");
            let candidates = known.keys().map(String::as_str);
            Problem::new(&"", did_you_mean(message, name, candidates))
        })
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
            is_idle.then(|| Problem::new(&"", did_you_mean(message, name, known)))
        })
    }
}

/// Two modes that are sent in one place, and are not the same.
fn contested(modes: &[AuthMode]) -> Option<(&AuthMode, &AuthMode)> {
    let places = |mode: &AuthMode| mode.kind().map_or_else(Vec::new, |kind| kind.places());
    let is_same_place = |one: &AuthMode, other: &AuthMode| {
        let others = places(other);
        let mut places = places(one).into_iter();
        places.any(|place| others.iter().any(|other| other.is_same(&place)))
    };
    let kind = AuthMode::kind;
    let pairs = modes.iter().enumerate();
    let mut pairs =
        pairs.flat_map(|(index, one)| modes[..index].iter().map(move |other| (other, one)));
    pairs.find(|(one, other)| kind(one) != kind(other) && is_same_place(one, other))
}
