//! Every combination of what a document can say of one operation, by the oracle.

use serde_json::{Value, json};

/// What an operation, or the whole document, may have as its `security`; null for none.
fn securities() -> Vec<Value> {
    vec![
        json!(null),
        json!([]),
        json!([{}]),
        json!([{"NONE": []}]),
        json!([{"pool": ["a"]}]),
        json!([{"key": []}]),
        json!([{"pool": []}, {"key": []}]),
        json!([{"key": [], "iam": []}]),
        json!([{"iam": []}, {"pool": []}]),
        json!([{}, {"staff": []}]),
        json!([{"reader": []}, {"key": []}]),
        json!([{"many": []}, {"key": []}]),
        json!([{"pool": []}, {"many": []}]),
        json!([{"silent": []}, {"key": []}]),
        json!([{"sigv4": []}, {"api_key": []}]),
        json!({"reader": []}),
        json!([{"plain": []}, {"many": []}]),
    ]
}

fn schemes() -> Value {
    let request = |source: Value| {
        json!({"type": "apiKey", "name": "Unused", "in": "header",
        "x-amazon-apigateway-authorizer": {"type": "request", "identitySource": source}})
    };
    json!({
        "pool": {"type": "apiKey", "name": "Authorization", "in": "header"},
        "staff": {"type": "apiKey", "name": "authorization", "in": "header"},
        "iam": {"type": "apiKey", "name": "Authorization", "in": "header"},
        "key": {"type": "apiKey", "name": "X-API-KEY", "in": "header"},
        "plain": {"type": "apiKey", "name": "X-Tenant", "in": "header"},
        "reader": request(json!("method.request.header.x-api-key")),
        "many": request(json!(
            "method.request.header.X-Api-Key, method.request.header.X-Tenant,method.request.querystring.q"
        )),
        "silent": request(json!(null)),
    })
}

/// Lists of parameters.
fn parameters() -> [Value; 4] {
    [
        json!([]),
        json!([{"name": "x-tenant", "in": "header", "type": "string", "schema": {"type": "string"}}]),
        json!([{"name": "q", "in": "query", "required": true, "type": "string", "schema": {"type": "string"}},
            {"name": "X-API-Key", "in": "header", "required": true, "type": "string", "schema": {"type": "string"}}]),
        json!([{"name": "Authorization", "in": "header", "required": true, "type": "string", "schema": {"type": "string"}}]),
    ]
}

/// A document of this version, of the gateway or of somebody else, with these paths.
fn document(version: &str, is_import: bool, root: &Value, paths: &Value) -> Value {
    let mut schemes = schemes();
    if is_import {
        schemes["pool"]["x-amazon-apigateway-authtype"] = json!("cognito_user_pools");
        schemes["staff"]["x-amazon-apigateway-authtype"] = json!("custom");
    } else {
        // Only their places would be left in an export without extensions.
        for name in ["reader", "many", "silent"] {
            let scheme = schemes[name].as_object_mut().unwrap();
            scheme.remove("x-amazon-apigateway-authorizer");
        }
    }
    let mut document = json!({
        "info": {"title": "t", "version": "1"}, "security": root, "paths": paths,
    });
    if version == "2.0" {
        document["swagger"] = json!(version);
        document["securityDefinitions"] = schemes;
    } else {
        document["openapi"] = json!(version);
        document["components"] = json!({"securitySchemes": schemes});
    }
    document
}

/// A path for each operation with this `security`; with extensions of the gateway if `is_import`.
fn paths(own: &Value, is_import: bool) -> Value {
    let mut paths = json!({});
    let types: &[&str] = if is_import {
        &["", "AWS_IAM", "NONE"]
    } else {
        &[""]
    };
    for parameters in parameters() {
        for auth in types {
            let mut operation = json!({"responses": {}, "security": own, "parameters": parameters});
            if !auth.is_empty() {
                operation["x-amazon-apigateway-auth"] = json!({ "type": auth });
            }
            let path = format!("/{}", paths.as_object().unwrap().len());
            paths[path] = json!({ "get": operation });
        }
    }
    paths
}

#[test]
fn whatever_a_document_says_the_client_demands_what_the_oracle_reads() {
    let mut operations = 0;
    for (version, is_import) in [
        ("3.0.1", true),
        ("3.0.1", false),
        ("2.0", true),
        ("2.0", false),
    ] {
        for root in securities() {
            for own in securities() {
                let document =
                    document(version, is_import, &root, &paths(&own, is_import)).to_string();
                let api = gatewright_build::__model("t.json", document.as_bytes()).unwrap();
                let differences = corpus_oracle::differences(document.as_bytes(), &api).unwrap();
                assert!(differences.is_empty(), "{differences:?}\n{document}");
                operations += api.operations.len();
            }
        }
    }
    assert!(operations > 9_000);
}
