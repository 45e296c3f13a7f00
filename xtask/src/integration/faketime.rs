//! The library that moves the clock of a process.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::packages::find_or_install;
use super::{Result, output};

const LIBRARY: &str = "faketime/libfaketime.so.1";

/// The library of the system, or else one unpacked from Debian's package.
pub(super) fn library(root: &Path) -> Result<PathBuf> {
    if let Some(library) = below(Path::new("/usr/lib")) {
        return Ok(library);
    }
    let folder = find_or_install(root, "libfaketime", &[], unpack)?;
    below(&folder.join("usr/lib")).ok_or_else(|| "Debian's libfaketime has no library".into())
}

/// In `libraries`, or in the folder there of the machine's architecture.
fn below(libraries: &Path) -> Option<PathBuf> {
    let entries = fs::read_dir(libraries).into_iter().flatten().flatten();
    let folders = entries.map(|entry| entry.path());
    let mut files = std::iter::once(libraries.to_owned())
        .chain(folders)
        .map(|folder| folder.join(LIBRARY));
    files.find(|file| file.is_file())
}

/// The package is not installed, so this needs no root.
fn unpack(folder: &Path) -> Result<()> {
    download(folder).or_else(|_| {
        // The list of packages may be missing, as in a fresh container.
        output(Command::new("apt-get").args(["--quiet", "update"]))?;
        download(folder)
    })?;
    let entries = fs::read_dir(folder)?.flatten();
    let mut files = entries.map(|entry| entry.path());
    let package = files
        .find(|file| file.extension().is_some_and(|kind| kind == "deb"))
        .ok_or("apt-get downloaded nothing")?;
    output(Command::new("dpkg").arg("-x").arg(package).arg(folder)).map(drop)
}

fn download(folder: &Path) -> Result<String> {
    output(
        Command::new("apt-get")
            .args(["download", "libfaketime"])
            .current_dir(folder),
    )
}
