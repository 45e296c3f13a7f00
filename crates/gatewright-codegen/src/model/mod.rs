//! What a client is, before it is code. Both front ends lower to this.

mod path;
mod types;

pub use path::{PathFault, PathTemplate, Segment};
pub use types::{ErrorVariant, Field, StatusClass, TypeDef, TypeKind, UnionVariant, Variant};

use proc_macro2::{Ident, TokenStream};

use crate::Origin;

/// An API: the operations of one client.
#[derive(Clone, Debug)]
pub struct Api {
    /// How the client looks from outside.
    pub surface: Surface,
    /// The name of the client type.
    pub client: Ident,
    /// The visibility of the client, as tokens: `pub`, `pub(crate)` or nothing.
    pub vis: TokenStream,
    /// The path of the runtime, such as `::gatewright`; names that emitted code uses are below its `__private`.
    pub runtime: TokenStream,
    /// Documentation of the client; plain text or Markdown that is safe to emit.
    pub docs: String,
    /// The address that the document names, for a constructor; traits have none.
    pub endpoint: Option<String>,
    /// The operations in the order of their source.
    pub operations: Vec<Operation>,
    /// The types to emit; a trait brings its own.
    pub types: Vec<TypeDef>,
}

/// How a client looks from outside. All that the two products differ in.
#[derive(Clone, Debug)]
pub enum Surface {
    /// Inherent methods; optional arguments are gathered in a `<Operation>Params`.
    Inherent {
        /// Whether to emit the constructor that stacks the layers, which needs the runtime's default features.
        connect: bool,
    },
    /// The implementation of a trait that stands in the user's code.
    Trait {
        /// The trait.
        ident: Ident,
    },
}

/// One operation of an API.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Where it came from.
    pub origin: Origin,
    /// The name on the wire's side: the `operationId`, or one made of method and path.
    pub id: String,
    /// The name of the method in Rust.
    pub name: Ident,
    /// The method.
    pub method: Method,
    /// The path template.
    pub path: PathTemplate,
    /// All that the gateway demands.
    pub auth: Vec<Scheme>,
    /// Lifetimes of the method, as tokens such as `<'a>`; traits only.
    pub generics: TokenStream,
    /// The arguments in the order of the call.
    pub args: Vec<Arg>,
    /// Headers of fixed value, lower-case name first; `accept` with one media type if the answer's type is known.
    pub headers: Vec<(String, String)>,
    /// What the method returns.
    pub output: Output,
    /// Documentation of the method.
    pub docs: String,
    /// Whether the document marks it deprecated.
    pub deprecated: bool,
    /// Attributes of the method to repeat on what is emitted for it (`cfg`).
    pub attrs: TokenStream,
}

/// An HTTP method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Method {
    /// One method, in upper case.
    Fixed(&'static str),
    /// Whatever the caller says: an argument of type `http::Method` is emitted, or is among the arguments
    /// as [`ArgKind::Method`].
    Any,
}

impl Method {
    /// The name in upper case, or `ANY`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Method::Fixed(name) => name,
            Method::Any => "ANY",
        }
    }
}

/// What the gateway demands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Signature Version 4.
    Iam,
    /// A usage plan's key.
    ApiKey,
    /// A token in a header.
    HeaderToken {
        /// The name of the security scheme.
        scheme: String,
        /// The header.
        header: String,
    },
    /// A token in a query parameter.
    QueryToken {
        /// The name of the security scheme.
        scheme: String,
        /// The query parameter.
        query: String,
    },
}

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
    /// Whether it may be left out, so that [`Surface::Inherent`] gathers it in the parameters.
    pub optional: bool,
    /// Documentation.
    pub docs: String,
}

/// Where the value of an argument goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArgKind {
    /// The path variable of this name.
    Path(String),
    /// The query parameter of this name.
    Query(String),
    /// The header of this name, in lower case.
    Header(String),
    /// The body, with a media type if the type does not bring its own.
    Body(Option<String>),
    /// The body, as a form.
    Form,
    /// The request's extensions.
    Extension,
    /// The method of an operation that takes any.
    Method,
}

/// What a method returns.
#[derive(Clone, Debug)]
pub enum Output {
    /// The whole return type as the user wrote it.
    User(TokenStream),
    /// `Result<ok, Error<error>>`.
    Typed {
        /// The type of a success.
        ok: Ty,
        /// The type of the API's own errors, if the document has one.
        error: Option<Ty>,
    },
}

/// A type, as the emitter writes it.
#[derive(Clone, Debug)]
pub enum Ty {
    /// Tokens of a trait, left alone.
    User(TokenStream),
    /// `()`.
    Unit,
    /// `bool`.
    Bool,
    /// `i32`.
    I32,
    /// `i64`.
    I64,
    /// `f64`.
    F64,
    /// `String`.
    String,
    /// `&str`.
    Str,
    /// Any JSON.
    Value,
    /// A body, raw.
    Body,
    /// A body of several parts.
    Multipart,
    /// An answer without a type.
    Content,
    /// `http::Method`.
    HttpMethod,
    /// One of the API's own types, below `types`.
    Named(Ident),
    /// `Vec<T>`.
    List(Box<Ty>),
    /// `BTreeMap<String, T>`.
    Map(Box<Ty>),
    /// `Option<T>`.
    Optional(Box<Ty>),
    /// `Box<T>`, where a type would contain itself.
    Boxed(Box<Ty>),
    /// `&T`.
    Ref(Box<Ty>),
    /// A decoded answer with its status and headers.
    Response(Box<Ty>),
}
