use gatewright_document::ReadOptions;
use serde_json::{Value, json};

use super::*;
use crate::Select;

fn header(scheme: &str, header: &str) -> Scheme {
    Scheme::HeaderToken {
        scheme: scheme.to_owned(),
        header: header.to_owned(),
    }
}

fn query(scheme: &str, query: &str) -> Scheme {
    Scheme::QueryToken {
        scheme: scheme.to_owned(),
        query: query.to_owned(),
    }
}

/// A document with one operation, `GET /`, that has these members, and `root` beside its paths.
fn document(operation: &Value, root: &Value) -> Document {
    let text = text_of(operation, root);
    ReadOptions::new().read("t.json", text.as_bytes()).unwrap()
}

fn text_of(operation: &Value, root: &Value) -> String {
    let mut operation = operation.clone();
    operation["responses"] = json!({});
    let authorizer = json!({"type": "request", "identitySource": "method.request.header.X-Ticket, method.request.querystring.seat"});
    let mut document = json!({
        "openapi": "3.0.1", "info": { "title": "t", "version": "1" },
        "paths": { "/": { "get": operation } },
        "components": { "securitySchemes": {
            "api_key": { "type": "apiKey", "name": "x-api-key", "in": "header" },
            "sigv4": { "type": "apiKey", "name": "Authorization", "in": "header", "x-amazon-apigateway-authtype": "awsSigv4" },
            "pool": { "type": "apiKey", "name": "Authorization", "in": "header", "x-amazon-apigateway-authtype": "cognito_user_pools" },
            "usher": { "type": "apiKey", "name": "Unused", "in": "header", "x-amazon-apigateway-authorizer": authorizer },
            "badge": { "type": "apiKey", "name": "X-Badge", "in": "header" },
        } },
    });
    for (key, value) in root.as_object().unwrap() {
        document[key] = value.clone();
    }
    document.to_string()
}

fn demands(operation: &Value, root: &Value, choices: &Choices) -> Vec<Scheme> {
    let document = document(operation, root);
    schemes(&document.operations[0], &document, choices)
}

/// The demands of this `security`, where nothing was chosen.
fn of_security(security: &Value) -> Vec<Scheme> {
    demands(
        &json!({ "security": security }),
        &json!({}),
        &Choices::default(),
    )
}

fn mode(mode: AuthMode) -> Choices {
    Choices {
        mode: Some(mode),
        ..Choices::default()
    }
}

fn chosen(modes: &[AuthMode]) -> Choices {
    let auth = vec![(Select::path("/"), modes.to_vec())];
    Choices {
        auth,
        ..mode(AuthMode::ApiKey)
    }
}

#[test]
fn a_list_of_two_demands_both() {
    assert_eq!(
        of_security(&json!([{"sigv4": []}, {"api_key": []}])),
        [Scheme::Iam, Scheme::ApiKey]
    );
}

#[test]
fn scopes_of_an_api_key_scheme_are_those_of_a_user_pool() {
    assert_eq!(
        of_security(&json!([{"pool": ["seats/read"]}])),
        [header("pool", "authorization")]
    );
}

#[test]
fn an_unused_header_is_none_and_every_identity_source_is_one() {
    assert_eq!(
        of_security(&json!([{"usher": []}])),
        [header("usher", "x-ticket"), query("usher", "seat")]
    );
}

#[test]
fn a_jwt_authorizer_without_flows_reads_its_identity_source() {
    let authorizer = json!({"type": "jwt", "identitySource": "$request.header.X-Jwt"});
    let scheme = json!({"type": "oauth2", "x-amazon-apigateway-authorizer": authorizer});
    let root = json!({"components": {"securitySchemes": {"jwt": scheme}}});
    let security = json!({"security": [{"jwt": []}]});
    assert_eq!(
        demands(&security, &root, &Choices::default()),
        [header("jwt", "x-jwt")]
    );
}

#[test]
fn an_api_key_that_the_authorizer_brings_is_not_sent() {
    let root = json!({"x-amazon-apigateway-api-key-source": "AUTHORIZER"});
    let security = json!({"security": [{"pool": []}, {"api_key": []}]});
    assert_eq!(
        demands(&security, &root, &Choices::default()),
        [header("pool", "authorization")]
    );
}

