//! The `security` of the whole document.

use super::*;

/// A document of this version of which the operation `GET /a` has `own` and the root has `security`; with an extension of the
/// gateway if `is_import`.
fn document(version: &str, own: &Value, security: &Value, is_import: bool) -> Value {
    let schemes = json!({
        "key": {"type": "apiKey", "name": "X-Api-Key", "in": "header"},
        "pool": {"type": "apiKey", "name": "Authorization", "in": "header"},
    });
    let mut operation = own.clone();
    operation["responses"] = json!({"200": {"description": ""}});
    if is_import {
        operation["x-amazon-apigateway-integration"] = json!({"type": "http_proxy"});
    }
    let mut document = json!({
        "info": {"title": "t", "version": "1"}, "paths": {"/a": {"get": operation}}, "security": security,
    });
    if version == "2.0" {
        document["swagger"] = json!("2.0");
        document["securityDefinitions"] = schemes;
    } else {
        document["openapi"] = json!(version);
        document["components"] = json!({"securitySchemes": schemes});
    }
    document
}

fn read_text(options: &ReadOptions, document: &Value) -> Document {
    let document = document.to_string();
    options.read("a.json", document.as_bytes()).unwrap()
}

/// The schemes that the operation demands, whether it is said, and all notes that are worth a warning.
fn of(options: &ReadOptions, document: &Value) -> (Vec<String>, bool, Vec<String>) {
    let document = read_text(options, document);
    let security = &document.operations[0].security;
    let schemes = security.all_of.iter().map(|it| it.scheme.clone());
    let notes = document.repairs.iter().filter(|repair| !repair.is_minor);
    let notes = notes.map(|repair| format!("{}: {}", repair.pointer, repair.message));
    (schemes.collect(), security.explicit, notes.collect())
}

fn all() -> Value {
    json!([{"pool": ["orders/read"]}, {"key": []}])
}

#[test]
fn an_openapi_rest_api_inherits_the_authorizer_with_its_scopes_and_not_the_key() {
    let document = document("3.0.1", &json!({}), &all(), true);
    let (schemes, explicit, notes) = of(&ReadOptions::new(), &document);
    assert_eq!((schemes, explicit), (names(&["pool"]), true));
    assert_eq!(notes.len(), 1, "{notes:?}");
    assert!(
        notes[0].starts_with("#/security/1/key: ") && notes[0].contains(".use_root_security()"),
        "{notes:?}"
    );
    let read = read_text(&ReadOptions::new(), &document);
    assert_eq!(
        read.operations[0].security.all_of[0].scopes,
        ["orders/read"]
    );
    assert_eq!(read.root_security.all_of.len(), 2);
}

#[test]
fn a_key_alone_at_the_root_says_nothing_of_an_operation() {
    let document = document("3.0.1", &json!({}), &json!([{"key": []}]), true);
    let (schemes, explicit, notes) = of(&ReadOptions::new(), &document);
    assert_eq!((schemes, explicit, notes.len()), (vec![], false, 1));
    let used = ReadOptions::new().use_root_security();
    assert_eq!(of(&used, &document), (names(&["key"]), true, vec![]));
}

#[test]
fn swagger_ignores_the_root_unless_it_is_asked_to_use_it() {
    let document = document("2.0", &json!({}), &all(), true);
    let (schemes, explicit, notes) = of(&ReadOptions::new(), &document);
    assert_eq!((schemes, explicit), (vec![], false));
    assert!(
        notes[0].starts_with("#/security: ") && notes[0].contains(".use_root_security()"),
        "{notes:?}"
    );
    let used = ReadOptions::new().use_root_security();
    assert_eq!(
        of(&used, &document),
        (names(&["pool", "key"]), true, vec![])
    );
}

#[test]
fn a_document_that_no_gateway_has_seen_inherits_all() {
    for version in ["3.0.1", "2.0"] {
        let document = document(version, &json!({}), &all(), false);
        assert_eq!(
            of(&ReadOptions::new(), &document),
            (names(&["pool", "key"]), true, vec![]),
            "{version}"
        );
    }
}

#[test]
fn an_http_api_inherits_all() {
    let mut document = document("3.0.1", &json!({}), &all(), false);
    document["x-amazon-apigateway-importexport-version"] = json!("1.0");
    let expected = (names(&["pool", "key"]), true, vec![]);
    assert_eq!(of(&ReadOptions::new(), &document), expected);
}

#[test]
fn what_an_operation_says_wins_over_the_root() {
    for (version, is_import) in [("3.0.1", true), ("3.0.1", false), ("2.0", false)] {
        let of_own = |own: Value| {
            let document = document(version, &own, &all(), is_import);
            of(&ReadOptions::new(), &document)
        };
        for open in [json!([]), json!([{}])] {
            assert_eq!(of_own(json!({ "security": open })), (vec![], true, vec![]));
        }
        let key = json!({"security": [{"key": []}]});
        assert_eq!(of_own(key), (names(&["key"]), true, vec![]));
    }
}

#[test]
fn an_authorization_type_of_its_own_replaces_the_authorizer_of_the_root() {
    let auth = |kind: &str| json!({"x-amazon-apigateway-auth": {"type": kind}});
    let of_own = |options: &ReadOptions, kind: &str| {
        of(options, &document("3.0.1", &auth(kind), &all(), true))
    };
    let default = ReadOptions::new();
    assert_eq!(of_own(&default, "AWS_IAM").0, names(&["sigv4"]));
    let (schemes, explicit, _) = of_own(&default, "NONE");
    assert_eq!((schemes, explicit), (vec![], true));
    let used = ReadOptions::new().use_root_security();
    assert_eq!(of_own(&used, "NONE").0, names(&["key"]));
}

#[test]
fn an_empty_root_says_as_little_as_none() {
    for open in [json!([]), json!([{}]), json!([{"NONE": []}]), json!(null)] {
        let document = document("3.0.1", &json!({}), &open, true);
        assert_eq!(
            of(&ReadOptions::new(), &document),
            (vec![], false, vec![]),
            "{open}"
        );
    }
}

#[test]
fn an_undeclared_name_matters_where_the_root_counts_for_an_operation() {
    let crew = json!([{"crew": []}]);
    let open = json!({"security": []});
    for (version, own) in [("2.0", json!({})), ("2.0", open.clone()), ("3.0.1", open)] {
        let document = document(version, &own, &crew, true);
        let (schemes, _, notes) = of(&ReadOptions::new(), &document);
        assert!(schemes.is_empty());
        assert!(
            notes
                .iter()
                .any(|note| note.starts_with("#/security/0/crew: ")),
            "{notes:?}"
        );
    }
    let counts = document("3.0.1", &json!({}), &crew, true).to_string();
    let read = |options: ReadOptions| options.read("a.json", counts.as_bytes());
    let error = read(ReadOptions::new()).unwrap_err();
    assert_eq!(
        error.problems()[0].at().unwrap().to_string(),
        "#/security/0/crew"
    );
    let said = read(ReadOptions::new().scheme("crew", Some(Kind::Iam))).unwrap();
    assert_eq!(kinds(&said), [Kind::Iam]);
}
