//! Two demands in one place of a request.

use super::*;

/// What the operation with this `security` demands, and what it could demand instead: names of schemes.
fn both(security: &Value, root: &Value) -> (Vec<String>, Vec<String>) {
    let document = read(&json!({ "security": security }), root).unwrap();
    let security = &document.operations[0].security;
    let name = |demand: &Requirement| demand.scheme.clone();
    let alternatives = security.alternatives.iter();
    (
        security.all_of.iter().map(name).collect(),
        alternatives.map(|it| name(&it.requirement)).collect(),
    )
}

/// Schemes that read in several places: `both` in two headers, `badge` in one of them, `seat` and `chair` in the query.
fn authorizers() -> Value {
    let reads = |source: &str| {
        json!({
            "type": "apiKey", "name": "Unused", "in": "header", "x-amazon-apigateway-authtype": "custom",
            "x-amazon-apigateway-authorizer": {"type": "request", "identitySource": source},
        })
    };
    json!({"components": {"securitySchemes": {
        "api_key": {"type": "apiKey", "name": "x-api-key", "in": "header"},
        "iam": {"type": "apiKey", "name": "Authorization", "in": "header", "x-amazon-apigateway-authtype": "awsSigv4"},
        "both": reads("method.request.header.authorization, method.request.header.X-Badge"),
        "badge": reads("method.request.header.x-badge,method.request.header.X-BADGE"),
        "key": reads("method.request.header.X-API-Key"),
        "seat": reads("method.request.querystring.seat"),
        "chair": reads("method.request.querystring.Seat"),
        "sofa": reads("method.request.querystring.seat"),
        "basic": {"type": "http", "scheme": "basic"},
    }}})
}

#[test]
fn two_schemes_of_one_place_are_alternatives_and_the_first_is_taken() {
    for (security, expected) in [
        (json!([{"iam": []}, {"both": []}]), "iam"),
        (json!([{"both": []}, {"iam": []}]), "both"),
        (json!([{"basic": []}, {"iam": []}]), "basic"),
        (json!([{"iam": [], "basic": []}]), "iam"),
        (json!([{"badge": []}, {"both": []}]), "badge"),
        (json!([{"seat": []}, {"sofa": []}]), "seat"),
    ] {
        let (taken, left) = both(&security, &authorizers());
        assert_eq!(taken, names(&[expected]), "{security}");
        assert_eq!(left.len(), 1, "{security}");
    }
}

#[test]
fn an_authorization_type_of_an_operation_is_an_alternative_to_its_authorizer() {
    let operation =
        json!({"security": [{"basic": []}], "x-amazon-apigateway-auth": {"type": "AWS_IAM"}});
    let document = read(&operation, &authorizers()).unwrap();
    let security = &document.operations[0].security;
    let [alternative] = security.alternatives.as_slice() else {
        panic!("{security:?}")
    };
    assert_eq!(security.all_of[0].scheme, "basic");
    assert_eq!(alternative.taken, "basic");
    assert_eq!(
        alternative.requirement.pointer.to_string(),
        "#/paths/~1a/get/x-amazon-apigateway-auth"
    );
}

#[test]
fn what_is_sent_in_different_places_is_all_demanded() {
    for security in [
        json!([{"iam": []}, {"badge": []}]),
        json!([{"seat": []}, {"chair": []}]),
        json!([{"key": []}, {"api_key": []}]),
        json!([{"api_key": []}, {"both": []}]),
    ] {
        let (taken, left) = both(&security, &authorizers());
        assert_eq!((taken.len(), left.len()), (2, 0), "{security}");
    }
}

#[test]
fn a_place_that_is_named_twice_is_one() {
    let document = read(&json!({"security": [{"badge": []}]}), &authorizers()).unwrap();
    assert_eq!(
        kinds(&document)[0].places(),
        [crate::Place::Header("x-badge".to_owned())]
    );
}

/// The authorizers of which an operation does not say what they read.
fn silent(scheme: &Value) -> Vec<String> {
    let root = json!({"components": {"securitySchemes": {"checker": scheme}}});
    let document = read(&json!({"security": [{"checker": []}]}), &root).unwrap();
    let security = &document.operations[0].security;
    assert!(security.explicit && security.all_of.is_empty());
    security.silent.iter().map(|it| it.scheme.clone()).collect()
}

#[test]
fn an_authorizer_that_names_no_place_is_there_all_the_same() {
    let of = |name: &str, authorizer: Value| {
        json!({"type": "apiKey", "name": name, "in": "header",
        "x-amazon-apigateway-authtype": "custom", "x-amazon-apigateway-authorizer": authorizer})
    };
    for scheme in [
        of("Unused", json!({"type": "request"})),
        of("unused", json!({"type": "request"})),
        of(
            "Unused",
            json!({"type": "request", "identitySource": "context.httpMethod"}),
        ),
        of("Unused", json!({"type": {"Ref": "Type"}})),
        json!({"type": "apiKey", "name": "Unused", "in": "header", "x-amazon-apigateway-authtype": "custom"}),
        json!({"type": "apiKey", "name": "Unused", "in": "header"}),
    ] {
        assert_eq!(silent(&scheme), ["checker"], "{scheme}");
    }
}

#[test]
fn an_authorizer_of_which_somebody_knows_is_not_silent() {
    let root = json!({"components": {"securitySchemes": {
        "checker": {"type": "apiKey", "name": "Unused", "in": "header"},
    }}});
    let options = ReadOptions::new().scheme("checker", None);
    let security = json!({"security": [{"checker": []}]});
    let document = read_with(&options, &security, &root).unwrap();
    assert!(document.operations[0].security.silent.is_empty());
}
