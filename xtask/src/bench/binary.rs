//! `binary`: how large a program is that makes one signed call, stripped, as Cargo builds it and as small as it gets.

use std::error::Error;
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::program::{self, Program};
use super::{Passed, within};

/// The profile, its name in a report, and the most megabytes (10⁶ bytes) of our program.
const PROFILES: [(&str, &str, f64); 2] = [("release", "release", 4.0), ("small", "z, LTO", 2.2)];

const SETTINGS: &str = r#"
[profile.release]
strip = true

[profile.small]
inherits = "release"
opt-level = "z"
lto = true
codegen-units = 1
panic = "abort"
"#;

pub(super) fn run(root: &Path) -> Passed {
    println!("binary: a program with one signed call over TLS (ring), stripped; MB");
    let place = root.join("target/bench-binary");
    let mut passed = true;
    for (profile, title, most) in PROFILES {
        let size = |program: &Program| size(root, &place, program, profile);
        let ours = size(&program::gatewright(root, "gatewright", ""))?;
        let peer = size(&program::reqwest(true))?;
        println!("  {title:<8} reqwest + aws-sigv4 {peer:.2}");
        if let Some(features) = without_http2(root)? {
            let lean = size(&program::gatewright(root, "gatewright-http1", &features))?;
            println!("  {title:<8} gatewright without http2 {lean:.2}");
        }
        passed &= within(&format!("{title:<8} gatewright"), ours, most);
    }
    Ok(passed)
}

/// In megabytes.
fn size(
    root: &Path,
    place: &Path,
    program: &Program,
    profile: &str,
) -> Result<f64, Box<dyn Error>> {
    let program = Program {
        dependencies: format!("{}{SETTINGS}", program.dependencies),
        ..program.clone()
    };
    let package = program.write(root, place)?;
    let target = place.join("target");
    let built = crate::cargo()
        .args(["build", "--quiet", "--profile", profile])
        .env("CARGO_TARGET_DIR", &target)
        .current_dir(&package.folder)
        .status()?;
    if !built.success() {
        return Err(format!("the program of {} does not compile", package.name).into());
    }
    let file = target.join(profile).join(format!("{}-call", package.name));
    Ok(fs::metadata(file)?.len() as f64 / 1e6)
}

/// What a manifest says to have gatewright's default features but HTTP/2; nothing if that is not one of them.
fn without_http2(root: &Path) -> Result<Option<String>, Box<dyn Error>> {
    let output = crate::cargo()
        .args(["metadata", "--format-version", "1", "--no-deps"])
        .current_dir(root.join("crates/gatewright"))
        .output()?;
    let metadata: Value = serde_json::from_slice(&output.stdout)?;
    let packages = metadata["packages"].as_array().ok_or("no packages")?;
    let ours = packages
        .iter()
        .find(|package| package["name"] == "gatewright");
    let default = &ours.ok_or("no package `gatewright`")?["features"]["default"];
    let default = default.as_array().ok_or("no default features")?;
    let rest: Vec<&Value> = default
        .iter()
        .filter(|feature| **feature != "http2")
        .collect();
    let is_there = rest.len() < default.len();
    Ok(is_there.then(|| {
        format!(
            ", default-features = false, features = {}",
            Value::from_iter(rest.into_iter().cloned())
        )
    }))
}