#[test]
fn the_mode_is_for_operations_that_inherit_nothing() {
    let import = |security: Value| json!({"security": security, "x-amazon-apigateway-policy": {}});
    let of = |security| demands(&json!({}), &import(security), &mode(AuthMode::Iam));
    assert_eq!(
        of(json!([{"pool": []}, {"api_key": []}])),
        [header("pool", "authorization")]
    );
    for unsaid in [json!([{"api_key": []}]), json!([]), json!(null)] {
        assert_eq!(of(unsaid), [Scheme::Iam]);
    }
}

#[test]
fn the_root_counts_whole_where_the_user_says_so() {
    let root = json!({"security": [{"api_key": []}], "x-amazon-apigateway-policy": {}});
    let text = text_of(&json!({}), &root);
    let read = ReadOptions::new().use_root_security();
    let read = read.read("t.json", text.as_bytes()).unwrap();
    let schemes = schemes(&read.operations[0], &read, &mode(AuthMode::Iam));
    assert_eq!(schemes, [Scheme::ApiKey]);
}

#[test]
fn the_mode_is_for_operations_of_which_the_document_says_nothing() {
    let api_key = mode(AuthMode::ApiKey);
    assert_eq!(demands(&json!({}), &json!({}), &api_key), [Scheme::ApiKey]);
    assert_eq!(demands(&json!({"security": []}), &json!({}), &api_key), []);
    assert_eq!(
        demands(&json!({"security": [{"sigv4": []}]}), &json!({}), &api_key),
        [Scheme::Iam]
    );
}

#[test]
fn what_was_chosen_for_an_operation_wins_over_all() {
    let secured = json!({"security": [{"usher": []}], "parameters": [{"name": "Authorization", "in": "header", "required": true}]});
    for operation in [json!({}), secured] {
        let of = |modes| demands(&operation, &json!({}), &chosen(modes));
        assert_eq!(
            of(&[AuthMode::Iam, AuthMode::ApiKey]),
            [Scheme::Iam, Scheme::ApiKey]
        );
        assert_eq!(of(&[AuthMode::None]), []);
        assert_eq!(
            of(&[AuthMode::Query("seat".to_owned())]),
            [query("seat", "seat")]
        );
    }
}

#[test]
fn a_chosen_token_is_that_of_the_scheme_that_reads_in_its_place() {
    let of = |modes: &[AuthMode]| demands(&json!({}), &json!({}), &chosen(modes));
    assert_eq!(of(&[AuthMode::Token]), [header("pool", "authorization")]);
    assert_eq!(
        of(&[AuthMode::Header("X-BADGE".to_owned())]),
        [header("badge", "x-badge")]
    );
    let bearer = json!({"components": {"securitySchemes": {"bearer": {"type": "apiKey", "in": "header", "name": "X-A"}}}});
    let token = demands(&json!({}), &bearer, &chosen(&[AuthMode::Token]));
    assert_eq!(token, [header("bearer_", "authorization")]);
}

/// The demands of an operation with this header, which is required, and this `security`.
fn with_header(name: &str, security: &Value) -> Vec<Scheme> {
    let parameter = json!({"name": name, "in": "header", "required": true});
    let operation = json!({"parameters": [parameter], "security": security});
    demands(&operation, &json!({}), &Choices::default())
}

#[test]
fn a_credential_that_is_only_declared_is_demanded() {
    let token = || header("authorization", "authorization");
    let of = |name| with_header(name, &json!([]));
    assert_eq!(of("Authorization"), [token()]);
    assert_eq!(of("X-Api-Key"), [Scheme::ApiKey]);
    assert_eq!(of("X-Other"), []);
    let key = json!([{"api_key": []}]);
    assert_eq!(
        with_header("Authorization", &key),
        [Scheme::ApiKey, token()]
    );
}

