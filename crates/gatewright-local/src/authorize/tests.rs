use std::collections::HashMap;

use gatewright_document::{ApiKind, Document};
use serde_json::{Value, json};

use super::*;
use crate::fixtures::{call, get};
use crate::keys::KeySet;

/// What an import with one operation, `GET /a`, demands of it: it has `operation`, the document `root`.
fn security(operation: &Value, root: &Value) -> Security {
    let reads = |source: &str| {
        json!({
            "type": "apiKey", "name": "Unused", "in": "header", "x-amazon-apigateway-authtype": "custom",
            "x-amazon-apigateway-authorizer": {"type": "request", "identitySource": source},
        })
    };
    let mut operation = operation.clone();
    operation["responses"] = json!({});
    let mut document = json!({
        "openapi": "3.0.1", "info": {"title": "t", "version": "1"}, "paths": {"/a": {"get": operation}},
        "components": {"securitySchemes": {
            "plan": {"type": "apiKey", "name": "x-api-key", "in": "header"},
            "reader": reads("method.request.header.x-api-key"),
            "tenants": reads("method.request.header.X-API-KEY, method.request.querystring.tenant"),
        }},
    });
    for (key, value) in root.as_object().unwrap() {
        document[key] = value.clone();
    }
    let document = Document::from_slice("a.json", document.to_string().as_bytes()).unwrap();
    document.operations[0].security.clone()
}

/// How a gateway with the API key `right` and the registered value `ticket` refuses a request for `target` with this
/// `x-api-key`.
fn refusal(security: &Security, target: &str, key: Option<&str>) -> Option<GatewayError> {
    let authorizer = Authorizer {
        keys: Keys {
            region: "eu-west-1".to_owned(),
            credentials: HashMap::new(),
            stage: String::new(),
            hosts: Vec::new(),
            derived: Derived::default(),
        },
        tokens: Tokens {
            keys: KeySet::public_test_keys().unwrap(),
            kind: ApiKind::Rest,
            default_issuer: "https://issuer.example".to_owned(),
            forced_issuer: None,
            registered: vec!["ticket".to_owned()],
        },
        api_keys: ApiKeys(vec!["right".to_owned()]),
        allowing: HashSet::new(),
    };
    let mut request = get(target);
    if let Some(key) = key {
        request.headers.insert("x-api-key", key.parse().unwrap());
    }
    let checked = authorizer.check(security, call(&request, b""));
    checked.err().map(|refusal| refusal.error)
}

#[test]
fn a_function_that_reads_the_api_key_takes_the_keys_of_the_gateway() {
    let both = security(
        &json!({"security": [{"reader": []}, {"plan": []}]}),
        &json!({}),
    );
    assert_eq!(refusal(&both, "/a", Some("right")), None);
    assert_eq!(
        refusal(&both, "/a", Some("wrong")),
        Some(GatewayError::AccessDenied)
    );
    assert_eq!(refusal(&both, "/a", None), Some(GatewayError::Unauthorized));
    let alone = security(&json!({"security": [{"reader": []}]}), &json!({}));
    for key in ["right", "ticket"] {
        assert_eq!(refusal(&alone, "/a", Some(key)), None, "{key}");
    }
}

#[test]
fn what_a_function_reads_besides_the_key_has_to_be_there() {
    let security = security(&json!({"security": [{"tenants": []}]}), &json!({}));
    assert_eq!(refusal(&security, "/a?tenant=t", Some("right")), None);
    assert_eq!(
        refusal(&security, "/a", Some("right")),
        Some(GatewayError::Unauthorized)
    );
}

#[test]
fn an_operation_inherits_the_authorizer_of_the_whole_api_and_not_its_key() {
    let root = json!({"security": [{"reader": []}, {"plan": []}]});
    let inherited = security(&json!({}), &root);
    assert_eq!(
        refusal(&inherited, "/a", None),
        Some(GatewayError::Unauthorized)
    );
    assert_eq!(refusal(&inherited, "/a", Some("ticket")), None);
    let open = security(&json!({"security": []}), &root);
    assert_eq!(refusal(&open, "/a", None), None);
}
