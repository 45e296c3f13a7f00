//! The flat form of the JavaScript library that is in order, as JSON and as a script.

use gatewright_config::{AuthenticationFlow, AuthorizationType, Config};

const FLAT: &str = r#"{
    "aws_project_region": "eu-north-1",
    "aws_cognito_identity_pool_id": "eu-north-1:11111111-2222-3333-4444-555555555555",
    "aws_cognito_region": "eu-north-1",
    "aws_user_pools_id": "eu-north-1_AaBbCcDdE",
    "aws_user_pools_web_client_id": "4example56789client",
    "oauth": {},
    "aws_cognito_username_attributes": ["EMAIL"],
    "aws_cognito_mfa_configuration": "SOME_NEW_VALUE",
    "aws_cognito_password_protection_settings": { "passwordPolicyMinLength": 8, "passwordPolicyCharacters": [] },
    "aws_appsync_graphqlEndpoint": "https://feed.bakery.example/graphql",
    "aws_appsync_region": "eu-north-1",
    "aws_appsync_apiKey": "EXAMPLE-feed",
    "aws_user_files_s3_bucket": "bakery",
    "aws_cloud_logic_custom": [
        { "name": "orders", "endpoint": "https://q1w2e3r4t5.execute-api.eu-north-1.amazonaws.com/live", "region": "eu-north-1" },
        { "name": "stock", "endpoint": "https://y6u7i8o9p0.execute-api.eu-north-1.amazonaws.com/live/" },
        { "name": "status", "endpoint": "https://status.bakery.example", "authorizationType": "NONE" },
        { "name": "catalog", "endpoint": "https://catalog.bakery.example", "authorizationType": "API_KEY",
          "apiKey": "EXAMPLE-key" }
    ]
}"#;

fn config(file: &str) -> Config {
    Config::from_slice("aws-exports.js", file.as_bytes()).expect(file)
}

fn warnings(config: &Config) -> Vec<String> {
    config.warnings.iter().map(ToString::to_string).collect()
}

#[test]
fn an_api_that_does_not_say_how_it_is_authorized_is_signed_for() {
    let config = config(FLAT);
    let kinds: Vec<_> = config
        .apis
        .values()
        .map(|api| (api.name.as_str(), api.authorization.as_str()))
        .collect();
    assert_eq!(
        kinds,
        [
            ("catalog", "API_KEY"),
            ("orders", "AWS_IAM"),
            ("status", "NONE"),
            ("stock", "AWS_IAM"),
        ]
    );
    let stock = &config.apis["stock"];
    assert_eq!(
        stock.endpoint,
        "https://y6u7i8o9p0.execute-api.eu-north-1.amazonaws.com/live"
    );
    assert_eq!(stock.region.as_deref(), Some("eu-north-1"));
    assert_eq!(stock.pointer, "/aws_cloud_logic_custom/1");
    let key = config.apis["catalog"].api_key.as_ref().unwrap();
    assert_eq!(key.expose(), "EXAMPLE-key");
}

#[test]
fn both_pools_are_read() {
    let auth = config(FLAT).auth.unwrap();
    let users = auth.user_pool.unwrap();
    assert_eq!(users.id, "eu-north-1_AaBbCcDdE");
    assert_eq!(users.client_id, "4example56789client");
    assert_eq!(users.region, "eu-north-1");
    assert!(users.client_secret.is_none() && users.endpoint.is_none());
    let identities = auth.identity_pool.unwrap();
    assert_eq!(
        identities.id,
        "eu-north-1:11111111-2222-3333-4444-555555555555"
    );
    assert_eq!(identities.region, "eu-north-1");
    assert!(identities.allows_guests);
    assert_eq!(auth.flow, AuthenticationFlow::UserSrp);
}

#[test]
fn of_a_usual_file_only_the_graphql_api_is_warned_of() {
    assert_eq!(
        warnings(&config(FLAT)),
        [
            "aws-exports.js#/aws_appsync_graphqlEndpoint: this is a GraphQL API: skipped, only REST is served"
        ]
    );
}

#[test]
fn no_secret_shows_in_debug() {
    let shown = format!("{:?}", config(FLAT));
    assert!(!shown.contains("EXAMPLE"), "{shown}");
}

