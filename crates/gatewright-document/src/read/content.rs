//! Bodies and their media types.

use indexmap::IndexMap;

use crate::node::Node;
use crate::read::{schema, style};
use crate::value::Value;
use crate::{Encoding, Location, Media, RequestBody};

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
    let mut content: IndexMap<_, _> = media_types
        .take_while(|_| content.has_room())
        .map(|field| (field.key.to_owned(), media(&field.node())))
        .collect();
    // There is mostly one, of more than a kilobyte, and a map begins with room for three.
    content.shrink_to_fit();
    content
}

fn media(node: &Node<'_>) -> Media {
    Media {
        pointer: node.at().clone(),
        schema: node.child("schema").map(|schema| schema::schema(&schema)),
        example: node
            .field("example")
            .map(|field| field.value)
            .or_else(|| first_example(node))
            .map(Value::to_json),
        encoding: encoding(node),
    }
}

fn encoding(media: &Node<'_>) -> IndexMap<String, Encoding> {
    let encoding = media.object("encoding");
    let properties = encoding.iter().flat_map(Node::fields);
    properties
        .filter(|field| field.node().is_object() && media.has_room())
        .map(|field| (field.key.to_owned(), of_property(&field.node())))
        .collect()
}

/// OpenAPI 3.0.4, "Encoding Object": without any of the three, the media type alone counts.
fn of_property(node: &Node<'_>) -> Encoding {
    let has_style = ["style", "explode", "allowReserved"]
        .iter()
        .any(|key| node.has(key));
    Encoding {
        content_type: node.text("contentType"),
        style: has_style.then(|| style::style(node, Location::Query)),
    }
}

fn first_example<'a>(node: &Node<'a>) -> Option<&'a Value> {
    let examples = node.object("examples")?;
    let first = examples.fields().next()?.node().follow()?;
    first.value().get("value")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::StyleName;
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
        let source = Source::of(&value);
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
    fn properties_of_a_form_have_a_style_only_if_one_is_given() {
        let value = json!({"content": {"application/x-www-form-urlencoded": {"encoding": {
            "a": {"contentType": "text/csv"},
            "b": {"explode": false},
            "c": {"style": "pipeDelimited", "allowReserved": true},
        }}}});
        let source = Source::of(&value);
        let content = content(&Node::root(&source));
        let encoding = &content["application/x-www-form-urlencoded"].encoding;
        assert_eq!(encoding["a"].content_type.as_deref(), Some("text/csv"));
        assert!(encoding["a"].style.is_none());
        let style = |name: &str| {
            let style = encoding[name].style.clone().unwrap();
            (style.name, style.explode, style.allow_reserved)
        };
        assert_eq!(style("b"), (StyleName::Form, false, false));
        assert_eq!(style("c"), (StyleName::PipeDelimited, false, true));
    }

    #[test]
    fn a_body_without_content_is_repaired() {
        let value = json!({"required": true});
        let source = Source::of(&value);
        assert!(body(Node::root(&source)).unwrap().content.is_empty());
        assert_eq!(source.finish().unwrap().len(), 1);
    }

    #[test]
    fn a_dangling_body_is_a_problem() {
        let value = json!({"$ref": "#/components/requestBodies/Nope"});
        let source = Source::of(&value);
        assert!(body(Node::root(&source)).is_none());
        assert_eq!(source.finish().unwrap_err().len(), 1);
    }
}
