mod forms;
mod places;
mod root;

use serde_json::{Value, json};

use super::*;
use crate::{Document, Error};

/// Reads a document with one operation, which has `operation`, and with `root` beside its paths.
fn read(operation: &Value, root: &Value) -> Result<Document, Error> {
    read_with(&ReadOptions::new(), operation, root)
}

fn read_with(options: &ReadOptions, operation: &Value, root: &Value) -> Result<Document, Error> {
    let mut operation = operation.clone();
    operation["responses"] = json!({"200": {"description": ""}});
    let mut document = json!({
        "openapi": "3.0.1", "info": {"title": "t", "version": "1"}, "paths": {"/a": {"get": operation}},
        "components": {"securitySchemes": {
            "api_key": {"type": "apiKey", "name": "x-api-key", "in": "header"},
            "iam": {"type": "apiKey", "name": "Authorization", "in": "header", "x-amazon-apigateway-authtype": "awsSigv4"},
            "pool": {"type": "apiKey", "name": "Authorization", "in": "header",
                "x-amazon-apigateway-authtype": "cognito_user_pools"},
            "broken": {"type": "magic"},
        }},
    });
    for (key, value) in root.as_object().unwrap() {
        document[key] = value.clone();
    }
    options.read("a.json", document.to_string().as_bytes())
}

fn kinds(document: &Document) -> Vec<Kind> {
    let all_of = &document.operations[0].security.all_of;
    all_of.iter().map(|demand| demand.kind.clone()).collect()
}

