//! How lists and objects are written as parameters: the styles of OpenAPI 3.0 ("Parameter Object", `style` and
//! `explode`, after RFC 6570) and the `collectionFormat`s of Swagger 2.0.
//!
//! serde reads a value into a [`Shape`], which keeps the order of its members. Each location writes shapes in its own way. A
//! style sets the delimiter between items. A value whose items contain the delimiter in a way that a server would read other
//! items is refused.

mod expand;
mod query;
mod serialize;
mod shape;
#[cfg(test)]
mod tests;

use serde::Serialize;

use query::{Layout, Separator};
pub(crate) use query::{Pair, pairs as pairs_of};
pub(crate) use shape::Shape;

use super::encode::encoded;
use crate::RequestError;

/// How a list or an object is written in a query or a form.
///
/// Nothing is sent for `None`, nor for a list or an object without items. Null items and members are left out.
/// [`RequestBuilder::query_as`](super::RequestBuilder::query_as) takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueryStyle {
    layout: Layout,
    reserved: bool,
    empty: bool,
}

impl QueryStyle {
    /// A pair for each item under the parameter's name, for each member under the member's name: `color=blue&color=black`,
    /// `R=100&G=200`. `form` with `explode`, and `multi`.
    pub const EXPLODED: Self = Self::of(Layout::Exploded);
    /// One pair: `color=blue,black`, `color=R,100,G,200`. `form` without `explode`, and `csv`.
    pub const COMMA: Self = Self::of(Layout::Joined(Separator::Comma));
    /// One pair: `color=blue%20black`. `spaceDelimited`, and `ssv`.
    pub const SPACE: Self = Self::of(Layout::Joined(Separator::Space));
    /// One pair: `color=blue%7Cblack`. `pipeDelimited`, and `pipes`.
    pub const PIPE: Self = Self::of(Layout::Joined(Separator::Pipe));
    /// One pair: `color=blue%09black`. `tsv`, which OpenAPI 3.0 does not have.
    pub const TAB: Self = Self::of(Layout::Joined(Separator::Tab));
    /// A pair for each member: `color%5BR%5D=100&color%5BG%5D=200`, `deepObject`. Where OpenAPI says nothing, what most
    /// servers read: members of members in further brackets, lists repeat the name.
    pub const DEEP: Self = Self::of(Layout::Deep);
    /// One pair whose value is JSON: `content` with `application/json`.
    pub const JSON: Self = Self::of(Layout::Json);

    const fn of(layout: Layout) -> Self {
        Self {
            layout,
            reserved: false,
            empty: false,
        }
    }

    /// Sends the characters `:/?@!$'()*,;=` of values as they are: `allowReserved`. What would end the value (`&`, `#`),
    /// what a URI cannot contain there (`[`, `]`), what is read as another character (`+`) and `%` are still encoded.
    #[must_use]
    pub const fn reserved(self) -> Self {
        Self {
            reserved: true,
            ..self
        }
    }

    /// Sends a list or an object without items as `color=`: `allowEmptyValue`.
    #[must_use]
    pub const fn or_empty(self) -> Self {
        Self {
            empty: true,
            ..self
        }
    }
}

/// How a list or an object is written in a path.
///
/// A value without items is written as an empty text. Only [`Matrix`](PathStyle::Matrix) allows it: in the other styles it
/// would change the route, and is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathStyle {
    /// `blue,black`, `R,100,G,200`.
    Simple,
    /// `blue,black`, `R=100,G=200`.
    SimpleExploded,
    /// `.blue,black`, `.R,100,G,200`.
    Label,
    /// `.blue.black`, `.R=100.G=200`.
    LabelExploded,
    /// `;color=blue,black`, `;color=R,100,G,200`.
    Matrix,
    /// `;color=blue;color=black`, `;R=100;G=200`.
    MatrixExploded,
    /// JSON, as one segment.
    Json,
}

/// How a list or an object is written in a header. Values are sent as they are: headers know no escapes.
///
/// Nothing is sent for `None`, nor for a list or an object without items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderStyle {
    /// `blue,black`, `R,100,G,200`.
    Simple,
    /// `blue,black`, `R=100,G=200`.
    Exploded,
    /// JSON.
    Json,
}

/// The pairs of a query parameter.
pub(crate) fn pairs(
    style: QueryStyle,
    name: &'static str,
    value: &(impl Serialize + ?Sized),
) -> Result<Vec<Pair>, RequestError> {
    let pairs = Shape::of(value).and_then(|shape| query::pairs(style, name, &shape));
    pairs.map_err(|fault| RequestError::parameter(name, fault))
}

/// The pairs of a map or a struct whose members are parameters; `name` is what an error calls it.
pub(crate) fn members(
    name: &'static str,
    value: &(impl Serialize + ?Sized),
) -> Result<Vec<Pair>, RequestError> {
    let pairs = Shape::of(value).and_then(|shape| query::members(&shape));
    pairs.map_err(|fault| RequestError::parameter(name, fault))
}

/// The segment of a path variable.
pub(crate) fn segment(
    style: PathStyle,
    name: &'static str,
    value: &(impl Serialize + ?Sized),
) -> Result<String, RequestError> {
    let segment = Shape::of(value).and_then(|shape| match style.expansion() {
        Some(expansion) => expansion.expand(name, &shape),
        None => Ok(encoded(&shape.to_json())),
    });
    segment.map_err(|fault| RequestError::parameter(name, fault))
}

/// The text of a header, if there is one to send.
pub(crate) fn text(
    style: HeaderStyle,
    name: &'static str,
    value: &(impl Serialize + ?Sized),
) -> Result<Option<String>, RequestError> {
    let shape = Shape::of(value).map_err(|fault| RequestError::parameter(name, fault))?;
    if shape.is_empty() {
        return Ok(None);
    }
    let text = match style.expansion() {
        Some(expansion) => expansion.expand(name, &shape),
        None => Ok(shape.to_json()),
    };
    text.map(Some)
        .map_err(|fault| RequestError::parameter(name, fault))
}