#[test]
fn a_declared_header_that_a_scheme_fills_is_no_other_demand() {
    assert_eq!(
        with_header("Authorization", &json!([{"sigv4": []}])),
        [Scheme::Iam]
    );
    assert_eq!(
        with_header("x-api-key", &json!([{"api_key": []}])),
        [Scheme::ApiKey]
    );
}

#[test]
fn a_header_that_an_authorizer_reads_is_no_api_key_besides() {
    let authorizer =
        json!({"type": "request", "identitySource": "method.request.header.x-api-key"});
    let root = json!({"components": {"securitySchemes": {"tickets": {
        "type": "apiKey", "name": "tickets", "in": "header", "x-amazon-apigateway-authorizer": authorizer,
    }}}});
    let operation = json!({"security": [{"tickets": []}], "parameters": [
        {"name": "x-api-key", "in": "header", "required": true, "schema": {"type": "string"}},
    ]});
    let demands = demands(&operation, &root, &Choices::default());
    assert_eq!(demands, [header("tickets", "x-api-key")]);
}

/// An authorizer `gate` of type `request` that reads these, and the `security` that demands it and, if `keyed`, an API key.
fn gate(sources: &str, keyed: bool) -> (Value, Value) {
    let authorizer = json!({"type": "request", "identitySource": sources});
    let root = json!({"components": {"securitySchemes": {
        "api_key": { "type": "apiKey", "name": "x-api-key", "in": "header" },
        "gate": { "type": "apiKey", "name": "Unused", "in": "header", "x-amazon-apigateway-authorizer": authorizer },
    }}});
    let security = if keyed {
        json!([{"gate": []}, {"api_key": []}])
    } else {
        json!([{"gate": []}])
    };
    (security, root)
}

#[test]
fn an_authorizer_that_reads_the_api_key_makes_no_second_credential() {
    for sources in [
        "method.request.header.x-api-key",
        "method.request.header.X-API-Key",
    ] {
        let (security, root) = gate(sources, true);
        let operation = json!({ "security": security });
        assert_eq!(
            demands(&operation, &root, &Choices::default()),
            [Scheme::ApiKey]
        );
    }
    let (security, root) = gate(
        "method.request.header.X-Api-Key, method.request.header.X-Tenant",
        true,
    );
    let operation = json!({ "security": security });
    assert_eq!(
        demands(&operation, &root, &Choices::default()),
        [header("gate", "x-tenant"), Scheme::ApiKey]
    );
}

#[test]
fn one_operation_that_demands_a_key_makes_it_the_key_of_all() {
    let mut operations = [
        vec![header("gate", "x-api-key")],
        vec![Scheme::ApiKey],
        vec![header("gate", "x-tenant")],
    ];
    share_keys(operations.iter_mut());
    assert_eq!(
        operations,
        [
            vec![Scheme::ApiKey],
            vec![Scheme::ApiKey],
            vec![header("gate", "x-tenant")]
        ]
    );
    let mut alone = [vec![header("gate", "x-api-key")]];
    share_keys(alone.iter_mut());
    assert_eq!(alone, [vec![header("gate", "x-api-key")]]);
}

#[test]
fn what_an_operation_declares_is_no_credential_though_an_authorizer_reads_it() {
    let sources = "method.request.header.X-Tenant, method.request.querystring.seat, method.request.header.Authorization";
    let (security, root) = gate(sources, false);
    let declared = json!([
        {"name": "x-tenant", "in": "header"}, {"name": "seat", "in": "query"},
        {"name": "authorization", "in": "header", "required": true},
    ]);
    let operation = json!({"security": security, "parameters": declared});
    assert_eq!(
        demands(&operation, &root, &Choices::default()),
        [header("gate", "authorization")]
    );
    let elsewhere = json!([{"name": "X-Tenant", "in": "query"}, {"name": "Seat", "in": "query"}]);
    let operation = json!({"security": security, "parameters": elsewhere});
    assert_eq!(
        demands(&operation, &root, &Choices::default()).len(),
        3,
        "other places are not declared"
    );
}

#[test]
fn a_scheme_that_is_the_header_stays_a_credential_though_it_is_declared() {
    assert_eq!(
        with_header("X-Badge", &json!([{"badge": []}])),
        [header("badge", "x-badge")]
    );
}
