//! What a user gets for bad input: one clear error with the place, and nothing written.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

use std::fs;
use std::path::{Path, PathBuf};

use gatewright_build::configure;

/// A folder of its own for each test, below the one that Cargo gives to tests.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path
}

/// The error of a document, with the check that nothing was written.
fn refused(test: &str, name: &str, document: &str) -> String {
    let folder = folder(test);
    let out = folder.join("out");
    fs::create_dir_all(&out).unwrap();
    let document = write(&folder, name, document);
    let error = configure()
        .out_dir(&out)
        .compile(document)
        .unwrap_err()
        .to_string();
    assert_eq!(
        fs::read_dir(out).unwrap().count(),
        0,
        "something was written"
    );
    error
}

#[track_caller]
fn assert_has(error: &str, parts: &[&str]) {
    for part in parts {
        assert!(error.contains(part), "`{part}` is missing in: {error}");
    }
}

#[test]
fn a_missing_file_is_named() {
    let error = configure()
        .out_dir(".")
        .compile("no/such/export.json")
        .unwrap_err();
    assert_has(&error.to_string(), &["cannot read", "no/such/export.json"]);
}

#[test]
fn broken_json_has_line_and_column() {
    let error = refused(
        "broken-json",
        "broken.json",
        "{\n  \"openapi\": \"3.0.1\",\n  oops\n}",
    );
    assert_has(&error, &["broken.json", "3"]);
}

#[test]
fn broken_yaml_has_line_and_column() {
    let error = refused(
        "broken-yaml",
        "broken.yaml",
        "openapi: 3.0.1\ninfo: [unclosed\npaths: {}\n",
    );
    assert_has(&error, &["broken.yaml"]);
    assert!(error.chars().any(|c| c.is_ascii_digit()), "{error}");
}

#[test]
fn other_versions_are_refused_by_name() {
    let error = refused(
        "v4",
        "api.json",
        r#"{"openapi": "4.0.0", "info": {"title": "t", "version": "1"}, "paths": {}}"#,
    );
    assert_has(&error, &["api.json#/openapi", "4.0"]);
    let error = refused(
        "v12",
        "api.json",
        r#"{"swagger": "1.2", "info": {"title": "t", "version": "1"}, "paths": {}}"#,
    );
    assert_has(&error, &["api.json#/swagger", "1.2", "--export-type oas30"]);
}

#[test]
fn a_faulty_path_names_its_operation() {
    let error = refused(
        "path",
        "api.json",
        r#"{"openapi": "3.0.1", "info": {"title": "t", "version": "1"}, "paths":
            {"/a/{b/c": {"get": {"responses": {"200": {"description": "ok"}}}}}}"#,
    );
    assert_has(&error, &["api.json#/paths/~1a~1{b~1c"]);
}

#[test]
fn all_problems_of_a_document_are_told_at_once() {
    let parameters = r##"[{"$ref": "#/components/parameters/Nope"}]"##;
    let operation = format!(
        r#"{{"parameters": {parameters}, "responses": {{"200": {{"description": "ok"}}}}}}"#
    );
    let error = refused(
        "several",
        "api.json",
        &format!(
            r#"{{"openapi": "3.0.1", "info": {{"title": "t", "version": "1"}},
                "paths": {{"/a": {{"get": {operation}, "post": {operation}}}}}}}"#
        ),
    );
    assert_has(
        &error,
        &[
            "#/paths/~1a/get/parameters/0",
            "#/paths/~1a/post/parameters/0",
        ],
    );
}

const DOCUMENT: &str = r#"{"openapi": "3.0.1", "info": {"title": "t", "version": "1"}, "paths":
    {"/a": {"get": {"responses": {"200": {"description": "ok"}}}}}}"#;

