//! Gen 1 files that are in order: what is read from each form, and what is warned of.

use gatewright_config::{AuthenticationFlow, AuthorizationType, Config};

const NESTED: &str = r#"{
  "UserAgent": "aws-amplify-cli/2.0",
  "Version": "1.0",
  "storage": { "plugins": { "awsS3StoragePlugin": { "defaultAccessLevel": "some-new-level" } } },
  "api": { "plugins": { "awsAPIPlugin": {
    "orders": { "endpointType": "REST", "endpoint": "https://q1w2e3r4t5.execute-api.eu-central-1.amazonaws.com/live",
                "region": "eu-central-1", "authorizationType": "AWS_IAM" },
    "catalog": { "endpointType": "REST", "endpoint": "https://y6u7i8o9p0.execute-api.eu-central-1.amazonaws.com/live/",
                 "region": "eu-central-1", "authorizationType": "API_KEY", "apiKey": "EXAMPLE-key" },
    "profile": { "endpointType": "REST", "endpoint": "https://api.bakery.example/profile",
                 "region": "eu-central-1", "authorizationType": "AMAZON_COGNITO_USER_POOLS" },
    "partners": { "endpointType": "REST", "endpoint": "https://partners.bakery.example/v2",
                  "region": "eu-central-1", "authorizationType": "OPENID_CONNECT" },
    "hooks": { "endpointType": "REST", "endpoint": "https://hooks.bakery.example",
               "region": "eu-central-1", "authorizationType": "AWS_LAMBDA" },
    "status": { "endpointType": "REST", "endpoint": "https://status.bakery.example", "authorizationType": "NONE" },
    "feed": { "endpointType": "GraphQL", "endpoint": "https://feed.bakery.example/graphql",
              "region": "eu-central-1", "authorizationType": "API_KEY", "apiKey": "EXAMPLE-feed" }
  } } },
  "auth": { "plugins": { "awsCognitoAuthPlugin": {
    "IdentityManager": { "Default": {} },
    "CredentialsProvider": { "CognitoIdentity": { "Default": {
      "PoolId": "eu-central-1:99999999-8888-7777-6666-555555555555", "Region": "eu-central-1" } } },
    "CognitoUserPool": { "Default": {
      "PoolId": "eu-central-1_ZyXwVuTsR", "AppClientId": "9example87654321client",
      "AppClientSecret": "EXAMPLE-secret", "Endpoint": "idp.bakery.example:8443", "Region": "eu-central-1" } },
    "Auth": { "Default": {
      "authenticationFlowType": "CUSTOM_AUTH",
      "OAuth": { "WebDomain": "bakery.example", "Scopes": ["openid"] },
      "mfaConfiguration": "SOME_NEW_VALUE", "mfaTypes": ["TOTP"] } }
  } } }
}"#;

fn config(file: &str) -> Config {
    Config::from_slice("app.json", file.as_bytes()).expect(file)
}

fn warnings(config: &Config) -> Vec<String> {
    config.warnings.iter().map(ToString::to_string).collect()
}

/// A configuration with one API whose entry has these members.
fn entry(members: &str) -> Config {
    config(&format!(
        r#"{{"awsAPIPlugin": {{"orders": {{"endpointType": "REST", {members}}}}}}}"#
    ))
}

#[test]
fn a_nested_file_gives_every_rest_api_with_its_authorization() {
    let config = config(NESTED);
    let kinds: Vec<_> = config
        .apis
        .values()
        .map(|api| (api.name.as_str(), api.authorization.as_str()))
        .collect();
    assert_eq!(
        kinds,
        [
            ("catalog", "API_KEY"),
            ("hooks", "AWS_LAMBDA"),
            ("orders", "AWS_IAM"),
            ("partners", "OPENID_CONNECT"),
            ("profile", "AMAZON_COGNITO_USER_POOLS"),
            ("status", "NONE"),
        ]
    );
    let catalog = &config.apis["catalog"];
    assert_eq!(
        catalog.endpoint,
        "https://y6u7i8o9p0.execute-api.eu-central-1.amazonaws.com/live"
    );
    assert_eq!(catalog.api_key.as_ref().unwrap().expose(), "EXAMPLE-key");
    assert_eq!(catalog.pointer, "/api/plugins/awsAPIPlugin/catalog");
    assert_eq!(config.apis["status"].region, None);
}

