//! The types that a document brings along.

use proc_macro2::{Ident, TokenStream};

use super::{Integer, Ty};
use crate::Origin;

/// A type to emit.
#[derive(Clone, Debug)]
pub struct TypeDef {
    /// Where it came from.
    pub origin: Origin,
    /// Its name in Rust.
    pub name: Ident,
    /// Its name in the document, for messages.
    pub wire: String,
    /// Documentation.
    pub docs: String,
    /// Whether the document marks it deprecated.
    pub deprecated: bool,
    /// Which way its values go.
    pub direction: Direction,
    /// What it is.
    pub kind: TypeKind,
    /// Traits to derive beside those that every type of its kind has, as paths.
    pub derives: Vec<TokenStream>,
}

/// Which way the values of a type go, and so which half of the codec it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// It is part of responses only.
    Read,
    /// It is part of requests only.
    Write,
    /// It is part of both.
    Both,
}

/// What a type is.
#[derive(Clone, Debug)]
pub enum TypeKind {
    /// An object with known members, and perhaps others of one type.
    Struct {
        /// The known members.
        fields: Vec<Field>,
        /// The type of members that are not known, if they are to be kept.
        rest: Option<Rest>,
    },
    /// A text out of a list; one that is not on it is kept too.
    Enum {
        /// The known texts.
        variants: Vec<Variant>,
    },
    /// An integer out of a list; one that is not on it is kept too.
    IntegerEnum {
        /// The type of the integers, which has every known one.
        integer: Integer,
        /// The known integers.
        variants: Vec<IntegerVariant>,
    },
    /// One of several types; what is none of them is kept too.
    Union {
        /// The member of the object that tells them apart, if one does; else the first that fits.
        tag: Option<String>,
        /// The types, in the order to try them.
        variants: Vec<UnionVariant>,
    },
    /// Another name for a type.
    Alias(Ty),
    /// The successes of an operation, told apart by the status of the response.
    Responses {
        /// The media type to ask for, if one serves all.
        accept: Option<String>,
        /// One for each documented status; the most precise first.
        variants: Vec<ResponseVariant>,
    },
    /// A body of several parts.
    Parts(Vec<Part>),
    /// The errors of an operation, told apart by the status of the response.
    Errors {
        /// One for each documented status; the most precise first.
        variants: Vec<ErrorVariant>,
    },
}

/// One type of a union.
#[derive(Clone, Debug)]
pub struct UnionVariant {
    /// Its name in Rust.
    pub name: Ident,
    /// Its type.
    pub ty: Ty,
    /// The values of the member that stand for it, if a member tells them apart; a boolean or a number as JSON writes it.
    pub tags: Vec<String>,
}

/// One documented success of an operation.
#[derive(Clone, Debug)]
pub struct ResponseVariant {
    /// The status it stands for.
    pub status: StatusClass,
    /// Its name in Rust.
    pub name: Ident,
    /// The type of its body, if it has one.
    pub ty: Option<Ty>,
    /// Documentation.
    pub docs: String,
}

/// One part of a body, or several under one name.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its name in Rust.
    pub name: Ident,
    /// Its name on the wire.
    pub wire: String,
    /// Its type; a list is sent as a part for each item.
    pub ty: Ty,
    /// What it is sent as.
    pub kind: PartKind,
    /// Whether `Debug` hides its value.
    pub secret: bool,
    /// Documentation.
    pub docs: String,
}

/// What a part is sent as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// A file.
    File,
    /// A text, of a media type that is not `text/plain`.
    Text(Option<String>),
    /// JSON.
    Json,
}

/// One documented error of an operation.
#[derive(Clone, Debug)]
pub struct ErrorVariant {
    /// The status it stands for.
    pub status: StatusClass,
    /// Its name in Rust.
    pub name: Ident,
    /// The type of its body.
    pub ty: Ty,
    /// Documentation.
    pub docs: String,
}

/// The statuses that one documented error stands for, the most precise first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StatusClass {
    /// One code.
    Code(u16),
    /// A hundred codes: `4` for 400 to 499.
    Range(u16),
    /// Every status.
    Any,
}

/// A member of an object.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name in Rust.
    pub name: Ident,
    /// Its name in JSON.
    pub wire: String,
    /// Its type; [`Ty::Optional`] for one that may be absent.
    pub ty: Ty,
    /// What `null` is to it.
    pub null: Null,
    /// The only way it goes, if the document gives it one (`readOnly`, `writeOnly`).
    pub only: Option<Direction>,
    /// Whether the document marks it deprecated.
    pub deprecated: bool,
    /// Whether `Debug` hides its value.
    pub secret: bool,
    /// Documentation.
    pub docs: String,
}

impl Field {
    /// Whether `null` and no member are two values of it, in a type that goes this way. Of what only arrives, both say that
    /// there is no value.
    pub fn tells_null(&self, direction: Direction) -> bool {
        let goes = |way: &Direction| *way != Direction::Read;
        self.null == Null::Apart && goes(&direction) && self.only.as_ref().is_none_or(goes)
    }
}

/// What `null` is to a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Null {
    /// As good as absent: without a value, the member is left out.
    Absent,
    /// What is sent for no value, because the member is required.
    Sent,
    /// A value of its own, because the member may be absent too: where it is sent, it is an `Option` within its
    /// [`Ty::Optional`].
    Apart,
}

/// The members of an object that have no name of their own.
#[derive(Clone, Debug)]
pub struct Rest {
    /// The type of each.
    pub ty: Ty,
    /// Whether `Debug` hides them.
    pub secret: bool,
}

/// A known text of an enum.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Its name in Rust.
    pub name: Ident,
    /// The text.
    pub wire: String,
}

/// A known integer of an enum.
#[derive(Clone, Debug)]
pub struct IntegerVariant {
    /// Its name in Rust.
    pub name: Ident,
    /// The integer.
    pub value: i128,
}
