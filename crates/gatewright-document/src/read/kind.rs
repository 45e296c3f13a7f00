//! REST API or HTTP API: no document says so, but each has extensions that the other does not know.

use serde_json::Number;

use crate::ApiKind;
use crate::value::{Object, Value};
use crate::version::Version;

/// Extensions of the whole document that only REST APIs have ("OpenAPI extensions for API Gateway").
const ONLY_REST: [&str; 9] = [
    "x-amazon-apigateway-api-key-source",
    "x-amazon-apigateway-binary-media-types",
    "x-amazon-apigateway-documentation",
    "x-amazon-apigateway-gateway-responses",
    "x-amazon-apigateway-minimum-compression-size",
    "x-amazon-apigateway-policy",
    "x-amazon-apigateway-request-validator",
    "x-amazon-apigateway-request-validators",
    "x-amazon-apigateway-security-policy",
];

/// What settles it comes first; what people copy from one kind into documents of the other (CORS, payload formats) last.
pub(super) fn kind(root: &Value) -> ApiKind {
    if Version::of(root) == Version::Swagger2 {
        // "Working with OpenAPI definitions for HTTP APIs": they are imported and exported as OpenAPI 3.0 only.
        ApiKind::Rest
    } else if is_surely_http(root) {
        ApiKind::Http
    } else if is_surely_rest(root) {
        ApiKind::Rest
    } else if looks_like_http(root) {
        ApiKind::Http
    } else {
        ApiKind::Rest
    }
}

fn is_surely_http(root: &Value) -> bool {
    root.get("x-amazon-apigateway-importexport-version")
        .is_some()
        || authorizers(root).any(|authorizer| {
            says(authorizer, "type", "jwt") || identity_starts(authorizer, "$request.")
        })
        || integrations(root).any(|integration| integration.get("integrationSubtype").is_some())
        || operations(root).any(|operation| operation.get("isDefaultRoute").is_some())
}

fn is_surely_rest(root: &Value) -> bool {
    ONLY_REST
        .iter()
        .any(|extension| root.get(extension).is_some())
        || authorizers(root).any(|authorizer| {
            ["token", "cognito_user_pools"]
                .iter()
                .any(|kind| says(authorizer, "type", kind))
                || identity_starts(authorizer, "method.request.")
        })
        || integrations(root).any(|integration| {
            ["mock", "aws", "http"]
                .iter()
                .any(|kind| says(integration, "type", kind))
        })
}

fn looks_like_http(root: &Value) -> bool {
    root.get("x-amazon-apigateway-cors").is_some()
        || root
            .get("components")
            .is_some_and(|components| components.get("x-amazon-apigateway-integrations").is_some())
        || integrations(root)
            .any(|integration| integration.get("payloadFormatVersion").is_some_and(is_two))
}

fn is_two(version: &Value) -> bool {
    version.as_str() == Some("2.0") || version.as_number().and_then(Number::as_f64) == Some(2.0)
}

fn says(object: &Value, key: &str, text: &str) -> bool {
    object
        .get(key)
        .and_then(Value::as_str)
        .is_some_and(|found| found.eq_ignore_ascii_case(text))
}

fn identity_starts(authorizer: &Value, prefix: &str) -> bool {
    let source = authorizer.get("identitySource");
    let first = source.and_then(|source| {
        source
            .as_str()
            .or_else(|| source.as_array()?.first()?.as_str())
    });
    first.is_some_and(|first| first.trim_start().starts_with(prefix))
}

fn members<'a>(value: Option<&'a Value>) -> impl Iterator<Item = &'a Value> + use<'a> {
    value
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(Object::values)
}

fn authorizers(root: &Value) -> impl Iterator<Item = &Value> {
    let components = root.get("components");
    let named = components.and_then(|components| components.get("x-amazon-apigateway-authorizers"));
    let schemes = components.and_then(|components| components.get("securitySchemes"));
    members(schemes)
        .filter_map(|scheme| scheme.get("x-amazon-apigateway-authorizer"))
        .chain(members(named))
}

fn operations(root: &Value) -> impl Iterator<Item = &Value> {
    members(root.get("paths")).flat_map(|path| members(Some(path)))
}

fn integrations(root: &Value) -> impl Iterator<Item = &Value> {
    operations(root).filter_map(|operation| operation.get("x-amazon-apigateway-integration"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn kind(document: &serde_json::Value) -> ApiKind {
        super::kind(&document.clone().into())
    }

    #[test]
    fn what_only_http_apis_know_makes_one() {
        for value in [
            json!({"x-amazon-apigateway-importexport-version": "1.0"}),
            json!({"x-amazon-apigateway-cors": {}}),
            json!({"components": {"securitySchemes": {"a": {"x-amazon-apigateway-authorizer": {"type": "jwt"}}}}}),
            json!({"components": {"x-amazon-apigateway-integrations": {}}}),
            json!({"paths": {"/": {"get": {"x-amazon-apigateway-integration": {"payloadFormatVersion": "2.0"}}}}}),
            json!({"paths": {"/": {"get": {"x-amazon-apigateway-integration": {"integrationSubtype": "SQS-SendMessage"}}}}}),
        ] {
            assert_eq!(kind(&value), ApiKind::Http, "{value}");
        }
    }

    #[test]
    fn what_is_copied_between_kinds_decides_last() {
        let cors = "x-amazon-apigateway-cors";
        assert_eq!(
            kind(&json!({cors: {}, "x-amazon-apigateway-gateway-responses": {}})),
            ApiKind::Rest
        );
        let mock = json!({"paths": {"/": {"options": {"x-amazon-apigateway-integration": {"type": "MOCK"}}}}, cors: {}});
        assert_eq!(kind(&mock), ApiKind::Rest);
        let one = json!({"paths": {"/": {"get": {"x-amazon-apigateway-integration": {"payloadFormatVersion": "1.0"}}}}});
        assert_eq!(kind(&one), ApiKind::Rest);
    }

    #[test]
    fn swagger_is_a_rest_api() {
        let value = json!({"swagger": "2.0", "x-amazon-apigateway-importexport-version": "1.0"});
        assert_eq!(kind(&value), ApiKind::Rest);
    }

    #[test]
    fn nothing_or_nonsense_is_a_rest_api() {
        for value in [
            json!({}),
            json!({"paths": [1], "components": "x"}),
            json!({"paths": {"/": {"get": 5}}}),
        ] {
            assert_eq!(kind(&value), ApiKind::Rest, "{value}");
        }
    }
}
