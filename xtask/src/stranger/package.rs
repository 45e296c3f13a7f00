//! The newcomer's crate on disk.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use super::readme::File;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// As a newcomer writes it: without the patch.
const VERSION: &str = concat!(
    env!("CARGO_PKG_VERSION_MAJOR"),
    ".",
    env!("CARGO_PKG_VERSION_MINOR")
);

pub(super) struct Package {
    root: PathBuf,
    folder: PathBuf,
}

/// What a run came to.
pub(super) struct Ran {
    pub(super) success: bool,
    pub(super) stdout: String,
    pub(super) stderr: String,
}

impl Package {
    /// The crate without its code: the export, and our lock file, so that no dependency is fetched or built anew.
    pub(super) fn create(root: &Path) -> Result<Self> {
        let folder = root.join("target/stranger");
        fs::create_dir_all(folder.join("src"))?;
        fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
        let export = root.join("examples/quickstart/bookshop.json");
        fs::copy(export, folder.join("bookshop.json"))?;
        Ok(Self {
            root: root.to_owned(),
            folder,
        })
    }

    pub(super) fn write(&self, files: &[File]) -> Result<()> {
        for file in files {
            let content = match file.name {
                "Cargo.toml" => manifest(&self.root, &file.content)?,
                _ => file.content.clone(),
            };
            fs::write(self.folder.join(file.name), content)?;
        }
        Ok(())
    }

    /// Builds the crate and runs it against the API at `url`.
    pub(super) fn run(&self, url: &str) -> Result<Ran> {
        let output = crate::cargo()
            .args(["run", "--quiet"])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", self.root.join("target"))
            .env("BOOKSHOP_URL", url)
            .output()?;
        Ok(Ran {
            success: output.status.success(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        })
    }
}

/// Its own workspace, so that it is no part of ours; with our profile, so that what we built is used again.
fn manifest(root: &Path, dependencies: &str) -> std::result::Result<String, String> {
    let mut manifest = "[package]\nname = \"stranger\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
                        [profile.dev]\ndebug = 1\n\n"
        .to_owned();
    manifest += dependencies;
    for name in ["gatewright", "gatewright-build"] {
        manifest = by_path(root, name, &manifest)?;
    }
    Ok(manifest)
}

/// Takes the crate `name` from our folder. The version that the README shows must be ours.
fn by_path(root: &Path, name: &str, manifest: &str) -> std::result::Result<String, String> {
    let shown = format!("{name} = \"{VERSION}\"\n");
    if !manifest.contains(&shown) {
        let shown = shown.trim_end();
        return Err(format!("README.md: `Cargo.toml` does not show `{shown}`"));
    }
    let path = root.join("crates").join(name).display().to_string();
    Ok(manifest.replace(&shown, &format!("{name} = {{ path = {path:?} }}\n")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(version: &str) -> std::result::Result<String, String> {
        let dependencies = format!(
            "[dependencies]\ngatewright = \"{version}\"\n\n[build-dependencies]\ngatewright-build = \"{version}\"\n"
        );
        manifest(Path::new("/w"), &dependencies)
    }

    #[test]
    fn versions_become_paths() {
        let manifest = made(VERSION).unwrap();
        let dependencies = "[dependencies]\ngatewright = { path = \"/w/crates/gatewright\" }\n\n\
                            [build-dependencies]\ngatewright-build = { path = \"/w/crates/gatewright-build\" }\n";
        assert!(manifest.starts_with("[package]\n"), "{manifest}");
        assert!(manifest.ends_with(dependencies), "{manifest}");
    }

    #[test]
    fn a_version_that_is_not_ours_is_an_error() {
        let error = made("0.0").unwrap_err();
        let expected =
            format!("README.md: `Cargo.toml` does not show `gatewright = \"{VERSION}\"`");
        assert_eq!(error, expected);
    }
}
