//! How lists and objects are written in a request. The runtime has the same styles and says what each of them looks like.

/// How a list or an object is written in a query or a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueryStyle {
    /// How it is laid out in pairs.
    pub layout: QueryLayout,
    /// Whether reserved characters are sent as they are.
    pub reserved: bool,
    /// Whether a list without items is sent as an empty value.
    pub or_empty: bool,
}

/// How a value is laid out in pairs of a name and a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryLayout {
    /// A pair for each item or member.
    Exploded,
    /// One pair, items separated by commas.
    Comma,
    /// One pair, items separated by spaces.
    Space,
    /// One pair, items separated by `|`.
    Pipe,
    /// One pair, items separated by tabs.
    Tab,
    /// A pair for each member, its name in brackets.
    Deep,
    /// One pair with JSON.
    Json,
}

impl From<QueryLayout> for QueryStyle {
    fn from(layout: QueryLayout) -> Self {
        Self {
            layout,
            reserved: false,
            or_empty: false,
        }
    }
}

/// How a list or an object is written in a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum PathStyle {
    Simple,
    SimpleExploded,
    Label,
    LabelExploded,
    Matrix,
    MatrixExploded,
    Json,
}

/// How a list or an object is written in a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum HeaderStyle {
    Simple,
    Exploded,
    Json,
}
