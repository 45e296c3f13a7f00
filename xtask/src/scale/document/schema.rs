//! The types, and an example of each.

use serde_json::{Value, json};

use super::{reference, sentences, thing_name};

/// How many types refer to one another; the compiler of the client has a limit for longer chains.
const CHAIN: usize = 10;

/// The type of one answer.
pub(super) fn thing(index: usize) -> (String, Value) {
    let mut properties = json!({
        "id": {"type": "integer", "format": "int64", "description": "What it is known by.", "example": 42},
        "node_id": {"type": "string", "example": "bm9kZTQy"},
        "name": {"type": "string", "description": sentences(1)},
        "url": {"type": "string", "format": "uri", "example": "https://api.example.com/things/42"},
        "private": {"type": "boolean", "default": false},
        "created_at": {"type": "string", "format": "date-time", "nullable": true},
        "topics": {"type": "array", "items": {"type": "string"}},
        "owner": {"nullable": true, "allOf": [reference("schemas", "simple-owner")]},
        "size": {"type": "integer", "description": sentences(1)},
    });
    match index % 3 {
        0 => properties["visibility"] = visibility(),
        1 => properties["permissions"] = permissions(),
        _ => properties["value"] = json!({"oneOf": [{"type": "string"}, {"type": "integer"}]}),
    }
    if index % CHAIN + 1 < CHAIN {
        properties["parent"] = reference("schemas", &thing_name(index + 1));
    }
    let schema = json!({
        "title": format!("Thing {index}"),
        "description": sentences(1),
        "type": "object",
        "required": ["id", "node_id", "name", "url", "private", "created_at"],
        "properties": properties,
    });
    (thing_name(index), schema)
}

fn visibility() -> Value {
    json!({"type": "string", "description": sentences(1), "enum": ["public", "private", "internal"]})
}

fn permissions() -> Value {
    json!({
        "type": "object",
        "required": ["admin"],
        "properties": {"admin": {"type": "boolean"}, "push": {"type": "boolean"}, "pull": {"type": "boolean"}},
    })
}

/// The types that all of them share.
pub(super) fn shared() -> [(String, Value); 3] {
    let error = json!({
        "type": "object",
        "properties": {"message": {"type": "string"}, "documentation_url": {"type": "string"}},
    });
    let validation = json!({
        "type": "object",
        "required": ["message", "errors"],
        "properties": {
            "message": {"type": "string"},
            "errors": {"type": "array", "items": reference("schemas", "basic-error")},
        },
    });
    let owner = json!({
        "type": "object",
        "required": ["login", "id"],
        "properties": {"login": {"type": "string"}, "id": {"type": "integer", "format": "int64"}},
    });
    [
        ("basic-error".to_owned(), error),
        ("validation-error".to_owned(), validation),
        ("simple-owner".to_owned(), owner),
    ]
}

/// The example of one answer.
pub(super) fn example(index: usize) -> (String, Value) {
    let value = json!({
        "id": index,
        "node_id": "bm9kZTQy",
        "name": format!("lamp {index}"),
        "url": format!("https://api.example.com/things/{index}"),
        "private": false,
        "created_at": "2011-01-26T19:01:12Z",
        "topics": ["light", "home", "api"],
        "owner": {"login": "ada", "id": 1},
        "size": 108,
    });
    (thing_name(index), json!({ "value": value }))
}
