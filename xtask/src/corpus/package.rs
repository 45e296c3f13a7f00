//! One crate of all generated clients, and of the calls of their operations.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::compiler;
use super::document::{Client, Document, Verdict};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// A crate below our target folder: a library of clients, or a program that calls them.
pub(super) struct Package {
    root: PathBuf,
    folder: PathBuf,
    calls: bool,
}

impl Package {
    pub(super) fn new(root: &Path, calls: bool) -> Self {
        Self {
            root: root.to_owned(),
            folder: root.join("target/corpus"),
            calls,
        }
    }

    /// Writes the crate anew, with what was generated and not found to be broken.
    pub(super) fn write(&self, documents: &[Document]) -> Result<()> {
        if self.folder.exists() {
            fs::remove_dir_all(&self.folder)?;
        }
        fs::create_dir_all(self.folder.join("src/calls"))?;
        fs::write(self.folder.join("Cargo.toml"), self.manifest())?;
        fs::copy(self.root.join("Cargo.lock"), self.folder.join("Cargo.lock"))?;
        let generated: Vec<_> = documents.iter().filter_map(generated).collect();
        for (document, client) in &generated {
            let module = module_name(&document.name);
            self.source(&format!("{module}.rs"), &client.code)?;
            if let Some(calls) = &client.calls {
                self.source(&format!("calls/{module}.rs"), calls)?;
            }
        }
        let documents = generated.iter().map(|(document, _)| *document);
        if self.calls {
            self.source("main.rs", &program(documents))
        } else {
            self.source("lib.rs", &(NO_WARNINGS.to_owned() + &modules(documents)))
        }
    }

    fn source(&self, file: &str, code: &str) -> Result<()> {
        Ok(fs::write(self.folder.join("src").join(file), code)?)
    }

    /// Its own workspace, so that it is no part of ours; with our profile, so that what we built is used again.
    fn manifest(&self) -> String {
        let path = |name: &str| self.root.join(name).display().to_string();
        let mut manifest = format!(
            "[package]\nname = \"corpus\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
             [profile.dev]\ndebug = 1\n\n[dependencies]\ngatewright = {{ path = {:?} }}\n",
            path("crates/gatewright")
        );
        if self.calls {
            let judge = path("xtask/judge");
            manifest += &format!("corpus-judge = {{ path = {judge:?} }}\nhttp = \"1\"\n");
        }
        manifest
    }

    /// The first error of each module that does not compile.
    pub(super) fn compile(&self) -> Result<BTreeMap<String, String>> {
        let output = crate::cargo()
            .args([if self.calls { "build" } else { "check" }, "--quiet"])
            .args(["--message-format", "json"])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", self.root.join("target"))
            .output()?;
        Ok(compiler::judgement(&output)?)
    }

    /// Runs the program, which prints its own table; whether every call ended as it has to.
    pub(super) fn run(&self) -> Result<bool> {
        let program = format!("target/debug/corpus{}", std::env::consts::EXE_SUFFIX);
        let status = Command::new(self.root.join(program)).status()?;
        Ok(status.success())
    }
}

/// Generated code disturbs nobody: a warning is an error.
const NO_WARNINGS: &str = "#![deny(warnings)]\n";

fn generated(document: &Document) -> Option<(&Document, &Client)> {
    match &document.verdict {
        Verdict::Generated(client) => Some((document, client)),
        _ => None,
    }
}

fn modules<'a>(documents: impl Iterator<Item = &'a Document>) -> String {
    let names = documents.map(|document| module_name(&document.name));
    names.map(|module| format!("pub mod {module};\n")).collect()
}

/// The program that makes all calls.
fn program<'a>(documents: impl Iterator<Item = &'a Document> + Clone) -> String {
    let (modules, indented) = (modules(documents.clone()), modules(documents.clone()));
    let calls = documents.map(|document| {
        let (module, file) = (module_name(&document.name), &document.path);
        let file = match &document.resource {
            Some(id) => format!("{}#{id}", file.display()),
            None => file.display().to_string(),
        };
        format!("corpus_judge::Calls {{ file: {file:?}, calls: calls::{module}::CALLS }},\n")
    });
    let calls: String = calls.collect();
    format!(
        "{NO_WARNINGS}{modules}pub mod calls {{\n{indented}}}\n\nfn main() -> std::process::ExitCode {{\ncorpus_judge::run(&[\n{calls}])\n}}\n"
    )
}

/// A file name as the name of a module: `d_` and what of it a name may hold.
pub(super) fn module_name(document: &str) -> String {
    let words = document.split(|c: char| !c.is_ascii_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    let words: Vec<_> = words.map(str::to_ascii_lowercase).collect();
    format!("d_{}", words.join("_"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_name_makes_a_module_name() {
        assert_eq!(
            module_name("016-Pet store.v1.json"),
            "d_016_pet_store_v1_json"
        );
        // Two underscores are no snake case.
        assert_eq!(module_name("ogen-_testdata.yml"), "d_ogen_testdata_yml");
    }
}
