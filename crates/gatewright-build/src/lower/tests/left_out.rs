//! Operations that no client can be made of, in documents that have others.

use serde_json::{Value, json};

use super::super::{Choices, Select};
use crate::generate::{Generated, generate};
use crate::{Error, NoteKind};

fn read(paths: &Value, choices: &Choices) -> Result<Generated, Error> {
    let document =
        json!({"openapi": "3.0.1", "info": {"title": "t", "version": "1"}, "paths": paths});
    generate("t.json", document.to_string().as_bytes(), None, choices)
}

fn get() -> Value {
    json!({"get": {"responses": {"200": {"description": "ok"}}}})
}

/// Paths that no client can call.
const BROKEN: [&str; 9] = [
    "/boats#shared",
    "/boats?kind=sail",
    "/boats/{id",
    "/boats/{a}{b}",
    "/boats/{rest+}/more",
    "/boats/{}",
    "/${stage}/boats",
    "/a\u{1}",
    "boats",
];

#[test]
fn a_path_that_cannot_be_called_takes_nothing_else_with_it() {
    for path in BROKEN {
        let generated = read(&json!({path: get(), "/berths": get()}), &Choices::default()).unwrap();
        assert_eq!(generated.operations, 1, "{path}");
        let left_out: Vec<_> = generated
            .notes
            .iter()
            .filter(|note| note.kind == NoteKind::LeftOut && !note.is_expected)
            .collect();
        assert_eq!(left_out.len(), 1, "{path}: {left_out:?}");
        assert!(left_out[0].pointer.starts_with("#/paths/"), "{left_out:?}");
    }
}

#[test]
fn where_nothing_is_left_the_error_says_why() {
    for path in BROKEN {
        let error = read(&json!({path: get()}), &Choices::default()).unwrap_err();
        let text = error.to_string();
        let lines: Vec<_> = text.lines().collect();
        assert!(lines[0].starts_with("t.json#/paths/"), "{text}");
        let last = "t.json#/paths: so no operation is left to make a client of";
        assert_eq!(lines[1..], [last], "{text}");
    }
    let choice = json!({"Fn::If": ["IsOpen", get(), get()]});
    let text = read(&json!({"/boats": choice}), &Choices::default())
        .unwrap_err()
        .to_string();
    assert!(
        text.contains("t.json#/paths/~1boats: is the function `Fn::If` of CloudFormation"),
        "{text}"
    );
}

#[test]
fn a_document_without_operations_says_so_as_ever() {
    let text = read(&json!({}), &Choices::default())
        .unwrap_err()
        .to_string();
    assert!(text.contains("the document has no operations"), "{text}");
}

#[test]
fn what_is_left_out_already_may_be_excluded() {
    let mut choices = Choices::default();
    choices.exclude.push(Select::operation("GET /boats#shared"));
    let generated = read(&json!({"/boats#shared": get(), "/berths": get()}), &choices).unwrap();
    assert_eq!(generated.operations, 1);
    // Without such a path it is a mistake.
    assert!(read(&json!({"/berths": get()}), &choices).is_err());
}
