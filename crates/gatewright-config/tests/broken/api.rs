//! Broken entries of `awsAPIPlugin`.

use super::{report, says};

const AT: &str = "app.json#/awsAPIPlugin/orders";

/// The report of a file with one API whose entry has these members.
fn entry(members: &str) -> String {
    report(&format!(
        r#"{{"awsAPIPlugin": {{"orders": {{{members}}}}}}}"#
    ))
    .to_string()
}

#[test]
fn an_api_without_endpoint_is_refused() {
    says(
        &entry(r#""endpointType": "REST", "authorizationType": "NONE""#),
        &format!("{AT}: `endpoint` is missing"),
    );
    says(
        &entry(r#""endpoint": null, "authorizationType": "NONE""#),
        &format!("{AT}: `endpoint` is missing"),
    );
    says(
        &entry(r#""endpoint": "", "authorizationType": "NONE""#),
        &format!("{AT}/endpoint: is empty"),
    );
}

#[test]
fn an_endpoint_that_is_no_url_is_refused_without_showing_it() {
    let cases = [
        ("YOUR-REST-ENDPOINT", "is no absolute http or https URL"),
        (
            "wss://shop.example/EXAMPLE-secret-4711",
            "is no absolute http or https URL",
        ),
        (
            "https://me:EXAMPLE-secret-4711@shop.example",
            "has a user or password",
        ),
        (
            "https://shop.example/dev?key=EXAMPLE-secret-4711",
            "has a query or a fragment",
        ),
        (
            "https://shop.example:EXAMPLE-secret-4711/dev",
            "has no valid port",
        ),
        (
            "https://shop.example/{stage}",
            "has a character in its path",
        ),
        ("https://shop.example//dev", "has an empty or dot segment"),
        (
            "https://shop.example/a//dev/",
            "has an empty or dot segment",
        ),
        ("https://shop.example/dev/..", "has an empty or dot segment"),
        ("https://shop.example/./dev", "has an empty or dot segment"),
        (
            "https://shop.example/%2E%2e/dev",
            "has an empty or dot segment",
        ),
        ("https://shop.example/100%/dev", "has a `%` in its path"),
        ("https://shop.example/dev%4", "has a `%` in its path"),
    ];
    for (endpoint, why) in cases {
        let members = format!(r#""endpoint": "{endpoint}", "authorizationType": "NONE""#);
        says(&entry(&members), &format!("{AT}/endpoint: {why}"));
    }
}

#[test]
fn an_authorization_type_that_is_missing_or_unknown_lists_those_there_are() {
    let all =
        "allowed are AWS_IAM, API_KEY, AMAZON_COGNITO_USER_POOLS, OPENID_CONNECT, AWS_LAMBDA, NONE";
    let with = |value: &str| {
        entry(&format!(
            r#""endpoint": "https://shop.example", "authorizationType": {value}"#
        ))
    };
    let at = format!("{AT}/authorizationType");

    says(
        &with("null"),
        &format!("{AT}: `authorizationType` is missing: {all}"),
    );
    says(
        &with(r#""AWS-IAM""#),
        &format!("{at}: is unknown: {all}; did you mean `AWS_IAM`?"),
    );
    says(
        &with(r#""COGNITO_USER_POOLS""#),
        &format!("{at}: is unknown: {all}; did you mean `AMAZON_COGNITO_USER_POOLS`?"),
    );
    let far = with(r#""EXAMPLE-secret-4711""#);
    says(&far, &format!("{at}: is unknown: {all}"));
    assert!(!far.contains("did you mean"), "{far}");
    says(
        &with("[\"NONE\"]"),
        &format!("{at}: expected a string, found an array"),
    );
}

#[test]
fn an_unknown_endpoint_type_is_refused() {
    says(
        &entry(r#""endpointType": "Rest""#),
        &format!("{AT}/endpointType: is unknown: allowed are REST, GraphQL; did you mean `REST`?"),
    );
}

#[test]
fn an_api_key_type_without_a_usable_key_is_refused() {
    let with = |rest: &str| {
        entry(&format!(
            r#""endpoint": "https://shop.example", "authorizationType": "API_KEY"{rest}"#
        ))
    };

    says(
        &with(""),
        &format!("{AT}: `apiKey` is missing: API_KEY needs"),
    );
    says(
        &with(r#", "apiKey": """#),
        &format!("{AT}/apiKey: is empty"),
    );
    says(
        &with(r#", "apiKey": 12345"#),
        &format!("{AT}/apiKey: expected a string, found a number"),
    );
    says(
        &with(r#", "apiKey": "EXAMPLE-secret-4711\n""#),
        &format!("{AT}/apiKey: holds a space or another character"),
    );

    let misspelt = with(r#", "apikey": "EXAMPLE-secret-4711""#);
    says(&misspelt, &format!("{AT}: `apiKey` is missing"));
    says(
        &misspelt,
        &format!("warning: {AT}/apikey: unknown key, ignored; did you mean `apiKey`?"),
    );
}

#[test]
fn signing_without_a_region_is_refused() {
    let with = |rest: &str| {
        entry(&format!(
            r#""endpoint": "https://shop.example", "authorizationType": "AWS_IAM"{rest}"#
        ))
    };

    says(
        &with(""),
        &format!("{AT}: `region` is missing: AWS_IAM needs it"),
    );
    says(
        &with(r#", "region": """#),
        &format!("{AT}: `region` is missing: AWS_IAM needs it"),
    );
    says(
        &with(r#", "region": "YOUR-REGION""#),
        &format!("{AT}/region: is not the name of a region"),
    );
}
