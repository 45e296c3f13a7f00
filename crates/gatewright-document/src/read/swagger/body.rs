//! Request bodies: the parameter `in: body`, or the parameters `in: formData` together.

use indexmap::IndexMap;

use super::{form, media_types};
use crate::node::Node;
use crate::read::schema;
use crate::{Media, RequestBody};

/// Where a parameter is that is the whole body.
const BODY: &str = "body";

/// Where a parameter is that is one field of a form.
const FORM: &str = "formData";

/// The body of an operation of the path item `item`.
pub(in crate::read) fn body<'a>(item: &Node<'a>, operation: &Node<'a>) -> Option<RequestBody> {
    let own = parameters(operation);
    let shared = parameters(item);
    // What the operation says wins over what its path item says, as with every parameter.
    let says_itself = own
        .iter()
        .any(|parameter| is_in(parameter, BODY) || is_in(parameter, FORM));
    let bodies = all(if says_itself { &own } else { &shared }, BODY);
    let fields: Vec<_> = all(&own, FORM).chain(all(&shared, FORM)).collect();
    let bodies: Vec<_> = bodies.collect();
    let Some((body, others)) = bodies.split_first() else {
        return form::body(&fields, operation);
    };
    for other in others.iter().chain(&fields) {
        other.repair("stands beside another body, and a request has one; left out");
    }
    Some(whole(body, operation))
}

/// The parameters of a node, references followed.
fn parameters<'a>(node: &Node<'a>) -> Vec<Node<'a>> {
    let Some(list) = node.child("parameters") else {
        return Vec::new();
    };
    list.items().filter_map(Node::follow).collect()
}

fn all<'n, 'a>(
    parameters: &'n [Node<'a>],
    location: &'static str,
) -> impl Iterator<Item = &'n Node<'a>> {
    parameters
        .iter()
        .filter(move |parameter| is_in(parameter, location))
}

fn is_in(parameter: &Node<'_>, location: &str) -> bool {
    let written = parameter.value().get("in");
    written.and_then(|written| written.as_str()) == Some(location)
}

/// A body that one parameter describes.
fn whole(parameter: &Node<'_>, operation: &Node<'_>) -> RequestBody {
    let mut media_types = media_types::named(operation, "consumes");
    if media_types.is_empty() {
        media_types.push("application/json".to_owned());
    }
    if !parameter.has("schema") {
        parameter.repair("has no schema; read as any value");
    }
    RequestBody {
        pointer: parameter.at().clone(),
        description: parameter.text("description"),
        required: parameter.flag("required").unwrap_or_default(),
        content: content(parameter, media_types),
    }
}

/// The same schema for each media type.
pub(super) fn content(node: &Node<'_>, media_types: Vec<String>) -> IndexMap<String, Media> {
    let schema = node.child("schema");
    let media = |media_type: String| {
        let schema = schema.as_ref();
        if let Some(Err(message)) = schema.map(|schema| node.source().repeat(schema.value())) {
            node.problem(message);
            return None;
        }
        let media = Media {
            pointer: node.at().clone(),
            schema: schema.map(schema::schema),
            example: None,
            encoding: IndexMap::new(),
        };
        Some((media_type, media))
    };
    media_types
        .into_iter()
        .take_while(|_| node.has_room())
        .map_while(media)
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::source::Source;

    /// The body of `#/item/post`, and the places of the repairs.
    fn read(value: &Value) -> (Option<RequestBody>, Vec<String>) {
        let source = Source::of(value);
        let item = Node::root(&source).child("item").unwrap();
        let body = body(&item, &item.child("post").unwrap());
        let repairs = source.finish().unwrap();
        let places = repairs.iter().map(|repair| repair.pointer.to_string());
        (body, places.collect())
    }

    fn document(shared: &Value, own: &Value) -> Value {
        json!({"swagger": "2.0", "consumes": ["application/xml"], "item": {"parameters": shared, "post": {"parameters": own}}})
    }

    #[test]
    fn the_operation_s_body_wins_over_the_path_s() {
        let body = |kind: &str| json!({"in": "body", "name": "b", "required": true, "schema": {"type": kind}});
        let value = document(&json!([body("string")]), &json!([body("integer")]));
        let (body, repairs) = read(&value);
        let body = body.unwrap();
        assert_eq!(
            (body.pointer.to_string().as_str(), body.required),
            ("#/item/post/parameters/0", true)
        );
        assert_eq!(body.content.keys().collect::<Vec<_>>(), ["application/xml"]);
        assert!(repairs.is_empty(), "{repairs:?}");
    }

    #[test]
    fn a_second_body_and_fields_beside_it_are_left_out_and_said() {
        let own = json!([
            {"in": "body", "name": "a", "schema": {}},
            {"in": "body", "name": "b", "schema": {}},
            {"in": "formData", "name": "c", "type": "string"},
        ]);
        let (body, repairs) = read(&document(&json!([]), &own));
        assert_eq!(
            body.unwrap().pointer.to_string(),
            "#/item/post/parameters/0"
        );
        assert_eq!(
            repairs,
            ["#/item/post/parameters/1", "#/item/post/parameters/2"]
        );
    }

    #[test]
    fn the_operation_s_form_wins_over_the_path_s_body() {
        let body = json!({"in": "body", "name": "b", "schema": {}});
        let field = json!({"in": "formData", "name": "f", "type": "string"});
        let (form, _) = read(&document(&json!([body]), &json!([field])));
        let form = form.unwrap();
        assert!(
            form.content
                .contains_key("application/x-www-form-urlencoded")
        );
        let (shared, repairs) = read(&document(&json!([body, body]), &json!([])));
        assert_eq!(shared.unwrap().pointer.to_string(), "#/item/parameters/0");
        assert_eq!(repairs, ["#/item/parameters/1"]);
    }

    #[test]
    fn a_body_is_json_unless_the_document_says_otherwise() {
        let value = json!({"swagger": "2.0", "item": {"post": {"parameters": [{"in": "body", "name": "a"}]}}});
        let (body, repairs) = read(&value);
        let body = body.unwrap();
        assert!(body.content["application/json"].schema.is_none() && !body.required);
        assert_eq!(repairs, ["#/item/post/parameters/0"]);
    }
}
