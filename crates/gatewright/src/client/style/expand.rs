//! Values in paths and headers, put together as RFC 6570 (section 3.2.1 and appendix A) says.

use super::shape::{Shape, Unwritable};
use super::{HeaderStyle, PathStyle};
use crate::client::encode::encoded;

/// The text before, between and around the texts of a value.
pub(super) struct Expansion {
    encode: fn(&str) -> String,
    first: &'static str,
    between: &'static str,
    /// Whether the name of the parameter comes before its values.
    is_named: bool,
    explode: bool,
}

impl PathStyle {
    /// None for JSON, which is one text.
    pub(super) fn expansion(self) -> Option<Expansion> {
        let (first, between) = match self {
            PathStyle::Simple | PathStyle::SimpleExploded => ("", ","),
            PathStyle::Label | PathStyle::LabelExploded => (".", "."),
            PathStyle::Matrix | PathStyle::MatrixExploded => (";", ";"),
            PathStyle::Json => return None,
        };
        Some(Expansion {
            encode: encoded,
            first,
            between,
            is_named: matches!(self, PathStyle::Matrix | PathStyle::MatrixExploded),
            explode: matches!(
                self,
                PathStyle::SimpleExploded | PathStyle::LabelExploded | PathStyle::MatrixExploded
            ),
        })
    }
}

impl HeaderStyle {
    /// None for JSON, which is one text.
    pub(super) fn expansion(self) -> Option<Expansion> {
        let explode = match self {
            HeaderStyle::Simple => false,
            HeaderStyle::Exploded => true,
            HeaderStyle::Json => return None,
        };
        Some(Expansion {
            encode: str::to_owned,
            first: "",
            between: ",",
            is_named: false,
            explode,
        })
    }
}

impl Expansion {
    pub(super) fn expand(&self, name: &str, value: &Shape) -> Result<String, Unwritable> {
        let pieces = match value {
            Shape::Object(_) if self.explode => self.members(value)?,
            Shape::List(_) if self.explode => self.items(name, value)?,
            flat => match flat.as_text() {
                Some(text) => vec![self.named(name, (self.encode)(text))],
                None => vec![self.named(name, self.joined(value)?)],
            },
        };
        if pieces.is_empty() {
            return Ok(self.first.to_owned() + &self.named(name, String::new()));
        }
        Ok(self.first.to_owned() + &pieces.join(self.between))
    }

    fn members(&self, value: &Shape) -> Result<Vec<String>, Unwritable> {
        let member =
            |(name, text)| Ok(self.item(name, "=")? + "=" + &self.item(text, self.between)?);
        value.members()?.into_iter().map(member).collect()
    }

    fn items(&self, name: &str, value: &Shape) -> Result<Vec<String>, Unwritable> {
        let item = |text| Ok(self.named(name, self.item(text, self.between)?));
        value.texts()?.into_iter().map(item).collect()
    }

    /// All texts as one, which are separated by commas in every style.
    fn joined(&self, value: &Shape) -> Result<String, Unwritable> {
        let item = |text| self.item(text, ",");
        let items: Result<Vec<_>, _> = value.texts()?.into_iter().map(item).collect();
        Ok(items?.join(","))
    }

    fn item(&self, text: &str, separator: &str) -> Result<String, Unwritable> {
        separable((self.encode)(text), separator)
    }

    /// RFC 6570, section 3.2.7: no equals sign before an empty value.
    fn named(&self, name: &str, text: String) -> String {
        match (self.is_named, text.is_empty()) {
            (false, _) => text,
            (true, true) => encoded(name),
            (true, false) => encoded(name) + "=" + &text,
        }
    }
}

/// An encoded item, unless it holds what separates it from the next.
pub(super) fn separable(item: String, separator: &str) -> Result<String, Unwritable> {
    if item.contains(separator) {
        Err(Unwritable::SEPARATOR)
    } else {
        Ok(item)
    }
}
