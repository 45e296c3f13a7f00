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

/// What only the export of an HTTP API writes.
const EXPORTED: &str = "x-amazon-apigateway-importexport-version";

/// Members of an integration that only REST APIs have, and that the import of an HTTP API ignores.
const ONLY_REST_INTEGRATION: [&str; 6] = [
    "cacheKeyParameters",
    "cacheNamespace",
    "contentHandling",
    "passthroughBehavior",
    "requestTemplates",
    "responseTransferMode",
];

/// Marks contradict each other where people copy from one kind into documents of the other. So they are asked for by what the
/// import as the other kind would do, the strongest first:
///
/// 1. what only the export of an HTTP API writes, and nobody by hand;
/// 2. authorizers that only a REST API can have: an HTTP API refuses their types and what they read. They come before the marks
///    of HTTP APIs, as `type: jwt` was one of these until REST APIs had it too (2026);
/// 3. what only HTTP APIs can have;
/// 4. integrations that an HTTP API refuses, and extensions that it ignores;
/// 5. what both may have and was mostly seen in HTTP APIs.
///
/// A JWT authorizer alone is of the fifth kind, and only if its scheme is no `apiKey`: that is the one type that REST APIs
/// import ("API Gateway important notes").
pub(super) fn kind(root: &Value) -> ApiKind {
    // "Working with OpenAPI definitions for HTTP APIs": they are imported and exported as OpenAPI 3.0 only.
    if Version::of(root) == Version::Swagger2 {
        ApiKind::Rest
    } else if root.get(EXPORTED).is_some() {
        ApiKind::Http
    } else if authorizers(root).any(is_of_rest) {
        ApiKind::Rest
    } else if is_surely_http(root) {
        ApiKind::Http
    } else if is_rest(root) {
        ApiKind::Rest
    } else if looks_like_http(root) {
        ApiKind::Http
    } else {
        ApiKind::Rest
    }
}

fn is_of_rest(authorizer: &Value) -> bool {
    says_any(authorizer, "type", &["token", "cognito_user_pools"])
        || identity_starts(authorizer, "method.request.")
        || has_any(
            authorizer,
            &["providerARNs", "identityValidationExpression"],
        )
        || authorizer
            .get("jwtConfiguration")
            .is_some_and(|jwt| has_any(jwt, &["issuers", "defaultAlgorithms"]))
}

fn is_surely_http(root: &Value) -> bool {
    authorizers(root).any(|authorizer| identity_starts(authorizer, "$request."))
        || integrations(root).any(|integration| integration.get("integrationSubtype").is_some())
        || operations(root).any(|operation| operation.get("isDefaultRoute").is_some())
}

fn is_rest(root: &Value) -> bool {
    has_any(root, &ONLY_REST)
        || operations(root)
            .any(|operation| has_any(operation, &["x-amazon-apigateway-request-validator"]))
        || integrations(root).any(|integration| {
            says_any(integration, "type", &["mock", "aws", "http"])
                || has_any(integration, &ONLY_REST_INTEGRATION)
                || maps_as_rest(integration.get("requestParameters"))
        })
}

/// A REST API maps to `integration.request.header.x`, an HTTP API to `append:header.x`.
fn maps_as_rest(parameters: Option<&Value>) -> bool {
    let parameters = parameters.and_then(Value::as_object);
    parameters
        .into_iter()
        .flat_map(Object::iter)
        .any(|(key, _)| key.starts_with("integration.request."))
}

fn looks_like_http(root: &Value) -> bool {
    root.get("x-amazon-apigateway-cors").is_some()
        || root
            .get("components")
            .is_some_and(|components| components.get("x-amazon-apigateway-integrations").is_some())
        || schemes(root).any(is_jwt_of_http)
        || authorizers(root)
            .any(|authorizer| has_any(authorizer, &["authorizerPayloadFormatVersion"]))
        || integrations(root)
            .any(|integration| integration.get("payloadFormatVersion").is_some_and(is_two))
}

/// A JWT authorizer whose scheme is no `apiKey`.
fn is_jwt_of_http(scheme: &Value) -> bool {
    scheme
        .get("x-amazon-apigateway-authorizer")
        .is_some_and(|authorizer| says(authorizer, "type", "jwt"))
        && !says(scheme, "type", "apiKey")
}

fn has_any(object: &Value, keys: &[&str]) -> bool {
    keys.iter().any(|key| object.get(key).is_some())
}

fn says_any(object: &Value, key: &str, texts: &[&str]) -> bool {
    texts.iter().any(|text| says(object, key, text))
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
    let Some(source) = authorizer.get("identitySource") else {
        return false;
    };
    let list = source.as_array().into_iter().flatten();
    let texts = source
        .as_str()
        .into_iter()
        .chain(list.filter_map(Value::as_str));
    texts
        .flat_map(|text| text.split(','))
        .any(|text| text.trim_start().starts_with(prefix))
}

fn members<'a>(value: Option<&'a Value>) -> impl Iterator<Item = &'a Value> + use<'a> {
    value
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(Object::values)
}

