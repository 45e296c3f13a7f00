//! Broken Cognito sections.

use super::{report, says};

/// The report of a file whose user pool has these members.
fn pool(members: &str) -> String {
    report(&format!(
        r#"{{"CognitoUserPool": {{"Default": {{{members}}}}}}}"#
    ))
    .to_string()
}

#[test]
fn a_half_filled_user_pool_is_refused() {
    let at = "app.json#/CognitoUserPool/Default";
    let empty = pool("");
    says(&empty, &format!("{at}: `PoolId` is missing"));
    says(&empty, &format!("{at}: `AppClientId` is missing"));
    says(&empty, &format!("{at}: `Region` is missing"));

    let id =
        r#""PoolId": "YOUR-POOL-ID", "AppClientId": "c", "AppClientSecret": "EXAMPLE-secret-4711""#;
    says(
        &pool(id),
        &format!("{at}: `Region` is missing, and no `PoolId` begins with one"),
    );
    says(
        &pool(&format!(r#"{id}, "Region": """#)),
        &format!("{at}/Region: is empty"),
    );
    says(
        &pool(&format!(r#"{id}, "Region": "Ireland""#)),
        &format!("{at}/Region: is not the name of a region"),
    );
    says(
        &pool(&format!(r#"{id}, "Region": 1"#)),
        &format!("{at}/Region: expected a string, found a number"),
    );
    says(
        &report(r#"{"CognitoUserPool": {}}"#).to_string(),
        "app.json#/CognitoUserPool: `Default` is missing",
    );
}

#[test]
fn wrong_values_in_a_user_pool_are_refused() {
    let id = r#""PoolId": "eu-west-1_AbCdEfGhI", "AppClientId": "c""#;
    let at = "app.json#/CognitoUserPool/Default";
    for host in [
        "https://idp.shop.example",
        "idp.shop.example/path",
        "idp shop",
    ] {
        says(
            &pool(&format!(r#"{id}, "Endpoint": "{host}""#)),
            &format!("{at}/Endpoint: must be a host alone"),
        );
    }
    says(
        &pool(&format!(
            r#"{id}, "AppClientSecret": ["EXAMPLE-secret-4711"]"#
        )),
        &format!("{at}/AppClientSecret: expected a string, found an array"),
    );
    says(
        &pool(&format!(
            r#"{id}, "MigrationEnabled": "EXAMPLE-secret-4711""#
        )),
        &format!("{at}/MigrationEnabled: expected a boolean, found a string"),
    );
}

#[test]
fn a_half_filled_identity_pool_is_refused() {
    let file = r#"{"auth": {"plugins": {"awsCognitoAuthPlugin": {"CredentialsProvider": {"CognitoIdentity": {"Default": {}}}}}}}"#;
    let at =
        "app.json#/auth/plugins/awsCognitoAuthPlugin/CredentialsProvider/CognitoIdentity/Default";
    let report = report(file).to_string();
    says(&report, &format!("{at}: `PoolId` is missing"));
    says(&report, &format!("{at}: `Region` is missing"));
}
