//! Which documents are read at all: OpenAPI 3.0.

use serde_json::Value;

use crate::error::Problem;
use crate::node::Node;

const EXPORT: &str = "export the API as OpenAPI 3.0 instead: aws apigateway get-export --rest-api-id ID --stage-name STAGE \
    --export-type oas30 --parameters extensions=apigateway api.json";

/// Refuses whatever is not OpenAPI 3.0, and says how to get there.
pub(super) fn check(root: &Node<'_>) -> Result<(), Problem> {
    match (root.value().get("openapi"), root.value().get("swagger")) {
        (Some(version), _) => check_openapi(root, &text(version)),
        (None, Some(version)) => {
            let message = format!(
                "is a Swagger {} document, which is not read; {EXPORT}",
                text(version)
            );
            Err(Problem::pointer(root.at().key("swagger"), message))
        }
        (None, None) => Err(Problem::file(
            "is not an OpenAPI document: it has no `openapi` with a version",
        )),
    }
}

fn check_openapi(root: &Node<'_>, version: &str) -> Result<(), Problem> {
    if version == "3.0" || version.starts_with("3.0.") {
        return Ok(());
    }
    let message = format!(
        "is OpenAPI {version}, but only 3.0 is read, which is what API Gateway imports and exports; {EXPORT}"
    );
    Err(Problem::pointer(root.at().key("openapi"), message))
}

/// YAML reads `swagger: 2.0` as a number.
fn text(version: &Value) -> String {
    version
        .as_str()
        .map_or_else(|| version.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::source::Source;

    fn message(value: &Value) -> String {
        let source = Source::new(value);
        check(&Node::root(&source)).unwrap_err().to_string()
    }

    #[test]
    fn each_3_0_is_read() {
        for version in [json!("3.0.0"), json!("3.0.3"), json!("3.0"), json!(3.0)] {
            let value = json!({ "openapi": version });
            check(&Node::root(&Source::new(&value))).unwrap();
        }
    }

    #[test]
    fn swagger_is_refused_with_the_way_out() {
        for version in [json!("2.0"), json!(2.0)] {
            let message = message(&json!({ "swagger": version }));
            assert!(
                message.starts_with("#/swagger: is a Swagger 2.0 document"),
                "{message}"
            );
            assert!(
                message.contains("get-export") && message.contains("--export-type oas30"),
                "{message}"
            );
        }
    }

    #[test]
    fn other_versions_are_refused() {
        for version in ["3.1.0", "3.2.0", "4", "3", "3.01"] {
            let message = message(&json!({ "openapi": version }));
            assert!(
                message.starts_with(&format!("#/openapi: is OpenAPI {version}, but")),
                "{message}"
            );
        }
        assert!(message(&json!({"Resources": {}})).contains("not an OpenAPI document"));
    }
}
