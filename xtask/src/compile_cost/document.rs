//! A document of any number of operations and types, each in the same form.

use serde_json::{Value, json};

/// As many operations as types; an operation has five parameters, a type eight members.
pub(super) fn of(size: usize) -> Value {
    let paths = (0..size).map(path);
    let schemas = (0..size).map(|index| (type_name(index), schema(index)));
    let paths: serde_json::Map<_, _> = paths.collect();
    let mut schemas: serde_json::Map<_, _> = schemas.collect();
    schemas.insert("Problem".to_owned(), problem());
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Large", "version": "1.0.0", "description": "An API of many operations."},
        "paths": paths,
        "components": {"schemas": schemas},
    })
}

fn type_name(index: usize) -> String {
    format!("Thing{index}")
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// The method of an operation; those that have a body have one.
pub(super) fn method(index: usize) -> &'static str {
    ["get", "post", "put", "delete"][index % 4]
}

fn path(index: usize) -> (String, Value) {
    let method = method(index);
    let operation = operation(index, method);
    (
        format!("/groups/{{groupId}}/things{index}"),
        json!({method: operation}),
    )
}

fn operation(index: usize, method: &str) -> Value {
    let mut operation = json!({
        "operationId": format!("{method}Thing{index}"),
        "summary": format!("Does the {method} of thing {index}."),
        "parameters": [
            parameter("groupId", "path", "string"),
            parameter("filter", "query", "string"),
            parameter("limit", "query", "integer"),
            parameter("verbose", "query", "boolean"),
            parameter("x-trace", "header", "string"),
        ],
        "responses": {
            "200": answer("The thing.", &reference(&type_name(index))),
            "404": answer("No such thing.", &reference("Problem")),
        },
    });
    if let "post" | "put" = method {
        operation["requestBody"] = body(&reference(&type_name(index)));
    }
    operation
}

fn parameter(name: &str, place: &str, ty: &str) -> Value {
    json!({
        "name": name,
        "in": place,
        "required": place == "path",
        "description": format!("The {name} to use."),
        "schema": {"type": ty},
    })
}

fn answer(description: &str, schema: &Value) -> Value {
    json!({"description": description, "content": {"application/json": {"schema": schema}}})
}

fn body(schema: &Value) -> Value {
    json!({"required": true, "content": {"application/json": {"schema": schema}}})
}

/// A type that refers to the next one of its ten; rustc has a limit for longer chains.
fn schema(index: usize) -> Value {
    let mut properties = json!({
        "id": {"type": "string", "description": "What it is known by."},
        "name": {"type": "string", "description": "What it is called."},
        "count": {"type": "integer", "format": "int64"},
        "ratio": {"type": "number", "format": "double"},
        "active": {"type": "boolean"},
        "tags": {"type": "array", "items": {"type": "string"}},
        "createdAt": {"type": "string"},
    });
    properties["related"] = if index % 10 < 9 {
        json!({"type": "array", "items": reference(&type_name(index + 1))})
    } else {
        json!({"type": "string"})
    };
    json!({
        "type": "object",
        "description": format!("Thing number {index}."),
        "required": ["id", "name", "count"],
        "properties": properties,
    })
}

fn problem() -> Value {
    json!({
        "type": "object",
        "required": ["message"],
        "properties": {"message": {"type": "string"}},
    })
}
