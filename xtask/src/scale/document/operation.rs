//! The operations, and what they share.

use serde_json::{Value, json};

use super::{reference, sentences, tag, thing_name};

const METHODS: [&str; 7] = ["get", "get", "get", "post", "patch", "put", "delete"];

/// A path with one operation.
pub(super) fn path(index: usize) -> (String, Value) {
    let method = METHODS[index % METHODS.len()];
    let path = format!("/groups/{{group}}/things-{index}/{{thing_id}}");
    (path, json!({ method: operation(index, method) }))
}

fn operation(index: usize, method: &str) -> Value {
    let mut operation = json!({
        "summary": format!("{method} thing {index}"),
        "description": sentences(8),
        "tags": [tag(index)],
        "operationId": format!("{}/{method}-thing-{index}", tag(index)),
        "externalDocs": {"description": "Documentation", "url": format!("https://docs.example.com/rest/things#{index}")},
        "parameters": parameters(index),
        "responses": {
            "200": answer(index),
            "404": reference("responses", "not_found"),
            "422": reference("responses", "validation_failed"),
        },
        "x-catalog": {"preview": null, "category": tag(index), "enabled": true},
    });
    if matches!(method, "post" | "patch" | "put") {
        operation["requestBody"] = body();
    }
    operation
}

/// Every third operation has a parameter of its own.
fn parameters(index: usize) -> Value {
    let third = if index.is_multiple_of(3) {
        json!({
            "name": "sort",
            "description": sentences(1),
            "in": "query",
            "schema": {"type": "string", "enum": ["created", "updated", "name"], "default": "created"},
        })
    } else {
        reference("parameters", "per-page")
    };
    json!([
        reference("parameters", "group"),
        reference("parameters", "thing-id"),
        third
    ])
}

fn answer(index: usize) -> Value {
    let name = thing_name(index);
    json!({
        "description": "Response",
        "content": {"application/json": {
            "schema": reference("schemas", &name),
            "examples": {"default": reference("examples", &name)},
        }},
    })
}

/// A body whose type has no name.
fn body() -> Value {
    let schema = json!({
        "type": "object",
        "required": ["name"],
        "properties": {
            "name": {"type": "string", "description": sentences(1)},
            "labels": {"type": "array", "description": sentences(1), "items": {"type": "string"}},
            "state": {"type": "string", "description": sentences(1), "enum": ["open", "closed"]},
            "settings": {"type": "object", "properties": {"public": {"type": "boolean", "default": false}}},
        },
    });
    json!({"required": true, "content": {"application/json": {"schema": schema, "example": {"name": "lamp"}}}})
}

/// `components.parameters`.
pub(super) fn shared_parameters() -> Value {
    let parameter = |name: &str, place: &str, ty: &str| {
        json!({
            "name": name,
            "description": sentences(1),
            "in": place,
            "required": place == "path",
            "schema": {"type": ty},
        })
    };
    json!({
        "group": parameter("group", "path", "string"),
        "thing-id": parameter("thing_id", "path", "integer"),
        "per-page": parameter("per_page", "query", "integer"),
    })
}

/// `components.responses`.
pub(super) fn shared_responses() -> Value {
    let response = |description: &str, schema: &str| {
        json!({
            "description": description,
            "content": {"application/json": {"schema": reference("schemas", schema)}},
        })
    };
    json!({
        "not_found": response("Resource not found", "basic-error"),
        "validation_failed": response("Validation failed", "validation-error"),
    })
}
