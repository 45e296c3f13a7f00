//! Broken Gen 2 outputs.

use gatewright_config::Problem;

use super::{report, says};

fn outputs(members: &str) -> String {
    report(&format!(r#"{{"version": "1.4", {members}}}"#)).to_string()
}

fn auth(members: &str) -> String {
    outputs(&format!(r#""auth": {{{members}}}"#))
}

#[test]
fn a_version_that_is_not_read_is_refused() {
    let with = |version: &str| report(&format!(r#"{{"version": {version}}}"#)).to_string();
    let at = "app.json#/version";
    for other in [r#""2""#, r#""10.1""#, r#""EXAMPLE-secret-4711""#] {
        says(
            &with(other),
            &format!(
                "{at}: is not a version that is read: allowed are 1 and what begins with `1.`"
            ),
        );
    }
    says(
        &with("1.4"),
        &format!("{at}: expected a string, found a number"),
    );
    says(&with(r#""""#), &format!("{at}: is empty: allowed are 1"));
}

#[test]
fn sections_of_the_wrong_type_are_told_by_type_alone() {
    let cases = [
        (r#""auth": []"#, "auth: expected an object, found an array"),
        (
            r#""auth": "EXAMPLE-secret-4711""#,
            "auth: expected an object, found a string",
        ),
        (
            r#""custom": 7"#,
            "custom: expected an object, found a number",
        ),
        (
            r#""custom": {"API": []}"#,
            "custom/API: expected an object, found an array",
        ),
        (
            r#""custom": {"API": {"orders": "EXAMPLE-secret-4711"}}"#,
            "custom/API/orders: expected an object, found a string",
        ),
    ];
    for (members, line) in cases {
        says(&outputs(members), &format!("app.json#/{line}"));
    }
}

#[test]
fn an_api_that_is_not_in_order_is_refused() {
    let with = |members: &str| {
        outputs(&format!(
            r#""custom": {{"API": {{"orders": {{{members}}}}}}}"#
        ))
    };
    let at = "app.json#/custom/API/orders";
    says(
        &with(r#""url": "https://shop.example""#),
        &format!("{at}: `endpoint` is missing"),
    );
    says(
        &with(r#""endpoint": "https://${Token[EXAMPLE-secret-4711]}/dev/""#),
        &format!("{at}/endpoint: has no valid host"),
    );
    says(
        &with(r#""endpoint": "https://shop.example/""#),
        &format!(
            "{at}: `region` is missing: an entry without `authorizationType` is taken for AWS_IAM"
        ),
    );
    says(
        &with(r#""endpoint": "https://shop.example/", "region": "${Token[EXAMPLE-secret-4711]}""#),
        &format!("{at}/region: is not the name of a region"),
    );
    says(
        &with(r#""endpoint": "https://shop.example/", "authorizationType": "none!""#),
        &format!("{at}/authorizationType: is unknown: allowed are AWS_IAM, "),
    );
    says(
        &with(
            r#""endpoint": "https://shop.example/", "authorizationType": "API_KEY", "api_key": "EXAMPLE-secret-4711""#,
        ),
        &format!("warning: {at}/api_key: unknown key, ignored; did you mean `apiKey`?"),
    );
}

#[test]
fn pools_that_are_not_in_order_are_refused() {
    let at = "app.json#/auth";
    says(
        &auth(r#""user_pool_id": "eu-west-1_A""#),
        &format!("{at}: `user_pool_client_id` is missing"),
    );
    says(
        &auth(r#""user_pool_client_id": "c""#),
        &format!("{at}: `user_pool_id` is missing"),
    );
    says(
        &auth(r#""identity_pool_id": "EXAMPLE-secret-4711""#),
        &format!("{at}/identity_pool_id: is no such id: give the identity pool's id"),
    );
    says(
        &auth(r#""identity_pool_id": "local:a-pool""#),
        &format!(
            "{at}: `aws_region` is missing, and #/auth/identity_pool_id does not begin with a region"
        ),
    );
    says(
        &auth(r#""identity_pool_id": "eu-west-1:1-2", "aws_region": "Ireland""#),
        &format!("{at}/aws_region: is not the name of a region"),
    );
    says(
        &auth(
            r#""identity_pool_id": "eu-west-1:1-2", "unauthenticated_identities_enabled": "EXAMPLE-secret-4711""#,
        ),
        &format!("{at}/unauthenticated_identities_enabled: expected a boolean, found a string"),
    );
}

#[test]
fn all_problems_of_a_file_are_reported_at_once() {
    let report = report(
        r#"{
            "version": "3",
            "auth": {"user_pool_id": "eu-west-1_A", "identity_pool_id": 1},
            "custom": {"API": {"orders": {"endpoint": ""}, "stock": null, "feed": []}}
        }"#,
    );
    let places: Vec<&str> = report.problems().iter().map(Problem::pointer).collect();
    assert_eq!(
        places,
        [
            "/version",
            "/custom/API/orders/endpoint",
            "/custom/API/feed",
            "/auth",
            "/auth/identity_pool_id",
        ]
    );
}
