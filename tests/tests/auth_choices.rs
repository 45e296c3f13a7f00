//! What a user says in `build.rs` of the authorization that a document asks for, or does not.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

use gatewright_build::{AuthMode, Builder, Select, configure};

const GATE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/gate.json");

/// What the operation on `path` demands, as its method says, of a client without line breaks.
fn demand(builder: &Builder, path: &str) -> String {
    let code = builder.generate(GATE).unwrap().code;
    let code = code.split_whitespace().collect::<Vec<_>>().join(" ");
    let call = format!("\"{path}\", ");
    let (_, rest) = code
        .split_once(&call)
        .unwrap_or_else(|| panic!("{path} is missing in {code}"));
    rest.split(')')
        .next()
        .unwrap()
        .trim_end_matches(", ")
        .to_owned()
}

#[test]
fn what_is_said_of_a_scheme_wins_over_the_document() {
    assert_eq!(demand(&configure(), "/custom"), "LAMBDA");
    let of = |is| configure().scheme("lambda", is);
    let code = of(AuthMode::Header("X-Badge".to_owned()))
        .generate(GATE)
        .unwrap()
        .code;
    assert!(code.contains("\"x-badge\"") && !code.contains("x-ticket"));
    assert_eq!(demand(&of(AuthMode::Iam), "/custom"), "rt::Auth::IAM");
    assert_eq!(demand(&of(AuthMode::None), "/custom"), "rt::Auth::NONE");
}

#[test]
fn what_is_said_of_an_operation_wins_over_its_schemes() {
    let builder = configure()
        .auth(Select::path("/"), [AuthMode::Iam, AuthMode::ApiKey])
        .auth(Select::operation("GET /keyed"), [AuthMode::None]);
    for path in ["/open", "/customer", "/both"] {
        assert_eq!(demand(&builder, path), "IAM_AND_API_KEY", "{path}");
    }
    assert_eq!(demand(&builder, "/keyed"), "rt::Auth::NONE");
}

#[test]
fn a_chosen_token_shares_the_credential_of_the_documents_scheme() {
    let builder = configure().auth(Select::path("/open"), [AuthMode::Token]);
    assert_eq!(demand(&builder, "/open"), "CUSTOMERS");
}

#[test]
fn two_credentials_of_one_place_cannot_be_chosen_together() {
    let of = |modes: [AuthMode; 2]| configure().auth(Select::path("/open"), modes);
    let error = of([AuthMode::Iam, AuthMode::Token])
        .generate(GATE)
        .unwrap_err();
    assert!(
        error.to_string().contains(
            "`/open` is to be authorized by Iam and Token, which are sent in the same place"
        ),
        "{error}"
    );
    let header = AuthMode::Header("authorization".to_owned());
    assert!(of([header, AuthMode::Iam]).generate(GATE).is_err());
    let query = || AuthMode::Query("seat".to_owned());
    assert!(of([query(), query()]).generate(GATE).is_ok());
}

#[test]
fn a_misspelt_scheme_gets_a_suggestion() {
    let error = configure()
        .scheme("lamdba", AuthMode::Iam)
        .generate(GATE)
        .unwrap_err();
    let error = error.to_string();
    assert!(
        error.ends_with("gate.json: has no security scheme `lamdba`; did you mean `lambda`?"),
        "{error}"
    );
    let of_nothing = configure().auth(Select::path("/nowhere"), [AuthMode::Iam]);
    let error = of_nothing.generate(GATE).unwrap_err().to_string();
    assert!(
        error.contains("no operation on or below the path `/nowhere`"),
        "{error}"
    );
}

#[test]
fn a_scheme_that_the_document_does_not_declare_can_be_explained() {
    let document = br#"{"openapi": "3.0.1", "info": {"title": "t", "version": "1"}, "paths":
        {"/a": {"get": {"responses": {}, "security": [{"crew": []}]}}}}"#;
    let error = configure()
        .generate_from_slice("t.json", document)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("`crew`, which is not declared: say what it is"),
        "{error}"
    );
    let said = configure().scheme("crew", AuthMode::Query("badge".to_owned()));
    let code = said.generate_from_slice("t.json", document).unwrap().code;
    assert!(code.contains("Place::Query(\"badge\")"), "{code}");
}

#[test]
fn all_security_of_a_whole_rest_api_counts_if_it_is_used() {
    let document = br#"{"openapi": "3.0.1", "info": {"title": "t", "version": "1"}, "security": [{"api_key": []}], "paths":
        {"/a": {"get": {"responses": {}, "x-amazon-apigateway-integration": {"type": "http_proxy"}}},
         "/b": {"get": {"responses": {}, "security": []}}}}"#;
    let generated = |builder: Builder| builder.generate_from_slice("t.json", document).unwrap();
    let ignored = generated(configure());
    assert!(!ignored.code.contains("Auth::API_KEY"));
    let report = ignored.report().to_string();
    assert!(report.contains(".use_root_security()"), "{report}");
    let used = generated(configure().use_root_security());
    assert_eq!(used.code.matches("Auth::API_KEY").count(), 1);
}
