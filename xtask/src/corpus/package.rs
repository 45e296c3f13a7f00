//! One crate of all generated clients, and the compiler's judgement of it.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::document::{Document, Verdict};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Compiles the generated clients and marks those that do not compile. The compiler stops at the first stage that
/// fails, so what fails is taken out and the rest compiled again until nothing does.
pub(super) fn compile(root: &Path, documents: &mut [Document]) -> Result<()> {
    loop {
        let folder = write(root, documents)?;
        let errors = check(root, &folder)?;
        if errors.is_empty() {
            return Ok(());
        }
        for (module, message) in errors {
            let broken = documents
                .iter_mut()
                .find(|document| module_name(&document.name) == module);
            let broken = broken.ok_or_else(|| format!("not in a generated client: {message}"))?;
            broken.verdict = Verdict::Broken(message);
        }
    }
}

fn write(root: &Path, documents: &[Document]) -> Result<PathBuf> {
    let folder = root.join("target/corpus");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(folder.join("src"))?;
    fs::write(folder.join("Cargo.toml"), manifest(root))?;
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
    let mut modules = String::new();
    for document in documents {
        if let Verdict::Generated(client) = &document.verdict {
            let module = module_name(&document.name);
            modules += &format!("pub mod {module};\n");
            fs::write(folder.join(format!("src/{module}.rs")), &client.code)?;
        }
    }
    fs::write(folder.join("src/lib.rs"), modules)?;
    Ok(folder)
}

/// Its own workspace, so that it is no part of ours.
fn manifest(root: &Path) -> String {
    let gatewright = root.join("crates/gatewright");
    format!(
        "[package]\nname = \"corpus\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         gatewright = {{ path = {:?} }}\n",
        gatewright.display().to_string()
    )
}

/// The first error of each module that does not compile.
fn check(root: &Path, folder: &Path) -> Result<BTreeMap<String, String>> {
    let output = crate::cargo()
        .args(["check", "--quiet", "--message-format", "json"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", root.join("target"))
        .output()?;
    let lines = String::from_utf8_lossy(&output.stdout);
    let errors = errors(
        lines
            .lines()
            .filter_map(|line| serde_json::from_str(line).ok()),
    );
    if errors.is_empty() && !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    Ok(errors)
}

/// The first error of each module, from cargo's messages.
fn errors(messages: impl Iterator<Item = Value>) -> BTreeMap<String, String> {
    let mut errors = BTreeMap::new();
    for message in messages.map(|line| line["message"].clone()) {
        if message["level"] == "error"
            && let Some(module) = module_of(&message)
        {
            let text = message["message"].as_str().unwrap_or_default().to_owned();
            errors.entry(module).or_insert(text);
        }
    }
    errors
}

/// The module whose file holds the error. The error that only counts the others is nowhere.
fn module_of(message: &Value) -> Option<String> {
    let spans = message["spans"].as_array()?;
    let primary = spans.iter().find(|span| span["is_primary"] == true)?;
    let file = primary["file_name"].as_str()?;
    Some(
        file.trim_start_matches("src/")
            .trim_end_matches(".rs")
            .to_owned(),
    )
}

/// A file name as the name of a module: `d_` and what of it a name may hold.
fn module_name(document: &str) -> String {
    let letters = document.chars().map(|c| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '_'
        }
    });
    format!("d_{}", letters.collect::<String>())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn error(file: &str, line: usize, text: &str) -> Value {
        let spans = json!([{"is_primary": true, "file_name": file, "line_start": line}]);
        json!({"reason": "compiler-message", "message": {"level": "error", "message": text, "spans": spans}})
    }

    #[test]
    fn the_first_error_of_each_module_is_kept() {
        let lines = [
            json!({"reason": "compiler-artifact"}),
            error("src/d_a_json.rs", 1, "cannot find type `A`"),
            error("src/d_a_json.rs", 2, "cannot find type `B`"),
            error("src/d_b_json.rs", 2, "mismatched types"),
            json!({"message": {"level": "warning", "message": "unused", "spans": [{"is_primary": true, "file_name": "src/d_c.rs"}]}}),
            json!({"message": {"level": "error", "message": "aborting due to 3 errors", "spans": []}}),
        ];
        let errors = errors(lines.into_iter());
        let shown: Vec<_> = errors
            .iter()
            .map(|(module, text)| (module.as_str(), text.as_str()))
            .collect();
        assert_eq!(
            shown,
            [
                ("d_a_json", "cannot find type `A`"),
                ("d_b_json", "mismatched types")
            ]
        );
    }

    #[test]
    fn every_file_name_makes_a_module_name() {
        assert_eq!(
            module_name("016-Pet store.v1.json"),
            "d_016_pet_store_v1_json"
        );
    }
}
