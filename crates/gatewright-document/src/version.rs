//! Which documents are read: OpenAPI 3.0 and Swagger 2.0, the two that API Gateway imports and exports, and OpenAPI 3.1 and 3.2,
//! which applications write of themselves.

use crate::error::Problem;
use crate::value::Value;
use crate::{Pointer, template};

const EXPORT: &str = "export the API as OpenAPI 3.0 instead: aws apigateway get-export --rest-api-id ID --stage-name STAGE \
    --export-type oas30 --parameters extensions=apigateway api.json";

/// The version of a document. The two differ in where things stand, hardly in what they mean, so the same readers read
/// both and ask for the version where it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Version {
    OpenApi3,
    Swagger2,
}

impl Version {
    /// The version by the member that names it, whatever its value.
    pub(crate) fn of(root: &Value) -> Self {
        if root.get("openapi").is_none() && root.get("swagger").is_some() {
            Self::Swagger2
        } else {
            Self::OpenApi3
        }
    }

    /// The name for messages.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::OpenApi3 => "OpenAPI 3.0",
            Self::Swagger2 => "Swagger 2.0",
        }
    }

    /// The other one.
    pub(crate) fn other(self) -> Self {
        match self {
            Self::OpenApi3 => Self::Swagger2,
            Self::Swagger2 => Self::OpenApi3,
        }
    }
}

/// What is said of a document of OpenAPI 3.1 or 3.2 as a whole, if it is one. Import refuses both ("Unable to determine OAS version
/// from '3.1.0'").
pub(crate) fn not_imported(root: &Value) -> Option<String> {
    has_json_schemas(root).then(|| {
        let version = text(root.get("openapi").unwrap_or(&Value::Null));
        format!(
            "is OpenAPI {version}, which API Gateway does not import: what is deployed was written in OpenAPI 3.0, and the authorization \
             of its operations stands there"
        )
    })
}

/// Whether schemas are those of JSON Schema 2020-12, which OpenAPI has from 3.1 on, with other words than before.
pub(crate) fn has_json_schemas(root: &Value) -> bool {
    let version = root.get("openapi").map(text).unwrap_or_default();
    is_of(&version, "3.1") || is_of(&version, "3.2")
}

/// Whether a version is this one, or a revision of it.
fn is_of(version: &str, minor: &str) -> bool {
    let revision = version.strip_prefix(minor);
    revision.is_some_and(|revision| revision.is_empty() || revision.starts_with('.'))
}

/// Refuses whatever is none of them, and says how to get there. The document stands at `base` in its file.
pub(crate) fn check(root: &Value, base: &Pointer) -> Result<(), Problem> {
    match (root.get("openapi"), root.get("swagger")) {
        (Some(version), _) => {
            let version = text(version);
            let is_read = ["3.0", "3.1", "3.2"]
                .iter()
                .any(|minor| is_of(&version, minor));
            only(is_read, base.key("openapi"), &format!("OpenAPI {version}"))
        }
        (None, Some(version)) => {
            let version = text(version);
            let is_read = version == "2.0" || version == "2";
            only(is_read, base.key("swagger"), &format!("Swagger {version}"))
        }
        (None, None) if *base == Pointer::root() => Err(Problem::file(template::unversioned(root))),
        (None, None) => Err(Problem::pointer(base.clone(), template::unversioned(root))),
    }
}

fn only(is_read: bool, at: Pointer, found: &str) -> Result<(), Problem> {
    if is_read {
        return Ok(());
    }
    let message =
        format!("is {found}, but only OpenAPI 3.0 to 3.2 and Swagger 2.0 are read; {EXPORT}");
    Err(Problem::pointer(at, message))
}

/// YAML reads `swagger: 2.0` as a number.
fn text(version: &Value) -> String {
    version
        .as_str()
        .map_or_else(|| version.to_json().to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn check(root: &Value) -> Result<(), Problem> {
        super::check(&root.clone().into(), &Pointer::root())
    }

    fn message(value: &Value) -> String {
        check(value).unwrap_err().to_string()
    }

    #[test]
    fn openapi_3_0_and_swagger_2_0_are_read() {
        for version in [json!("3.0.0"), json!("3.0.3"), json!("3.0"), json!(3.0)] {
            let value = json!({ "openapi": version, "swagger": "2.0" });
            check(&value).unwrap();
            assert_eq!(Version::of(&value.clone().into()), Version::OpenApi3);
        }
        for version in [json!("2.0"), json!(2.0), json!(2)] {
            let value = json!({ "swagger": version });
            check(&value).unwrap();
            assert_eq!(Version::of(&value.clone().into()), Version::Swagger2);
        }
    }

    #[test]
    fn openapi_3_1_and_3_2_are_read_with_a_word_of_what_import_does() {
        for version in [json!("3.1.0"), json!("3.1"), json!(3.1), json!("3.2.0")] {
            let value = json!({ "openapi": version }).into();
            super::check(&value, &Pointer::root()).unwrap();
            assert_eq!(Version::of(&value), Version::OpenApi3);
            assert!(not_imported(&value).is_some_and(|note| note.contains("does not import")));
        }
        for value in [
            json!({"openapi": "3.0.1"}),
            json!({"swagger": "2.0"}),
            json!({"openapi": "3.10"}),
        ] {
            assert!(not_imported(&value.into()).is_none());
        }
    }

    #[test]
    fn other_versions_are_refused_with_the_way_out() {
        for version in ["3.3.0", "4", "3", "3.01"] {
            let message = message(&json!({ "openapi": version }));
            assert!(
                message.starts_with(&format!("#/openapi: is OpenAPI {version}, but")),
                "{message}"
            );
        }
        let message = message(&json!({"swagger": "1.2"}));
        assert!(
            message.starts_with("#/swagger: is Swagger 1.2, but")
                && message.contains("get-export")
                && message.contains("--export-type oas30"),
            "{message}"
        );
    }

    #[test]
    fn a_template_and_nonsense_are_told_apart() {
        assert!(message(&json!({"Fn::Transform": {}})).contains("file that it includes"));
        assert!(message(&json!({"Resources": 1})).contains("not an OpenAPI document"));
    }
}