#[test]
fn the_script_that_the_cli_writes_is_read_like_its_object() {
    let head = "/* eslint-disable */\r\n// WARNING: DO NOT EDIT = const x;\n\n";
    let scripts = [
        format!("{head}const awsmobile = {FLAT};\n\n\nexport default awsmobile;\n"),
        format!("\u{feff}const config={FLAT}\nexport default config"),
    ];
    for script in scripts {
        let config = config(&script);
        assert_eq!(config.apis.len(), 4);
        assert!(config.auth.is_some());
    }
}

#[test]
fn mandatory_sign_in_shuts_guests_out() {
    let with = |value: &str| {
        config(&format!(
            r#"{{"aws_cognito_identity_pool_id": "eu-north-1:1-2", "aws_mandatory_sign_in": "{value}"}}"#
        ))
    };
    let allows = |config: Config| config.auth.unwrap().identity_pool.unwrap().allows_guests;
    assert!(!allows(with("enable")));
    assert!(allows(with("disable")));
    assert!(allows(with("")));

    let odd = with("enabled");
    assert_eq!(
        warnings(&odd),
        [
            "aws-exports.js#/aws_mandatory_sign_in: is unknown, `disable` is used: allowed are enable, disable; did you \
             mean `enable`?"
        ]
    );
    assert!(allows(odd));
}

#[test]
fn the_region_in_a_pool_s_id_counts_and_the_project_s_comes_last() {
    let imported = config(
        r#"{"aws_cognito_region": "eu-north-1", "aws_user_pools_id": "us-east-1_A", "aws_user_pools_web_client_id": "c"}"#,
    );
    assert_eq!(
        warnings(&imported),
        [
            "aws-exports.js#/aws_cognito_region: differs from the region that #/aws_user_pools_id begins with, \
             `us-east-1`, which counts"
        ]
    );
    assert_eq!(
        imported.auth.unwrap().user_pool.unwrap().region,
        "us-east-1"
    );

    let local = config(
        r#"{"aws_project_region": "eu-north-1", "aws_user_pools_id": "local_pool", "aws_user_pools_web_client_id": "c"}"#,
    );
    assert_eq!(local.auth.unwrap().user_pool.unwrap().region, "eu-north-1");
}

#[test]
fn a_file_without_sign_in_has_no_pools() {
    let config = config(
        r#"{"aws_project_region": "eu-north-1", "aws_user_pools_id": "", "aws_user_pools_web_client_id": null}"#,
    );
    assert!(config.auth.is_none() && config.apis.is_empty());
    assert!(config.warnings.is_empty(), "{:?}", config.warnings);
}

#[test]
fn odd_settings_are_warned_of_and_read() {
    let config = config(
        r#"{
          "aws_project_region": "eu-north-1", "aws_cloud_logic_costum": [],
          "aws_cloud_logic_custom": [
            { "name": "a", "endpoint": "https://first.example", "region": "eu-north-1", "service": "lambda", "paths": [] },
            { "name": "a", "endpoint": "https://second.example", "authorizationType": "AMAZON_COGNITO_USER_POOLS",
              "service": "execute-api" }
          ]
        }"#,
    );
    assert_eq!(config.apis["a"].endpoint, "https://second.example");
    assert_eq!(
        config.apis["a"].authorization,
        AuthorizationType::AmazonCognitoUserPools
    );
    assert_eq!(
        warnings(&config),
        [
            "aws-exports.js#/aws_cloud_logic_costum: unknown key, ignored; did you mean `aws_cloud_logic_custom`?",
            "aws-exports.js#/aws_cloud_logic_custom/0/paths: unknown key, ignored",
            "aws-exports.js#/aws_cloud_logic_custom/0/service: is not used: requests of a configured API are signed for \
             `execute-api`",
            "aws-exports.js#/aws_cloud_logic_custom/1: has the name of the API at #/aws_cloud_logic_custom/0: the last \
             one counts",
            "aws-exports.js: API `a` asks for AMAZON_COGNITO_USER_POOLS, but the file has no `aws_user_pools_id`: the \
             app must provide the tokens",
        ]
    );
}

#[test]
fn a_key_that_is_given_twice_within_a_list_is_warned_of() {
    let config = config(
        r#"{"aws_cloud_logic_custom": [{"name": "a", "name": "b", "endpoint": "https://b.example", "region": "eu-north-1"}]}"#,
    );
    assert!(config.apis.contains_key("b"));
    assert_eq!(
        warnings(&config),
        [
            "aws-exports.js#/aws_cloud_logic_custom/0/name: this key is given twice: the last one counts"
        ]
    );
}
