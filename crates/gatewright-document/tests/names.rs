//! Names and texts that are made to harm whoever prints them or makes code of them: they are read as they are, and every
//! message about them is safe.

use gatewright_document::Document;
use serde_json::{Value, json};

const NAMES: [&str; 12] = [
    "type",
    "",
    "😀",
    "\u{202e}gnirts",
    "../../x",
    "a\"; drop",
    "Name",
    "name",
    "*/ }}",
    "#\"#",
    "a\ncargo::rustc-env=A=B",
    "~1/~0",
];

fn read(members: &Value) -> Document {
    let mut document =
        json!({"openapi": "3.0.1", "info": {"title": "t", "version": "1"}, "paths": {}});
    for (key, value) in members.as_object().expect("members") {
        document[key] = value.clone();
    }
    let document = Document::from_slice("names.json", document.to_string().as_bytes());
    document.expect("readable")
}

fn assert_messages_are_safe(document: &Document) {
    for repair in &document.repairs {
        let line = format!("{}: {}", repair.pointer, repair.message);
        let is_hidden = |c: char| c.is_control() || c == '\u{202e}';
        assert!(!line.contains(is_hidden), "{line:?}");
    }
}

#[test]
fn schemas_and_properties_keep_their_names() {
    let each = |value: &dyn Fn(&str) -> Value| -> Value {
        NAMES
            .iter()
            .map(|name| ((*name).to_owned(), value(name)))
            .collect::<serde_json::Map<_, _>>()
            .into()
    };
    let reference = |name: &str| {
        let escaped = name
            .replace('~', "~0")
            .replace('/', "~1")
            .replace('%', "%25");
        json!({"$ref": format!("#/components/schemas/{escaped}")})
    };
    let schema = json!({"type": "object", "properties": each(&reference), "tpye": 5});
    let document = read(&json!({"components": {"schemas": each(&|_| schema.clone())}}));
    assert!(document.schemas.keys().eq(NAMES.iter()));
    let schema = serde_json::to_value(&document.schemas["../../x"]).unwrap();
    let properties = schema["properties"].as_object().unwrap();
    assert!(properties.keys().eq(NAMES.iter()));
    assert_eq!(properties["~1/~0"]["$ref"], "#/components/schemas/~01~1~00");
    assert!(document.repairs.is_empty(), "{:?}", document.repairs);
}

#[test]
fn operations_keep_their_names_and_texts() {
    let text = "*/ \"#  {{ ``` #![allow(x)] \u{202e}";
    let paths: serde_json::Map<_, _> = NAMES
        .iter()
        .enumerate()
        .map(|(index, name)| {
            let parameters = json!([{"name": name, "in": "query", "schema": {"type": name}}]);
            let operation = json!({"operationId": name, "description": text, "tags": [name, 5], "parameters": parameters});
            (format!("/{index}"), json!({ "get": operation, *name: 5 }))
        })
        .collect();
    let document = read(&json!({ "paths": paths }));
    for (operation, name) in document.operations.iter().zip(NAMES) {
        let expected = (!name.is_empty()).then_some(name);
        assert_eq!(operation.id.as_deref(), expected);
        assert_eq!(operation.description.as_deref(), Some(text));
        assert_eq!(operation.parameters[0].name, name);
    }
    assert_eq!(document.operations.len(), NAMES.len());
    assert!(document.repairs.len() > NAMES.len());
    assert_messages_are_safe(&document);
}

#[test]
fn schemes_and_references_are_quoted_safely() {
    for name in NAMES {
        let value = json!({
            "openapi": "3.0.1",
            "paths": {"/a": {"get": {"security": [{name: []}], "responses": {"200": {"$ref": name}}}}},
        });
        let error = Document::from_slice("a.json", value.to_string().as_bytes()).unwrap_err();
        // A reference that means nothing stops no document; one that leads out of it does.
        let leads_nowhere = name.is_empty() || name.starts_with('#');
        let problems = if leads_nowhere { 1 } else { 2 };
        assert_eq!(error.problems().len(), problems, "{error}");
        for problem in error.problems() {
            let line = problem.to_string();
            assert!(!line.contains(['\n', '\u{202e}']), "{line:?}");
        }
    }
}
