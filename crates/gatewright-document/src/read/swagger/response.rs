//! The bodies of responses: one schema for all media types that the operation produces, and examples by media type.

use indexmap::IndexMap;

use super::{body, media_types};
use crate::Media;
use crate::node::Node;
use crate::value::Value;

/// The media types of a response; empty without a schema or an example, for then it has no body that is known.
pub(in crate::read) fn content(
    response: &Node<'_>,
    operation: &Node<'_>,
) -> IndexMap<String, Media> {
    let media_types = if response.child("schema").is_some() {
        produced(response, operation)
    } else {
        Vec::new()
    };
    let mut content = body::content(response, media_types);
    add_examples(response, &mut content);
    content
}

fn produced(response: &Node<'_>, operation: &Node<'_>) -> Vec<String> {
    let mut media_types = media_types::named(operation, "produces");
    if media_types.is_empty() {
        let default = if is_file(response) {
            "application/octet-stream"
        } else {
            "application/json"
        };
        media_types.push(default.to_owned());
    }
    media_types
}

fn is_file(response: &Node<'_>) -> bool {
    let schema = response.value().get("schema");
    let kind = schema.and_then(|schema| schema.get("type"));
    kind.and_then(Value::as_str) == Some("file")
}

fn add_examples(response: &Node<'_>, content: &mut IndexMap<String, Media>) {
    let Some(examples) = response.object("examples") else {
        return;
    };
    for field in examples.fields() {
        let media = content
            .entry(field.key.to_owned())
            .or_insert_with(|| Media {
                pointer: response.at().clone(),
                schema: None,
                example: None,
                encoding: IndexMap::new(),
            });
        media.example = Some(field.value.to_json());
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::source::Source;

    fn read(produces: &Value, response: &Value) -> IndexMap<String, Media> {
        let value =
            json!({"swagger": "2.0", "operation": {"produces": produces}, "response": response});
        let source = Source::of(&value);
        let root = Node::root(&source);
        content(
            &root.child("response").unwrap(),
            &root.child("operation").unwrap(),
        )
    }

    #[test]
    fn each_produced_type_has_the_schema_and_its_example() {
        let response = json!({"schema": {"type": "string"}, "examples": {"text/csv": "a,b", "text/html": "<p>"}});
        let content = read(&json!(["text/plain", "text/csv"]), &response);
        let found: Vec<_> = content
            .iter()
            .map(|(name, media)| {
                (
                    name.as_str(),
                    media.schema.is_some(),
                    media.example.is_some(),
                )
            })
            .collect();
        let expected = [
            ("text/plain", true, false),
            ("text/csv", true, true),
            ("text/html", false, true),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn defaults_are_json_or_bytes() {
        let file = read(&Value::Null, &json!({"schema": {"type": "file"}}));
        assert_eq!(
            file.keys().collect::<Vec<_>>(),
            ["application/octet-stream"]
        );
        let json = read(&json!([]), &json!({"schema": {}}));
        assert_eq!(json.keys().collect::<Vec<_>>(), ["application/json"]);
        assert!(read(&json!(["text/html"]), &json!({})).is_empty());
    }
}
