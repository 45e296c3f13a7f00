//! What `security` may look like. What has no form that can be read never opens an operation.

use super::*;

/// The place of the first problem, and its text.
fn refusal(operation: &Value, root: &Value) -> (String, String) {
    let error = read(operation, root).unwrap_err();
    let problem = &error.problems()[0];
    (problem.at().unwrap().to_string(), error.to_string())
}

#[test]
fn what_is_no_list_of_objects_is_an_error_with_a_way_out() {
    let function = json!({"Fn::If": ["IsDev", [], {"Ref": "AWS::NoValue"}]});
    for (security, place, words) in [
        (json!("iam"), "", "write `[{\"iam\": []}]`"),
        (json!(5), "", "is a number, not a list"),
        (json!(true), "", "is a truth value, not a list"),
        (json!(false), "", "not a list"),
        (function, "", "put what it gives here"),
        (json!({"Ref": "Auth"}), "", "put what it gives here"),
        (json!(["iam"]), "/0", "write `{\"iam\": []}`"),
        (json!([{"iam": []}, "pool"]), "/1", "write `{\"pool\": []}`"),
        (json!([["iam"]]), "/0", "is a list, not an object"),
        (json!([5]), "/0", "is a number, not an object"),
        (json!([null]), "/0", "is null, not an object"),
    ] {
        let (at, message) = refusal(&json!({ "security": security }), &json!({}));
        assert_eq!(at, format!("#/paths/~1a/get/security{place}"), "{message}");
        assert!(message.contains(words), "{message}");
        let root = json!({ "security": security, "x-amazon-apigateway-policy": {} });
        let (at, _) = refusal(&json!({}), &root);
        assert_eq!(at, format!("#/security{place}"));
    }
}

#[test]
fn null_is_as_good_as_absent() {
    let root = json!({"security": [{"iam": []}], "x-amazon-apigateway-policy": {}});
    assert_eq!(
        demands(&json!({"security": null}), &root),
        (names(&["iam"]), true, 0)
    );
    assert_eq!(
        demands(&json!({"security": null}), &json!({})),
        (vec![], false, 0)
    );
}

#[test]
fn sam_opens_an_operation_by_the_name_none() {
    for security in [json!([{"NONE": []}]), json!([{"None": null}])] {
        assert_eq!(
            demands(&json!({ "security": security }), &json!({})),
            (vec![], true, 1)
        );
    }
    for security in [
        json!([{"NONE": [], "api_key": []}]),
        json!([{"NONE": []}, {"api_key": []}]),
    ] {
        assert_eq!(
            demands(&json!({ "security": security }), &json!({})).0,
            names(&["api_key"])
        );
    }
}

#[test]
fn a_declared_scheme_may_be_called_none() {
    let root = json!({"components": {"securitySchemes": {
        "NONE": {"type": "apiKey", "name": "X-Pass", "in": "header"},
    }}});
    let security = json!({"security": [{"NONE": []}]});
    assert_eq!(demands(&security, &root), (names(&["NONE"]), true, 0));
    let said = ReadOptions::new().scheme("NONE", Some(Kind::Iam));
    let document = read_with(&said, &security, &json!({})).unwrap();
    assert_eq!(kinds(&document), [Kind::Iam]);
}

#[test]
fn optional_authorization_is_demanded_because_the_gateway_has_none() {
    for security in [json!([{}, {"pool": []}]), json!([{"pool": []}, {}])] {
        let document = read(&json!({ "security": security }), &json!({})).unwrap();
        assert_eq!(kinds(&document).len(), 1);
        let [repair] = document.repairs.as_slice() else {
            panic!("{:?}", document.repairs)
        };
        assert!(repair.is_minor && repair.message.contains("optional"));
    }
}

#[test]
fn the_auth_extension_may_be_a_text() {
    let auth = |kind: &str| json!({"x-amazon-apigateway-auth": kind});
    assert_eq!(
        demands(&auth("AWS_IAM"), &json!({})),
        (names(&["iam"]), true, 1)
    );
    assert_eq!(demands(&auth("NONE"), &json!({})), (vec![], true, 1));
    assert_eq!(demands(&auth("magic"), &json!({})), (vec![], false, 2));
}

#[test]
fn what_smithy_calls_a_signature_is_one() {
    let security = json!({"security": [{"aws.auth.sigv4": []}]});
    let document = read(&security, &json!({"components": {}})).unwrap();
    assert_eq!(kinds(&document), [Kind::Iam]);
}

/// Schemes that stand in other files, or nowhere.
fn elsewhere() -> Value {
    json!({"components": {"securitySchemes": {
        "app": {"$ref": "https://example.com/schemes.yaml#/app"},
        "gone": {"$ref": "#/components/securitySchemes/nowhere"},
        "loop": {"$ref": "#/components/securitySchemes/loop"},
    }}})
}

#[test]
fn a_scheme_of_another_file_is_an_error_only_where_it_is_demanded() {
    let document = read(&json!({}), &elsewhere()).unwrap();
    assert_eq!(document.repairs.len(), 3, "{:?}", document.repairs);
    for name in ["app", "gone", "loop"] {
        let (at, message) = refusal(&json!({"security": [{name: []}]}), &elsewhere());
        assert_eq!(at, format!("#/paths/~1a/get/security/0/{name}"));
        let way_out = format!(".scheme(\"{name}\", AuthMode::");
        assert!(message.contains(&way_out), "{message}");
    }
}

#[test]
fn what_is_said_rescues_a_scheme_of_another_file() {
    let security = json!({"security": [{"app": []}, {"gone": []}]});
    let options = ReadOptions::new()
        .scheme("app", Some(Kind::Iam))
        .scheme("gone", Some(Kind::ApiKey))
        .scheme("loop", None);
    let document = read_with(&options, &security, &elsewhere()).unwrap();
    assert_eq!(kinds(&document), [Kind::Iam, Kind::ApiKey]);
    assert!(document.repairs.is_empty(), "{:?}", document.repairs);
}
