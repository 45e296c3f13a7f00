//! Files that are no document, or one hidden among bytes that mean nothing.

use gatewright_document::{Document, Error};

const DOCUMENT: &str =
    r#"{"openapi": "3.0.1", "info": {"title": "t", "version": "1"}, "paths": {}}"#;

fn read(name: &str, bytes: &[u8]) -> Result<Document, Error> {
    Document::from_slice(name, bytes)
}

#[test]
fn a_byte_order_mark_and_crlf_change_nothing() {
    let lines = "openapi: 3.0.1\ninfo:\n  title: t\n  version: '1'\n  description: |\n    a\n    b\npaths: {}\n";
    let windows = format!("\u{feff}{}", lines.replace('\n', "\r\n"));
    let document = read("a.yaml", windows.as_bytes()).unwrap();
    assert_eq!(document.description.as_deref(), Some("a\nb\n"));
    assert!(document.repairs.is_empty(), "{:?}", document.repairs);
    assert!(read("a.json", format!("\u{feff}\r\n{DOCUMENT}").as_bytes()).is_ok());
}

#[test]
fn padding_is_read_over_up_to_a_limit() {
    let padding = 4 << 20;
    let spaces = " ".repeat(padding);
    for (name, text) in [
        ("a.json", format!("{spaces}{DOCUMENT}{spaces}")),
        (
            "a.json",
            DOCUMENT.replace("\"paths\"", &format!("{spaces}\"paths\"")),
        ),
        ("a.yaml", format!("# {}\n{DOCUMENT}", "x".repeat(padding))),
        ("a.yaml", format!("{}{DOCUMENT}", "\n".repeat(padding))),
    ] {
        assert!(read(name, text.as_bytes()).is_ok(), "{name}");
    }
    let error = read("a.json", &vec![b' '; 100 << 20]).unwrap_err();
    assert!(error.to_string().contains("larger than 64 MiB"), "{error}");
}

#[test]
fn binary_files_are_refused_with_their_place() {
    let zip = b"PK\x03\x04\x14\0\0\0\x08\0\xff\xfe";
    let gzip = b"\x1f\x8b\x08\0\0\0\0\0";
    let utf16 = b"\xff\xfe{\0\"\0";
    for bytes in [
        zip.as_slice(),
        gzip,
        utf16,
        b"\x7fELF\x02\x01\x01\0",
        &[0; 4096],
    ] {
        for name in ["a.json", "a.yaml", "a"] {
            let error = read(name, bytes).unwrap_err();
            let place = error.problems()[0].line_and_column();
            assert!(place.is_some() || bytes[0] == 0, "{name}: {error}");
            assert_eq!(error.to_string().lines().count(), 1, "{error}");
        }
    }
}

#[test]
fn a_document_of_a_million_and_a_half_values_is_the_largest() {
    let values = vec!["0"; 1_600_000].join(",");
    let json = format!("{{\"openapi\":\"3.0.1\",\"paths\":{{}},\"x-a\":[{values}]}}");
    let error = read("a.json", json.as_bytes()).unwrap_err();
    assert!(error.to_string().contains("more values than"), "{error}");
    assert!(error.problems()[0].line_and_column().is_some());
}

#[test]
fn keys_that_stand_twice_are_said() {
    let json = r#"{"openapi": "3.0.1", "paths": {"/a": {"get": {"operationId": "a"}, "get": {"operationId": "b"}}}}"#;
    let document = read("a.json", json.as_bytes()).unwrap();
    assert_eq!(document.operations.len(), 1);
    assert_eq!(document.operations[0].id.as_deref(), Some("b"));
    let repair = &document.repairs[0];
    assert_eq!(repair.pointer.to_string(), "#/paths/~1a/get");
    assert!(repair.message.contains("more than once"), "{repair:?}");
    let yaml =
        "openapi: 3.0.1\npaths:\n  /a:\n    get: {operationId: a}\n    get: {operationId: b}\n";
    let same = read("a.yaml", yaml.as_bytes()).unwrap();
    assert_eq!(same.operations[0].id.as_deref(), Some("b"));
    assert_eq!(same.repairs, document.repairs);
    assert!(same.repairs[0].leaves_out_operations);
}

#[test]
fn aliases_that_multiply_are_refused() {
    let mut text = "openapi: 3.0.1\npaths: &p0 {}\n".to_owned();
    for level in 1..40 {
        text += &format!("x{level}: &p{level} [*p{0}, *p{0}]\n", level - 1);
    }
    let error = read("bomb.yaml", text.as_bytes()).unwrap_err();
    assert!(
        error.problems()[0]
            .message()
            .contains("not YAML that can be read"),
        "{error}"
    );
}