/// The schemes that the operation demands, whether it says so itself, and the number of repairs.
fn demands(operation: &Value, root: &Value) -> (Vec<String>, bool, usize) {
    let document = read(operation, root).unwrap();
    let security = &document.operations[0].security;
    let schemes = security
        .all_of
        .iter()
        .map(|demand| demand.scheme.clone())
        .collect();
    (schemes, security.explicit, document.repairs.len())
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

#[test]
fn a_list_demands_all_that_it_names() {
    let both = names(&["iam", "api_key"]);
    for security in [
        json!([{"iam": []}, {"api_key": []}]),
        json!([{"iam": [], "api_key": []}]),
    ] {
        assert_eq!(
            demands(&json!({ "security": security }), &json!({})),
            (both.clone(), true, 0)
        );
    }
}

#[test]
fn an_empty_list_opens_an_operation() {
    for security in [json!([]), json!([{}])] {
        assert_eq!(
            demands(&json!({ "security": security }), &json!({})),
            (vec![], true, 0)
        );
    }
    assert_eq!(demands(&json!({}), &json!({})), (vec![], false, 0));
}

#[test]
fn an_http_api_may_be_open_as_a_whole() {
    let open = json!({"security": [], "x-amazon-apigateway-importexport-version": "1.0"});
    assert_eq!(demands(&json!({}), &open), (vec![], true, 0));
}

#[test]
fn the_auth_extension_asks_for_aws_credentials() {
    let auth = |kind: &str| json!({"x-amazon-apigateway-auth": {"type": kind}, "security": [{"api_key": []}]});
    assert_eq!(
        demands(&auth("AWS_IAM"), &json!({})),
        (names(&["api_key", "iam"]), true, 0)
    );
    assert_eq!(
        demands(&auth("NONE"), &json!({})),
        (names(&["api_key"]), true, 0)
    );
    let twice = json!({"x-amazon-apigateway-auth": {"type": "aws_iam"}, "security": [{"iam": []}]});
    assert_eq!(demands(&twice, &json!({})), (names(&["iam"]), true, 0));
    assert_eq!(
        demands(
            &json!({"x-amazon-apigateway-auth": {"type": "NONE"}}),
            &json!({})
        ),
        (vec![], true, 0)
    );
}

#[test]
fn an_api_key_that_an_authorizer_gives_is_not_sent() {
    let source = json!({"x-amazon-apigateway-api-key-source": "AUTHORIZER"});
    let security = json!({"security": [{"pool": []}, {"api_key": []}]});
    assert_eq!(demands(&security, &source), (names(&["pool"]), true, 0));
}

#[test]
fn scopes_are_kept_and_the_same_demand_is_one() {
    let document = read(
        &json!({"security": [{"pool": ["a/read"]}, {"pool": ["a/read", "a/write"]}]}),
        &json!({}),
    )
    .unwrap();
    let all_of = &document.operations[0].security.all_of;
    assert_eq!(
        (all_of.len(), all_of[0].scopes.as_slice()),
        (1, names(&["a/read", "a/write"]).as_slice())
    );
    assert_eq!(
        all_of[0].pointer.to_string(),
        "#/paths/~1a/get/security/0/pool"
    );
}

#[test]
fn one_entry_without_its_list_is_read() {
    let function = json!({"Fn::If": ["IsDev", [], {"Ref": "AWS::NoValue"}]});
    assert_eq!(
        demands(&json!({"security": {"iam": []}}), &json!({})),
        (names(&["iam"]), true, 1)
    );
    assert_eq!(
        demands(&json!({"security": [{"iam": function}]}), &json!({})),
        (names(&["iam"]), true, 1)
    );
}

#[test]
fn an_undeclared_scheme_is_guessed_or_named() {
    assert_eq!(
        demands(
            &json!({"security": [{"sigv4": []}]}),
            &json!({"components": {}})
        ),
        (names(&["sigv4"]), true, 1)
    );
    let error = read(
        &json!({"security": [{"who": []}, {"broken": []}]}),
        &json!({}),
    )
    .unwrap_err();
    let places: Vec<_> = error
        .problems()
        .iter()
        .map(|problem| problem.at().unwrap().to_string())
        .collect();
    assert_eq!(
        places,
        [
            "#/paths/~1a/get/security/0/who",
            "#/paths/~1a/get/security/1/broken"
        ]
    );
}

#[test]
fn what_is_said_of_a_scheme_wins_over_the_document() {
    let header = |name: &str| Kind::Token {
        places: vec![crate::Place::Header(name.to_owned())],
        authorizer: crate::Authorizer::Other,
    };
    let options = ReadOptions::new()
        .scheme("pool", Some(header("X-Pool")))
        .scheme("who", Some(header("X-Who")))
        .scheme("broken", Some(Kind::ApiKey))
        .scheme("iam", None);
    let security = json!({"security": [{"pool": []}, {"who": []}, {"broken": []}, {"iam": []}]});
    let source = json!({"x-amazon-apigateway-api-key-source": "AUTHORIZER"});
    let document = read_with(&options, &security, &source).unwrap();
    let expected = [header("X-Pool"), header("X-Who"), Kind::ApiKey];
    assert_eq!(kinds(&document), expected);
    assert_eq!(document.security_schemes["pool"], Some(header("X-Pool")));
    assert_eq!(document.security_schemes["iam"], None);
    assert_eq!(document.security_schemes["who"], Some(header("X-Who")));
    assert!(document.repairs.is_empty(), "{:?}", document.repairs);
}

#[test]
fn there_is_an_end_of_credentials() {
    let sources: Vec<_> = (0..1_001)
        .map(|index| format!("method.request.header.A{index}"))
        .collect();
    let authorizer = json!({"type": "request", "identitySource": sources.join(",")});
    let scheme = json!({"type": "apiKey", "name": "Unused", "in": "header", "x-amazon-apigateway-authorizer": authorizer});
    let root = json!({"components": {"securitySchemes": {"usher": scheme}}});
    let error = read(&json!({}), &root).unwrap_err();
    assert_eq!(
        error.problems()[0].at().unwrap().to_string(),
        "#/components/securitySchemes"
    );
    assert!(
        error.to_string().contains("more than 1000 credentials"),
        "{error}"
    );
}
