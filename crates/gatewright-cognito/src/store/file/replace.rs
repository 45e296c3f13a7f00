//! A file is replaced as a whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

use gatewright::BoxError;

use super::beside;

/// Replaces the file at `path`. The lock is held, so nobody else writes to the file beside it.
pub(super) fn replace(path: &Path, content: &[u8]) -> Result<(), BoxError> {
    let next = beside(path, ".new");
    remove_remains(&next)?;
    let replaced = write_new(&next, content).and_then(|()| Ok(fs::rename(&next, path)?));
    if replaced.is_err() {
        // Whatever could be written of it holds a secret.
        let _ = remove_remains(&next);
        return replaced;
    }
    sync_directory(path)
}

/// What a process left that died while it wrote. It may have any mode, so it is not written to.
fn remove_remains(next: &Path) -> Result<(), BoxError> {
    match fs::remove_file(next) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

fn write_new(path: &Path, content: &[u8]) -> Result<(), BoxError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    for_owner_alone(&mut options);
    let mut file = options.open(path)?;
    file.write_all(content)?;
    // Before the rename, or a crash could leave an empty file under the final name.
    Ok(file.sync_all()?)
}

/// From the moment the file exists: a mode that is set later leaves time to open it.
#[cfg_attr(not(unix), allow(unused_variables, clippy::needless_pass_by_ref_mut))]
pub(super) fn for_owner_alone(options: &mut OpenOptions) {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
}

/// So that the new name survives a crash as well. Only Unix has a way to do that.
fn sync_directory(path: &Path) -> Result<(), BoxError> {
    let directory = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    if cfg!(unix) {
        File::open(directory)?.sync_all()?;
    }
    Ok(())
}
