//! Kinds of documents, each with the demands of its operations, which are written down here, and what is said of the rest.

use gatewright_build::{AuthMode, Generated, Select, configure};
use gatewright_codegen::model::{Api, Scheme};
use serde_json::{Value, json};

/// The schemes of the documents here, by name.
fn schemes() -> Value {
    let authorizer = |name: &str, authorizer: Value| {
        json!({"type": "apiKey", "name": name, "in": "header",
        "x-amazon-apigateway-authtype": "custom", "x-amazon-apigateway-authorizer": authorizer})
    };
    let request = |source: &str| {
        authorizer(
            "Unused",
            json!({"type": "request", "identitySource": source}),
        )
    };
    json!({
        "ticket": authorizer("Authorization", json!({"type": "token"})),
        "members": authorizer("Authorization", json!({"type": "cognito_user_pools"})),
        "signature": {"type": "apiKey", "name": "Authorization", "in": "header", "x-amazon-apigateway-authtype": "awsSigv4"},
        "plan": {"type": "apiKey", "name": "X-API-Key", "in": "header"},
        "vip": request("method.request.header.x-api-key"),
        "guide": request("method.request.header.X-Api-Key, method.request.header.X-Guest"),
        "usher": request("method.request.querystring.row"),
        "bouncer": authorizer("Unused", json!({"type": "request"})),
        "basic": {"type": "http", "scheme": "basic"},
        "abroad": {"$ref": "https://theatre.example/schemes.yaml#/abroad"},
    })
}

/// An import of a REST API with one operation, `GET /seats`, that has these members, and `root` beside its paths.
fn document(operation: &Value, root: &Value) -> String {
    let mut operation = operation.clone();
    operation["responses"] = json!({"204": {"description": "seats"}});
    operation["x-amazon-apigateway-integration"] = json!({"type": "http_proxy"});
    let mut document = json!({
        "openapi": "3.0.1", "info": {"title": "Theatre", "version": "1"}, "paths": {"/seats": {"get": operation}},
        "components": {"securitySchemes": schemes()},
    });
    for (key, value) in root.as_object().unwrap() {
        document[key] = value.clone();
    }
    document.to_string()
}

fn api(document: &str) -> Api {
    let api = gatewright_build::__model("theatre.json", document.as_bytes()).unwrap();
    let differences = corpus_oracle::differences(document.as_bytes(), &api).unwrap();
    assert!(differences.is_empty(), "{differences:?}");
    api
}

fn auth(document: &str) -> Vec<Scheme> {
    api(document).operations.remove(0).auth
}

fn of_security(security: &Value) -> Vec<Scheme> {
    auth(&document(&json!({ "security": security }), &json!({})))
}

fn header(scheme: &str, header: &str) -> Scheme {
    Scheme::HeaderToken {
        scheme: scheme.to_owned(),
        header: header.to_owned(),
    }
}

fn generated(operation: &Value) -> Generated {
    let document = document(operation, &json!({}));
    let builder = configure();
    builder
        .generate_from_slice("theatre.json", document.as_bytes())
        .unwrap()
}

#[test]
fn two_credentials_of_one_header_are_one() {
    for security in [
        json!([{"vip": []}, {"plan": []}]),
        json!([{"plan": []}, {"vip": []}]),
        json!([{"plan": [], "vip": []}]),
        json!([{"guide": []}, {"plan": []}]),
    ] {
        let auth = of_security(&security);
        assert!(auth.contains(&Scheme::ApiKey), "{security}: {auth:?}");
        assert!(!auth.contains(&header("vip", "x-api-key")), "{auth:?}");
    }
    assert_eq!(
        of_security(&json!([{"guide": []}, {"plan": []}])),
        [header("guide", "x-guest"), Scheme::ApiKey]
    );
    assert_eq!(
        of_security(&json!([{"vip": []}])),
        [header("vip", "x-api-key")]
    );
}

#[test]
fn alternatives_of_one_header_are_the_first_with_a_way_to_the_other() {
    for (security, taken, way_out) in [
        (
            json!([{"basic": []}, {"signature": []}]),
            header("basic", "authorization"),
            "[AuthMode::Iam]",
        ),
        (
            json!([{"signature": []}, {"members": []}]),
            Scheme::Iam,
            "[AuthMode::Token]",
        ),
        (
            json!([{"signature": [], "ticket": []}]),
            Scheme::Iam,
            "[AuthMode::Token]",
        ),
        (
            json!([{"members": []}, {"ticket": []}]),
            header("members", "authorization"),
            "[AuthMode::Token]",
        ),
    ] {
        assert_eq!(of_security(&security), [taken]);
        let report = generated(&json!({ "security": security }))
            .report()
            .to_string();
        let way_out = format!(".auth(Select::operation(..), {way_out})");
        assert!(report.contains(&way_out), "{report}");
        assert!(report.contains("#/paths/~1seats/get/security/"), "{report}");
    }
}

