//! Gen 2 outputs that are in order.

use gatewright_config::{AuthenticationFlow, Config};

const OUTPUTS: &str = r#"{
  "$schema": "https://schema.example/client-config.json",
  "version": "1.4",
  "auth": {
    "user_pool_id": "ap-south-1_MmNnOoPpQ", "user_pool_client_id": "7example12345client",
    "identity_pool_id": "ap-south-1:aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee", "aws_region": "ap-south-1",
    "unauthenticated_identities_enabled": false,
    "mfa_configuration": "SOME_NEW_VALUE", "mfa_methods": ["EMAIL"], "groups": [{ "ADMINS": { "precedence": 0 } }],
    "password_policy": { "min_length": 8 }, "passwordless": { "email_otp_enabled": true }
  },
  "data": { "url": "https://feed.bakery.example/graphql", "aws_region": "ap-south-1", "api_key": "EXAMPLE-feed",
            "default_authorization_type": "API_KEY", "authorization_types": ["AWS_IAM"] },
  "storage": { "aws_region": "ap-south-1", "bucket_name": "bakery" },
  "custom": {
    "events": { "url": "https://events.bakery.example" },
    "API": {
      "bakeryOrders": { "endpoint": "https://q1w2e3r4t5.execute-api.ap-south-1.amazonaws.com/dev/",
                        "region": "ap-south-1", "apiName": "bakeryOrders" },
      "catalog": { "endpoint": "https://y6u7i8o9p0.execute-api.ap-south-1.amazonaws.com/dev/",
                   "authorizationType": "API_KEY", "apiKey": "EXAMPLE-key" },
      "profile": { "endpoint": "https://api.bakery.example/profile", "authorizationType": "AMAZON_COGNITO_USER_POOLS" }
    }
  }
}"#;

fn config(file: &str) -> Config {
    Config::from_slice("amplify_outputs.json", file.as_bytes()).expect(file)
}

fn warnings(config: &Config) -> Vec<String> {
    config.warnings.iter().map(ToString::to_string).collect()
}

#[test]
fn the_apis_of_the_custom_section_are_read_and_lose_the_slash_at_their_end() {
    let config = config(OUTPUTS);
    let kinds: Vec<_> = config
        .apis
        .values()
        .map(|api| (api.name.as_str(), api.authorization.as_str()))
        .collect();
    assert_eq!(
        kinds,
        [
            ("bakeryOrders", "AWS_IAM"),
            ("catalog", "API_KEY"),
            ("profile", "AMAZON_COGNITO_USER_POOLS"),
        ]
    );
    let orders = &config.apis["bakeryOrders"];
    assert_eq!(
        orders.endpoint,
        "https://q1w2e3r4t5.execute-api.ap-south-1.amazonaws.com/dev"
    );
    assert_eq!(orders.pointer, "/custom/API/bakeryOrders");
    let catalog = &config.apis["catalog"];
    assert_eq!(catalog.region.as_deref(), Some("ap-south-1"));
    assert_eq!(catalog.api_key.as_ref().unwrap().expose(), "EXAMPLE-key");
}

#[test]
fn both_pools_are_read_and_the_region_counts_for_both() {
    let auth = config(OUTPUTS).auth.unwrap();
    let users = auth.user_pool.unwrap();
    assert_eq!(
        (
            users.id.as_str(),
            users.client_id.as_str(),
            users.region.as_str()
        ),
        ("ap-south-1_MmNnOoPpQ", "7example12345client", "ap-south-1")
    );
    let identities = auth.identity_pool.unwrap();
    assert_eq!(
        identities.id,
        "ap-south-1:aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"
    );
    assert!(!identities.allows_guests);
    assert_eq!(auth.flow, AuthenticationFlow::UserSrp);
}

#[test]
fn of_a_usual_file_only_the_graphql_api_is_warned_of() {
    assert_eq!(
        warnings(&config(OUTPUTS)),
        ["amplify_outputs.json#/data: this is a GraphQL API: skipped, only REST is served"]
    );
}

#[test]
fn no_secret_shows_in_debug() {
    let shown = format!("{:?}", config(OUTPUTS));
    assert!(!shown.contains("EXAMPLE"), "{shown}");
}

#[test]
fn guests_are_allowed_where_the_file_does_not_say() {
    let config = config(r#"{"version": "1", "auth": {"identity_pool_id": "ap-south-1:1-2"}}"#);
    let auth = config.auth.unwrap();
    assert!(auth.user_pool.is_none());
    let identities = auth.identity_pool.unwrap();
    assert_eq!(identities.region, "ap-south-1");
    assert!(identities.allows_guests);
}

#[test]
fn odd_settings_are_warned_of_and_read() {
    let config = config(
        r#"{
          "costum": {}, "auth": { "aws_regoin": "ap-south-1" },
          "custom": { "app": {}, "api": {}, "API": {
            "orders": { "endpoint": "http://orders.bakery.example", "authorizationType": "AMAZON_COGNITO_USER_POOLS",
                        "stage": "dev" } } }
        }"#,
    );
    assert_eq!(config.apis.len(), 1);
    assert_eq!(
        warnings(&config),
        [
            "amplify_outputs.json#/costum: unknown key, ignored; did you mean `custom`?",
            "amplify_outputs.json: `version` is missing: taken for `1`",
            "amplify_outputs.json#/custom/api: unknown key, ignored; did you mean `API`?",
            "amplify_outputs.json#/custom/API/orders/stage: unknown key, ignored",
            "amplify_outputs.json#/custom/API/orders: `endpoint` is plain http: credentials would cross the network \
             unencrypted",
            "amplify_outputs.json#/auth/aws_regoin: unknown key, ignored; did you mean `aws_region`?",
            "amplify_outputs.json#/auth: neither `user_pool_id` nor `identity_pool_id` is here: nobody can sign in",
            "amplify_outputs.json: API `orders` asks for AMAZON_COGNITO_USER_POOLS, but the file has no \
             `auth.user_pool_id`: the app must provide the tokens",
        ]
    );
}
