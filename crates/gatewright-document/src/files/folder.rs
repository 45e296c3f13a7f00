//! Files from disk, none of which lies outside of one folder.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Component, Path, PathBuf};

use super::Files;
use crate::parse::MAX_BYTES;

/// The files below a folder, for a document in it.
///
/// Nothing outside of the folder is read, be it by `..` or by a symbolic link, and nothing but regular files.
///
/// ```
/// use gatewright_document::{Folder, ReadOptions};
///
/// # let folder = std::env::temp_dir().join(format!("gatewright-folder-{}", std::process::id()));
/// # std::fs::create_dir_all(folder.join("api")).unwrap();
/// # std::fs::create_dir_all(folder.join("schemas")).unwrap();
/// # std::fs::write(folder.join("schemas/pet.yaml"), "type: object").unwrap();
/// let path = folder.join("api/pets.yaml");
/// let api = br#"
/// openapi: 3.0.1
/// info: { title: pets, version: "1" }
/// paths: {}
/// components: { schemas: { Pet: { $ref: ../schemas/pet.yaml } } }
/// "#;
/// let mut files = Folder::of(&path).root(&folder);
/// let document = ReadOptions::new().read_with("api/pets.yaml", api, &mut files)?;
/// let pet = document.schema_pointer("Pet").expect("a schema");
/// assert_eq!(pet.to_string(), "../schemas/pet.yaml#");
/// assert_eq!(files.asked().len(), 1);
/// # std::fs::remove_dir_all(folder).unwrap();
/// # Ok::<(), gatewright_document::Error>(())
/// ```
#[derive(Debug)]
pub struct Folder {
    folder: PathBuf,
    root: Option<PathBuf>,
    asked: Vec<PathBuf>,
}

impl Folder {
    /// The files in the folder of a document and below it.
    pub fn of(document: impl AsRef<Path>) -> Self {
        let folder = document.as_ref().parent().unwrap_or(Path::new(""));
        Self {
            folder: folder.to_owned(),
            root: None,
            asked: Vec::new(),
        }
    }

    /// Reads all that lies below another folder, such as one above that of the document.
    #[must_use]
    pub fn root(mut self, folder: impl Into<PathBuf>) -> Self {
        self.root = Some(folder.into());
        self
    }

    /// The files that were asked for, in that order, also those that are missing; a build script watches them.
    pub fn asked(&self) -> &[PathBuf] {
        &self.asked
    }

    fn find(&mut self, path: &str) -> Result<PathBuf, String> {
        let root = self.root.as_deref().unwrap_or(&self.folder);
        let real_root = real(root).map_err(|error| because(&error))?;
        let folder = real(&self.folder).map_err(|error| because(&error))?;
        if !plain(&folder.join(path)).starts_with(&real_root) {
            return Err(format!(
                "it lies outside of the folder `{}`; `root` names a folder that is above all files",
                root.display()
            ));
        }
        self.asked.push(self.folder.join(path));
        let found = folder.join(path).canonicalize();
        let found = found.map_err(|error| because(&error))?;
        if !found.starts_with(&real_root) {
            return Err("it is a symbolic link that leads out of the folder".to_owned());
        }
        Ok(found)
    }
}

impl Files for Folder {
    fn read(&mut self, path: &str) -> Result<Vec<u8>, String> {
        let found = self.find(path)?;
        let is_file = fs::metadata(&found).map(|about| about.is_file());
        if !is_file.map_err(|error| because(&error))? {
            return Err("it is no regular file".to_owned());
        }
        let mut bytes = Vec::new();
        let most = MAX_BYTES as u64 + 1;
        let read = File::open(&found).and_then(|file| file.take(most).read_to_end(&mut bytes));
        read.map_err(|error| because(&error))?;
        Ok(bytes)
    }

    fn folders(&self) -> Vec<String> {
        let folder = real(&self.folder).unwrap_or_default();
        let names = folder.components().filter_map(|step| match step {
            Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
            _ => None,
        });
        names.collect()
    }
}

/// A folder as the system knows it; the one of a bare file name is the current one.
fn real(folder: &Path) -> io::Result<PathBuf> {
    let is_bare = folder.as_os_str().is_empty();
    let folder = if is_bare { Path::new(".") } else { folder };
    folder.canonicalize()
}

/// A path without its `..`, whatever is on disk.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for step in path.components() {
        match step {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            step => plain.push(step),
        }
    }
    plain
}

fn because(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        _ => format!("the system says: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `api/pets.yaml`, `api/pet.yaml`, `common.yaml`, and a secret beside the folder, all in a folder of the test's own.
    fn folder(test: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("gatewright-{test}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("root/api/inner")).unwrap();
        for file in [
            "root/api/pets.yaml",
            "root/api/pet.yaml",
            "root/common.yaml",
            "secret.yaml",
        ] {
            fs::write(folder.join(file), file).unwrap();
        }
        folder
    }

    #[test]
    fn files_below_the_folder_are_read_and_no_others() {
        let folder = folder("below");
        let mut files = Folder::of(folder.join("root/api/pets.yaml"));
        assert_eq!(files.read("pet.yaml").unwrap(), b"root/api/pet.yaml");
        for (path, says) in [
            ("../common.yaml", "lies outside of the folder"),
            ("inner/../../common.yaml", "lies outside of the folder"),
            ("inner", "no regular file"),
            ("nothing.yaml", "there is no such file"),
        ] {
            let why = files.read(path).unwrap_err();
            assert!(why.contains(says), "{path}: {why}");
        }
        let asked = files.asked().iter().map(|path| path.file_name().unwrap());
        assert_eq!(
            asked.collect::<Vec<_>>(),
            ["pet.yaml", "inner", "nothing.yaml"]
        );

        let mut files = Folder::of(folder.join("root/api/pets.yaml")).root(folder.join("root"));
        assert_eq!(files.read("../common.yaml").unwrap(), b"root/common.yaml");
        assert!(files.read("../../secret.yaml").is_err());
        fs::remove_dir_all(folder).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn no_symbolic_link_leads_out() {
        use std::os::unix::fs::symlink;

        let folder = folder("links");
        let api = folder.join("root/api");
        symlink("pet.yaml", api.join("same.yaml")).unwrap();
        symlink("../../secret.yaml", api.join("out.yaml")).unwrap();
        symlink("../..", api.join("up")).unwrap();
        let mut files = Folder::of(api.join("pets.yaml"));
        assert!(files.read("same.yaml").is_ok());
        for path in ["out.yaml", "up/secret.yaml"] {
            let why = files.read(path).unwrap_err();
            assert!(why.contains("symbolic link"), "{path}: {why}");
        }
        fs::remove_dir_all(folder).unwrap();
    }
}
