//! Broken files of the flat form.

use gatewright_config::Problem;

use super::{report, says};

const AT: &str = "app.json#/aws_cloud_logic_custom/0";

fn flat(members: &str) -> String {
    report(&format!(
        r#"{{"aws_mandatory_sign_in": "disable", {members}}}"#
    ))
    .to_string()
}

/// The report of a file with one API whose entry has these members.
fn entry(members: &str) -> String {
    flat(&format!(r#""aws_cloud_logic_custom": [{{{members}}}]"#))
}

#[test]
fn a_list_of_apis_that_is_none_is_refused() {
    let at = "app.json#/aws_cloud_logic_custom";
    says(
        &flat(r#""aws_cloud_logic_custom": {"orders": {}}"#),
        &format!("{at}: expected an array, found an object"),
    );
    says(
        &flat(r#""aws_cloud_logic_custom": "EXAMPLE-secret-4711""#),
        &format!("{at}: expected an array, found a string"),
    );
    says(
        &flat(r#""aws_cloud_logic_custom": [null]"#),
        &format!("{AT}: expected an object, found null"),
    );
    says(
        &flat(r#""aws_cloud_logic_custom": ["EXAMPLE-secret-4711"]"#),
        &format!("{AT}: expected an object, found a string"),
    );
}

#[test]
fn an_entry_without_name_endpoint_or_region_is_refused() {
    let empty = entry("");
    says(&empty, &format!("{AT}: `name` is missing"));
    says(&empty, &format!("{AT}: `endpoint` is missing"));
    says(
        &entry(r#""name": "", "endpoint": "https://shop.example""#),
        &format!("{AT}/name: is empty"),
    );
    says(
        &entry(r#""name": 1"#),
        &format!("{AT}/name: expected a string, found a number"),
    );
    says(
        &entry(r#""name": "orders", "endpoint": "https://shop.example""#),
        &format!(
            "{AT}: `region` is missing: an entry without `authorizationType` is taken for AWS_IAM"
        ),
    );
    says(
        &entry(
            r#""name": "orders", "endpoint": "https://shop.example", "authorizationType": "AWS_IAM""#,
        ),
        &format!("{AT}: `region` is missing: AWS_IAM needs it"),
    );
    says(
        &entry(r#""name": "orders", "endpoint": "https://shop.example", "region": "Ireland""#),
        &format!("{AT}/region: is not the name of a region"),
    );
}

#[test]
fn wrong_values_of_an_entry_are_refused_without_showing_them() {
    let with = |rest: &str| {
        entry(&format!(
            r#""name": "orders", "region": "eu-west-1", "endpoint": {rest}"#
        ))
    };
    says(
        &with(r#""https://me:EXAMPLE-secret-4711@shop.example""#),
        &format!("{AT}/endpoint: has a user or password"),
    );
    says(
        &with(r#""https://shop.example", "authorizationType": "API-KEYS""#),
        &format!("{AT}/authorizationType: is unknown: allowed are AWS_IAM, API_KEY, "),
    );
    says(
        &with(
            r#""https://shop.example", "authorizationType": "API_KEY", "apikey": "EXAMPLE-secret-4711""#,
        ),
        &format!("{AT}: `apiKey` is missing"),
    );
    says(
        &with(r#""https://shop.example", "apiKey": "EXAMPLE-secret-4711 ""#),
        &format!("{AT}/apiKey: holds a space or another character"),
    );
    says(
        &with(r#""https://shop.example", "apiKey": ["EXAMPLE-secret-4711"]"#),
        &format!("{AT}/apiKey: expected a string, found an array"),
    );
    says(
        &with(r#""https://shop.example", "service": 1"#),
        &format!("{AT}/service: expected a string, found a number"),
    );
}

#[test]
fn half_a_user_pool_is_refused() {
    says(
        &flat(r#""aws_user_pools_id": "eu-west-1_A""#),
        "app.json: `aws_user_pools_web_client_id` is missing",
    );
    says(
        &flat(r#""aws_user_pools_web_client_id": "c""#),
        "app.json: `aws_user_pools_id` is missing",
    );
    says(
        &flat(r#""aws_user_pools_id": "eu-west-1_A", "aws_user_pools_web_client_id": """#),
        "app.json#/aws_user_pools_web_client_id: is empty",
    );
    says(
        &flat(
            r#""aws_user_pools_id": ["EXAMPLE-secret-4711"], "aws_user_pools_web_client_id": "c""#,
        ),
        "app.json#/aws_user_pools_id: expected a string, found an array",
    );
    says(
        &flat(r#""aws_cognito_identity_pool_id": {}"#),
        "app.json#/aws_cognito_identity_pool_id: expected a string, found an object",
    );
}

#[test]
fn pools_without_a_usable_region_are_refused() {
    says(
        &flat(r#""aws_cognito_identity_pool_id": "local:a-pool""#),
        "app.json: `aws_cognito_region` is missing, and #/aws_cognito_identity_pool_id does not begin with a region",
    );
    let with = |region: &str| {
        flat(&format!(
            r#""aws_cognito_identity_pool_id": "local:a-pool", {region}"#
        ))
    };
    says(
        &with(r#""aws_cognito_region": "EXAMPLE-secret-4711""#),
        "app.json#/aws_cognito_region: is not the name of a region",
    );
    says(
        &with(r#""aws_project_region": 1"#),
        "app.json#/aws_project_region: expected a string, found a number",
    );
    says(
        &with(r#""aws_project_region": "eu-west-1", "aws_mandatory_sign_in": true"#),
        "app.json#/aws_mandatory_sign_in: expected a string, found a boolean",
    );
}

#[test]
fn all_problems_of_a_file_are_reported_at_once() {
    let report = report(
        r#"{
            "aws_user_pools_id": "EXAMPLE-secret-4711",
            "aws_cloud_logic_custom": [
                {"name": "orders", "endpoint": "orders"},
                {"name": "stock", "endpoint": "https://shop.example"},
                {"endpoint": "https://shop.example", "region": "eu-west-1"}
            ]
        }"#,
    );
    let places: Vec<&str> = report.problems().iter().map(Problem::pointer).collect();
    assert_eq!(
        places,
        [
            "/aws_cloud_logic_custom/0/endpoint",
            "/aws_cloud_logic_custom/1",
            "/aws_cloud_logic_custom/2",
            "/aws_user_pools_id",
            "",
        ]
    );
}
