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

#[test]
fn a_credentials_provider_without_its_pool_is_refused() {
    let empty = report(r#"{"CredentialsProvider": {}}"#).to_string();
    says(
        &empty,
        "app.json#/CredentialsProvider: `CognitoIdentity` is missing",
    );
    let misspelt = report(r#"{"CredentialsProvider": {"CognitoIdentiy": {}}}"#).to_string();
    says(
        &misspelt,
        "app.json#/CredentialsProvider: `CognitoIdentity` is missing",
    );
    says(
        &misspelt,
        "warning: app.json#/CredentialsProvider/CognitoIdentiy: unknown key, ignored; did you mean `CognitoIdentity`?",
    );
}

#[test]
fn a_placeholder_in_place_of_an_id_is_refused_without_showing_it() {
    let at = "app.json#/CognitoUserPool/Default";
    let report = pool(
        r#""PoolId": "EXAMPLE-secret-4711", "AppClientId": "your client id", "Region": "eu-west-1""#,
    );
    says(
        &report,
        &format!("{at}/PoolId: is no such id: give the user pool's id, such as"),
    );
    says(
        &report,
        &format!("{at}/AppClientId: is no such id: give the id of the pool's app client"),
    );
    for id in ["eu-west-1_", "_AbCdEfGhI", "eu-west-1_Ab CdE"] {
        let members = format!(r#""PoolId": "{id}", "AppClientId": "c", "Region": "eu-west-1""#);
        says(&pool(&members), &format!("{at}/PoolId: is no such id"));
    }
}

#[test]
fn a_placeholder_in_place_of_an_identity_pool_is_refused() {
    let at = "app.json#/CredentialsProvider/CognitoIdentity/Default";
    for id in ["YOUR-POOL-ID", "eu-west-1:", ":1-2", "eu-west-1:your id"] {
        let members = format!(r#""PoolId": "{id}", "Region": "eu-west-1""#);
        let file = format!(
            r#"{{"CredentialsProvider": {{"CognitoIdentity": {{"Default": {{{members}}}}}}}}}"#
        );
        says(
            &report(&file).to_string(),
            &format!("{at}/PoolId: is no such id: give the identity pool's id, such as"),
        );
    }
}
