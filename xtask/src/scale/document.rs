//! A document of the shape of GitHub's REST description: descriptions of several hundred bytes, most parameters and errors
//! shared, a type of a dozen members for each operation, an example for each answer. It has two thirds of the weight for an
//! operation, because the largest of these would else hold more values than are read of any document.

mod operation;
mod schema;

use serde_json::{Map, Value, json};

/// As many operations as types.
pub(super) fn of(size: usize) -> Value {
    let paths: Map<_, _> = (0..size).map(operation::path).collect();
    let mut schemas: Map<_, _> = (0..size).map(schema::thing).collect();
    schemas.extend(schema::shared());
    let examples: Map<_, _> = (0..size).map(schema::example).collect();
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Catalog", "version": "1.0.0", "description": "A catalog of many things."},
        "servers": [{"url": "https://api.example.com"}],
        "tags": (0..TAGS).map(|index| json!({"name": tag(index), "description": sentences(2)})).collect::<Vec<_>>(),
        "paths": paths,
        "components": {
            "schemas": schemas,
            "examples": examples,
            "parameters": operation::shared_parameters(),
            "responses": operation::shared_responses(),
        },
    })
}

const TAGS: usize = 40;

fn tag(index: usize) -> String {
    format!("group-{}", index % TAGS)
}

fn reference(kind: &str, name: &str) -> Value {
    json!({"$ref": format!("#/components/{kind}/{name}")})
}

fn thing_name(index: usize) -> String {
    format!("thing-{index}")
}

/// Prose, some 65 bytes for a sentence.
fn sentences(count: usize) -> String {
    let sentence = "A thing is only shown to those who may see the group it is in. ";
    sentence.repeat(count).trim_end().to_owned()
}
