//! Files, and what Cargo is told.

use std::collections::HashMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::{Mutex, PoisonError};

use gatewright_document::located;

use crate::{Error, Generated, Problem, Report};

/// How many warnings of each kind are shown; the report has all of them.
const WARNINGS: usize = 3;

/// The folder that Cargo gives a build script.
pub(crate) fn out_dir() -> Result<PathBuf, Error> {
    env::var_os("OUT_DIR")
        .map(PathBuf::from)
        .ok_or_else(Error::no_out_dir)
}

/// The build script that this runs in, to whose output Cargo listens.
pub(crate) struct BuildScript {
    out_dir: PathBuf,
}

impl BuildScript {
    /// None in a program of another kind. `OUT_DIR` alone does not tell: Cargo sets it for the tests of a crate that has a
    /// build script, too ("Environment variables", The Cargo Book).
    pub(crate) fn current() -> Option<Self> {
        let out_dir = PathBuf::from(env::var_os("OUT_DIR")?);
        env::var_os("CARGO_CFG_TARGET_ARCH").map(|_| Self { out_dir })
    }

    /// Runs the build script again when one of these changes, appears or goes: so it has to be said before they are read.
    pub(crate) fn watch<'a>(&self, paths: impl IntoIterator<Item = &'a Path>) {
        for path in paths {
            println!("cargo::rerun-if-changed={}", path.display());
        }
    }

    /// Writes the whole report to `NAME.report.txt`, and warns of the first things in it. The preflights that every
    /// console-made API has are no reason to warn.
    pub(crate) fn report(
        &self,
        document: &Path,
        name: &str,
        generated: &Generated,
    ) -> Result<(), Error> {
        let report = generated.report();
        let file = self.out_dir.join(format!("{name}.report.txt"));
        write(&file, &report.to_string())?;
        for warning in warnings(document, &report, &file) {
            println!("cargo::warning={warning}");
        }
        Ok(())
    }
}

fn warnings(document: &Path, report: &Report<'_>, file: &Path) -> Vec<String> {
    let (document, file) = (document.display().to_string(), file.display());
    let first = report.first(WARNINGS);
    let more = report.warnings() - first.len();
    let more =
        (more > 0).then(|| format!("{document}: and {more} more notes, all of them in {file}"));
    let first = first.iter().map(|note| located(&document, note));
    first.chain(more).collect()
}

/// What a file was written from: the document, and all choices.
type Origin = (PathBuf, String);

/// What this program has written so far. A build script that calls `compile` twice with one name would lose the first client.
static WRITTEN: Mutex<Option<HashMap<PathBuf, Origin>>> = Mutex::new(None);

/// Fails if the file was written before, for another document or by other choices.
pub(crate) fn claim(file: &Path, document: &Path, choices: String) -> Result<(), Error> {
    let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let parent = file.parent().map(whole).unwrap_or_default();
    let key = parent.join(file.file_name().unwrap_or_default());
    let origin = (whole(document), choices);
    let mut written = WRITTEN.lock().unwrap_or_else(PoisonError::into_inner);
    let before = written.get_or_insert_default().entry(key);
    let before = before.or_insert_with(|| origin.clone());
    if *before == origin {
        return Ok(());
    }
    let of = if before.0 == origin.0 {
        "by other choices".to_owned()
    } else {
        format!("from {}", before.0.display())
    };
    let message = format!(
        "its client would be {}, which this program has written {of}; give each its own name with `name`",
        file.display()
    );
    let document = document.display().to_string();
    Err(Error::file(&document, vec![Problem::new(&"", message)]))
}

/// Writes the whole file or nothing. A file that is the same already keeps its time, so that nothing is built again.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), Error> {
    if fs::read(path).is_ok_and(|old| old == text.as_bytes()) {
        return Ok(());
    }
    let mut temporary = path.as_os_str().to_owned();
    temporary.push(format!(".{}.tmp", process::id()));
    let result = fs::write(&temporary, text).and_then(|()| fs::rename(&temporary, path));
    result.map_err(|source| {
        // What could not be finished must not be found; that it is there already gone is no second error.
        let _ = fs::remove_file(&temporary);
        Error::io("write", path, source)
    })
}
