//! The generators to compare with. They are built from the registry when they are asked for, and are no dependency of the
//! workspace.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::package::{self, Client, Package, Result};
use super::program;

/// The version that the bars were set with.
const PROGENITOR: &str = "0.15.1";

/// The client that progenitor generates of the same document.
pub(super) fn progenitor(place: &Path, document: &Path) -> Result<Client> {
    let generator = generator(place)?;
    let output = place.join("progenitor.rs");
    let mut command = crate::cargo();
    command
        .args(["run", "--quiet", "--"])
        .args([document, &output]);
    run(
        command.current_dir(&generator),
        "progenitor did not generate a client",
    )?;
    let dependencies = format!(
        "progenitor-client = \"={PROGENITOR}\"\nreqwest = {{ version = \"0.13\", default-features = false, features = \
         [\"json\", \"stream\", \"query\"] }}\nserde = {{ version = \"1\", features = [\"derive\"] }}\nserde_json = \"1\"\nbytes = \"1\"\n\
         futures-core = \"0.3\"\npercent-encoding = \"2\""
    );
    package::write(
        place,
        "progenitor",
        &dependencies,
        &fs::read_to_string(output)?,
        &program::PROGENITOR,
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
        "progenitor = \"={PROGENITOR}\"\nprettyplease = \"0.2\"\nserde_json = \"1\"\nsyn = \"2\""
    );
    fs::create_dir_all(folder.join("src"))?;
    package::write_if_new(
        &folder.join("Cargo.toml"),
        &package::manifest("progenitor-generator", &dependencies),
    )?;
    package::write_if_new(&folder.join("src/main.rs"), MAIN)?;
    Ok(folder)
}

/// The version that the bars were set with.
const OAS3_GEN: &str = "0.29.0";

/// The client that oas3-gen generates of the same document: a library of its own. The generator is a program without a
/// library, so it is installed below `place` if it is not there.
pub(super) fn oas3_gen(place: &Path, document: &Path) -> Result<Client> {
    let folder = place.join("oas3-gen-client");
    let mut command = Command::new(oas3_gen_program(place)?);
    command.args(["generate", "client-mod", "--workspace"]);
    command
        .arg("--input")
        .arg(document)
        .arg("--output")
        .arg(&folder);
    run(
        command.stdout(Stdio::null()),
        "oas3-gen did not generate a client",
    )?;
    let manifest = folder.join("Cargo.toml");
    let own = fs::read_to_string(&manifest)?;
    fs::write(manifest, own + "\n[workspace]\n")?;
    Ok(Client {
        name: "oas3-gen",
        lines: lines(&folder.join("src"))?,
        library: Package {
            name: "oas3-gen",
            folder,
            source: "src/lib.rs",
        },
        program: None,
    })
}

fn oas3_gen_program(place: &Path) -> Result<PathBuf> {
    let root = place.join("oas3-gen");
    let program = root.join("bin/oas3-gen");
    if !program.exists() {
        let mut install = crate::cargo();
        install.args([
            "install",
            "--quiet",
            "--locked",
            "oas3-gen",
            "--version",
            OAS3_GEN,
        ]);
        run(
            install.arg("--root").arg(&root),
            "oas3-gen cannot be installed",
        )?;
    }
    Ok(program)
}

fn lines(folder: &Path) -> Result<usize> {
    let mut lines = 0;
    for file in fs::read_dir(folder)? {
        lines += fs::read_to_string(file?.path())?.lines().count();
    }
    Ok(lines)
}

fn run(command: &mut Command, failure: &str) -> Result<()> {
    if command.status()?.success() {
        Ok(())
    } else {
        Err(failure.into())
    }
}
