//! The documented responses of an operation.

use indexmap::IndexMap;

use crate::node::{Field, Node};
use crate::read::{content, header, section, swagger};
use crate::version::Version;
use crate::{Media, Pointer, Response, Status};

/// Reads the `responses` of an operation, in the document's order.
pub(super) fn responses(operation: &Node<'_>) -> Vec<Response> {
    let Some(node) = operation.child("responses") else {
        operation.minor_repair("documents no responses; read as any response");
        return Vec::new();
    };
    let node = if node.is_reference() {
        node.follow_within("read as any response")
    } else {
        Some(node)
    };
    let Some(node) = node else {
        return Vec::new();
    };
    let responses: Vec<_> = node
        .fields()
        .filter(|field| !field.key.starts_with("x-"))
        .filter_map(|field| response(&field, operation))
        .collect();
    if responses.is_empty() {
        node.minor_repair("is empty; read as any response");
    }
    responses
}

fn response(field: &Field<'_, '_>, operation: &Node<'_>) -> Option<Response> {
    let Some(status) = status(field.key) else {
        field
            .node()
            .repair("is no status (200, 4XX, default); left out");
        return None;
    };
    let node = field.node();
    let at = node.at().clone();
    let Some(response) = node.follow_within("read as any response") else {
        return Some(unknown(status, at));
    };
    if !response.is_object() || !response.has_room() {
        return None;
    }
    section::note_foreign(&response, &["content"], &["schema", "examples"]);
    Some(Response {
        status,
        description: response.text("description").unwrap_or_else(|| {
            response.minor_repair("has no description; read as an empty one");
            String::new()
        }),
        content: content(&response, operation),
        headers: header::headers(&response),
        pointer: response.at().clone(),
    })
}

/// A response of which nothing is known but its status.
fn unknown(status: Status, pointer: Pointer) -> Response {
    Response {
        status,
        description: String::new(),
        content: IndexMap::new(),
        headers: IndexMap::new(),
        pointer,
    }
}

fn status(key: &str) -> Option<Status> {
    if key == "default" {
        return Some(Status::Default);
    }
    let digit = key
        .chars()
        .next()?
        .to_digit(10)
        .filter(|digit| (1..=9).contains(digit))?;
    if key.len() == 3 && key[1..].eq_ignore_ascii_case("xx") {
        return u16::try_from(digit).ok().map(Status::Range);
    }
    key.parse()
        .ok()
        .filter(|code| (100..1000).contains(code))
        .map(Status::Code)
}

fn content(response: &Node<'_>, operation: &Node<'_>) -> IndexMap<String, Media> {
    match response.source().version() {
        Version::OpenApi3 => content::content(response),
        Version::Swagger2 => swagger::response::content(response, operation),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::source::Source;

    fn read(value: &Value) -> (Vec<Response>, usize) {
        let source = Source::of(value);
        let responses = responses(&Node::root(&source));
        (responses, source.finish().unwrap().len())
    }

    #[test]
    fn statuses_and_headers_are_read() {
        let (responses, repairs) = read(&json!({"responses": {
            "default": {"description": "d", "content": {}},
            "200": {"description": "ok", "headers": {"X-A": {"schema": {"type": "string"}}}},
            "4xx": {"description": "no"},
            "x-note": 1,
        }}));
        let found: Vec<_> = responses.iter().map(|found| found.status).collect();
        assert_eq!(
            found,
            [Status::Default, Status::Code(200), Status::Range(4)]
        );
        assert!(responses[1].headers.contains_key("X-A"));
        assert_eq!(repairs, 0);
    }

    #[test]
    fn missing_and_empty_responses_are_repaired() {
        for value in [
            json!({}),
            json!({"responses": {}}),
            json!({"responses": null}),
        ] {
            assert!(
                matches!(read(&value), (responses, 1) if responses.is_empty()),
                "{value}"
            );
        }
    }

    #[test]
    fn what_is_no_status_is_left_out() {
        for key in [
            "",
            "2",
            "20",
            "0XX",
            "099",
            "1000",
            "2XY",
            "OK",
            "+20",
            "２００",
        ] {
            assert_eq!(status(key), None, "{key}");
        }
    }

    #[test]
    fn a_dangling_header_is_left_out() {
        for reference in ["#/nope", "./headers.yaml#/X-A"] {
            let headers = json!({"X-A": {"$ref": reference}, "X-B": {}});
            let value = json!({"responses": {"200": {"description": "", "headers": headers}}});
            let source = Source::of(&value);
            let responses = responses(&Node::root(&source));
            assert_eq!(responses[0].headers.keys().collect::<Vec<_>>(), ["X-B"]);
            let repair = &source.finish().unwrap()[0];
            assert_eq!(repair.pointer.to_string(), "#/responses/200/headers/X-A");
        }
    }

    #[test]
    fn a_dangling_response_answers_anything_under_its_status() {
        let value = json!({"responses": {"200": {"$ref": "#/components/responses/Gone"}, "404": {"$ref": "#/responses/404"}}});
        let (responses, repairs) = read(&value);
        let found: Vec<_> = responses
            .iter()
            .map(|response| (response.status, response.content.len()))
            .collect();
        assert_eq!(found, [(Status::Code(200), 0), (Status::Code(404), 0)]);
        assert_eq!(repairs, 2);
    }

    #[test]
    fn a_response_of_another_file_is_a_problem() {
        let value = json!({"responses": {"200": {"$ref": "./common.yaml#/Fine"}}});
        let source = Source::of(&value);
        responses(&Node::root(&source));
        let problem = source.finish().unwrap_err().remove(0).to_string();
        assert!(problem.contains("bundle the document first"), "{problem}");
    }
}
