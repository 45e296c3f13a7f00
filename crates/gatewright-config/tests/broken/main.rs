//! Broken files: each is refused with the place and the remedy, and with no secret in the message.

mod api;
mod flat;
mod gen2;
mod pools;
mod script;

use gatewright_config::{Config, Problem, Report};

/// Stands wherever a broken file holds a secret; no message may repeat it.
const SECRET: &str = "EXAMPLE-secret-4711";

fn report(file: &str) -> Report {
    let report = Config::from_slice("app.json", file.as_bytes()).expect_err(file);
    for text in [report.to_string(), format!("{report:?}")] {
        assert!(!text.contains(SECRET), "a secret is in: {text}");
    }
    report
}

#[track_caller]
fn says(report: &str, line: &str) {
    assert!(
        report.lines().any(|found| found.starts_with(line)),
        "no line `{line}…` in:\n{report}"
    );
}

#[test]
fn broken_json_is_told_with_line_and_column() {
    let cases = [
        ("", "line 1 column 0"),
        ("{", "line 1 column 1"),
        ("{\n  \"api\": 1,\n}", "line 3 column 1"),
        ("{} {}", "line 1 column 4"),
        ("awsAPIPlugin:\n  orders: {}\n", "line 1 column 1"),
        (
            "{\n\"apiKey\": \"EXAMPLE-secret-4711\" \"x\": 1}",
            "line 2 column 33",
        ),
        ("{\"apiKey\": EXAMPLE-secret-4711}", "line 1 column 12"),
    ];
    for (file, place) in cases {
        let report = report(file).to_string();
        says(&report, "app.json: this is not JSON: ");
        assert!(report.ends_with(place), "{report}");
    }
}

#[test]
fn bytes_that_are_no_text_and_bottomless_nesting_are_refused() {
    assert!(Config::from_slice("app.json", b"{\"a\": \"\xff\"}").is_err());
    assert!(Config::from_slice("app.json", b"\xff\xfe{\0}\0").is_err());
    says(
        &report(&"[".repeat(100_000)).to_string(),
        "app.json: this is not JSON: recursion limit",
    );
}

#[test]
fn a_file_of_another_kind_is_named() {
    says(
        &report("[]").to_string(),
        "app.json: expected an object, found an array",
    );
    says(
        &report("{}").to_string(),
        "app.json: this is no Amplify configuration",
    );
    says(
        &report(r#"{"openapi": "3.0.1", "paths": {}}"#).to_string(),
        "app.json: this is no Amplify configuration",
    );
}

#[test]
fn sections_of_the_wrong_type_are_told_by_type_alone() {
    says(
        &report(r#"{"api": []}"#).to_string(),
        "app.json#/api: expected an object, found an array",
    );
    says(
        &report(r#"{"api": {"plugins": 7}}"#).to_string(),
        "app.json#/api/plugins: expected an object, found a number",
    );
    says(
        &report(r#"{"api": {"plugins": {"awsAPIPlugin": "x"}}}"#).to_string(),
        "app.json#/api/plugins/awsAPIPlugin: expected an object, found a string",
    );
    says(
        &report(r#"{"awsAPIPlugin": {"a/b~c": false}}"#).to_string(),
        "app.json#/awsAPIPlugin/a~1b~0c: expected an object, found a boolean",
    );
    says(
        &report(r#"{"awsAPIPlugin": {"orders": {"endpointType": {}}}}"#).to_string(),
        "app.json#/awsAPIPlugin/orders/endpointType: expected a string, found an object",
    );
}

#[test]
fn a_section_that_is_given_in_both_forms_is_refused() {
    let file = r#"{"api": {"plugins": {"awsAPIPlugin": {}}}, "awsAPIPlugin": {}}"#;
    says(
        &report(file).to_string(),
        "app.json#/api/plugins/awsAPIPlugin: this section is given twice, here and at #/awsAPIPlugin: keep one",
    );
    let file = r#"{"auth": {"plugins": {"awsCognitoAuthPlugin": {}}}, "awsCognitoAuthPlugin": {}}"#;
    says(
        &report(file).to_string(),
        "app.json#/auth/plugins/awsCognitoAuthPlugin: this section is given twice",
    );
    let file = r#"{"awsCognitoAuthPlugin": {}, "CognitoUserPool": {}}"#;
    says(
        &report(file).to_string(),
        "app.json#/awsCognitoAuthPlugin: this section is given twice",
    );
}

#[test]
fn all_problems_of_a_file_are_reported_at_once() {
    let file = r#"{
        "awsAPIPlugin": {
            "orders": {"endpointType": "REST", "endpoint": "orders", "authorizationType": "IAM"},
            "catalog": {"endpointType": "REST", "authorizationType": "API_KEY", "region": 1}
        },
        "CognitoUserPool": {"Default": {"PoolId": "eu-west-1_AbCdEfGhI"}}
    }"#;
    let report = report(file);
    let places: Vec<&str> = report.problems().iter().map(Problem::pointer).collect();
    assert_eq!(
        places,
        [
            "/awsAPIPlugin/orders/endpoint",
            "/awsAPIPlugin/orders/authorizationType",
            "/awsAPIPlugin/catalog",
            "/awsAPIPlugin/catalog/region",
            "/awsAPIPlugin/catalog",
            "/CognitoUserPool/Default",
        ]
    );
    assert_eq!(
        report.to_string().lines().count(),
        report.problems().len() + report.warnings().len()
    );
}
