//! What a build script tells Cargo, and what it writes. Each test runs `compile` in a process of its own, with the
//! environment that Cargo gives a build script.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use gatewright_build::configure;
use serde_json::json;

/// The build script: not a test of itself.
#[test]
#[ignore = "the other tests run it"]
fn script() {
    let folder = PathBuf::from(std::env::var_os("SCRIPT_FOLDER").expect("a folder"));
    let mut builder = configure();
    if folder.join("has-config").exists() {
        builder = builder.config(folder.join("amplifyconfiguration.json"));
    }
    let (document, source) = (folder.join("api.json"), folder.join("api.rs"));
    if source.exists() {
        let verified = builder.verify_trait(source, "Api", document);
        return verified.expect("what the document has");
    }
    builder.compile(document).expect("a client");
}

/// A folder of its own for each test, with an empty `out` in it.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("out")).expect("a folder");
    folder
}

/// Runs the build script, as Cargo does or as any other program.
fn run(folder: &Path, as_build_script: bool) -> (bool, String) {
    let mut command = Command::new(std::env::current_exe().expect("this file"));
    command
        .args(["--exact", "script", "--ignored", "--nocapture"])
        .env("SCRIPT_FOLDER", folder)
        .env("OUT_DIR", folder.join("out"))
        .env_remove("CARGO_CFG_TARGET_ARCH");
    if as_build_script {
        command.env("CARGO_CFG_TARGET_ARCH", "x86_64");
    }
    let Output { status, stdout, .. } = command.output().expect("it runs");
    (status.success(), String::from_utf8(stdout).expect("text"))
}

/// What Cargo is told: the values of one of its keys.
fn told<'a>(output: &'a str, key: &str) -> Vec<&'a str> {
    let prefix = format!("cargo::{key}=");
    let lines = output.lines();
    lines
        .filter_map(|line| line.strip_prefix(&prefix))
        .collect()
}

/// A document with so many cookies, which no client sends, and a preflight.
fn document(cookies: usize) -> String {
    let cookie = |number| json!({"name": format!("c{number}"), "in": "cookie", "schema": {"type": "string"}});
    let parameters: Vec<_> = (0..cookies).map(cookie).collect();
    let responses = json!({"200": {"description": "ok"}});
    json!({
        "openapi": "3.0.1", "info": {"title": "t", "version": "1"},
        "paths": {"/a": {"get": {"parameters": parameters, "responses": responses}, "options": {"responses": responses}}},
    })
    .to_string()
}

fn out(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder.join("out")).expect("a folder");
    let names = entries.map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<_> = names
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn cargo_watches_document_and_configuration() {
    let folder = folder("watch");
    fs::write(folder.join("api.json"), document(0)).expect("a file");
    fs::write(folder.join("has-config"), "").expect("a file");
    let config = r#"{"api": {"plugins": {"awsAPIPlugin": {"pets": {"endpointType": "REST", "authorizationType": "NONE",
        "endpoint": "https://pets.example.com/v1"}}}}}"#;
    fs::write(folder.join("amplifyconfiguration.json"), config).expect("a file");
    let (is_done, output) = run(&folder, true);
    assert!(is_done, "{output}");
    let files = ["api.json", "amplifyconfiguration.json"].map(|name| folder.join(name));
    let files = files.each_ref().map(|path| path.to_str().expect("text"));
    assert_eq!(told(&output, "rerun-if-changed"), files);
}

#[test]
fn cargo_watches_the_trait_and_the_document_that_it_is_held_against() {
    let folder = folder("verify");
    fs::write(folder.join("api.json"), document(0)).expect("a file");
    let write = |path: &str| {
        let source = format!(
            "#[rest_endpoint] trait Api {{ #[get(\"{path}\")] async fn a(&self) -> Sent; }}"
        );
        fs::write(folder.join("api.rs"), source).expect("a file");
    };
    write("/a");
    let (is_done, output) = run(&folder, true);
    assert!(is_done, "{output}");
    let files = ["api.rs", "api.json"].map(|name| folder.join(name));
    let files = files.each_ref().map(|path| path.to_str().expect("text"));
    assert_eq!(told(&output, "rerun-if-changed"), files);
    assert_eq!(out(&folder), [""; 0]);

    write("/b");
    let (is_done, output) = run(&folder, true);
    assert!(!is_done);
    assert_eq!(told(&output, "rerun-if-changed"), files);
}

