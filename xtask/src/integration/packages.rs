//! The packages of the peers, installed once for each version of the files that pin them.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Result, output, sources};

/// ministack, as a folder for `PYTHONPATH`.
pub(super) fn ministack(root: &Path) -> Result<PathBuf> {
    let pins = sources(root).join("requirements.txt");
    find_or_install(root, "ministack", &[&pins], |folder| {
        let mut pip = Command::new("python3");
        pip.args(["-m", "pip", "install", "--quiet"])
            .args(["--disable-pip-version-check", "--only-binary", ":all:"])
            .args(["--require-hashes", "--no-deps", "--target"])
            .arg(folder)
            .arg("--requirement")
            .arg(&pins);
        output(&mut pip).map(drop)
    })
}

/// The OpenID Connect provider, as a folder with its `node_modules` and our script that starts it.
pub(super) fn provider(root: &Path) -> Result<PathBuf> {
    let names = ["package.json", "package-lock.json", "provider.mjs"];
    let files = names.map(|name| sources(root).join(name));
    find_or_install(root, "oidc-provider", &files.each_ref(), |folder| {
        for (file, name) in files.iter().zip(names) {
            fs::copy(file, folder.join(name))?;
        }
        let mut npm = Command::new("npm");
        npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .current_dir(folder);
        output(&mut npm).map(drop)
    })
}

/// The folder that `install` filled from these files, now or before. Another process may install at the same time: each
/// into a folder of its own, which gets its name, and with it becomes the one that counts, when it is complete.
pub(super) fn find_or_install(
    root: &Path,
    name: &str,
    files: &[&PathBuf],
    install: impl FnOnce(&Path) -> Result<()>,
) -> Result<PathBuf> {
    let folder = root
        .join("target/peers")
        .join(format!("{name}-{:016x}", hash(files)?));
    if folder.is_dir() {
        return Ok(folder);
    }
    println!("installing {name}");
    let unfinished = folder.with_extension(std::process::id().to_string());
    fs::create_dir_all(&unfinished)?;
    if let Err(error) = install(&unfinished) {
        fs::remove_dir_all(&unfinished)?;
        return Err(error);
    }
    match fs::rename(&unfinished, &folder) {
        Err(_) if folder.is_dir() => fs::remove_dir_all(&unfinished)?,
        renamed => renamed?,
    }
    Ok(folder)
}

fn hash(files: &[&PathBuf]) -> Result<u64> {
    let mut hasher = DefaultHasher::new();
    for file in files {
        fs::read(file)?.hash(&mut hasher);
    }
    Ok(hasher.finish())
}
