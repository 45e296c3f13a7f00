//! Every document of this repository: the client demands what an oracle reads in the plain JSON or YAML.

use std::fs;
use std::path::{Path, PathBuf};

use gatewright_codegen::model::Api;
use serde_json::{Value, json};

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// The files below a folder that a document may be in, but for what Cargo writes.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let below = paths.flat_map(|path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let is_document = name.ends_with(".json") || name.ends_with(".yaml");
        match path.is_dir() {
            true if name == "target" || name.starts_with('.') => Vec::new(),
            true => files(&path),
            false if is_document => vec![path],
            false => Vec::new(),
        }
    });
    below.collect()
}

/// The model of a document; none of a file that is none.
fn model(name: &str, bytes: &[u8]) -> Option<Api> {
    gatewright_build::__model(name, bytes).ok()
}

#[test]
fn every_document_of_the_repository_demands_what_the_oracle_reads() {
    let mut documents = 0;
    for path in files(workspace()) {
        let bytes = fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy();
        let Some(api) = model(&name, &bytes) else {
            continue;
        };
        let differences = corpus_oracle::differences(&bytes, &api).unwrap();
        assert!(differences.is_empty(), "{name}: {differences:#?}");
        documents += 1;
    }
    assert!(documents > 20, "only {documents} documents were found");
}

/// Changes the document of `gate.json`, not the client of it, and returns what then differs.
fn differences(pointer: &str, value: Value) -> Vec<String> {
    let bytes = fs::read(workspace().join("tests/fixtures/gate.json")).unwrap();
    let api = model("gate.json", &bytes).unwrap();
    let mut changed: Value = serde_json::from_slice(&bytes).unwrap();
    *changed.pointer_mut(pointer).unwrap() = value;
    corpus_oracle::differences(changed.to_string().as_bytes(), &api).unwrap()
}

#[test]
fn the_oracle_finds_each_change_of_a_document() {
    for (pointer, value, differs) in [
        (
            "/paths/~1keyed/get/security",
            json!([]),
            "GET /keyed: api key instead of nothing",
        ),
        (
            "/paths/~1keyed/get/security",
            json!([{"sigv4": []}]),
            "GET /keyed: api key instead of signature",
        ),
        (
            "/paths/~1both/put/security",
            json!([{"api_key": []}]),
            "PUT /both: api key and signature instead of api key",
        ),
        (
            "/components/securitySchemes/lambda/x-amazon-apigateway-authorizer/identitySource",
            json!("method.request.header.X-Badge"),
            "GET /custom: header x-ticket of lambda instead of header x-badge of lambda",
        ),
        (
            "/components/securitySchemes/customers/name",
            json!("X-Customer"),
            "GET /customer: header authorization of customers instead of header x-customer of customers",
        ),
    ] {
        assert_eq!(differences(pointer, value), [differs], "{pointer}");
    }
    assert!(differences("/paths/~1open/get", json!({"security": []})).is_empty());
}

#[test]
fn the_oracle_finds_an_operation_that_the_document_does_not_have() {
    let found = differences("/paths", json!({}));
    assert!(
        found
            .iter()
            .all(|line| line.ends_with("instead of no such operation")),
        "{found:#?}"
    );
    assert!(!found.is_empty());
}
