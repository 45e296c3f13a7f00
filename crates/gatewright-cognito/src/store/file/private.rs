//! Opens files without trust in what is at their path.
//!
//! The checks look at the open file: another process can put something else at the path at any time. A look at the
//! path comes before the opening as well, since the opening of a device can have effects.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::Path;

use gatewright::BoxError;

use super::error::FileStoreError;
use super::path::directory;
use super::platform;

/// Opens a file that has a secret, to read it. `None` if there is no file.
pub(super) fn open(path: &Path) -> Result<Option<File>, BoxError> {
    check_place(path)?;
    if_there(open_unseen(path))
}

/// Opens whatever is at the path now.
pub(super) fn open_unseen(path: &Path) -> Result<File, BoxError> {
    let mut options = OpenOptions::new();
    options.read(true);
    let file = open_with(options, path)?;
    platform::check_private(path, &file.metadata()?)?;
    Ok(file)
}

/// Creates a file for a secret. Nothing may be at its path.
pub(super) fn create(path: &Path) -> Result<File, BoxError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    let file = open_with(options, path)?;
    platform::make_private(&file)?;
    // A file system without modes and owners shows itself before the secret is in the file.
    platform::check_private(path, &file.metadata()?)?;
    Ok(file)
}

/// Opens a file that has no content, and creates it if there is none.
pub(super) fn open_or_create(path: &Path) -> Result<File, BoxError> {
    check_place(path)?;
    open_or_create_unseen(path)
}

/// Opens or creates whatever is at the path now.
pub(super) fn open_or_create_unseen(path: &Path) -> Result<File, BoxError> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    let file = open_with(options, path)?;
    platform::check_owner(path, &file.metadata()?)?;
    // Another user who can open the file can hold its lock.
    platform::make_private(&file)?;
    Ok(file)
}

/// Checks that a file can be at this path: the path has nothing but a file, and not every user can replace it.
pub(super) fn check_place(path: &Path) -> Result<(), BoxError> {
    let directory = directory(path);
    if let Some(metadata) = if_there(fs::metadata(directory).map_err(Into::into))? {
        platform::check_directory(directory, &metadata)?;
    }
    match if_there(fs::symlink_metadata(path).map_err(Into::into))? {
        Some(metadata) => Ok(check_regular(path, &metadata)?),
        None => Ok(()),
    }
}

fn open_with(mut options: OpenOptions, path: &Path) -> Result<File, BoxError> {
    platform::open_carefully(&mut options);
    let file = options.open(path)?;
    check_regular(path, &file.metadata()?)?;
    Ok(file)
}

fn check_regular(path: &Path, metadata: &Metadata) -> Result<(), FileStoreError> {
    if metadata.is_file() {
        return Ok(());
    }
    Err(FileStoreError::NotRegular { path: path.into() })
}

fn if_there<T>(found: Result<T, BoxError>) -> Result<Option<T>, BoxError> {
    match found {
        Err(error) if is_not_found(&error) => Ok(None),
        found => found.map(Some),
    }
}

fn is_not_found(error: &BoxError) -> bool {
    let error = error.downcast_ref::<io::Error>();
    error.is_some_and(|error| error.kind() == ErrorKind::NotFound)
}
