//! The packages that are compiled, each a workspace of its own below `target`.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use super::SIZE;
use super::program::{self, Style};

pub(crate) type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// A package to compile.
pub(crate) struct Package {
    pub(crate) name: &'static str,
    pub(crate) folder: PathBuf,
    /// What the compiler is given, from the folder.
    pub(crate) source: &'static str,
}

/// The client of a generator: a library that is nothing else, and a program that calls all of it.
pub(super) struct Client {
    pub(super) name: &'static str,
    pub(super) library: Package,
    pub(super) program: Option<Package>,
    /// Of the generated code.
    pub(super) lines: usize,
}

/// The client that gatewright generates of `document`.
pub(super) fn gatewright(root: &Path, place: &Path, document: &Path) -> Result<Client> {
    let client = gatewright_build::configure().generate(document)?;
    let runtime = root.join("crates/gatewright").display().to_string();
    let dependencies = format!("gatewright = {{ path = {runtime:?} }}");
    let client = write(
        place,
        "gatewright",
        &dependencies,
        &client.code,
        &program::GATEWRIGHT,
    )?;
    for package in [Some(&client.library), client.program.as_ref()]
        .into_iter()
        .flatten()
    {
        fs::copy(root.join("Cargo.lock"), package.folder.join("Cargo.lock"))?;
    }
    Ok(client)
}

/// Writes both packages of a client that is one file.
pub(super) fn write(
    place: &Path,
    name: &'static str,
    dependencies: &str,
    code: &str,
    style: &Style,
) -> Result<Client> {
    let library = package(place, name, "client", "src/lib.rs", dependencies)?;
    fs::write(library.folder.join(library.source), code)?;
    let dependencies =
        format!("{dependencies}\ntokio = {{ version = \"1\", features = [\"rt-multi-thread\"] }}");
    let program = package(place, name, "program", "src/main.rs", &dependencies)?;
    fs::write(program.folder.join("src/client.rs"), code)?;
    let source = program::source(SIZE, style);
    fs::write(program.folder.join(program.source), source)?;
    Ok(Client {
        name,
        library,
        program: Some(program),
        lines: code.lines().count(),
    })
}

/// The folder of a package, with its manifest.
pub(crate) fn package(
    place: &Path,
    name: &'static str,
    kind: &str,
    source: &'static str,
    dependencies: &str,
) -> Result<Package> {
    let title = format!("{name}-{kind}");
    let folder = place.join(&title);
    fs::create_dir_all(folder.join("src"))?;
    write_if_new(&folder.join("Cargo.toml"), &manifest(&title, dependencies))?;
    Ok(Package {
        name,
        folder,
        source,
    })
}

pub(super) fn manifest(name: &str, dependencies: &str) -> String {
    format!(
        "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n{dependencies}\n"
    )
}

pub(super) fn write_if_new(path: &Path, content: &str) -> Result<()> {
    if fs::read(path).is_ok_and(|old| old == content.as_bytes()) {
        return Ok(());
    }
    Ok(fs::write(path, content)?)
}
