//! Where the pools are called.

use gatewright_config::Config;

use super::*;

#[tokio::test]
async fn a_pool_is_called_in_the_region_that_its_id_begins_with() {
    for (id, uri) in [
        (
            "eu-west-1_A",
            "https://cognito-idp.eu-west-1.amazonaws.com/",
        ),
        (
            "us-gov-west-1_A",
            "https://cognito-idp.us-gov-west-1.amazonaws.com/",
        ),
        (
            "cn-north-1_A",
            "https://cognito-idp.cn-north-1.amazonaws.com.cn/",
        ),
    ] {
        let server = Server::that([tokens(json!({}))]);
        let pool = UserPool::new(id, "client").unwrap();
        users(&server, pool)
            .revoke(&"refresh".into())
            .await
            .unwrap();
        assert_eq!(server.calls()[0].head.uri, uri);
    }
}

#[test]
fn ids_that_are_none_are_refused_without_being_repeated() {
    for (id, client) in [
        ("", "client"),
        ("planted", "client"),
        ("eu-west-1_", "client"),
        ("planted.test/_A", "client"),
        ("EU-WEST-1_planted", "client"),
        ("eu-west-1_plan ted", "client"),
        ("eu-west-1_A", ""),
        ("eu-west-1_A", "planted\n"),
    ] {
        let error = UserPool::new(id, client).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(!format!("{error:?}").contains("planted"), "{error}");
    }
    for id in [
        "",
        "eu-west-1",
        "eu-west-1:",
        "planted.test:1",
        "eu-west-1:a b",
    ] {
        let error = IdentityPool::new(id).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{id}");
    }
}

fn config(users: &Value) -> Config {
    let file = json!({ "CognitoUserPool": { "Default": users } });
    Config::from_slice("file.json", file.to_string().as_bytes()).unwrap()
}

#[test]
fn a_pool_of_the_configuration_brings_secret_region_and_endpoint() {
    let config = config(&json!({
        "PoolId": "eu-west-1_A", "AppClientId": "client", "AppClientSecret": "planted",
        "Region": "eu-west-1", "Endpoint": "login.shop.example",
    }));
    let pool = UserPool::from_config(config.auth.unwrap().user_pool.as_ref().unwrap()).unwrap();
    assert_eq!(
        (pool.id(), pool.client_id(), pool.region()),
        ("eu-west-1_A", "client", "eu-west-1")
    );
    assert_eq!(pool.secret().unwrap().expose(), "planted");
    assert_eq!(pool.url().to_string(), "https://login.shop.example");
    assert!(!format!("{pool:?}").contains("planted"));
}

#[test]
fn an_identity_pool_of_the_configuration_may_refuse_guests() {
    let file = json!({
        "aws_cognito_identity_pool_id": "eu-west-1:1", "aws_cognito_region": "eu-west-1",
        "aws_mandatory_sign_in": "enable",
    });
    let config = Config::from_slice("file.json", file.to_string().as_bytes()).unwrap();
    let pool =
        IdentityPool::from_config(config.auth.unwrap().identity_pool.as_ref().unwrap()).unwrap();
    assert!(!pool.allows_guests());
    assert!(IdentityPool::new("eu-west-1:1").unwrap().allows_guests());
}
