//! Values in queries and forms: pairs of a name and a text.

use super::QueryStyle;
use super::expand::separable;
use super::shape::{Shape, Unwritable};
use crate::client::encode::{encoded, encoded_reserved};

/// A name and a text, both encoded.
pub(crate) type Pair = (String, String);

/// How a value is laid out in pairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    Exploded,
    Joined(Separator),
    Deep,
    Json,
}

/// The delimiter between the items of one pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Separator {
    Comma,
    Space,
    Pipe,
    Tab,
}

impl Separator {
    /// The comma is a delimiter of URIs and is not encoded; the others are not URI characters.
    const fn as_str(self) -> &'static str {
        match self {
            Separator::Comma => ",",
            Separator::Space => "%20",
            Separator::Pipe => "%7C",
            Separator::Tab => "%09",
        }
    }
}

pub(crate) fn pairs(style: QueryStyle, name: &str, value: &Shape) -> Result<Vec<Pair>, Unwritable> {
    if *value == Shape::Nothing {
        return Ok(Vec::new());
    }
    let pairs = match style.layout {
        Layout::Json => vec![style.pair(name, &value.to_json())],
        Layout::Exploded => style.exploded(name, value)?,
        Layout::Joined(separator) => style.joined(name, value, separator)?,
        Layout::Deep => {
            let mut pairs = Vec::new();
            style.push_deep(name, value, &mut pairs);
            pairs
        }
    };
    if pairs.is_empty() && style.empty {
        return Ok(vec![style.pair(name, "")]);
    }
    Ok(pairs)
}

/// A pair for each text of each member, under the member's name.
pub(super) fn members(value: &Shape) -> Result<Vec<Pair>, Unwritable> {
    let members = match value {
        Shape::Object(members) => members.as_slice(),
        Shape::Nothing => &[],
        _ => return Err(Unwritable::NO_MEMBERS),
    };
    let of_member = |(name, member): &(String, Shape)| match member {
        Shape::Object(_) => Err(Unwritable::NESTED),
        flat => pairs(QueryStyle::EXPLODED, name, flat),
    };
    let of_members: Result<Vec<_>, _> = members.iter().map(of_member).collect();
    Ok(of_members?.into_iter().flatten().collect())
}

impl QueryStyle {
    fn pair(self, name: &str, text: &str) -> Pair {
        (encoded(name), self.text(text))
    }

    fn text(self, text: &str) -> String {
        if self.reserved {
            encoded_reserved(text)
        } else {
            encoded(text)
        }
    }

    fn exploded(self, name: &str, value: &Shape) -> Result<Vec<Pair>, Unwritable> {
        if let Shape::Object(_) = value {
            let members = value.members()?.into_iter();
            return Ok(members.map(|(name, text)| self.pair(name, text)).collect());
        }
        let texts = value.texts()?.into_iter();
        Ok(texts.map(|text| self.pair(name, text)).collect())
    }

    fn joined(
        self,
        name: &str,
        value: &Shape,
        separator: Separator,
    ) -> Result<Vec<Pair>, Unwritable> {
        if let Some(text) = value.as_text() {
            return Ok(vec![self.pair(name, text)]);
        }
        let separator = separator.as_str();
        let items = value
            .texts()?
            .into_iter()
            .map(|text| separable(self.text(text), separator));
        let items: Vec<_> = items.collect::<Result<_, _>>()?;
        let joined = (!items.is_empty()).then(|| (encoded(name), items.join(separator)));
        Ok(joined.into_iter().collect())
    }

    fn push_deep(self, name: &str, value: &Shape, pairs: &mut Vec<Pair>) {
        match value {
            Shape::Nothing => {}
            Shape::Text(text) | Shape::Literal(text) => pairs.push(self.pair(name, text)),
            Shape::List(items) => items
                .iter()
                .for_each(|item| self.push_deep(name, item, pairs)),
            Shape::Object(members) => members.iter().for_each(|(member, value)| {
                self.push_deep(&format!("{name}[{member}]"), value, pairs);
            }),
        }
    }
}