#[test]
fn a_nested_file_gives_both_pools_and_the_flow() {
    let auth = config(NESTED).auth.unwrap();
    let users = auth.user_pool.unwrap();
    assert_eq!(users.id, "eu-central-1_ZyXwVuTsR");
    assert_eq!(users.client_id, "9example87654321client");
    assert_eq!(users.client_secret.unwrap().expose(), "EXAMPLE-secret");
    assert_eq!(users.region, "eu-central-1");
    assert_eq!(users.endpoint.as_deref(), Some("idp.bakery.example:8443"));
    let identities = auth.identity_pool.unwrap();
    assert_eq!(
        identities.id,
        "eu-central-1:99999999-8888-7777-6666-555555555555"
    );
    assert_eq!(identities.region, "eu-central-1");
    assert_eq!(auth.flow, AuthenticationFlow::CustomWithSrp);
}

#[test]
fn only_the_graphql_entry_of_a_usual_file_is_warned_of() {
    assert_eq!(
        warnings(&config(NESTED)),
        [
            "app.json#/api/plugins/awsAPIPlugin/feed: this is a GraphQL API: skipped, only REST is served"
        ]
    );
}

#[test]
fn no_secret_shows_in_debug() {
    let shown = format!("{:?}", config(NESTED));
    assert!(!shown.contains("EXAMPLE"), "{shown}");
}

#[test]
fn the_short_form_of_an_api_is_read() {
    let config = entry(
        r#""endpoint": "https://shop.example", "region": "us-west-2", "authorizationType": "AWS_IAM""#,
    );
    let api = config.api(None).unwrap();
    assert_eq!(
        (api.region.as_deref(), api.pointer.as_str()),
        (Some("us-west-2"), "/awsAPIPlugin/orders")
    );
    assert!(config.auth.is_none());
    assert!(config.warnings.is_empty(), "{:?}", config.warnings);
}

#[test]
fn the_short_form_of_the_pools_is_read_though_one_stands_inside_the_other() {
    let config = config(
        r#"{ "CognitoUserPool": {
            "Default": { "PoolId": "us-east-1_QwErTyUiO", "AppClientId": "client", "Region": "us-east-1" },
            "CredentialsProvider": { "CognitoIdentity": { "Default": { "PoolId": "us-east-1:1-2", "Region": "us-east-1" } } }
        } }"#,
    );
    let shown = warnings(&config);
    let auth = config.auth.unwrap();
    assert_eq!(auth.user_pool.unwrap().client_id, "client");
    assert_eq!(auth.identity_pool.unwrap().id, "us-east-1:1-2");
    assert_eq!(
        shown,
        [
            "app.json#/CognitoUserPool/CredentialsProvider: belongs beside `CognitoUserPool`, not inside it: read all the same"
        ]
    );
}