#[test]
fn cargo_watches_for_files_that_are_not_there_yet() {
    let folder = folder("not-there");
    fs::write(folder.join("has-config"), "").expect("a file");
    let (is_done, output) = run(&folder, true);
    assert!(!is_done);
    assert_eq!(told(&output, "rerun-if-changed").len(), 2, "{output}");
    assert_eq!(out(&folder), [""; 0]);
}

#[test]
fn warnings_are_few_and_the_report_has_the_rest() {
    let folder = folder("warnings");
    fs::write(folder.join("api.json"), document(5)).expect("a file");
    let (_, output) = run(&folder, true);
    let warnings = told(&output, "warning");
    assert_eq!(warnings.len(), 4, "{output}");
    assert!(
        warnings[0].contains("api.json#/paths/~1a/get/parameters/0: the cookie `c0`"),
        "{output}"
    );
    let report = folder.join("out/api.report.txt");
    assert!(
        warnings[3].ends_with(&format!(
            "and 2 more notes, all of them in {}",
            report.display()
        )),
        "{output}"
    );
    let report = fs::read_to_string(report).expect("a report");
    for number in 0..5 {
        assert!(
            report.contains(&format!("* the cookie `c{number}`")),
            "{report}"
        );
    }
    assert!(
        report.starts_with("api.json: a client of 1 operation; 6 left out\n"),
        "{report}"
    );
}

#[test]
fn a_preflight_is_in_the_report_and_no_warning() {
    let folder = folder("quiet");
    fs::write(folder.join("api.json"), document(0)).expect("a file");
    let (_, output) = run(&folder, true);
    assert_eq!(told(&output, "warning"), [""; 0]);
    let report = fs::read_to_string(folder.join("out/api.report.txt")).expect("a report");
    assert!(
        report.contains("CORS") && report.contains("#/paths/~1a/options"),
        "{report}"
    );
}

#[test]
fn a_program_that_is_no_build_script_prints_and_reports_nothing() {
    let folder = folder("no-script");
    fs::write(folder.join("api.json"), document(5)).expect("a file");
    let (is_done, output) = run(&folder, false);
    assert!(is_done && !output.contains("cargo::"), "{output}");
    assert_eq!(out(&folder), ["api.rs"]);
}

#[test]
fn a_message_that_is_true_of_several_places_is_one_warning() {
    let folder = folder("counted");
    let cookie = r#"{"parameters": [{"name": "c", "in": "cookie"}], "responses": {}}"#;
    let document = format!(
        r#"{{"openapi": "3.0.1", "info": {{"title": "t", "version": "1"}}, "paths": {{"/a": {{"get": {cookie}, "put": {cookie}, "delete": {cookie}}}}}}}"#
    );
    fs::write(folder.join("api.json"), document).expect("a file");
    let (_, output) = run(&folder, true);
    let warnings = told(&output, "warning");
    assert_eq!(warnings.len(), 1, "{output}");
    assert!(
        warnings[0].contains("#/paths/~1a/get/parameters/0: the cookie `c` is left out"),
        "{output}"
    );
    assert!(warnings[0].ends_with("(3 times)"), "{output}");
}

#[test]
fn two_documents_of_one_name_are_refused() {
    let folder = folder("one-name");
    for sub in ["a", "b"] {
        fs::create_dir_all(folder.join(sub)).expect("a folder");
        fs::write(folder.join(sub).join("api.json"), document(0)).expect("a file");
    }
    let builder = || gatewright_build::configure().out_dir(folder.join("a"));
    let (a, b) = (folder.join("a/api.json"), folder.join("b/api.json"));
    builder().compile(&a).expect("a client");
    builder().compile(&a).expect("the same client");
    let error = builder()
        .compile(&b)
        .expect_err("a client of another document")
        .to_string();
    assert!(error.starts_with(b.to_str().expect("text")), "{error}");
    assert!(
        error.contains("a/api.rs, which this program has written from"),
        "{error}"
    );
    assert!(
        error.contains("give each its own name with `name`"),
        "{error}"
    );
    let other = builder()
        .without_connect()
        .compile(&a)
        .expect_err("another client")
        .to_string();
    assert!(
        other.contains("which this program has written by other choices"),
        "{other}"
    );
    builder()
        .name("other")
        .compile(&b)
        .expect("a client of its own name");
}

#[test]
fn a_file_that_was_never_generated_is_no_file_that_is_outdated() {
    let folder = folder("never");
    fs::write(folder.join("api.json"), document(0)).expect("a file");
    let builder = gatewright_build::configure().out_dir(&folder);
    let error = builder
        .check(folder.join("api.json"))
        .expect_err("no file")
        .to_string();
    assert!(
        error.contains("api.rs: does not exist; generate it with `compile`"),
        "{error}"
    );
}
