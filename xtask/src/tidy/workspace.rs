//! Reads what is checked: the packages from `cargo metadata`, and the files.

use std::error::Error;
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::source::{Source, Text, mark_tests};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

#[derive(Debug)]
pub(super) struct Workspace {
    pub(super) packages: Vec<Package>,
    pub(super) sources: Vec<Source>,
    /// All text files, the Rust ones too.
    pub(super) texts: Vec<Text>,
}

/// A crate of the workspace.
#[derive(Debug)]
pub(super) struct Package {
    pub(super) name: String,
    pub(super) manifest: Text,
    pub(super) dependencies: Vec<Dependency>,
}

#[derive(Debug)]
pub(super) struct Dependency {
    pub(super) name: String,
    pub(super) is_dev: bool,
    pub(super) is_optional: bool,
}

impl Workspace {
    pub(super) fn read(root: &Path) -> Result<Self> {
        let mut texts = Vec::new();
        collect(root, root, &mut texts)?;
        let rust = texts.iter().filter(|text| text.file.ends_with(".rs"));
        let mut sources: Vec<Source> = rust
            .map(|text| Source::new(&text.file, &text.content))
            .collect();
        mark_tests(&mut sources);
        let packages = packages(root, &metadata(root)?)?;
        Ok(Self {
            packages,
            sources,
            texts,
        })
    }
}

fn metadata(root: &Path) -> Result<Value> {
    let output = crate::cargo()
        .args(["metadata", "--format-version", "1", "--no-deps"])
        .current_dir(root)
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

fn packages(root: &Path, metadata: &Value) -> Result<Vec<Package>> {
    list(metadata, "packages")
        .iter()
        .map(|package| self::package(root, package))
        .collect()
}

fn package(root: &Path, package: &Value) -> Result<Package> {
    let path = Path::new(string(package, "manifest_path"));
    Ok(Package {
        name: string(package, "name").to_owned(),
        manifest: Text {
            file: relative(root, path),
            content: fs::read_to_string(path)?,
        },
        dependencies: list(package, "dependencies")
            .iter()
            .map(dependency)
            .collect(),
    })
}

fn dependency(dependency: &Value) -> Dependency {
    Dependency {
        name: string(dependency, "name").to_owned(),
        is_dev: string(dependency, "kind") == "dev",
        is_optional: dependency["optional"] == Value::Bool(true),
    }
}

/// The string member `key`; cargo writes `null` for a normal dependency's kind.
fn string<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// Reads the Rust, TOML and Markdown files of a folder and of those in it, in order of their names.
fn collect(root: &Path, folder: &Path, texts: &mut Vec<Text>) -> Result<()> {
    let mut entries = fs::read_dir(folder)?.collect::<std::result::Result<Vec<_>, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for path in entries.iter().map(fs::DirEntry::path) {
        if path.is_dir() && !is_skipped(&path) {
            collect(root, &path, texts)?;
        } else if path
            .extension()
            .is_some_and(|extension| ["rs", "toml", "md"].iter().any(|known| extension == *known))
        {
            let content = fs::read_to_string(&path)?;
            let file = relative(root, &path);
            texts.push(Text { file, content });
        }
    }
    Ok(())
}

fn is_skipped(folder: &Path) -> bool {
    folder
        .file_name()
        .is_some_and(|name| name == "target" || name == ".git")
}

fn relative(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    path.to_string_lossy().replace('\\', "/")
}
