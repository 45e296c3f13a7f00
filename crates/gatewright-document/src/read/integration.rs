//! `x-amazon-apigateway-integration`: how the gateway comes to its response, as far as a caller can see it.

use indexmap::IndexMap;

use crate::node::{Field, Node};
use crate::{Integration, IntegrationKind, IntegrationResponse, Passthrough};

/// The prefix under which an integration response sets a header of the response.
const RESPONSE_HEADER: &str = "method.response.header.";

/// Reads an integration, also one that lies under `components.x-amazon-apigateway-integrations`.
pub(super) fn integration(node: Node<'_>) -> Option<Integration> {
    let node = node.follow_if_it_leads("nothing is known of the integration")?;
    if !node.is_object() {
        return None;
    }
    Some(Integration {
        kind: kind(&node),
        request_templates: templates(&node, "requestTemplates"),
        passthrough: passthrough(&node),
        responses: responses(&node),
    })
}

fn passthrough(node: &Node<'_>) -> Passthrough {
    let written = node.field("passthroughBehavior");
    let written = written.and_then(|field| field.value.as_str());
    match written.map(str::to_ascii_lowercase).as_deref() {
        Some("never") => Passthrough::Never,
        Some("when_no_templates") => Passthrough::WhenNoTemplates,
        _ => Passthrough::WhenNoMatch,
    }
}

fn kind(node: &Node<'_>) -> IntegrationKind {
    let kind = node.field("type").and_then(|field| field.value.as_str());
    match kind.map(str::to_ascii_lowercase).as_deref() {
        Some("mock") => IntegrationKind::Mock,
        Some("http" | "http_proxy") => IntegrationKind::Http,
        Some("aws" | "aws_proxy") => IntegrationKind::Aws,
        _ => IntegrationKind::Unknown,
    }
}

fn response(node: &Node<'_>) -> IntegrationResponse {
    IntegrationResponse {
        status: node.field("statusCode").and_then(|field| status(&field)),
        headers: headers(node),
        templates: templates(node, "responseTemplates"),
    }
}

fn status(field: &Field<'_, '_>) -> Option<u16> {
    let written = match field.value.as_u64() {
        Some(number) => u16::try_from(number).ok(),
        None => field.value.as_str().and_then(|text| text.parse().ok()),
    };
    let status = written.filter(|status| (100..1000).contains(status));
    if status.is_none() {
        field.node().repair("is no status; left out");
    }
    status
}

fn responses(node: &Node<'_>) -> IndexMap<String, IntegrationResponse> {
    let Some(responses) = node.child("responses") else {
        return IndexMap::new();
    };
    responses
        .fields()
        .map(|field| (field.key.to_owned(), response(&field.node())))
        .collect()
}

/// The headers with a static value, which stands in single quotes; what is mapped from elsewhere is unknown here.
fn headers(node: &Node<'_>) -> IndexMap<String, String> {
    let Some(parameters) = node.child("responseParameters") else {
        return IndexMap::new();
    };
    let headers = parameters.fields().filter_map(|field| {
        let name = field.key.strip_prefix(RESPONSE_HEADER)?;
        let value = field
            .value
            .as_str()?
            .strip_prefix('\'')?
            .strip_suffix('\'')?;
        Some((name.to_owned(), value.to_owned()))
    });
    headers.collect()
}

fn templates(node: &Node<'_>, key: &str) -> IndexMap<String, String> {
    let Some(templates) = node.child(key) else {
        return IndexMap::new();
    };
    templates
        .fields()
        .filter(|field| !field.value.is_null())
        .filter_map(|field| Some((field.key.to_owned(), field.text()?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::source::Source;

    fn read(value: &Value) -> Integration {
        integration(Node::root(&Source::of(value))).unwrap()
    }

    #[test]
    fn a_cors_mock_is_read() {
        let found = read(&json!({
            "type": "mock",
            "requestTemplates": {"application/json": "{\"statusCode\": 200}"},
            "responses": {"default": {
                "statusCode": "200",
                "responseParameters": {
                    "method.response.header.Access-Control-Allow-Origin": "'*'",
                    "method.response.header.X-Mapped": "integration.response.header.X",
                },
                "responseTemplates": {"application/json": "{}"},
            }},
        }));
        assert_eq!(found.kind, IntegrationKind::Mock);
        assert_eq!(
            found.request_templates["application/json"],
            "{\"statusCode\": 200}"
        );
        let response = &found.responses["default"];
        assert_eq!(response.status, Some(200));
        let headers: Vec<_> = response
            .headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        assert_eq!(headers, [("Access-Control-Allow-Origin", "*")]);
        assert_eq!(response.templates["application/json"], "{}");
    }

    #[test]
    fn types_are_read_in_any_case() {
        for (written, expected) in [
            (json!("MOCK"), IntegrationKind::Mock),
            (json!("http_proxy"), IntegrationKind::Http),
            (json!("AWS_PROXY"), IntegrationKind::Aws),
            (json!({"Ref": "Type"}), IntegrationKind::Unknown),
            (Value::Null, IntegrationKind::Unknown),
        ] {
            assert_eq!(
                read(&json!({ "type": written })).kind,
                expected,
                "{written}"
            );
        }
    }

    #[test]
    fn a_status_may_be_a_number_and_nonsense_is_said() {
        let value =
            json!({"responses": {"a": {"statusCode": 404}, "b": {"statusCode": "many"}, "c": {}}});
        let source = Source::of(&value);
        let found = integration(Node::root(&source)).unwrap();
        let statuses: Vec<_> = found
            .responses
            .values()
            .map(|response| response.status)
            .collect();
        assert_eq!(statuses, [Some(404), None, None]);
        assert_eq!(
            source.finish().unwrap()[0].pointer.to_string(),
            "#/responses/b/statusCode"
        );
    }
}
