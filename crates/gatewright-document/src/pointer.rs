//! JSON pointers (RFC 6901) into a document or a file that it refers to, in their URI fragment form.

use std::fmt::{self, Write as _};
use std::sync::Arc;

use crate::display;

/// The most of a key that is printed, in characters.
const LONGEST_KEY: usize = 200;

/// A place in a document, such as `#/paths/~1pets/get`, or in another file that the document refers to, such as
/// `schemas/pet.yaml#/properties/id`. It prints as one line; a key of more than 200 characters is cut.
///
/// Pointers share what they have in common, so a clone or a step further down costs little however long the way is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pointer(Option<Arc<Step>>);

#[derive(Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Step {
    parent: Pointer,
    key: Box<str>,
    /// Whether this is no step but the file that all of them are in.
    is_file: bool,
}

impl Pointer {
    /// The whole document: `#`.
    pub fn root() -> Self {
        Self::default()
    }

    /// All of another file, by its path from the folder of the document, with slashes.
    ///
    /// ```
    /// use gatewright_document::Pointer;
    ///
    /// let id = Pointer::of_file("schemas/pet.yaml").key("properties").key("id");
    /// assert_eq!(id.to_string(), "schemas/pet.yaml#/properties/id");
    /// ```
    pub fn of_file(path: &str) -> Self {
        let file = Step {
            parent: Self::root(),
            key: path.into(),
            is_file: true,
        };
        Self(Some(Arc::new(file)))
    }

    /// The file this is in, by its path from the folder of the document; `None` in the document's own file.
    ///
    /// ```
    /// use gatewright_document::Pointer;
    ///
    /// assert_eq!(Pointer::of_file("pet.yaml").key("properties").file(), Some("pet.yaml"));
    /// assert_eq!(Pointer::root().key("paths").file(), None);
    /// ```
    pub fn file(&self) -> Option<&str> {
        let mut step = self.0.as_deref()?;
        while let Some(parent) = step.parent.0.as_deref() {
            step = parent;
        }
        step.is_file.then_some(&*step.key)
    }

    /// The whole file this is in.
    pub(crate) fn whole_file(&self) -> Self {
        self.file().map_or_else(Self::root, Self::of_file)
    }

    /// The member `key` of what this points to.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        let step = Step {
            parent: self.clone(),
            key: key.into(),
            is_file: false,
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
        if self.file() != base.file() {
            return self.clone();
        }
        let (steps, base) = (self.steps(), base.steps());
        match steps.strip_prefix(base.as_slice()) {
            Some(steps) => steps.iter().fold(Self::root(), |at, step| at.key(step)),
            None => self.clone(),
        }
    }

    /// The place of what is here in a whole that itself is at `base`.
    pub(crate) fn below(&self, base: &Pointer) -> Self {
        let steps = self.steps().into_iter();
        steps.fold(base.clone(), |at, step| at.key(step))
    }

    /// The last step, and what it starts from; `None` of a whole file.
    pub(crate) fn split_last(&self) -> Option<(&Pointer, &str)> {
        let step = self.0.as_ref().filter(|step| !step.is_file)?;
        Some((&step.parent, &step.key))
    }

    /// The steps from the whole file on, as they stand in the document, without escapes.
    ///
    /// ```
    /// use gatewright_document::Pointer;
    ///
    /// let pets = Pointer::root().key("paths").key("/pets");
    /// assert_eq!(pets.steps(), ["paths", "/pets"]);
    /// ```
    pub fn steps(&self) -> Vec<&str> {
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
        let Some((parent, key)) = self.split_last() else {
            return Ok(());
        };
        parent.write_steps(f)?;
        f.write_char('/')?;
        let mut characters = key.chars();
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

/// The most of a file's path that is printed, in characters.
const LONGEST_FILE: usize = 400;

/// Escapes what would disguise the line, and what would let the path look like a place in the document's own file.
fn write_file(f: &mut fmt::Formatter<'_>, path: &str) -> fmt::Result {
    for character in path.chars().take(LONGEST_FILE) {
        match character {
            '/' => f.write_char('/')?,
            '#' => f.write_str("%23")?,
            ':' => f.write_str("%3A")?,
            '~' => f.write_char('~')?,
            other => write_escaped(f, other)?,
        }
    }
    Ok(())
}

/// What a place is called that is one of the document named `name`: the place after the name, such as `api/pets.yaml#/paths`. A place in
/// another file has that file's name in place of the document's: `api/schemas/pet.yaml#/properties`.
///
/// ```
/// use gatewright_document::{Pointer, located};
///
/// let id = Pointer::root().key("id");
/// assert_eq!(located("api/pets.yaml", &id.to_string()), "api/pets.yaml#/id");
/// let id = Pointer::of_file("schemas/pet.yaml").key("id");
/// assert_eq!(located("api/pets.yaml", &id.to_string()), "api/schemas/pet.yaml#/id");
/// ```
pub fn located(name: &str, place: &str) -> String {
    if place.is_empty() || place.starts_with(['#', ':']) {
        return format!("{name}{place}");
    }
    let folder = name.rfind(['/', '\\']).map_or("", |end| &name[..=end]);
    format!("{folder}{place}")
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = self.file() {
            write_file(f, file)?;
        }
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
    fn no_path_of_a_file_looks_like_a_place_of_the_document() {
        let place = Pointer::of_file("#/a:\n%.yaml").key("b");
        assert_eq!(place.to_string(), "%23/a%3A%0A%25.yaml#/b");
        assert_eq!(place.steps(), ["b"]);
        assert_eq!(place.within(&Pointer::root()), place);
        let base = place.whole_file();
        assert_eq!(place.within(&base).to_string(), "#/b");
    }

    #[test]
    fn equal_places_are_equal() {
        let [one, other] = [(); 2].map(|()| Pointer::root().key("a").key("b"));
        assert_eq!(one, other);
        assert_ne!(one, Pointer::root().key("a/b"));
    }
}
