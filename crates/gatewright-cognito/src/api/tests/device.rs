//! The device of a sign-in.

use super::*;
use crate::srp::DeviceVerifier;
use crate::testing::{html, refusal};

fn verifier() -> DeviceVerifier {
    DeviceVerifier {
        salt: "salt".to_owned(),
        verifier: "verifier".to_owned(),
    }
}

async fn confirm(server: &Server) -> Result<(), Error> {
    let api = users(server, user_pool().client_secret("secret"));
    api.confirm_device(&"access".into(), "eu-west-1_device", &verifier())
        .await
}

async fn device_of(metadata: Value) -> Option<NewDevice> {
    let server = Server::that([tokens(json!({ "NewDeviceMetadata": metadata }))]);
    let api = users(&server, user_pool());
    let response = api.initiate_auth("USER_AUTH", Parameters::new()).await;
    match response.unwrap() {
        AuthResponse::Tokens(tokens) => tokens.device,
        AuthResponse::Challenge(challenge) => panic!("a challenge: {challenge:?}"),
    }
}

#[tokio::test]
async fn tokens_may_come_with_a_device() {
    let metadata = json!({ "DeviceKey": "eu-west-1_device", "DeviceGroupKey": "-group" });
    let device = device_of(metadata).await.unwrap();
    assert_eq!(device.key, "eu-west-1_device");
    assert_eq!(device.group_key, "-group");
    assert!(device.unconfirmed.is_none());
    let device = device_of(json!({ "DeviceKey": "eu-west-1_device" })).await;
    assert_eq!(device.unwrap().group_key, "");
    for none in [
        json!(null),
        json!({}),
        json!({ "DeviceGroupKey": "-group" }),
    ] {
        assert!(device_of(none).await.is_none());
    }
}

#[tokio::test]
async fn a_device_is_confirmed_with_the_token_of_the_user_and_a_verifier() {
    let server = Server::that([ok(&json!({ "UserConfirmationNecessary": true }))]);
    confirm(&server).await.unwrap();
    assert_eq!(server.targets(), ["ConfirmDevice"]);
    assert_eq!(
        server.input(),
        json!({
            "AccessToken": "access",
            "DeviceKey": "eu-west-1_device",
            "DeviceSecretVerifierConfig": { "Salt": "salt", "PasswordVerifier": "verifier" },
        })
    );
}

#[tokio::test(start_paused = true)]
async fn a_confirmation_is_repeated_and_one_that_was_served_before_counts() {
    let exists = refusal("DeviceKeyExistsException", "Device already exists");
    let server = Server::that([html(502), exists]);
    confirm(&server).await.unwrap();
    assert_eq!(server.targets(), ["ConfirmDevice"; 2]);
}

#[tokio::test]
async fn a_confirmation_that_is_refused_is_an_error() {
    let refused = refusal("InvalidParameterException", "Invalid device key given.");
    let error = confirm(&Server::that([refused])).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidParameter);
}
