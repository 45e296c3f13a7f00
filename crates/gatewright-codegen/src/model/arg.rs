//! The arguments of a call.

use proc_macro2::Ident;

use super::{HeaderStyle, PathStyle, QueryStyle, Ty};
use crate::Origin;

/// One argument of a call.
#[derive(Clone, Debug)]
pub struct Arg {
    /// Where it came from.
    pub origin: Origin,
    /// Its name in Rust.
    pub name: Ident,
    /// Its type.
    pub ty: Ty,
    /// Where its value goes.
    pub kind: ArgKind,
    /// Whether it may be left out, so that [`Surface::Inherent`](super::Surface::Inherent) gathers it in the parameters.
    pub optional: bool,
    /// Whether the document marks it deprecated.
    pub deprecated: bool,
    /// Whether `Debug` of the parameters hides its value.
    pub secret: bool,
    /// Documentation.
    pub docs: String,
}

/// Where the value of an argument goes.
///
/// Places come in two forms: as texts, which is how scalars are written, and in a style, which is how lists and objects are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArgKind {
    /// The path variable of this name.
    Path(String),
    /// The path variable of this name, in a style.
    PathAs(String, PathStyle),
    /// The query parameter of this name, once for each text.
    Query(String),
    /// The query parameter of this name, in a style.
    QueryAs(String, QueryStyle),
    /// The query parameters that are the members of a map or a struct; errors call it by this name.
    Members(String),
    /// The header of this name, in lower case, a line for each text.
    Header(String),
    /// The header of this name, in lower case, in a style.
    HeaderAs(String, HeaderStyle),
    /// The body, with a media type if the type does not bring its own.
    Body(Option<String>),
    /// The body, a text of this media type.
    Text(String),
    /// The body, as a form; the members that are named have a style of their own.
    Form(Vec<(String, QueryStyle)>),
    /// The request's extensions.
    Extension,
    /// The method of an operation that takes any.
    Method,
}

impl ArgKind {
    /// The path variable that it fills.
    pub fn path(&self) -> Option<&str> {
        match self {
            ArgKind::Path(name) | ArgKind::PathAs(name, _) => Some(name),
            _ => None,
        }
    }

    /// The query parameter that it is sent as. An object that is written member by member is not sent under that name.
    pub fn query(&self) -> Option<&str> {
        match self {
            ArgKind::Query(name) | ArgKind::QueryAs(name, _) => Some(name),
            _ => None,
        }
    }

    /// The header that it is sent as.
    pub fn header(&self) -> Option<&str> {
        match self {
            ArgKind::Header(name) | ArgKind::HeaderAs(name, _) => Some(name),
            _ => None,
        }
    }

    /// Whether it is the body.
    pub fn is_body(&self) -> bool {
        matches!(self, ArgKind::Body(_) | ArgKind::Text(_) | ArgKind::Form(_))
    }
}