#[test]
fn an_alternative_that_was_chosen_needs_no_note() {
    let security = json!({"security": [{"signature": []}, {"members": []}]});
    let chosen = configure().auth(Select::operation("GET /seats"), [AuthMode::Token]);
    let document = document(&security, &json!({}));
    let generated = chosen
        .generate_from_slice("theatre.json", document.as_bytes())
        .unwrap();
    let mut notes = generated.notes.iter();
    assert!(notes.all(|note| !note.message.contains("alternatives")));
}

#[test]
fn a_declared_parameter_stays_an_argument_though_an_authorizer_reads_it() {
    for place in ["header", "query"] {
        let (scheme, name) = match place {
            "header" => ("guide", "x-guest"),
            _ => ("usher", "row"),
        };
        for required in [true, false] {
            let parameter = json!({"name": name, "in": place, "required": required, "schema": {"type": "string"}});
            let operation = json!({"security": [{scheme: []}], "parameters": [parameter]});
            let mut api = api(&document(&operation, &json!({})));
            let operation = api.operations.remove(0);
            let [argument] = operation.args.as_slice() else {
                panic!("{:?}", operation.args)
            };
            assert!(!argument.optional, "no call passes without it");
            let expected = match place {
                "header" => vec![header("guide", "x-api-key")],
                _ => vec![],
            };
            assert_eq!(operation.auth, expected);
        }
    }
}

#[test]
fn an_authorizer_that_does_not_say_what_it_reads_is_said_in_docs_and_report() {
    let generated = generated(&json!({"security": [{"bouncer": []}]}));
    assert!(generated.code.contains("Auth::NONE"));
    assert!(
        generated
            .code
            .contains("The authorizer `bouncer` may refuse this call"),
        "{}",
        generated.code
    );
    let report = generated.report().to_string();
    let way_out = r#".scheme("bouncer", AuthMode::Header("..".into()))"#;
    assert!(report.contains(way_out), "{report}");
}

#[test]
fn an_authorizer_of_which_the_user_knows_what_it_reads_is_a_credential() {
    let document = document(&json!({"security": [{"bouncer": []}]}), &json!({}));
    let said = configure().scheme("bouncer", AuthMode::Header("X-Face".into()));
    let generated = said
        .generate_from_slice("theatre.json", document.as_bytes())
        .unwrap();
    assert!(generated.code.contains(r#"Place::Header("x-face")"#));
    assert!(!generated.code.contains("may refuse this call"));
}

#[test]
fn sams_name_for_no_authorization_opens_an_operation() {
    assert_eq!(of_security(&json!([{"NONE": []}])), []);
    assert_eq!(
        of_security(&json!([{"NONE": [], "plan": []}])),
        [Scheme::ApiKey]
    );
    assert_eq!(
        of_security(&json!([{}, {"ticket": []}])),
        [header("ticket", "authorization")]
    );
}

/// Why no client is generated of an operation with this `security`.
fn refusal(security: &Value) -> String {
    let document = document(&json!({ "security": security }), &json!({}));
    let error = configure().generate_from_slice("theatre.json", document.as_bytes());
    error.unwrap_err().to_string()
}

#[test]
fn what_cannot_be_read_opens_nothing() {
    for security in [
        json!("ticket"),
        json!(["ticket"]),
        json!(1),
        json!([["ticket"]]),
        json!({"Ref": "Auth"}),
    ] {
        let message = refusal(&security);
        assert!(
            message.contains("#/paths/~1seats/get/security"),
            "{message}"
        );
    }
}

#[test]
fn a_scheme_of_another_file_can_be_said() {
    let abroad = json!([{"abroad": []}]);
    assert!(refusal(&abroad).contains(r#".scheme("abroad", AuthMode::"#));
    let document = document(&json!({ "security": abroad }), &json!({}));
    let said = configure().scheme("abroad", AuthMode::Iam);
    let generated = said
        .generate_from_slice("theatre.json", document.as_bytes())
        .unwrap();
    assert!(generated.code.contains("Auth::IAM"));
    let unused = generated_report_of_unused();
    assert!(
        unused.contains("#/components/securitySchemes/abroad"),
        "{unused}"
    );
}

fn generated_report_of_unused() -> String {
    generated(&json!({"security": []})).report().to_string()
}

#[test]
fn an_operation_inherits_the_authorizer_of_the_document() {
    let root = json!({"security": [{"ticket": []}, {"plan": []}]});
    assert_eq!(
        auth(&document(&json!({}), &root)),
        [header("ticket", "authorization")]
    );
    for own in [json!([]), json!([{}])] {
        assert_eq!(auth(&document(&json!({ "security": own }), &root)), []);
    }
    let text = document(&json!({}), &root);
    let used = configure().use_root_security();
    let generated = used
        .generate_from_slice("theatre.json", text.as_bytes())
        .unwrap();
    assert!(
        generated.code.contains("TICKET_AND_API_KEY"),
        "{}",
        generated.code
    );
}
