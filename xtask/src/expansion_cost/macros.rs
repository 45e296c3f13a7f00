//! The crate of the macro by itself: what it needs, and what that costs to build.

use std::error::Error;
use std::fs;
use std::path::Path;

use crate::compile_cost::{measure, package};

/// All that the macro may need. `unicode-ident` is what proc-macro2 and syn are made with.
const ALLOWED: &[&str] = &[
    "gatewright-codegen",
    "gatewright-macros",
    "proc-macro2",
    "quote",
    "syn",
    "unicode-ident",
];

/// Prints the dependencies and the cost of a clean build; whether there is one too many.
pub(super) fn run(root: &Path, place: &Path) -> Result<bool, Box<dyn Error>> {
    let path = root.join("crates/gatewright-macros").display().to_string();
    let dependencies = format!("gatewright-macros = {{ path = {path:?} }}");
    let package = package::package(place, "macros", "alone", "src/lib.rs", &dependencies)?;
    fs::write(package.folder.join(package.source), "")?;
    fs::copy(root.join("Cargo.lock"), package.folder.join("Cargo.lock"))?;
    let target = package.folder.join("target");
    if target.exists() {
        fs::remove_dir_all(&target)?;
    }
    let cost = measure::cargo(&package, &["check"])?;
    println!(
        "gatewright-macros and all it needs, from nothing: {:.2} s, {:.0} MiB",
        cost.user_seconds, cost.peak_mib
    );
    let needed = needed(&package.folder)?;
    let surplus = needed
        .iter()
        .filter(|name| !ALLOWED.contains(&name.as_str()));
    let surplus: Vec<_> = surplus.map(String::as_str).collect();
    println!("it needs {}", needed.join(", "));
    if !surplus.is_empty() {
        println!("MISSED, it must not need {}", surplus.join(", "));
    }
    Ok(!surplus.is_empty())
}

/// The names of all crates that are built, without the package that asks for them.
fn needed(folder: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let tree = crate::cargo()
        .args([
            "tree",
            "--edges",
            "normal,build",
            "--prefix",
            "none",
            "--format",
            "{lib}",
        ])
        .args(["--no-dedupe", "--quiet"])
        .current_dir(folder)
        .output()?;
    if !tree.status.success() {
        return Err(String::from_utf8_lossy(&tree.stderr).into());
    }
    let names = String::from_utf8(tree.stdout)?;
    let mut names: Vec<_> = names
        .lines()
        .skip(1)
        .map(|name| name.replace('_', "-"))
        .collect();
    names.sort();
    names.dedup();
    Ok(names)
}
