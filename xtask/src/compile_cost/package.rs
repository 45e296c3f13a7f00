//! The packages that are compiled, each a workspace of its own below `target`.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// A package whose code is one generated client.
pub(super) struct Package {
    pub(super) name: &'static str,
    pub(super) folder: PathBuf,
    /// Of the generated code.
    pub(super) lines: usize,
}

/// The client that gatewright generates of `document`.
pub(super) fn gatewright(root: &Path, place: &Path, document: &Path) -> Result<Package> {
    let client = gatewright_build::configure().generate(document)?;
    let runtime = root.join("crates/gatewright").display().to_string();
    let dependencies = format!("gatewright = {{ path = {runtime:?} }}");
    let package = write(place, "gatewright", &dependencies, &client.code)?;
    fs::copy(root.join("Cargo.lock"), package.folder.join("Cargo.lock"))?;
    Ok(package)
}

/// The version that the bars were set with.
const PEER: &str = "0.15.1";

/// The client that progenitor generates of the same document. It is compiled for this from the registry, and is no
/// dependency of the workspace.
pub(super) fn progenitor(place: &Path, document: &Path) -> Result<Package> {
    let generator = generator(place)?;
    let output = place.join("progenitor.rs");
    let run = crate::cargo()
        .args(["run", "--quiet", "--"])
        .args([document, &output])
        .current_dir(&generator)
        .status()?;
    if !run.success() {
        return Err("progenitor did not generate a client".into());
    }
    let dependencies = format!(
        "progenitor-client = \"={PEER}\"\nreqwest = {{ version = \"0.13\", default-features = false, features = \
         [\"json\", \"stream\", \"query\"] }}\nserde = {{ version = \"1\", features = [\"derive\"] }}\nserde_json = \"1\"\nbytes = \"1\"\n\
         futures-core = \"0.3\"\npercent-encoding = \"2\""
    );
    write(
        place,
        "progenitor",
        &dependencies,
        &fs::read_to_string(output)?,
    )
}

/// The program that calls progenitor's library.
fn generator(place: &Path) -> Result<PathBuf> {
    const MAIN: &str = r#"fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut paths = std::env::args().skip(1);
    let (from, to) = (paths.next().ok_or("no document")?, paths.next().ok_or("no output")?);
    let document = serde_json::from_str(&std::fs::read_to_string(from)?)?;
    let tokens = progenitor::Generator::default().generate_tokens(&document)?;
    std::fs::write(to, prettyplease::unparse(&syn::parse2(tokens)?))?;
    Ok(())
}
"#;
    let folder = place.join("progenitor-generator");
    let dependencies = format!(
        "progenitor = \"={PEER}\"\nprettyplease = \"0.2\"\nserde_json = \"1\"\nsyn = \"2\""
    );
    fs::create_dir_all(folder.join("src"))?;
    write_if_new(
        &folder.join("Cargo.toml"),
        &manifest("progenitor-generator", &dependencies),
    )?;
    write_if_new(&folder.join("src/main.rs"), MAIN)?;
    Ok(folder)
}

fn write(place: &Path, name: &'static str, dependencies: &str, code: &str) -> Result<Package> {
    let folder = place.join(format!("{name}-client"));
    fs::create_dir_all(folder.join("src"))?;
    let manifest = manifest(&format!("{name}-client"), dependencies);
    write_if_new(&folder.join("Cargo.toml"), &manifest)?;
    fs::write(folder.join("src/lib.rs"), code)?;
    Ok(Package {
        name,
        folder,
        lines: code.lines().count(),
    })
}

fn manifest(name: &str, dependencies: &str) -> String {
    format!(
        "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n{dependencies}\n"
    )
}

fn write_if_new(path: &Path, content: &str) -> Result<()> {
    if fs::read(path).is_ok_and(|old| old == content.as_bytes()) {
        return Ok(());
    }
    Ok(fs::write(path, content)?)
}
