//! Bodies and their media types.

use indexmap::IndexMap;
use serde_json::Value as Json;

use crate::node::Node;
use crate::read::{schema, style};
use crate::value::Value;
use crate::{Encoding, Location, Media, Pointer, RequestBody};

/// Reads a request body.
pub(super) fn body(node: Node<'_>) -> Option<RequestBody> {
    let at = node.at().clone();
    let Some(body) = node.follow_within("read as a body of any media type") else {
        return Some(unknown(at));
    };
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

/// A body of which nothing is known.
fn unknown(pointer: Pointer) -> RequestBody {
    RequestBody {
        pointer,
        description: None,
        required: false,
        content: IndexMap::new(),
    }
}

/// The media types of a body or a response; empty for `content: {}` or none.
pub(super) fn content(node: &Node<'_>) -> IndexMap<String, Media> {
    let Some(content) = node.object("content").and_then(as_whole) else {
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

/// All media types of a body may be written as one reference.
fn as_whole<'a>(content: Node<'a>) -> Option<Node<'a>> {
    if content.is_reference() {
        content.follow_within("read as any media type")
    } else {
        Some(content)
    }
}

fn media(node: &Node<'_>) -> Media {
    Media {
        pointer: node.at().clone(),
        schema: node.child("schema").map(|schema| schema::schema(&schema)),
        example: example(node),
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

/// If examples are read at all, the `example`, or else the first of the `examples` that has a value.
fn example(media: &Node<'_>) -> Option<Json> {
    if media.source().leaves_out_examples {
        return None;
    }
    let own = media.child("example").and_then(value);
    let first = || {
        let examples = media.object("examples")?;
        let mut values = examples.fields().filter_map(|field| {
            let example = field.node().follow_if_it_leads(NO_EXAMPLE)?;
            value(example.child("value")?)
        });
        values.next()
    };
    own.or_else(first).map(Value::to_json)
}

/// What becomes of an example that cannot be found.
const NO_EXAMPLE: &str = "this example is left out";

/// A value that people also write as a reference, to an example or to a value.
fn value<'a>(node: Node<'a>) -> Option<&'a Value> {
    if !node.is_reference() {
        return Some(node.value());
    }
    let target = node.follow_if_it_leads(NO_EXAMPLE)?;
    let value = target.value();
    let is_example = target
        .at()
        .to_string()
        .starts_with("#/components/examples/");
    if is_example {
        value.get("value")
    } else {
        Some(value)
    }
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
    fn a_dangling_body_may_be_anything_and_one_of_another_file_is_a_problem() {
        let value = json!({"$ref": "#/components/requestBodies/Nope"});
        let source = Source::of(&value);
        let anything = body(Node::root(&source)).unwrap();
        assert!(anything.content.is_empty() && !anything.required);
        assert_eq!(source.finish().unwrap().len(), 1);
        let value = json!({"$ref": "./bodies.yaml#/Boat"});
        let source = Source::of(&value);
        body(Node::root(&source));
        let problem = source.finish().unwrap_err().remove(0).to_string();
        assert!(problem.contains("bundle the document first"), "{problem}");
    }

    /// The example of a media type, and the places of the repairs.
    fn example_of(media_type: &serde_json::Value) -> (Option<serde_json::Value>, Vec<String>) {
        let value = json!({
            "content": {"application/json": media_type},
            "components": {"examples": {
                "Boat": {"summary": "one boat", "value": {"name": "Nordlys"}},
                "Loop": {"$ref": "#/components/examples/Loop"},
            }},
            "boats": {"Vesteraalen": {"name": "Vesteraalen"}},
        });
        let source = Source::of(&value);
        let example = content(&Node::root(&source))["application/json"]
            .example
            .clone();
        let repairs = source.finish().unwrap();
        let places = repairs.iter().map(|repair| repair.pointer.to_string());
        (example, places.collect())
    }

    #[test]
    fn an_example_that_cannot_be_found_is_left_out() {
        let at = |end: &str| format!("#/content/application~1json/{end}");
        let boat = json!({"name": "Nordlys"});
        for reference in [
            json!("#/components/examples/Gone"),
            json!("#/components/examples/Loop"),
            json!("./boats.yaml#/Boat"),
            json!("https://boats.example/boat.json"),
        ] {
            let gone = json!({"$ref": reference});
            let (example, places) = example_of(&json!({"examples": {"a": gone}}));
            assert_eq!((example, places), (None, vec![at("examples/a")]));
            let next =
                json!({"examples": {"a": gone, "b": {"$ref": "#/components/examples/Boat"}}});
            assert_eq!(example_of(&next).0, Some(boat.clone()));
            let (example, places) = example_of(&json!({"example": gone}));
            assert_eq!((example, places), (None, vec![at("example")]));
            let (example, places) = example_of(&json!({"examples": {"a": {"value": gone}}}));
            assert_eq!((example, places), (None, vec![at("examples/a/value")]));
        }
    }

    #[test]
    fn an_example_may_be_written_as_a_reference() {
        let to = |place: &str| json!({"example": {"$ref": place}});
        let boat = Some(json!({"name": "Nordlys"}));
        assert_eq!(
            example_of(&to("#/components/examples/Boat")),
            (boat, Vec::new())
        );
        let other = Some(json!({"name": "Vesteraalen"}));
        assert_eq!(example_of(&to("#/boats/Vesteraalen")), (other, Vec::new()));
    }
}
