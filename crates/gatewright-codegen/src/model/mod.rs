//! What a client is, before it is code. Both front ends lower to this.

mod arg;
mod path;
mod style;
mod types;

pub use arg::{Arg, ArgKind};
pub use path::{PathFault, PathTemplate, Segment};
pub use style::{HeaderStyle, PathStyle, QueryLayout, QueryStyle};
pub use types::{
    Direction, ErrorVariant, Field, IntegerVariant, Null, Part, PartKind, ResponseVariant, Rest,
    StatusClass, TypeDef, TypeKind, UnionVariant, Variant,
};

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
        /// Whether to emit a trait of the methods, too.
        methods: bool,
    },
    /// The implementation of a trait that stands in the user's code.
    Trait {
        /// The trait.
        ident: Ident,
        /// The name of the API in an app's configuration, for a constant of the client.
        api: Option<String>,
        /// The name of the trait's twin that can be a `dyn`, if there is to be one.
        twin: Option<Ident>,
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
    /// Headers of fixed value, lower-case name first; `accept` with one media type if the response's type is known.
    pub headers: Vec<(String, String)>,
    /// What the method returns.
    pub output: Output,
    /// Documentation of the method.
    pub docs: String,
    /// Documentation that comes after all else: what a caller has to know beside the description, and what is returned.
    pub response_docs: String,
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
    /// `()`: no value, or `null` where a value is demanded.
    Unit,
    /// `bool`.
    Bool,
    /// An integer.
    Integer(Integer),
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
    /// A response without a type.
    Content,
    /// A response that is text.
    PlainText,
    /// A file of a body of several parts.
    File,
    /// `http::Method`.
    HttpMethod,
    /// A text of a known form, owned.
    Format(Format),
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
    /// A decoded response with its status and headers.
    Response(Box<Ty>),
}

/// The range of an integer: a type of Rust, which a `format` of a document names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Integer {
    I8,
    I16,
    I32,
    I64,
    I128,
    U8,
    U16,
    U32,
    U64,
    U128,
}

impl Integer {
    /// The name of the type.
    pub fn name(self) -> &'static str {
        match self {
            Self::I8 => "i8",
            Self::I16 => "i16",
            Self::I32 => "i32",
            Self::I64 => "i64",
            Self::I128 => "i128",
            Self::U8 => "u8",
            Self::U16 => "u16",
            Self::U32 => "u32",
            Self::U64 => "u64",
            Self::U128 => "u128",
        }
    }

    /// Whether a number is in the range.
    pub fn holds(self, number: i128) -> bool {
        let bits = match self {
            Self::I8 | Self::U8 => 8,
            Self::I16 | Self::U16 => 16,
            Self::I32 | Self::U32 => 32,
            Self::I64 | Self::U64 => 64,
            Self::I128 => return true,
            Self::U128 => return number >= 0,
        };
        let (unsigned, signed) = (1 << bits, 1 << (bits - 1));
        match self {
            Self::U8 | Self::U16 | Self::U32 | Self::U64 => (0..unsigned).contains(&number),
            _ => (-signed..signed).contains(&number),
        }
    }
}

/// The form of a text, as the `format` of a document names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A point in time, RFC 3339: `date-time`.
    DateTime,
    /// A day, RFC 3339: `date`.
    Date,
    /// RFC 9562: `uuid`.
    Uuid,
    /// Bytes in base64, RFC 4648: `byte`.
    Base64,
}
