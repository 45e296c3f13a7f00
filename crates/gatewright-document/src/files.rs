//! The files beside a document that it refers to: where they come from, and what of them may be read.

mod folder;
mod linked;
mod path;

pub use folder::Folder;
pub(crate) use linked::{Linked, Other, is_data};
pub(crate) use path::{resolve, stem};

/// Gives the files that a document refers to.
///
/// [`Folder`] reads them from disk. Whoever has them elsewhere, such as in an archive, writes one of these.
///
/// ```
/// use std::collections::HashMap;
///
/// use gatewright_document::{Files, ReadOptions};
///
/// struct Archive(HashMap<&'static str, &'static str>);
///
/// impl Files for Archive {
///     fn read(&mut self, path: &str) -> Result<Vec<u8>, String> {
///         let text = self.0.get(path).ok_or("it is not in the archive")?;
///         Ok(text.as_bytes().to_vec())
///     }
/// }
///
/// let api = br#"
/// openapi: 3.0.1
/// info: { title: pets, version: "1" }
/// paths:
///   /pets: { $ref: paths/pets.yaml }
/// "#;
/// let pets = "get: { responses: { 200: { description: pets } } }";
/// let mut archive = Archive(HashMap::from([("paths/pets.yaml", pets)]));
/// let document = ReadOptions::new().read_with("api.yaml", api, &mut archive)?;
/// assert_eq!(document.operations[0].path, "/pets");
/// # Ok::<(), gatewright_document::Error>(())
/// ```
pub trait Files {
    /// Reads a file. `path` leads to it from the folder of the document, with slashes, and `..` only at its beginning. Each file is
    /// asked for once.
    ///
    /// # Errors
    ///
    /// Why the file is not read, as the end of a sentence: `it is not in the archive`. What refers to it then means nothing.
    fn read(&mut self, path: &str) -> Result<Vec<u8>, String>;

    /// The folders that the document is in, the outermost first, as far as they have names. They tell that `../api/pet.yaml` is `pet.yaml`
    /// of a document in `api`, so that one file is not read as two. Default: none.
    fn folders(&self) -> Vec<String> {
        Vec::new()
    }
}
