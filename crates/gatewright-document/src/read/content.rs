//! Bodies and their media types.

use indexmap::IndexMap;
use serde_json::Value;

use crate::node::Node;
use crate::read::schema;
use crate::{Media, RequestBody};

/// Reads a request body.
pub(super) fn body(node: Node<'_>) -> Option<RequestBody> {
    let body = node.follow()?;
    if !body.is_object() {
        return None;
    }
    if !body.has("content") {
        body.repair("has no content; read as a body of any media type");
    }
    Some(RequestBody {
        description: body.text("description"),
        required: body.flag("required").unwrap_or_default(),
        content: content(&body),
        pointer: body.at().clone(),
    })
}

/// The media types of a body or a response; empty for `content: {}` or none.
pub(super) fn content(node: &Node<'_>) -> IndexMap<String, Media> {
    let Some(content) = node.object("content") else {
        return IndexMap::new();
    };
    let media_types = content
        .fields()
        .filter(|field| field.value.is_null() || field.node().is_object());
    media_types
        .take_while(|_| content.has_room())
        .map(|field| (field.key.to_owned(), media(&field.node())))
        .collect()
}

fn media(node: &Node<'_>) -> Media {
    Media {
        pointer: node.at().clone(),
        schema: node.child("schema").map(|schema| schema::schema(&schema)),
        example: node
            .field("example")
            .map(|field| field.value.clone())
            .or_else(|| first_example(node)),
    }
}

fn first_example(node: &Node<'_>) -> Option<Value> {
    let examples = node.object("examples")?;
    let first = examples.fields().next()?.node().follow()?;
    first.value().get("value").cloned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::source::Source;

    #[test]
    fn media_types_keep_their_order_and_their_first_example() {
        let value = json!({
            "required": true,
            "content": {
                "text/plain": {"example": "x"},
                "application/json": {"examples": {"a": {"$ref": "#/shared"}, "b": {"value": 2}}, "schema": {"$ref": "#/s"}},
                "image/png": null,
            },
            "shared": {"value": {"a": 1}},
        });
        let source = Source::new(&value);
        let body = body(Node::root(&source)).unwrap();
        let found: Vec<_> = body
            .content
            .iter()
            .map(|(name, media)| (name.as_str(), media.example.clone()))
            .collect();
        let expected = [
            ("text/plain", Some(json!("x"))),
            ("application/json", Some(json!({"a": 1}))),
            ("image/png", None),
        ];
        assert_eq!(found, expected);
        assert!(body.required && body.content["application/json"].schema.is_some());
    }

    #[test]
    fn a_body_without_content_is_repaired() {
        let value = json!({"required": true});
        let source = Source::new(&value);
        assert!(body(Node::root(&source)).unwrap().content.is_empty());
        assert_eq!(source.finish().unwrap().len(), 1);
    }

    #[test]
    fn a_dangling_body_is_a_problem() {
        let value = json!({"$ref": "#/components/requestBodies/Nope"});
        let source = Source::new(&value);
        assert!(body(Node::root(&source)).is_none());
        assert_eq!(source.finish().unwrap_err().len(), 1);
    }
}