fn refused_config(test: &str, config: &str, api: Option<&str>) -> String {
    let folder = folder(test);
    let document = write(&folder, "api.json", DOCUMENT);
    let config = write(&folder, "amplifyconfiguration.json", config);
    let mut builder = configure().config(config).out_dir(&folder);
    if let Some(api) = api {
        builder = builder.api(api);
    }
    let error = builder.compile(document).unwrap_err().to_string();
    assert!(!folder.join("api.rs").exists());
    error
}

#[test]
fn a_configured_api_without_an_endpoint_is_placed() {
    let error = refused_config(
        "no-endpoint",
        r#"{"api": {"plugins": {"awsAPIPlugin": {"pets": {"endpointType": "REST", "authorizationType": "NONE"}}}}}"#,
        None,
    );
    assert_has(
        &error,
        &[
            "amplifyconfiguration.json#/api/plugins/awsAPIPlugin/pets",
            "endpoint",
        ],
    );
}

#[test]
fn an_unknown_api_name_gets_a_suggestion() {
    let error = refused_config(
        "unknown-api",
        r#"{"api": {"plugins": {"awsAPIPlugin": {"pets": {"endpointType": "REST",
            "endpoint": "https://pets.example.com/v1", "authorizationType": "NONE"}}}}}"#,
        Some("pest"),
    );
    assert_has(&error, &["amplifyconfiguration.json", "`pest`", "pets"]);
}

#[test]
fn a_misspelt_authorization_type_gets_a_suggestion_and_no_secret() {
    let error = refused_config(
        "misspelt",
        r#"{"api": {"plugins": {"awsAPIPlugin": {"pets": {"endpointType": "REST", "apiKey": "hunter2-hunter2-hunter2",
            "endpoint": "https://pets.example.com/v1", "authorizationType": "API_KYE"}}}}}"#,
        None,
    );
    assert_has(&error, &["authorizationType", "API_KEY"]);
    assert!(!error.contains("hunter2"), "{error}");
}

#[test]
fn a_secret_of_the_configuration_never_reaches_the_code() {
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures");
    let generated = configure()
        .config(format!("{fixtures}/amplifyconfiguration.json"))
        .api("keyed")
        .generate(format!("{fixtures}/menagerie.json"))
        .unwrap();
    assert!(
        generated.code.contains("Auth::API_KEY"),
        "the mode of the configuration is used"
    );
    assert!(!generated.code.contains("EXAMPLE-key"), "the key is not");
}

#[test]
fn what_is_left_out_is_told() {
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures");
    let generated = configure()
        .generate(format!("{fixtures}/menagerie.json"))
        .unwrap();
    let notes: Vec<_> = generated.notes.iter().map(ToString::to_string).collect();
    assert_eq!(
        notes,
        [
            "#/paths/~1animals/options: left out: the preflight of a browser (CORS)",
            "#/paths/~1animals~1{animalId}/options: left out: the preflight of a browser (CORS)",
            "#/paths/~1animals/options: pages of * may send POST, GET, OPTIONS, with Content-Type, X-Amz-Date, Authorization, X-Api-Key",
            "#/paths/~1animals~1{animalId}/options: pages of * may send GET, DELETE, OPTIONS, with Content-Type, X-Amz-Date, Authorization, X-Api-Key",
        ]
    );
    assert!(
        !generated.code.contains("NobodyUsesThis"),
        "types that nothing uses are left out"
    );
}

#[test]
fn text_of_a_document_is_never_a_doctest() {
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures");
    let code = configure()
        .generate(format!("{fixtures}/menagerie.json"))
        .unwrap()
        .code;
    let docs: Vec<_> = code
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("///"))
        .collect();
    assert!(docs.iter().any(|line| line.contains("never a doctest")));
    // Each fence that opens says that it holds text; the next one closes it.
    let fences = docs.iter().map(|line| line.trim_start());
    let fences: Vec<_> = fences.filter(|line| line.starts_with("```")).collect();
    assert!(
        fences.chunks(2).all(|pair| pair == ["```text", "```"]),
        "{fences:?}"
    );
}
