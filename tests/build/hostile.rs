//! A document in which every name and every text is made to harm whoever makes code of it.

use serde_json::{Map, Value, json};

/// Keywords, names of the prelude and of emitted code, names that are equal once they are identifiers, and names of which
/// nothing can be one.
const NAMES: &[&str] = &[
    "type",
    "self",
    "Self",
    "super",
    "crate",
    "gen",
    "async",
    "_",
    "",
    " ",
    "__",
    "0",
    "1st",
    "+1",
    "-1",
    "😀",
    "日本",
    "größe",
    "ſtrange",
    "strange",
    "\u{202e}gnirts",
    "\u{200b}",
    "\u{feff}x",
    "a\u{301}",
    "Name",
    "name",
    "NAME",
    "na_me",
    "../../x",
    "a\"; drop",
    "*/",
    "\"#",
    "{{",
    "```\npanic!()\n```",
    "a\ncargo::rustc-env=A=B",
    "\r",
    "\0",
    "$ref",
    "r#type",
    "Option",
    "String",
    "Vec",
    "Box",
    "None",
    "Some",
    "Ok",
    "Err",
    "Result",
    "Default",
    "Unknown",
    "Client",
    "Credentials",
    "Params",
    "types",
    "params",
    "rt",
    "new",
    "rest",
    "boxed",
    "connect",
    "call",
    "clone",
    "fmt",
    "body",
    "method",
    "additional_properties",
    "S",
    "T",
    "E",
    "a1",
    "a_1",
    "10",
    "_10",
];

/// Texts that would be code, a doctest, an attribute, HTML or a broken link, if they did not stay text.
const TEXTS: &[&str] = &[
    "*/ pub fn escaped() {} /*",
    "\"#; pub fn escaped() {}",
    "{{ }} {name} {0}",
    "```\npanic!(\"run\")",
    "~~~rust\npanic!(\"run\")\n",
    "a\n\n    panic!(\"run\")",
    "-      panic!(\"run\")",
    "1.\t\t\tpanic!(\"run\")",
    "+\u{1}\u{1}\u{1}\u{1}\u{1}\u{1}panic!(\"run\")",
    "> ```\n> panic!(\"run\")\n> ```",
    "\"] #![allow(x)] #[doc = \"",
    "]\n#[no_mangle]\npub fn escaped() {}",
    "<script>alert(1)</script><!--",
    "![x](https://a.example/x.png) [y](javascript:alert(1)) [z]",
    "a\r\nb\rc\u{2028}d\u{202e}e\0f",
    "| a |\n|---|\n| b |",
    "# Head\n===\n***",
    "\\",
    "&#96;&#96;&#96;\npanic!(\"run\")",
    "https://a.example/{b} http://b.example",
];

pub(crate) fn document() -> Value {
    let schemas = NAMES.iter().enumerate();
    let schemas: Map<_, _> = schemas
        .map(|(index, name)| ((*name).to_owned(), schema(index, name)))
        .collect();
    let schemes = NAMES.iter().enumerate();
    let schemes: Map<_, _> = schemes
        .map(|(index, name)| ((*name).to_owned(), scheme(index, name)))
        .collect();
    let paths = NAMES.iter().enumerate();
    let paths: Map<_, _> = paths
        .map(|(index, name)| (format!("/h{index}/{{v}}"), path_item(index, name)))
        .collect();
    json!({
        "openapi": "3.0.1",
        "info": {"title": "```\npanic!(\"run\")", "version": "../../x", "description": TEXTS.join("\n\n")},
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": schemes},
    })
}

fn text(index: usize) -> &'static str {
    TEXTS[index % TEXTS.len()]
}

fn reference(name: &str) -> Value {
    let escaped = name
        .replace('~', "~0")
        .replace('/', "~1")
        .replace('%', "%25");
    json!({"$ref": format!("#/components/schemas/{escaped}")})
}

fn schema(index: usize, name: &str) -> Value {
    let next = NAMES[(index + 1) % NAMES.len()];
    let every = || {
        NAMES
            .iter()
            .map(|name| ((*name).to_owned(), reference(name)))
    };
    match name {
        "Name" => json!({"type": "string", "enum": NAMES}),
        "name" => json!({
            "oneOf": [reference("NAME"), {"type": "string"}, {"type": "array", "items": reference("name")}],
            "discriminator": {"propertyName": "\u{202e}"},
        }),
        "NAME" => json!({
            "type": "object", "properties": every().collect::<Map<_, _>>(), "additionalProperties": {"type": "integer"},
        }),
        "na_me" => {
            json!({"allOf": [reference("NAME"), {"type": "object", "required": ["own"], "properties": {"own": {}}}]})
        }
        "Self" => json!({"type": "array", "items": reference("Self")}),
        "crate" => json!({"allOf": [reference("super"), {"type": "boolean"}]}),
        "super" => reference("crate"),
        _ => json!({
            "type": "object", "title": name, "description": text(index),
            "properties": {
                (name): {"type": "string", "description": text(index + 3), "pattern": text(index), "default": name},
                "again": reference(next),
            },
        }),
    }
}

fn scheme(index: usize, name: &str) -> Value {
    match index % 4 {
        0 => json!({"type": "apiKey", "in": "header", "name": format!("x-token-{index}")}),
        1 => {
            json!({"type": "apiKey", "in": "query", "name": if name.is_empty() { "empty" } else { name }})
        }
        2 => json!({"type": "http", "scheme": "bearer"}),
        _ => {
            json!({"type": "apiKey", "in": "header", "name": "Authorization", "x-amazon-apigateway-authtype": "awsSigv4"})
        }
    }
}

fn path_item(index: usize, name: &str) -> Value {
    let next = NAMES[(index + 1) % NAMES.len()];
    let content = |name: &str| json!({"application/json": {"schema": reference(name)}});
    let values = json!({"type": "string", "enum": [name, "x"]});
    let operation = json!({
        "operationId": name, "tags": [name], "deprecated": index.is_multiple_of(5),
        "summary": text(index), "description": text(index + 7),
        "security": [{(name): [name]}],
        "parameters": [
            {"name": name, "in": "query", "description": text(index), "schema": {"type": "string"}},
            {"name": "other", "in": "query", "required": index.is_multiple_of(2), "description": text(index + 5), "schema": values},
        ],
        "requestBody": {"description": text(index), "required": index.is_multiple_of(2), "content": content("NAME")},
        "responses": {
            "200": {"description": text(index), "content": content(name)},
            "404": {"description": name, "content": content(next)},
        },
    });
    json!({ "put": operation })
}
