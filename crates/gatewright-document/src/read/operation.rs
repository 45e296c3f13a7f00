//! Operations: what a method on a path takes, returns and demands.

use crate::node::Node;
use crate::read::security::SecurityRules;
use crate::read::swagger;
use crate::read::template::Variable;
use crate::read::{content, function, integration, parameter, response, section, validation};
use crate::version::Version;
use crate::{Method, Operation, Parameter, Pointer, RequestBody};

/// What the operations of one path have in common.
pub(super) struct Route<'r, 'a> {
    /// The path item.
    pub(super) item: &'r Node<'a>,
    /// The path template.
    pub(super) path: &'r str,
    /// Its variables.
    pub(super) variables: &'r [Variable<'r>],
    /// The parameters of the path item.
    pub(super) shared: &'r [Parameter],
}

/// Reads the operation `node` of a route; `at` is where the route names it, which a path item's `$ref` may set apart.
pub(super) fn operation<'a>(
    node: &Node<'a>,
    at: Pointer,
    method: Method,
    route: &Route<'_, 'a>,
    security: &SecurityRules<'a>,
) -> Option<Operation> {
    let found = node
        .clone()
        .follow_or_leave_out("this operation is left out");
    let node = &found.ok()??;
    if !node.is_object() || !node.has_room() {
        return None;
    }
    if let Some(function) = function::name(node.value()) {
        node.leave_out(function::left_out(function));
        return None;
    }
    let own = match node.child("parameters") {
        Some(list) => parameter::list(&list, route.variables)?,
        None => Vec::new(),
    };
    section::note_foreign(node, &["requestBody"], &[]);
    let merged = parameter::merge(route.shared, own, node);
    Some(Operation {
        path: route.path.to_owned(),
        method,
        id: node.text("operationId").filter(|id| !id.is_empty()),
        summary: node.text("summary"),
        description: node.text("description"),
        tags: node
            .field("tags")
            .map_or_else(Vec::new, |field| field.texts()),
        deprecated: node.flag("deprecated").unwrap_or_default(),
        parameters: parameter::complete(merged, route.variables, node),
        body: body(node, route.item),
        responses: response::responses(node),
        security: security.of(node),
        validation: validation::validation(node),
        integration: node
            .child("x-amazon-apigateway-integration")
            .and_then(integration::integration),
        pointer: at,
    })
}

fn body<'a>(operation: &Node<'a>, item: &Node<'a>) -> Option<RequestBody> {
    match operation.source().version() {
        Version::OpenApi3 => operation.child("requestBody").and_then(content::body),
        Version::Swagger2 => swagger::body::body(item, operation),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::source::Source;

    use super::*;

    fn read(value: &serde_json::Value) -> (Operation, Vec<String>) {
        let source = Source::of(value);
        let node = Node::root(&source);
        let options = crate::ReadOptions::new();
        let security = SecurityRules::read(&node, crate::ApiKind::Rest, &options);
        let route = Route {
            item: &node,
            path: "/a",
            variables: &[],
            shared: &[],
        };
        let operation = operation(&node, Pointer::root(), Method::Get, &route, &security).unwrap();
        (
            operation,
            source
                .finish()
                .unwrap()
                .iter()
                .map(|repair| repair.pointer.to_string())
                .collect(),
        )
    }

    #[test]
    fn an_operation_is_read() {
        let (operation, repairs) = read(&json!({
            "operationId": "getA", "summary": "s", "description": "d", "tags": ["t"], "deprecated": true,
            "requestBody": {"content": {}}, "responses": {"200": {"description": "ok"}},
            "x-amazon-apigateway-integration": {"type": "aws_proxy"},
        }));
        assert_eq!(operation.id.as_deref(), Some("getA"));
        assert_eq!(
            (operation.tags.as_slice(), operation.deprecated),
            (["t".to_owned()].as_slice(), true)
        );
        assert!(
            operation.body.is_some()
                && operation.integration.is_some()
                && operation.responses.len() == 1
        );
        assert!(repairs.is_empty(), "{repairs:?}");
    }

    #[test]
    fn nonsense_in_an_operation_is_left_out_and_said() {
        let (operation, repairs) = read(&json!({
            "operationId": "", "summary": [], "tags": "t", "deprecated": 1, "parameters": {}, "requestBody": 5,
            "responses": [], "x-amazon-apigateway-integration": [],
        }));
        assert!(
            operation.id.is_none() && operation.body.is_none() && operation.integration.is_none()
        );
        let expected = [
            "summary",
            "tags",
            "deprecated",
            "parameters",
            "requestBody",
            "responses",
        ];
        for key in expected {
            assert!(repairs.contains(&format!("#/{key}")), "{key}: {repairs:?}");
        }
    }
}
