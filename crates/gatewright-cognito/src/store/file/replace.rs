//! A file is replaced as a whole or not at all.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::Path;

use gatewright::BoxError;

use super::path::{beside, directory};
use super::private;

/// Replaces the file at `path`. The caller holds the lock, so nobody else writes to the file beside it.
pub(super) fn replace(path: &Path, content: &[u8]) -> Result<(), BoxError> {
    private::check_place(path)?;
    let next = beside(path, ".new");
    remove_remains(&next)?;
    let replaced = write_new(&next, content).and_then(|()| Ok(fs::rename(&next, path)?));
    if replaced.is_err() {
        // Whatever was written of it holds a secret.
        let _ = remove_remains(&next);
        return replaced;
    }
    sync_directory(path)
}

/// Removes what a process left that died while it wrote. It may have any mode, so it is not written to. A link is
/// removed, not its target.
fn remove_remains(next: &Path) -> Result<(), BoxError> {
    match fs::remove_file(next) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            // A directory, say.
            private::check_place(next)?;
            Err(error.into())
        }
        _ => Ok(()),
    }
}

fn write_new(path: &Path, content: &[u8]) -> Result<(), BoxError> {
    let mut file = private::create(path)?;
    file.write_all(content)?;
    // Before the rename, or a crash could leave an empty file under the final name.
    Ok(file.sync_all()?)
}

/// Makes the new name survive a crash as well. Only Unix has a way to do that.
fn sync_directory(path: &Path) -> Result<(), BoxError> {
    if cfg!(unix) {
        File::open(directory(path))?.sync_all()?;
    }
    Ok(())
}
