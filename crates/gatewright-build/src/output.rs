//! Files, and what Cargo is told.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process;

use crate::{Error, Note};

/// The folder that Cargo gives a build script.
pub(crate) fn out_dir() -> Result<PathBuf, Error> {
    env::var_os("OUT_DIR")
        .map(PathBuf::from)
        .ok_or_else(Error::no_out_dir)
}

/// Whether Cargo runs this as a build script and reads what it prints.
fn is_build_script() -> bool {
    env::var_os("OUT_DIR").is_some() && env::var_os("CARGO_MANIFEST_DIR").is_some()
}

/// Runs the build script again when one of these changes.
pub(crate) fn watch<'a>(paths: impl IntoIterator<Item = Option<&'a Path>>) {
    if is_build_script() {
        for path in paths.into_iter().flatten() {
            println!("cargo::rerun-if-changed={}", path.display());
        }
    }
}

/// Shows what was left out; the preflights that every console-made API has are left out silently.
pub(crate) fn warn(document: &Path, notes: &[Note]) {
    const MOST: usize = 10;
    if !is_build_script() {
        return;
    }
    let notes: Vec<_> = notes.iter().filter(|note| !note.is_expected).collect();
    for note in notes.iter().take(MOST) {
        println!(
            "cargo::warning={}{}",
            document.display(),
            note.to_string().replace('\n', " ")
        );
    }
    if notes.len() > MOST {
        println!(
            "cargo::warning={}: and {} more notes like these",
            document.display(),
            notes.len() - MOST
        );
    }
}

/// Writes the whole file or nothing. A file that is the same already keeps its time, so that nothing is built again.
pub(crate) fn write(path: &Path, code: &str) -> Result<(), Error> {
    if fs::read(path).is_ok_and(|old| old == code.as_bytes()) {
        return Ok(());
    }
    let temporary = path.with_extension(format!("rs.{}.tmp", process::id()));
    let result = fs::write(&temporary, code).and_then(|()| fs::rename(&temporary, path));
    result.map_err(|source| {
        // What could not be finished must not be found; that it is there already gone is no second error.
        let _ = fs::remove_file(&temporary);
        Error::io("write", path, source)
    })
}
