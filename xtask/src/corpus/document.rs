//! A document of the folder and what became of it.

use std::any::Any;
use std::error::Error;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

#[derive(Debug)]
pub(super) struct Document {
    /// The file's name; of a template with several APIs also the logical id of one.
    pub(super) name: String,
    pub(super) path: PathBuf,
    /// The logical id, of a template with several APIs.
    pub(super) resource: Option<String>,
    pub(super) verdict: Verdict,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Generated(Client),
    /// The generator's message.
    Refused(String),
    /// The panic's message.
    Panicked(String),
    /// The compiler's first error in the generated code.
    Broken(String),
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Client {
    pub(super) code: String,
    pub(super) operations: usize,
    /// How much of the document is not in the client as it stands there, such as `1 left out, 2 repaired`.
    pub(super) counts: String,
    /// Where its operations demand other credentials than the oracle reads in the document.
    pub(super) differences: Vec<String>,
    /// The code that calls its operations, if that was asked for.
    pub(super) calls: Option<String>,
}

/// Generates a client for each document of `folder`, in order of their names.
pub(super) fn read(folder: &Path) -> Result<Vec<Document>, Box<dyn Error>> {
    let mut paths = Vec::new();
    for entry in
        std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?
    {
        paths.push(entry?.path());
    }
    paths.retain(|path| is_document(path));
    paths.sort();
    if paths.is_empty() {
        return Err(format!("{}: no .json, .yaml or .yml file is here", folder.display()).into());
    }
    Ok(paths.iter().flat_map(|path| documents(path)).collect())
}

fn is_document(path: &Path) -> bool {
    path.extension().is_some_and(|extension| {
        ["json", "yaml", "yml"]
            .iter()
            .any(|known| extension == *known)
    })
}

/// The document of a file, or those of all APIs of a template.
fn documents(path: &Path) -> Vec<Document> {
    let name = file_name(path);
    let apis = std::fs::read(path).ok();
    let apis = apis.and_then(|bytes| gatewright_document::template_apis(&name, &bytes).ok());
    match apis.unwrap_or_default().as_slice() {
        [] | [_] => vec![document(path, name, None)],
        several => {
            let several = several.iter();
            several
                .map(|id| document(path, format!("{name} {id}"), Some(id.as_str())))
                .collect()
        }
    }
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

fn document(path: &Path, name: String, resource: Option<&str>) -> Document {
    let verdict = verdict(|| generate(path, resource));
    Document {
        name,
        path: path.to_owned(),
        resource: resource.map(str::to_owned),
        verdict,
    }
}

fn generate(path: &Path, resource: Option<&str>) -> Result<Client, String> {
    let builder = gatewright_build::configure();
    let builder = resource.map_or(builder.clone(), |id| builder.resource(id));
    let generated = builder.generate(path);
    let generated = generated.map_err(|error| error.to_string())?;
    let report = generated.report().to_string();
    let head = report.lines().next().unwrap_or_default();
    let (_, counts) = head.rsplit_once("; ").unwrap_or_default();
    Ok(Client {
        counts: counts.to_owned(),
        code: generated.code,
        operations: generated.operations,
        differences: differences(path)?,
        calls: None,
    })
}

fn differences(path: &Path) -> Result<Vec<String>, String> {
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    let name = file_name(path);
    let apis = gatewright_document::template_apis(&name, &bytes);
    let mut files = gatewright_document::Folder::of(path);
    // The oracle reads documents in one file and no templates; the judge still calls what the others demand.
    let read = gatewright_document::ReadOptions::new().read_with(&name, &bytes, &mut files);
    let is_in_files = read.is_ok() && !files.asked().is_empty();
    if is_in_files || apis.is_ok_and(|apis| !apis.is_empty()) {
        return Ok(Vec::new());
    }
    let api = gatewright_build::__model(&name, &bytes).map_err(|error| error.to_string())?;
    corpus_oracle::differences(&bytes, &api)
}

/// A panic is a fault of the generator and is counted, so that the other documents are still seen.
fn verdict(generate: impl FnOnce() -> Result<Client, String>) -> Verdict {
    match catch_unwind(AssertUnwindSafe(generate)) {
        Ok(Ok(client)) => Verdict::Generated(client),
        Ok(Err(message)) => Verdict::Refused(message),
        Err(payload) => Verdict::Panicked(panic_message(payload.as_ref())),
    }
}

fn panic_message(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(ToString::to_string);
    text.or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_of_the_generator_is_a_verdict() {
        let caught = verdict(|| panic!("no such {}", "thing"));
        assert_eq!(caught, Verdict::Panicked("no such thing".to_owned()));
        assert_eq!(
            verdict(|| panic!("plain")),
            Verdict::Panicked("plain".to_owned())
        );
    }

    #[test]
    fn a_client_of_another_document_differs() {
        let document = |security: &str| {
            format!(
                r#"{{"openapi": "3.0.1", "info": {{"title": "t", "version": "1"}}, "paths": {{"/a": {{"get":
                {{"responses": {{}}, "security": {security}}}}}}}}}"#
            )
        };
        let signed = document(r#"[{"sigv4": []}]"#);
        let api = gatewright_build::__model("t.json", signed.as_bytes()).unwrap();
        let differences = |of: &str| corpus_oracle::differences(of.as_bytes(), &api).unwrap();
        assert_eq!(differences(&signed), [""; 0]);
        assert_eq!(
            differences(&document("[]")),
            ["GET /a: signature instead of nothing"]
        );
    }

    #[test]
    fn a_folder_that_is_missing_or_holds_no_document_is_an_error() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        for folder in ["no-such-folder", "src"] {
            let error = read(&here.join(folder)).unwrap_err();
            assert!(error.to_string().contains(folder), "{error}");
        }
    }
}
