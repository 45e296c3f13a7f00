//! JSON pointers (RFC 6901) into a document, in their URI fragment form.

use std::fmt::{self, Write as _};
use std::sync::Arc;

use crate::display;

/// The most of a key that is printed, in characters.
const LONGEST_KEY: usize = 200;

/// A place in a document, such as `#/paths/~1pets/get`. It prints as one line; a key of more than 200 characters is cut.
///
/// Pointers share what they have in common, so a clone or a step further down costs little however long the way is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pointer(Option<Arc<Step>>);

#[derive(Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Step {
    parent: Pointer,
    key: Box<str>,
}

impl Pointer {
    /// The whole document: `#`.
    pub fn root() -> Self {
        Self::default()
    }

    /// The member `key` of what this points to.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        let step = Step {
            parent: self.clone(),
            key: key.into(),
        };
        Self(Some(Arc::new(step)))
    }

    /// The element `index` of what this points to.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.key(&index.to_string())
    }

    /// The same place as a document that stands at `base` in its file sees it; itself if it is not in that document.
    ///
    /// ```
    /// use gatewright_document::Pointer;
    ///
    /// let body = Pointer::root().key("Resources").key("PetsApi").key("Properties").key("Body");
    /// assert_eq!(body.key("paths").within(&body).to_string(), "#/paths");
    /// assert_eq!(Pointer::root().key("Globals").within(&body).to_string(), "#/Globals");
    /// ```
    #[must_use]
    pub fn within(&self, base: &Pointer) -> Self {
        let (steps, base) = (self.steps(), base.steps());
        match steps.strip_prefix(base.as_slice()) {
            Some(steps) => steps.iter().fold(Self::root(), |at, step| at.key(step)),
            None => self.clone(),
        }
    }

    /// The last step, and what it starts from; `None` of the whole document.
    pub(crate) fn split_last(&self) -> Option<(&Pointer, &str)> {
        let step = self.0.as_ref()?;
        Some((&step.parent, &step.key))
    }

    /// The steps from the whole document on.
    pub(crate) fn steps(&self) -> Vec<&str> {
        let mut steps = Vec::new();
        let mut left = self;
        while let Some((parent, step)) = left.split_last() {
            steps.push(step);
            left = parent;
        }
        steps.reverse();
        steps
    }

    fn write_steps(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(step) = &self.0 else { return Ok(()) };
        step.parent.write_steps(f)?;
        f.write_char('/')?;
        let mut characters = step.key.chars();
        let mut first = characters.by_ref().take(LONGEST_KEY);
        first.try_for_each(|c| write_escaped(f, c))?;
        if characters.next().is_some() {
            f.write_char('…')?;
        }
        Ok(())
    }
}

/// Escapes what the pointer's own syntax needs, and what would break or disguise the line that it is printed on (a file
/// is free to call a path `"/a\ncargo::..."`). The rest, such as braces, stays readable.
fn write_escaped(f: &mut fmt::Formatter<'_>, character: char) -> fmt::Result {
    match character {
        '~' => f.write_str("~0"),
        '/' => f.write_str("~1"),
        '%' => f.write_str("%25"),
        hidden if display::is_hidden(hidden) => {
            let bytes = hidden.encode_utf8(&mut [0; 4]).to_owned();
            bytes.bytes().try_for_each(|byte| write!(f, "%{byte:02X}"))
        }
        other => f.write_char(other),
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('#')?;
        self.write_steps(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_escaped() {
        let pointer = Pointer::root().key("paths").key("/a~b").index(0);
        assert_eq!(pointer.to_string(), "#/paths/~1a~0b/0");
    }

    #[test]
    fn no_key_breaks_or_disguises_its_line() {
        let pointer = Pointer::root().key("a\ncargo::b").key("\u{202e}%{c}");
        assert_eq!(pointer.to_string(), "#/a%0Acargo::b/%E2%80%AE%25{c}");
    }

    #[test]
    fn a_long_key_is_cut() {
        let pointer = Pointer::root().key(&"é".repeat(1 << 20)).key("a");
        assert_eq!(pointer.to_string(), format!("#/{}…/a", "é".repeat(200)));
        let fits = Pointer::root().key(&"é".repeat(200));
        assert!(!fits.to_string().contains('…'));
    }

    #[test]
    fn equal_places_are_equal() {
        let [one, other] = [(); 2].map(|()| Pointer::root().key("a").key("b"));
        assert_eq!(one, other);
        assert_ne!(one, Pointer::root().key("a/b"));
    }
}