#[test]
fn the_short_form_may_hold_the_auth_plugin_by_name() {
    let pool =
        r#"{"CredentialsProvider": {"CognitoIdentity": {"Default": {"PoolId": "us-east-1:1-2"}}}}"#;
    let auth = config(&format!(r#"{{"awsCognitoAuthPlugin": {pool}}}"#))
        .auth
        .unwrap();
    assert_eq!(auth.identity_pool.unwrap().region, "us-east-1");
    assert!(auth.user_pool.is_none());
}

#[test]
fn a_region_is_derived_from_an_execute_api_host_only() {
    let derived = entry(
        r#""endpoint": "https://a1b2.execute-api.cn-north-1.amazonaws.com.cn/dev", "authorizationType": "AWS_IAM""#,
    );
    assert_eq!(derived.apis["orders"].region.as_deref(), Some("cn-north-1"));
    let custom =
        entry(r#""endpoint": "https://shop.example", "authorizationType": "OPENID_CONNECT""#);
    assert_eq!(custom.apis["orders"].region, None);
}

#[test]
fn the_region_that_is_given_wins_over_the_host_with_a_warning() {
    let config = entry(
        r#""endpoint": "https://a1b2.execute-api.eu-west-1.amazonaws.com/dev", "region": "eu-west-3", "authorizationType": "AWS_IAM""#,
    );
    assert_eq!(config.apis["orders"].region.as_deref(), Some("eu-west-3"));
    assert_eq!(
        warnings(&config),
        [
            "app.json#/awsAPIPlugin/orders/region: differs from the region in the endpoint's host, `eu-west-1`"
        ]
    );
}

#[test]
fn a_placeholder_region_does_not_stop_an_api_that_needs_none() {
    let config = entry(
        r#""endpoint": "https://shop.example", "region": "[REGION]", "authorizationType": "NONE""#,
    );
    assert_eq!(config.apis["orders"].region, None);
    assert!(
        warnings(&config)[0]
            .ends_with("/region: is not the name of a region, such as `eu-west-1`: ignored")
    );
}

#[test]
fn an_api_key_beside_another_authorization_is_kept() {
    let config = entry(
        r#""endpoint": "https://shop.example", "region": "eu-west-1", "authorizationType": "AWS_IAM", "apiKey": "EXAMPLE""#,
    );
    let api = config.api(None).unwrap();
    assert_eq!(api.authorization, AuthorizationType::AwsIam);
    assert_eq!(api.api_key.as_ref().unwrap().expose(), "EXAMPLE");
}

#[test]
fn odd_settings_are_warned_of_and_read() {
    let file = r#"{
      "apis": {}, "api": { "plugins": { "awsAPIPlugin": {
        "orders": { "endpoint": "http://shop.example", "authorizationType": "AMAZON_COGNITO_USER_POOLS", "stage": "dev" }
      }, "otherPlugin": {} } },
      "auth": { "plugins": { "awsCognitoAuthPlugin": {} } }
    }"#;
    assert_eq!(
        warnings(&config(file)),
        [
            "app.json#/apis: unknown key, ignored; did you mean `api`?",
            "app.json#/api/plugins/otherPlugin: unknown key, ignored",
            "app.json#/api/plugins/awsAPIPlugin/orders: `endpointType` is missing: taken for `REST`",
            "app.json#/api/plugins/awsAPIPlugin/orders/stage: unknown key, ignored",
            "app.json#/api/plugins/awsAPIPlugin/orders: `endpoint` is plain http: credentials would cross the network \
             unencrypted",
            "app.json#/auth/plugins/awsCognitoAuthPlugin: neither `CognitoUserPool` nor `CredentialsProvider` is here: \
             nobody can sign in",
            "app.json: API `orders` asks for AMAZON_COGNITO_USER_POOLS, but the file has no `CognitoUserPool`: the app \
             must provide the tokens",
        ]
    );
}

#[test]
fn a_key_that_is_given_twice_is_warned_of_and_the_last_counts() {
    let api = |host: &str| {
        format!(
            r#""orders": {{"endpointType": "REST", "endpoint": "https://{host}", "authorizationType": "NONE"}}"#
        )
    };
    let config = config(&format!(
        r#"{{"awsAPIPlugin": {{{}, {}}}}}"#,
        api("first.example"),
        api("second.example")
    ));
    assert_eq!(config.apis["orders"].endpoint, "https://second.example");
    assert_eq!(
        warnings(&config),
        ["app.json#/awsAPIPlugin/orders: this key is given twice: the last one counts"]
    );
}

#[test]
fn an_unknown_sign_in_flow_is_warned_of_and_taken_for_srp() {
    let with = |pool: &str, flow: &str| {
        config(&format!(
            r#"{{"CognitoUserPool": {{"Default": {{"PoolId": "eu-west-1_A", "AppClientId": "c"{pool}}}}},
                "Auth": {{"Default": {{"authenticationFlowType": "{flow}"}}}}}}"#
        ))
    };
    let unknown = with("", "USER_SRP");
    assert_eq!(
        unknown.auth.as_ref().unwrap().flow,
        AuthenticationFlow::UserSrp
    );
    assert!(
        warnings(&unknown)[0].ends_with("did you mean `USER_SRP_AUTH`?"),
        "{:?}",
        unknown.warnings
    );

    let migrating = with(r#", "MigrationEnabled": true"#, "USER_SRP_AUTH");
    assert_eq!(
        migrating.auth.unwrap().flow,
        AuthenticationFlow::UserPassword
    );
}

#[test]
fn a_byte_order_mark_is_no_problem() {
    assert_eq!(config(&format!("\u{feff}{NESTED}")).apis.len(), 6);
}

#[test]
fn an_api_is_chosen_by_name_or_because_it_is_the_only_one() {
    let several = config(NESTED);
    assert_eq!(several.api(Some("hooks")).unwrap().name, "hooks");
    assert_eq!(
        several.api(None).unwrap_err().to_string(),
        "app.json has several REST APIs: name one of catalog, hooks, orders, partners, profile, status"
    );
    assert_eq!(
        several.api(Some("billing")).unwrap_err().to_string(),
        "app.json has no REST API `billing`. It has: catalog, hooks, orders, partners, profile, status"
    );
    let none = config(r#"{"awsAPIPlugin": {}}"#);
    assert_eq!(
        none.api(None).unwrap_err().to_string(),
        "app.json has no REST API"
    );
    let misspelled = config(r#"{"api": {"plugins": {"awsApiPlugin": {}}}}"#);
    assert_eq!(
        misspelled.api(Some("orders")).unwrap_err().to_string(),
        "app.json has no REST API\n\
         warning: app.json#/api/plugins/awsApiPlugin: unknown key, ignored; did you mean `awsAPIPlugin`?"
    );
}