fn schemes(root: &Value) -> impl Iterator<Item = &Value> {
    let components = root.get("components");
    members(components.and_then(|components| components.get("securitySchemes")))
}

/// Those of the schemes, and those that stand apart to be named by schemes.
fn authorizers(root: &Value) -> impl Iterator<Item = &Value> {
    let named = "x-amazon-apigateway-authorizers";
    let components = root.get("components");
    schemes(root)
        .filter_map(|scheme| scheme.get("x-amazon-apigateway-authorizer"))
        .chain(members(
            components.and_then(|components| components.get(named)),
        ))
        .chain(members(root.get(named)))
}

fn operations(root: &Value) -> impl Iterator<Item = &Value> {
    members(root.get("paths")).flat_map(|path| members(Some(path)))
}

/// Those of the operations, and those that stand apart to be referred to.
fn integrations(root: &Value) -> impl Iterator<Item = &Value> {
    let components = root.get("components");
    operations(root)
        .filter_map(|operation| operation.get("x-amazon-apigateway-integration"))
        .chain(members(components.and_then(|components| {
            components.get("x-amazon-apigateway-integrations")
        })))
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

    /// A document with this scheme, and with `extra` at its root.
    fn with_scheme(scheme: &serde_json::Value, extra: &serde_json::Value) -> serde_json::Value {
        let mut value = json!({"components": {"securitySchemes": {"a": scheme}}});
        let root = value.as_object_mut().unwrap();
        root.extend(extra.as_object().unwrap().clone());
        value
    }

    fn jwt(source: &serde_json::Value, configuration: &serde_json::Value) -> serde_json::Value {
        json!({"type": "jwt", "identitySource": source, "jwtConfiguration": configuration})
    }

    #[test]
    fn a_jwt_authorizer_is_of_the_api_that_surrounds_it() {
        use ApiKind::{Http, Rest};
        let (http_form, rest_form) = (
            json!({"issuer": "https://one.example", "audience": ["a"]}),
            json!({"issuers": [{"issuer": "https://one.example", "audiences": ["a"]}]}),
        );
        let (http_source, rest_source) = (
            json!("$request.header.Authorization"),
            json!("method.request.header.Authorization"),
        );
        let none = json!({});
        let validators = json!({"x-amazon-apigateway-request-validators": {}});
        let exported = json!({"x-amazon-apigateway-importexport-version": "1.0"});
        let cors = json!({"x-amazon-apigateway-cors": {}});
        for (scheme, source, form, extra, expected) in [
            ("apiKey", &rest_source, &rest_form, &none, Rest),
            ("apiKey", &rest_source, &http_form, &none, Rest),
            ("oauth2", &rest_source, &http_form, &none, Rest),
            ("oauth2", &rest_source, &rest_form, &cors, Rest),
            ("oauth2", &rest_source, &http_form, &exported, Http),
            ("oauth2", &json!([rest_source]), &http_form, &none, Rest),
            ("oauth2", &json!(null), &rest_form, &none, Rest),
            ("oauth2", &json!(null), &http_form, &validators, Rest),
            ("apiKey", &json!(null), &http_form, &none, Rest),
            ("oauth2", &http_source, &http_form, &none, Http),
            ("apiKey", &http_source, &http_form, &none, Http),
            ("oauth2", &http_source, &http_form, &validators, Http),
            ("oauth2", &json!([http_source]), &http_form, &none, Http),
            ("oauth2", &json!(null), &http_form, &none, Http),
            ("openIdConnect", &json!(null), &json!(null), &none, Http),
            ("apiKey", &json!(null), &http_form, &cors, Http),
        ] {
            let scheme =
                json!({"type": scheme, "x-amazon-apigateway-authorizer": jwt(source, form)});
            let value = with_scheme(&scheme, extra);
            assert_eq!(kind(&value), expected, "{value}");
        }
    }

    #[test]
    fn one_mark_of_rest_in_an_integration_is_enough() {
        let jwt = json!({"type": "oauth2", "x-amazon-apigateway-authorizer": {"type": "jwt"}});
        for integration in [
            json!({"type": "mock"}),
            json!({"type": "AWS"}),
            json!({"type": "http_proxy", "requestParameters": {"integration.request.path.id": "method.request.path.id"}}),
            json!({"type": "aws_proxy", "passthroughBehavior": "when_no_match"}),
        ] {
            let paths =
                json!({"paths": {"/": {"get": {"x-amazon-apigateway-integration": integration}}}});
            let value = with_scheme(&jwt, &paths);
            assert_eq!(kind(&value), ApiKind::Rest, "{value}");
        }
    }

    #[test]
    fn authorizers_that_schemes_name_count_wherever_they_stand() {
        let authorizers =
            json!({"a": {"type": "jwt", "identitySource": "method.request.header.A"}});
        for value in [
            json!({"x-amazon-apigateway-authorizers": authorizers, "x-amazon-apigateway-cors": {}}),
            json!({"components": {"x-amazon-apigateway-authorizers": authorizers, "x-amazon-apigateway-integrations": {}}}),
        ] {
            assert_eq!(kind(&value), ApiKind::Rest, "{value}");
        }
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
